import { type CaseKit, isUnmakeable } from '../../suite/case-kit.ts'
import type { Ask, Look } from '../../suite/vocabulary.ts'
import type { Chapters } from './chapters.ts'
import { checkReplacement, checkUpdate, type Known, knownOf } from './check-changes.ts'
import { checkStale, checkUnmodified } from './check-conditions.ts'
import { checkName, checkReadBack, checkTwo } from './check-creation.ts'
import { checkFilters, checkLimit, checkListed, checkPages, checkParent } from './check-lists.ts'
import { checkMissing, checkMissingParent, checkRemoval } from './check-removal.ts'
import type { Course, Courses } from './course.ts'
import { Journey } from './journey.ts'
import { isUnmade, Maker, type Thing } from './make-things.ts'

/** What a lifecycle is about. */
export interface Subject {
  readonly kit: CaseKit
  readonly courses: Courses
  readonly course: Course
  readonly chapters: Chapters
  readonly id: string
}

/** Goes once through the life of one item, with another one beside it; what they need is made before, and removed by the run. */
export async function liveLifecycle(
  { kit, courses, course, chapters, id }: Subject,
  ask: Ask,
): Promise<ReadonlyMap<string, Look>> {
  const journey = new Journey(kit, courses, chapters, id, ask)
  const maker = new Maker(journey)
  try {
    const one = course.maker ? await maker.make('read-back', course, { isRich: true }) : await readOnly()
    if (one && isUnmade(one)) chapters.missedRest(one.reason)
    else if (one) await liveOn(journey, maker, one)
    chapters.missedRest('the step that it looks at was not reached')
  } catch (error) {
    // What cannot be made is no fault of the target; what was seen before stands.
    if (!isUnmakeable(error)) throw error
    chapters.missedRest(error.message)
  }
  return chapters.looks()

  /** Of what nobody creates, what is there is looked at. */
  async function readOnly() {
    const place = await maker.placeOf('missing', course)
    if ('reason' in place) return place
    await checkMissing(journey, course, place)
    await checkLimit(journey, course, place)
    if (!chapters.has('pages')) return undefined
    const { records, reason } = await journey.list('pages', 'lists', course, place)
    if (reason === undefined) await checkPages(journey, course, place, records.length)
    else chapters.missed('pages', reason)
    return undefined
  }
}

async function liveOn(journey: Journey, maker: Maker, one: Thing): Promise<void> {
  const { chapters } = journey
  const { course } = one
  const place = one.place.slice(0, -1)
  if (chapters.has('named')) checkName(journey, one)
  const shown = await checkReadBack(journey, one)
  const other = await maker.make('two-ids', course, { place, beside: one })
  if (isUnmade(other)) chapters.missed('two-ids', other.reason)
  else checkTwo(journey, one, other)
  const both = isUnmade(other) ? [one] : [one, other]
  if (course.list) {
    const records = await checkListed(journey, both)
    await checkLimit(journey, course, place)
    if (records) await checkPages(journey, course, place, records.length)
    const [mine, others] = both.map((thing) =>
      records?.find((record) => journey.idIn(course, record) === thing.place.at(-1)),
    )
    if (!isUnmade(other) && mine && others) await checkFilters(journey, [one, other], [mine, others])
  }
  const parent = await checkParent(journey, maker, one)
  if (shown) {
    let known: Known = knownOf(one, shown.record)
    await checkUnmodified(journey, known)
    await checkStale(journey, known)
    known = await checkUpdate(journey, known)
    known = await checkReplacement(journey, known)
    await checkRemoval(journey, known)
  }
  await checkMissing(journey, course, place)
  if (parent) await checkMissingParent(journey, one, parent)
}
