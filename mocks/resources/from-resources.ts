import type { Contract } from '../../documents/contract/contract.ts'
import { once } from '../../documents/read/once.ts'
import { findResources } from '../../documents/resources/find-resources.ts'
import type { Remembered } from '../api/api.ts'
import type { Behaviour, Behaviours, CollectionRules, Operation, Turn } from '../engine/vocabulary.ts'
import { fromDocument } from '../replies/from-document.ts'
import { keysOf } from './find-holder.ts'
import { addMade, BEGINNING, begin, draftOf, nameNote } from './first-records.ts'
import { keepResources } from './keep-resources.ts'
import { checkRecord, type KeptRecord, keyOf } from './kept-record.ts'
import type { KeptResource, Scene } from './kept-resource.ts'
import { playOperation } from './play-operation.ts'
import { seeThrough } from './show-record.ts'

/**
 * How an API behaves whose document was read at run time: what its paths speak of is kept, and every operation does to it
 * what it is understood to do. What is not understood is answered as the document shows it. Everything is worked out when it
 * is first asked for.
 */
export function fromResources(contract: Contract, operations: readonly Operation[]): Behaviours {
  const stateless = fromDocument(operations)
  const all = once(() => keepResources(contract, contract.once(findResources), operations))
  const scenes = once(() => scenesOf(all()))
  const collections = once(() => ({
    [BEGINNING]: NOTES,
    ...Object.fromEntries([...all()].map(([name, kept]) => [name, rulesOf(kept)])),
  }))
  return {
    ...stateless,
    get collections() {
      return collections() as Behaviours['collections']
    },
    furnish: (open, { records, empty }) => {
      if (!empty) begin(open, all(), records)
    },
    operations: Object.fromEntries(
      operations.map(({ id }): [string, Behaviour] => {
        const show = stateless.operations[id] as Behaviour
        return [
          id,
          (turn) => {
            const scene = scenes().get(id)
            return scene ? playOperation(scene, turn as Turn) : show(turn)
          },
        ]
      }),
    ),
  }
}

/** Which of a document's resources are kept, and which operations are answered from examples. */
export function tellRemembered(contract: Contract, operations: readonly Operation[]): Remembered {
  const all = keepResources(contract, contract.once(findResources), operations)
  const scenes = scenesOf(all)
  return {
    resources: [...all.keys()],
    fromExamples: operations.map(({ id }) => id).filter((id) => !scenes.has(id)),
  }
}

const scenesOf = (all: ReadonlyMap<string, KeptResource>): ReadonlyMap<string, Scene> =>
  new Map([...all.values()].flatMap((kept) => kept.scenes.map((scene) => [scene.operation.id, scene] as const)))

const NOTES: CollectionRules<object> = { idOf: nameNote, keysOf: () => [] }

function rulesOf(kept: KeptResource): CollectionRules<object> {
  return {
    begin: ({ collections: drafts }, world) => void draftOf(kept, { drafts, world }),
    make: ({ collections: drafts }, world) => addMade(kept, { drafts, world }),
    idOf: (record) => {
      const { under, id } = checkRecord(record)
      return keyOf(under, id)
    },
    keysOf: (record) => keysOf(kept.uniques, record as KeptRecord),
    breachOf: (record) => {
      if ((record as KeptRecord).isSketch) return undefined
      const { validate, contract, place, example } = kept.form
      if (validate(seeThrough(contract, place, (record as KeptRecord).data))) return undefined
      const [error] = validate.errors ?? []
      // Of a document whose own example breaks its schema the mock has made such records itself.
      if (!validate(seeThrough(contract, place, example))) return undefined
      return `data${error?.instancePath ?? ''} ${error?.message ?? 'is not valid'}`
    },
  }
}
