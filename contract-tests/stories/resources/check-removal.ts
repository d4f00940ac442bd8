import { isDeepStrictEqual } from 'node:util'
import type { Known } from './check-changes.ts'
import { tellLate } from './check-creation.ts'
import { checkRefusal } from './check-refusals.ts'
import { isRecord, shownValue } from './compare-records.ts'
import { composeRecord } from './compose-record.ts'
import { type Course, type Deed, isNamedInPath } from './course.ts'
import { drawId } from './draw-id.ts'
import { type Found, isSuccess, type Journey, type Place, toldOf } from './journey.ts'
import { knownAs } from './known-as.ts'
import type { Thing } from './make-things.ts'

/** What is deleted is gone: from its reading, from the list, and for who deletes it again. */
export async function checkRemoval(journey: Journey, known: Known): Promise<void> {
  const { chapters } = journey
  const { thing } = known
  const { course, place } = thing
  const deed = course.remove
  if (!deed) return
  const answer = await journey.send('deleted', 'deletes it', deed, place)
  if ('skip' in answer || !isSuccess(answer.reply)) {
    const reason = 'skip' in answer ? answer.skip : toldOf(deed, answer.reply)
    for (const name of ['deleted', 'deleted-again', 'no-deleted']) chapters.missed(name, reason)
    return
  }
  const { exchange } = answer
  const isGone = course.read ? await checkGone(journey, deed, known, exchange) : true
  await checkUnlisted(journey, deed, thing, exchange)
  // What is only marked as deleted is there to be deleted again.
  if (!isGone) return chapters.missed('deleted-again', 'it is there still')
  const again = await journey.send('deleted-again', 'deletes it again', deed, place)
  if ('skip' in again) return chapters.missed('deleted-again', again.skip)
  checkRefusal(journey, 'deleted-again', `deleting again what ${deed.declared.id} deleted is refused`, deed, again)
}

async function checkGone(journey: Journey, deed: Deed, { thing, record }: Known, removal: number): Promise<boolean> {
  const { chapters } = journey
  const { course, place } = thing
  const text = `what ${deed.declared.id} deleted is gone`
  for (let looks = 1; ; looks++) {
    const found = await journey.look('deleted', 'looks for it', course, place)
    if (found.exchange === undefined) {
      chapters.missed('deleted', 'reason' in found ? found.reason : '')
      return false
    }
    chapters.saw('deleted', removal, found.exchange)
    if (!('record' in found)) {
      if (found.reply && found.reply.status >= 500)
        checkRefusal(journey, 'deleted', text, course.read as Deed, { reply: found.reply, exchange: found.exchange })
      else if (looks > 1) tellLate(journey, 'deleted', `${text} at once`, looks, found.exchange)
      return true
    }
    if (await journey.wait(looks)) continue
    tellStay(journey, text, deed, course, record, found)
    return false
  }
}

/** Whether it is as before, or shows that it was deleted: some only mark it. */
function tellStay(
  { chapters }: Journey,
  text: string,
  deed: Deed,
  course: Course,
  before: unknown,
  found: Found,
): void {
  const isMarked = !isDeepStrictEqual(before, isRecord(found.record) ? found.record : {})
  const seen = `${course.read?.declared.id} ${isMarked ? 'shows another state of it' : 'shows it as before'}: ${shownValue(found.record)}`
  const evidence = isMarked ? 'assumed' : knownAs(deed, course.read)
  chapters.breaks('deleted', { text, seen, evidence, exchange: found.exchange })
}

async function checkUnlisted(journey: Journey, deed: Deed, { course, place }: Thing, removal: number): Promise<void> {
  const { chapters } = journey
  const { list } = course
  if (!list) return
  const id = place.at(-1)
  for (let looks = 1; ; looks++) {
    const { records, exchanges, reason } = await journey.list('no-deleted', 'lists', course, place.slice(0, -1), {
      until: (found) => found.some((record) => journey.idIn(course, record) === id),
    })
    const exchange = exchanges.at(-1)
    const isThere = records.some((record) => journey.idIn(course, record) === id)
    if (exchange === undefined || (reason !== undefined && !isThere))
      return chapters.missed('no-deleted', reason ?? 'the list was not answered')
    chapters.saw('no-deleted', removal, exchange)
    const text = `${list.declared.id} does not list what ${deed.declared.id} deleted`
    if (!isThere) {
      if (looks > 1) tellLate(journey, 'no-deleted', `${text} from then on`, looks, exchange)
      return
    }
    if (await journey.wait(looks)) continue
    const seen = `${shownValue(id)} is among them`
    return chapters.breaks('no-deleted', { text, seen, evidence: knownAs(list, deed), exchange })
  }
}

/** Reading what never was there is refused. */
export async function checkMissing(journey: Journey, { read, resource }: Course, place: Place): Promise<void> {
  const { chapters, kit, id } = journey
  if (!read) return
  const drawn = drawId(kit, read, `${id} missing`)
  if (drawn === undefined) return chapters.missed('missing', 'its path allows no id that is certain to be unused')
  const answer = await journey.send('missing', 'reads what is not there', read, [...place, drawn])
  if ('skip' in answer) return chapters.missed('missing', answer.skip)
  checkRefusal(journey, 'missing', `reading one of ${resource.name} that is not there is refused`, read, answer)
}

/** Nothing is created under what is not there any more. @param parent of its own, which is deleted for it */
export async function checkMissingParent(journey: Journey, { course, place }: Thing, parent: Thing): Promise<void> {
  const { chapters, kit, id } = journey
  const [deed, maker] = [parent.course.remove, course.maker as Deed]
  if (!chapters.has('missing-parent') || !deed) return
  const miss = (reason: string) => chapters.missed('missing-parent', reason)
  const drawn = isNamedInPath(course) ? drawId(kit, maker, id, 9) : undefined
  // Left out, the document's example would stand there, and may be somebody's.
  if (isNamedInPath(course) && drawn === undefined) return miss('its path takes no id that is certain to be unused')
  const removal = await journey.send(
    'missing-parent',
    `deletes one of ${parent.course.resource.name}`,
    deed,
    parent.place,
  )
  if ('skip' in removal) return miss(removal.skip)
  if (!isSuccess(removal.reply)) return miss(toldOf(deed, removal.reply))
  const under = [...parent.place, ...place.slice(parent.place.length, -1), ...(drawn === undefined ? [] : [drawn])]
  const body = composeRecord(kit, maker, `${id} under nothing`, {})
  const changes = body === undefined ? {} : { body }
  const answer = await journey.send('missing-parent', 'creates one under it', maker, under, changes)
  if ('skip' in answer) return miss(answer.skip)
  const text = `creating one of ${course.resource.name} under one of ${parent.course.resource.name} that is gone is refused`
  checkRefusal(journey, 'missing-parent', text, maker, answer)
}
