import { isUnmakeable } from '../../suite/case-kit.ts'
import type { Ask, Look } from '../../suite/vocabulary.ts'
import { isRecord, isSame, isSaying, SECRET, shownValue } from './compare-records.ts'
import { type Change, composeChange, composeRecord, recordIn, takesMembers } from './compose-record.ts'
import type { Single } from './course.ts'
import { isSuccess, Journey, toldOf } from './journey.ts'
import { knownAs } from './known-as.ts'
import type { Subject } from './live-lifecycle.ts'
import { Maker } from './make-things.ts'
import { shownMembers } from './shown-members.ts'

/** Writes a single thing and reads it back; what it lies under is made before, and removed by the run. */
export async function liveSingle(
  { kit, courses, chapters, id, single }: Omit<Subject, 'course'> & { readonly single: Single },
  ask: Ask,
): Promise<ReadonlyMap<string, Look>> {
  const journey = new Journey(kit, courses, chapters, id, ask)
  try {
    const reason = await write(journey, single)
    if (reason !== undefined) chapters.missedRest(reason)
  } catch (error) {
    // What cannot be made is no fault of the target.
    if (!isUnmakeable(error)) throw error
    chapters.missedRest(error.message)
  }
  return chapters.looks()
}

/** @returns why it could not be looked at; undefined where it was */
async function write(journey: Journey, single: Single): Promise<string | undefined> {
  const { kit, chapters } = journey
  const { read, write: deed } = single
  if (!takesMembers(kit, deed)) return `${deed.declared.id} takes nothing that has members`
  const place = await new Maker(journey).placeOf('written', single)
  if ('reason' in place) return place.reason
  const before = await journey.send('written', 'reads it', read, place)
  if ('skip' in before) return before.skip
  const known = isSuccess(before.reply) ? journey.recordIn(read, before.reply) : undefined
  const change = changeOf(journey, single, known)
  if (!change) return `nothing that ${deed.declared.id} could write is shown`
  const written = await journey.send('written', 'writes it', deed, place, { body: change.body })
  if ('skip' in written) return written.skip
  if (!isSuccess(written.reply)) return toldOf(deed, written.reply)
  const after = await journey.send('written', 'reads it back', read, place)
  if ('skip' in after) return after.skip
  const { reply, exchange } = after
  if (!isSuccess(reply)) return toldOf(read, reply)
  chapters.saw('written', before.exchange, written.exchange, exchange)
  const shown = journey.recordIn(read, reply)
  const places = shownMembers(kit, single)
  for (const [name, value] of Object.entries(change.says)) {
    const [old, own] = [known?.[name], shown?.[name]]
    if (SECRET.test(name) || !places.takes(name, value)) continue
    // What was never shown need not be now.
    if (own === undefined ? old === undefined || !isSaying(value) : isSame(value, own)) continue
    const isOld = own !== undefined && isSame(old, own)
    chapters.breaks('written', {
      text: `what ${deed.declared.id} writes is read back: ${name} is ${shownValue(value)}`,
      seen: own === undefined ? `there is no ${name}` : `${isOld ? 'still ' : ''}${shownValue(own)}`,
      evidence: isOld ? knownAs(deed, read) : 'assumed',
      exchange,
    })
  }
  return undefined
}

/** A body that gives it another value of one member; of what is not there yet, whatever it must say. */
function changeOf({ kit, courses, id }: Journey, { write: deed }: Single, known: unknown): Change | undefined {
  const unique = `${id} single`
  const kept = (name: string) => courses.namedBy(name) !== undefined
  if (isRecord(known)) return composeChange(kit, deed, unique, known, kept)
  const body = composeRecord(kit, deed, unique, {})
  const says = recordIn(deed, body)
  return isRecord(says) ? { body, says } : undefined
}
