import { differencesIn, isRecord, isSaying, SECRET, shownValue } from './compare-records.ts'
import { type Deed, parametersOf } from './course.ts'
import { type Found, type Journey, type Place, toldOf } from './journey.ts'
import { knownAs } from './known-as.ts'
import type { Thing } from './make-things.ts'
import { shownMembers } from './shown-members.ts'

/**
 * What was created is shown, with what was sent for it.
 * @returns how it is shown; undefined where it is not
 */
export async function checkReadBack(journey: Journey, thing: Thing): Promise<Found | undefined> {
  const { chapters } = journey
  const { course, place, sent, exchange: creation } = thing
  const [maker, shower] = [course.maker as Deed, course.read ?? course.list]
  if (!shower) return undefined
  chapters.cite('read-back', creation)
  for (let looks = 1; ; looks++) {
    const found = await journey.look('read-back', 'reads it back', course, place)
    if (found.exchange === undefined) {
      chapters.missed('read-back', 'reason' in found ? found.reason : '')
      return undefined
    }
    const { exchange } = found
    if ('record' in found) {
      chapters.saw('read-back', exchange)
      if (looks > 1) tellLate(journey, 'read-back', `what ${maker.declared.id} created shows at once`, looks, exchange)
      const places = shownMembers(journey.kit, course)
      for (const { name, sent: value, shown } of differencesIn(sent, found.record)) {
        if (!places.takes(name, value)) continue
        const text = `what ${maker.declared.id} created is read back with what was sent: ${name} is ${shownValue(value)}`
        chapters.breaks('read-back', { text, seen: shownValue(shown), evidence: 'assumed', exchange })
      }
      tellMissing(journey, thing, found)
      return found
    }
    // A server's failure is no answer to whether it is there.
    if (!found.reply || found.reply.status < 500) {
      if (await journey.wait(looks)) continue
      const refused = strangeNameFor(journey, shower, place)
      // Then it was right to refuse the request.
      if (refused !== undefined) {
        chapters.missed('read-back', refused)
        return undefined
      }
      const text = `what ${maker.declared.id} created can be read by ${shower.declared.id}`
      const seen = found.reply ? toldOf(shower, found.reply) : found.reason
      chapters.breaks('read-back', { text, seen, evidence: knownAs(maker, shower), exchange })
    } else chapters.missed('read-back', found.reason)
    return undefined
  }
}

/** Why an operation need not take what something is called: its path allows no such name. */
function strangeNameFor({ kit }: Journey, { declared }: Deed, place: Place): string | undefined {
  const builder = kit.builderOf(declared.id)
  const strange = parametersOf(declared).find((name, at) => {
    const text = place[at]
    return text !== undefined && !builder.takesInPath(name, text)
  })
  if (strange === undefined) return undefined
  return `it is called ${shownValue(place.at(-1))}, and ${declared.id} allows no such ${strange}`
}

/** What was sent has a place in what is read, and is not there. */
function tellMissing({ kit, chapters }: Journey, { course, sent }: Thing, { record, exchange }: Found): void {
  if (!isRecord(record)) return
  const places = shownMembers(kit, course)
  for (const [name, value] of Object.entries(sent)) {
    if (Object.hasOwn(record, name) || !places.has(name) || !isSaying(value) || SECRET.test(name)) continue
    if (!places.takes(name, value)) continue
    const text = `what ${course.maker?.declared.id} created is read back with what was sent: ${name} is ${shownValue(value)}`
    chapters.breaks('read-back', { text, seen: `there is no ${name}`, evidence: 'assumed', exchange })
  }
}

/** It took several looks until something showed: lists and readings may lag behind. */
export function tellLate({ chapters }: Journey, chapter: string, text: string, looks: number, exchange: number): void {
  chapters.breaks(chapter, { text, seen: `it took ${looks} looks`, evidence: 'assumed', exchange })
}

/** What the client names is called so. */
export function checkName({ chapters }: Journey, { course, place, sent, exchange }: Thing): void {
  const { member } = course.identity
  const [named, id] = [sent[member], place.at(-1)]
  if (named === undefined) chapters.missed('named', `no ${member} was sent`)
  else chapters.saw('named', exchange)
  if (named === undefined || String(named) === id) return
  const text = `what ${course.maker?.declared.id} creates is called by the ${member} that was sent: ${shownValue(named)}`
  chapters.breaks('named', { text, seen: `it is called ${shownValue(id)}`, evidence: 'assumed', exchange })
}

/** Two creations make two things. */
export function checkTwo({ chapters }: Journey, one: Thing, other: Thing): void {
  chapters.saw('two-ids', one.exchange, other.exchange)
  const id = other.place.at(-1)
  if (one.place.at(-1) !== id) return
  const text = `two creations by ${one.course.maker?.declared.id} have two ids`
  const evidence = knownAs(one.course.maker)
  chapters.breaks('two-ids', { text, seen: `both are ${shownValue(id)}`, evidence, exchange: other.exchange })
}
