import type { Json } from '../../../documents/read/read-document.ts'
import type { RequestChanges } from '../../suite/build-request.ts'
import { isRecord, isSame, isSaying, SECRET, shownValue } from './compare-records.ts'
import { composeChange, composePatch, composeRecord, keepMembers, recordIn, takesMembers } from './compose-record.ts'
import type { Deed } from './course.ts'
import { isSuccess, type Journey, toldOf } from './journey.ts'
import { knownAs } from './known-as.ts'
import type { Thing } from './make-things.ts'
import { shownMembers } from './shown-members.ts'

/** A thing and how it is shown: by no member where a reading shows nothing of it. */
export interface Known {
  readonly thing: Thing
  readonly record: Json
}

/** What is known of a thing when it has been read. */
export const knownOf = (thing: Thing, shown: Json): Known => ({ thing, record: isRecord(shown) ? shown : {} })

/** Members that stay as they are: what names the thing, what its path says, and what it refers to. */
const keptBy =
  ({ kit, courses }: Journey, { course }: Thing, { declared, request = [] }: Deed) =>
  (name: string): boolean =>
    name === course.identity.member ||
    courses.namedBy(name) !== undefined ||
    kit.builderOf(declared.id).repeatsPath([...request, name])

/** An update changes what it says and nothing else. @returns the thing as it is shown then */
export async function checkUpdate(journey: Journey, known: Known): Promise<Known> {
  const { kit, chapters } = journey
  const { thing, record } = known
  const deed = thing.course.update
  if (!deed) return known
  const miss = (reason: string) => {
    for (const name of ['changed', 'changed-only']) chapters.missed(name, reason)
    return known
  }
  if (!takesMembers(kit, deed)) return miss(`${deed.declared.id} takes nothing that has members`)
  const { maker } = thing.course
  const isPatch = kit.builderOf(deed.declared.id).choice?.type.includes('json-patch')
  const compose = isPatch ? composePatch : composeChange
  const teller = isPatch ? (maker as Deed) : deed
  const change = compose(kit, teller, `${journey.id} update`, record, keptBy(journey, thing, deed))
  if (!change) return miss(`nothing that ${deed.declared.id} could change is shown`)
  const after = await send(journey, 'changed', 'updates it', deed, known, { body: change.body })
  if ('reason' in after) return miss(after.reason)
  tellLost(journey, 'changed', deed, change.says, known, after)
  const others = Object.keys(thing.sent).filter(
    (name) => !Object.hasOwn(change.says, name) && Object.hasOwn(record, name),
  )
  if (others.length === 0) chapters.missed('changed-only', 'nothing else was sent that is shown')
  else chapters.saw('changed-only', ...after.exchanges)
  for (const name of others.filter((one) => isLost(record[one], after.record?.[one])))
    chapters.breaks('changed-only', {
      text: `${deed.declared.id} changes what it says and nothing else: ${name} stays ${shownValue(record[name])}`,
      seen: seenOf(after.record, name),
      evidence: 'assumed',
      exchange: after.exchanges.at(-1) as number,
    })
  return { thing: { ...after.thing, sent: { ...thing.sent, ...change.says } }, record: after.record }
}

