import type { Contract } from '../../documents/contract/contract.ts'
import { once } from '../../documents/read/once.ts'
import { findResources } from '../../documents/resources/find-resources.ts'
import type { Changes, Remembered } from '../api/api.ts'
import type { Behaviour, Behaviours, CollectionRules, Operation, Turn } from '../engine/vocabulary.ts'
import { chooseSuccess } from '../replies/choose-status.ts'
import { fromDocument } from '../replies/from-document.ts'
import { isAsBefore } from './carry-records.ts'
import { keysOf } from './find-holder.ts'
import { addMade, BEGINNING, begin, draftOf, nameNote } from './first-records.ts'
import { keepResources } from './keep-resources.ts'
import { checkRecord, type KeptRecord, keyOf, textOf } from './kept-record.ts'
import type { Keeping } from './kept-resource.ts'
import { playOperation } from './play-operation.ts'
import { seeThrough } from './show-record.ts'

/**
 * How an API behaves whose document was read at run time: what its paths speak of is kept, and every operation does to it
 * what it is understood to do. What is not understood is answered as the document shows it. Everything is worked out when it
 * is first asked for.
 * @param changes what has become of the operations since the document was read before
 */
export function fromResources(contract: Contract, operations: readonly Operation[], changes?: Changes): Behaviours {
  const stateless = fromDocument(operations)
  const keeping = once(() => keepAll(contract, operations))
  const collections = once(() => ({
    [BEGINNING]: NOTES,
    ...Object.fromEntries(keeping().names.map((name) => [name, rulesOf(keeping(), name, changes)])),
  }))
  return {
    ...stateless,
    get collections() {
      return collections() as Behaviours['collections']
    },
    furnish: (open, { records, empty }) => {
      if (!empty) begin(open, keeping().names, records)
    },
    operations: Object.fromEntries(
      operations.map(({ id }): [string, Behaviour] => {
        const show = stateless.operations[id] as Behaviour
        return [
          id,
          (turn) => {
            const scene = keeping().sceneOf(id)
            // What the document says is gone for good does nothing any more.
            const isPlayed = scene !== undefined && chooseSuccess(scene.operation).status < 400
            return isPlayed ? playOperation(scene, turn as Turn) : show(turn)
          },
        ]
      }),
    ),
  }
}

const keepAll = (contract: Contract, operations: readonly Operation[]): Keeping =>
  keepResources(contract, contract.once(findResources), operations)

/** Which of a document's resources are kept, and which operations are answered from examples. */
export function tellRemembered(contract: Contract, operations: readonly Operation[]): Remembered {
  const keeping = keepAll(contract, operations)
  return {
    resources: keeping.names.filter((name) => keeping.named(name)),
    fromExamples: operations.map(({ id }) => id).filter((id) => !keeping.sceneOf(id)),
  }
}

const NOTES: CollectionRules<object> = { idOf: nameNote, keysOf: () => [] }

/** Of what may be kept: whether it is, is seen when there is a record. */
function rulesOf(keeping: Keeping, name: string, changes: Changes | undefined): CollectionRules<object> {
  const kept = () => keeping.named(name)
  const isStill = once(() => isAsBefore(kept(), changes))
  return {
    isKept: () => kept() !== undefined,
    isAsBefore: isStill,
    begin: ({ collections: drafts }, world) => {
      const known = kept()
      if (known) draftOf(known, { drafts, world })
    },
    make: ({ collections: drafts }, world) => {
      const known = kept()
      if (known) addMade(known, { drafts, world })
    },
    idOf: (record) => {
      if (!kept()) throw new Error('nothing of that name is kept')
      const { under, id } = checkRecord(record)
      return keyOf(under, id)
    },
    keysOf: (record) => keysOf(kept()?.uniques ?? [], record as KeptRecord),
    misnamed: (record) => {
      const member = kept()?.resource.identity?.member ?? ''
      const { id, data } = record as KeptRecord
      const own = data[member]
      return own === undefined || textOf(own) === id ? undefined : `data/${member} is ${textOf(own)}, and its id ${id}`
    },
    schemaAt: () => kept()?.form?.place?.pointer,
    breachOf: (record) => {
      const form = kept()?.form
      if ((record as KeptRecord).isSketch || !form) return undefined
      const { validate, contract, place, example } = form
      if (validate(seeThrough(contract, place, (record as KeptRecord).data))) return undefined
      const [error] = validate.errors ?? []
      // Of a document whose own example breaks its schema the mock has made such records itself.
      if (!validate(seeThrough(contract, place, example))) return undefined
      return `data${error?.instancePath ?? ''} ${error?.message ?? 'is not valid'}`
    },
  }
}
