import { weaker } from '../../suite/walk-schema.ts'
import type { Known } from './check-changes.ts'
import { composeChange } from './compose-record.ts'
import type { Course, Deed } from './course.ts'
import { isSuccess, type Journey, toldOf } from './journey.ts'
import { knownAs } from './known-as.ts'

/** A tag that no server gives. */
const NEVER = '"rollcall-never"'

const replyOf = ({ declared }: Deed, wanted: string) => declared.replies.find(({ status }) => status === wanted)

const takes = ({ declared }: Deed, header: string): boolean =>
  declared.parameters.some(({ in: place, name }) => place === 'header' && name.toLowerCase() === header)

/** The change that a document lets depend on what a thing is at (RFC 9110, section 13.1.1). */
export const conditionalChange = ({ update, replace }: Course): Deed | undefined =>
  [update, replace].find((deed) => deed !== undefined && takes(deed, 'if-match') && replyOf(deed, '412') !== undefined)

/** The reading that a document lets depend on what the client has already (RFC 9110, section 13.1.2). */
export const conditionalRead = ({ read }: Course): Deed | undefined => (read && replyOf(read, '304') ? read : undefined)

/** What a client has already is not sent once more. */
export async function checkUnmodified(journey: Journey, { thing }: Known): Promise<void> {
  const { chapters } = journey
  const deed = conditionalRead(thing.course)
  if (!deed) return
  const first = await journey.send('unmodified', 'reads it', deed, thing.place)
  if ('skip' in first) return chapters.missed('unmodified', first.skip)
  const tag = first.reply.headers['etag']
  if (!isSuccess(first.reply) || tag === undefined)
    return chapters.missed('unmodified', `${deed.declared.id} answered ${first.reply.status} without an ETag`)
  const headers = { 'if-none-match': tag }
  const again = await journey.send('unmodified', 'reads it again with its tag', deed, thing.place, { headers })
  if ('skip' in again) return chapters.missed('unmodified', again.skip)
  const { reply, exchange } = again
  chapters.saw('unmodified', first.exchange, exchange)
  if (reply.status === 304) return
  const text = `${deed.declared.id} answers 304 to who has the ${tag} that it gave`
  chapters.breaks('unmodified', { text, seen: String(reply.status), evidence: 'assumed', exchange })
}

/** A change of what is not as the client believes it to be is refused, and changes nothing. */
export async function checkStale(journey: Journey, { thing, record }: Known): Promise<void> {
  const { kit, chapters, id } = journey
  const { course, place } = thing
  const deed = conditionalChange(course)
  if (!deed) return
  const change = composeChange(kit, deed, `${id} stale`, record, (name) => name === course.identity.member)
  if (!change) return chapters.missed('stale', `nothing that ${deed.declared.id} could change is shown`)
  const headers = { 'if-match': NEVER }
  const answer = await journey.send('stale', 'changes another state of it', deed, place, { body: change.body, headers })
  if ('skip' in answer) return chapters.missed('stale', answer.skip)
  const { reply, exchange } = answer
  chapters.saw('stale', exchange)
  if (reply.status === 412) return
  const text = `${deed.declared.id} with If-Match of another state is refused with 412`
  const known = weaker(knownAs(deed), replyOf(deed, '412')?.evidence ?? 'assumed')
  const evidence = isSuccess(reply) ? known : 'assumed'
  chapters.breaks('stale', { text, seen: toldOf(deed, reply), evidence, exchange })
}