/** A replacement shows what it says, and nothing of what it leaves out. @returns the thing as it is shown then */
export async function checkReplacement(journey: Journey, known: Known): Promise<Known> {
  const { kit, chapters } = journey
  const { thing, record } = known
  const deed = thing.course.replace
  if (!deed) return known
  const miss = (reason: string) => {
    for (const name of ['replaced', 'replaced-whole']) chapters.missed(name, reason)
    return known
  }
  if (!takesMembers(kit, deed)) return miss(`${deed.declared.id} takes nothing that has members`)
  const plain = composeRecord(kit, deed, `${journey.id} replacement`, {})
  const body = keepMembers(deed, plain, { ...record, ...thing.sent }, keptBy(journey, thing, deed))
  const says = recordIn(deed, body)
  if (!isRecord(says)) return miss(`${deed.declared.id} says nothing of the record`)
  const after = await send(journey, 'replaced', 'replaces it', deed, known, { body })
  if ('reason' in after) return miss(after.reason)
  tellLost(journey, 'replaced', deed, says, known, after)
  const sites = kit.builderOf(deed.declared.id).bodySites
  const at = deed.request ?? []
  const leftOut = Object.keys(thing.sent).filter((name) => {
    const site = sites.find(({ path }) => path.length === at.length + 1 && path.at(-1) === name)
    if (!site || Object.hasOwn(says, name) || !Object.hasOwn(record, name)) return false
    // What a thing is called stays, whatever it is called by.
    if (String(record[name]) === thing.place.at(-1)) return false
    // What a server fills in may be what was there.
    return site.schema.default === undefined || !isSame(site.schema.default, record[name])
  })
  if (leftOut.length === 0) chapters.missed('replaced-whole', 'nothing that was there could be left out')
  else chapters.saw('replaced-whole', ...after.exchanges)
  for (const name of leftOut.filter((one) => isKept(record[one], after.record?.[one])))
    chapters.breaks('replaced-whole', {
      text: `${deed.declared.id} replaces all of it: ${name} is not what it was`,
      seen: `still ${shownValue(after.record[name])}`,
      evidence: 'assumed',
      exchange: after.exchanges.at(-1) as number,
    })
  return { thing: { ...after.thing, sent: says }, record: after.record }
}

/** Whether a value is there still. What is empty or false may be what a server fills in. */
const isKept = (before: Json, after: Json): boolean =>
  before !== 0 && isSaying(before) && after !== undefined && isSame(before, after)

/** Whether a value is another one now, or not there any more. */
const isLost = (before: Json, after: Json): boolean => (after === undefined ? isSaying(before) : !isSame(before, after))

const seenOf = (record: Json, name: string): string =>
  record?.[name] === undefined ? `there is no ${name}` : shownValue(record[name])

interface After extends Known {
  readonly exchanges: readonly number[]
}

/** Sends a change and reads what came of it, under another name where it has one now. */
async function send(
  journey: Journey,
  chapter: string,
  title: string,
  deed: Deed,
  { thing }: Known,
  changes: RequestChanges,
): Promise<After | { readonly reason: string }> {
  const { chapters } = journey
  const answer = await journey.send(chapter, title, deed, thing.place, changes)
  if ('skip' in answer) return { reason: answer.skip }
  const { reply, exchange } = answer
  if (!isSuccess(reply)) return { reason: toldOf(deed, reply) }
  let found = await journey.look(chapter, 'reads it back', thing.course, thing.place)
  const named = journey.idIn(thing.course, journey.recordIn(deed, reply))
  let place = thing.place
  if ('reason' in found && named !== undefined && named !== place.at(-1)) {
    const text = `what ${deed.declared.id} changes is called as before: ${shownValue(place.at(-1))}`
    chapters.breaks(chapter, { text, seen: `it is called ${shownValue(named)}`, evidence: 'assumed', exchange })
    place = [...place.slice(0, -1), named]
    found = await journey.look(chapter, 'reads it back by its new name', thing.course, place)
  }
  if ('reason' in found) return { reason: found.reason }
  return { ...knownOf({ ...thing, place }, found.record), exchanges: [exchange, found.exchange] }
}

/** Tells what a change said and is not shown: it is known well where what was there before is shown still. */
function tellLost(
  { kit, chapters }: Journey,
  chapter: string,
  deed: Deed,
  says: Readonly<Record<string, Json>>,
  { record }: Known,
  after: After,
): void {
  const places = shownMembers(kit, after.thing.course)
  const exchange = after.exchanges.at(-1) as number
  chapters.saw(chapter, ...after.exchanges)
  for (const [name, value] of Object.entries(says)) {
    const shown = after.record?.[name]
    // What was never shown need not be now.
    if (shown === undefined && (record?.[name] === undefined || !isSaying(value))) continue
    if (SECRET.test(name) || (shown !== undefined && isSame(value, shown)) || !places.takes(name, value)) continue
    const isOld = shown !== undefined && isSame(record?.[name], shown)
    const text = `what ${deed.declared.id} says is shown: ${name} is ${shownValue(value)}`
    const evidence = isOld ? knownAs(deed, after.thing.course.read) : 'assumed'
    const seen = `${isOld ? 'still ' : ''}${seenOf(after.record, name)}`
    chapters.breaks(chapter, { text, seen, evidence, exchange })
  }
}
