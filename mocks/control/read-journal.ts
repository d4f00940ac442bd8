import type { Mock } from '../api/mock.ts'
import type { Reply } from '../engine/vocabulary.ts'
import { bodiesOf, type OperationOf, type RawEntry, toBrief, toEntry } from '../journal/journal.ts'
import { redact, secretsIn, secretsOf } from '../journal/redact-entry.ts'
import { ControlError } from './control-error.ts'
import {
  type Control,
  type ControlReply,
  json,
  jsonPieces,
  readCount,
  readFlag,
  sessionNameOf,
  sessionOf,
} from './exchange.ts'
import { writeList } from './write-pieces.ts'

export const operationOf =
  ({ apis }: Mock): OperationOf =>
  (api, id) =>
    apis.find(({ name }) => name === api)?.operations.find((operation) => operation.id === id)

/** What the call had as a secret, and a record may have kept. */
function secretsOfCall(mock: Mock, raw: RawEntry): string[] {
  const { headers, query, answer } = raw
  const operation = operationOf(mock)(answer.api, answer.operationId)
  return [...secretsOf(headers, query, operation), ...secretsIn(bodiesOf(raw))]
}

/**
 * The calls with ids between `after` and `before`, as far as they are given, at most `limit`, the newest; with `short=true`
 * as the events tell them.
 * @throws Error where a parameter is none
 */
export function listJournal(control: Control): ControlReply {
  const { mock, call } = control
  const after = readCount(call, 'after') ?? 0
  const before = readCount(call, 'before') ?? Number.POSITIVE_INFINITY
  const entries = sessionOf(control)
    .open()
    .journal.entries.filter(({ id }) => id > after && id < before)
  const newest = entries.slice(Math.max(0, entries.length - (readCount(call, 'limit') ?? entries.length)))
  const shown = readFlag(call, 'short') ? toBrief : toEntry
  const known = operationOf(mock)
  return jsonPieces(writeList(newest, (entry) => JSON.stringify(shown(entry, known))))
}

/** One call whole, with what it changed and the line of the document whose rule it broke, as far as these are known. */
export async function readJournalEntry(control: Control): Promise<Reply> {
  const { mock, call, params, inspection } = control
  const { entries, dropped } = sessionOf(control).open().journal
  const index = entries.findIndex(({ id }) => String(id) === params['id'])
  const entry = entries[index]
  if (!entry) {
    const kept = entries.length === 0 ? 'it is empty' : `it has ${entries[0]?.id} to ${entries.at(-1)?.id}`
    throw new ControlError(404, `the journal of this session has no call ${params['id']}; ${kept}`)
  }
  const whole = toEntry(entry, operationOf(mock))
  const before = entries[index - 1]?.id ?? dropped
  const broken = whole.verdict.rule === undefined ? undefined : await inspection.ruleOf(whole).catch(() => undefined)
  const changed = inspection.changes.changesOf(sessionNameOf(call), entry.id, before)
  return json(200, {
    ...whole,
    ...(changed && { changed: redact(changed, secretsOfCall(mock, entry)) }),
    ...(broken && { rule: broken }),
  })
}
