import type { Decision, Draft, Turn } from '../engine/vocabulary.ts'
import { addressOf } from './address.ts'
import {
  createRecord,
  createRecords,
  giveRecord,
  makingOf,
  refuseState,
  removeRecord,
  removeRecords,
  replaceRecord,
  updateRecord,
} from './change-records.ts'
import { isFresh, refuseStale, tagHeader } from './condition-call.ts'
import { findNamed, type ItemName, nameItem, refuseOrphaned } from './find-item.ts'
import { completeRecord, draftOf } from './first-records.ts'
import { type KeptRecord, membersOf } from './kept-record.ts'
import type { Scene } from './kept-resource.ts'
import { countRecords, listRecords, selectRecords } from './list-records.ts'
import { refuseMissing } from './refuse-call.ts'
import { replyViewOf } from './reply-view.ts'
import { showRecord } from './show-record.ts'

/** What one call does to a resource, as its operation's role has it. */
export function playOperation(scene: Scene, turn: Turn): Decision {
  const { kept, inferred } = scene
  const address = addressOf(scene, turn.input)
  const draft = draftOf(kept, { drafts: turn.collections, world: turn.world }, address.under)
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
    default:
      return playOnItem(scene, turn, draft, nameItem(scene, turn, address))
  }
}

function playOnItem(scene: Scene, turn: Turn, draft: Draft<object>, name: ItemName): Decision {
  const record = findItem(scene, turn, draft, name)
  if (!record) return playOnNone(scene, turn, draft, name)
  const stale = () => refuseStale(turn.input, record)
  switch (deedOf(scene)) {
    case 'show':
      return showItem(scene, turn, record)
    case 'act':
      return refuseState(scene, record, membersOf(replyViewOf(scene).composed())) ?? showItem(scene, turn, record)
    case 'remove':
      return removeRecord(scene, turn, draft, record)
    case 'replace':
      // Who can say nothing of a record does not empty it.
      return stale() ?? (scene.declared.body ? replaceRecord : updateRecord)(scene, turn, draft, record)
    case 'update':
      return stale() ?? updateRecord(scene, turn, draft, record)
  }
}

/** What is done to an item; to a single thing, by the method. */
function deedOf({
  inferred: { role },
  operation: { method },
}: Scene): 'show' | 'act' | 'remove' | 'replace' | 'update' {
  if (role === 'delete' || (role === 'singleton-write' && method === 'DELETE')) return 'remove'
  if (role === 'replace' || (role === 'singleton-write' && method === 'PUT')) return 'replace'
  if (role === 'update' || role === 'singleton-write') return 'update'
  return role === 'action' ? 'act' : 'show'
}

/** The record with all that it has. */
function findItem(scene: Scene, turn: Turn, draft: Draft<object>, name: ItemName): KeptRecord | undefined {
  const found = findNamed(scene.kept, draft, name) ?? giveRecord(scene, turn, draft, name)
  if (!found?.isSketch) return found
  const whole = completeRecord(makingOf(scene, turn, found.under), found)
  draft.put(whole)
  return whole
}

/** Where nothing is: PUT may create, a single thing is written, and anything else is refused. */
function playOnNone(scene: Scene, turn: Turn, draft: Draft<object>, name: ItemName): Decision {
  const { kept, inferred } = scene
  const deed = deedOf(scene)
  const isPut = deed === 'replace' && kept.isPut && name.id !== undefined
  const isWritten = inferred.role === 'singleton-write' && deed !== 'remove'
  if (isPut || isWritten) return refuseStale(turn.input, undefined) ?? createRecord(scene, turn, draft, name)
  // An action on all items is none of one.
  if (deed === 'act' && name.id === undefined) return { status: replyViewOf(scene).status }
  return refuseMissing(scene, name.id)
}

function showItem(scene: Scene, { input }: Turn, record: KeptRecord): Decision {
  const view = replyViewOf(scene)
  const headers = tagHeader(scene, view.status, record)
  if (isFresh(scene, input, record)) return { status: 304, headers }
  const body = showRecord(scene, view, record)
  return { status: view.status, yields: true, headers, ...(body !== undefined && { body }) }
}
