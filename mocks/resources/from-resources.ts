import type { Contract } from '../../documents/contract/contract.ts'
import { once } from '../../documents/contract/once.ts'
import { findResources } from '../../documents/resources/find-resources.ts'
import type { Remembered } from '../api/api.ts'
import type {
  Behaviour,
  Behaviours,
  CollectionRules,
  Decision,
  Draft,
  Operation,
  Refusal,
  Turn,
} from '../engine/vocabulary.ts'
import { fromDocument } from '../replies/from-document.ts'
import { type Address, addressOf, parentPlaceOf } from './address.ts'
import {
  createRecord,
  createRecords,
  giveRecord,
  makingOf,
  refuseState,
  removeRecord,
  removeRecords,
  replaceRecord,
  sentRecord,
  updateRecord,
} from './change-records.ts'
import { isFresh, refuseStale, tagHeader } from './condition-call.ts'
import { keysOf } from './find-holder.ts'
import { BEGINNING, begin, completeRecord, draftOf, nameNote } from './first-records.ts'
import { keepResources } from './keep-resources.ts'
import { checkRecord, findRecord, type KeptRecord, keyOf, membersOf, recordsOf, textOf } from './kept-record.ts'
import type { KeptResource, Scene } from './kept-resource.ts'
import { countRecords, listRecords, selectRecords } from './list-records.ts'
import { refuseMissing, refuseOrphan } from './refuse-call.ts'
import { replyViewOf } from './reply-view.ts'
import { seeThrough, showRecord } from './show-record.ts'

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
    furnish: (open, { records, isEmpty }) => {
      if (!isEmpty) begin(open, all(), records)
    },
    operations: Object.fromEntries(
      operations.map(({ id }): [string, Behaviour] => {
        const show = stateless.operations[id] as Behaviour
        return [
          id,
          (turn) => {
            const scene = scenes().get(id)
            return scene ? play(scene, turn as Turn) : show(turn)
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
    idOf: (record) => {
      const { under, id } = checkRecord(record)
      return keyOf(under, id)
    },
    keysOf: (record) => keysOf(kept.uniques, record as KeptRecord),
    breachOf: (record) => {
      if ((record as KeptRecord).isSketch) return undefined
      const { validate, contract, place } = kept.form
      if (validate(seeThrough(contract, place, (record as KeptRecord).data))) return undefined
      const [error] = validate.errors ?? []
      return `data${error?.instancePath ?? ''} ${error?.message ?? 'is not valid'}`
    },
  }
}

function play(scene: Scene, turn: Turn): Decision {
  const { kept, inferred, operation } = scene
  const stage = { drafts: turn.collections, world: turn.world }
  const address = addressOf(scene, turn.input)
  const draft = draftOf(kept, stage, address.under)
  const orphan = refuseOrphaned(kept, address, turn)
  if (orphan) return orphan
  switch (inferred.role) {
    case 'list':
    case 'search':
      return listRecords(scene, turn, draft, address)
    case 'count':
      return countRecords(scene, turn, draft, address)
    case 'create':
      return createRecord(scene, turn, draft, address)
    case 'create-many':
      return createRecords(scene, turn, draft, address)
    case 'delete-many':
      return removeRecords(scene, turn, draft, selectRecords(scene, draft, address.under, turn.input.query).all)
  }
  const named = nameIn(scene, turn, address)
  const found = findNamed(kept, draft, named) ?? giveRecord(scene, turn, draft, named)
  const record = found?.isSketch ? completeRecord(makingOf(scene, turn, found.under), found) : found
  if (record && record !== found) draft.put(record)
  if (!record) {
    const mayPut = inferred.role === 'replace' && kept.isPut && named.id !== undefined
    const isSingleton = inferred.role === 'singleton-write' && operation.method !== 'DELETE'
    // An action on all items is none of one.
    if (inferred.role === 'action' && named.id === undefined && !kept.isSingle)
      return { status: replyViewOf(scene).status }
    if (!mayPut && !isSingleton) return refuseMissing(scene, named.id)
    return refuseStale(turn.input, undefined) ?? createRecord(scene, turn, draft, named)
  }
  switch (inferred.role) {
    case 'read':
    case 'singleton-read':
      return showIt(scene, turn, record)
    case 'action':
      return refuseState(scene, record, membersOf(replyViewOf(scene).composed())) ?? showIt(scene, turn, record)
    case 'delete':
      return removeRecord(scene, turn, draft, record)
    case 'replace':
      return refuseStale(turn.input, record) ?? replaceRecord(scene, turn, draft, record)
    case 'singleton-write':
      if (operation.method === 'DELETE') return removeRecord(scene, turn, draft, record)
      if (operation.method === 'PUT') {
        return refuseStale(turn.input, record) ?? replaceRecord(scene, turn, draft, record)
      }
      return refuseStale(turn.input, record) ?? updateRecord(scene, turn, draft, record)
    case 'update':
      return refuseStale(turn.input, record) ?? updateRecord(scene, turn, draft, record)
    default:
      return { status: replyViewOf(scene).status }
  }
}

function showIt(scene: Scene, { input }: Turn, record: KeptRecord): Decision {
  const view = replyViewOf(scene)
  const headers = tagHeader(scene, view.status, record)
  if (isFresh(scene, input, record)) return { status: 304, headers }
  const body = showRecord(scene, view, record.data)
  return { status: view.status, yields: true, headers, ...(body !== undefined && { body }) }
}

/** Where the path does not name an item, the body may: `PUT /pets` with an id in it. */
function nameIn(
  scene: Scene,
  { input }: Turn,
  { under = [], id }: Address,
): { under: readonly string[]; id: string | undefined } {
  const { kept } = scene
  const { identity } = kept.resource
  if (id !== undefined) return { under, id }
  if (kept.isSingle) return { under, id: '' }
  const own = identity && membersOf(sentRecord(scene, input.body))[identity.member]
  return { under, id: own === undefined || own === null ? undefined : textOf(own) }
}

function findNamed(
  kept: KeptResource,
  draft: Draft<object>,
  { under, id }: { under: readonly string[]; id: string | undefined },
): KeptRecord | undefined {
  if (id === undefined) return undefined
  if (under.length === kept.resource.under.length) return findRecord(draft, under, id)
  // The path of an item need not say what it lies under.
  for (const record of recordsOf(draft)) if (record.id === id) return record
  return undefined
}

/** What lies under nothing: of a parent that clients can create or see in a list, there must be a record. */
function refuseOrphaned(kept: KeptResource, { under }: Address, turn: Turn): Refusal | undefined {
  const { parent } = kept
  const place = parent && under && parentPlaceOf(kept, under)
  if (!parent?.isListed || !parent.resource.identity || !place || place.length === 0) return undefined
  const draft = draftOf(parent, { drafts: turn.collections, world: turn.world })
  const id = place.at(-1) as string
  const above = refuseOrphaned(parent, { under: place.slice(0, -1), id }, turn)
  return above ?? (findRecord(draft, place.slice(0, -1), id) ? undefined : refuseOrphan(parent, id))
}
