import type { CaseKit } from '../../suite/case-kit.ts'
import { touchOfSession } from '../../suite/classify-session.ts'
import type { Stories } from '../../suite/tell.ts'
import type { Ask, Case, Lifecycle, Look } from '../../suite/vocabulary.ts'
import { Chapters } from './chapters.ts'
import { conditionalChange, conditionalRead } from './check-conditions.ts'
import { type Course, type Courses, type Deed, isNamedInPath, readCourses, type Single } from './course.ts'
import { knownAs } from './known-as.ts'
import { liveLifecycle } from './live-lifecycle.ts'
import { liveSingle } from './live-single.ts'

/**
 * The stories of a document's resources, as it says or as they are found: what becomes of an item from its creation to its
 * removal. Of a document with roles (`x-role`) there are none: its author says what a run is about.
 */
export const resourceStories: Stories = (kit) => {
  if (kit.contract.operations.some(({ role }) => role !== undefined)) return []
  const courses = kit.contract.once(readCourses)
  return [
    ...courses.all.flatMap((course) => casesOf(kit, courses, course)),
    ...courses.singles.flatMap((single) => casesOfSingle(kit, courses, single)),
  ]
}

/** A case before it is one: what it looks at, and which operation must answer for it. */
type Plot = readonly [name: string, deed: Deed | undefined, title: string, ...others: (Deed | undefined)[]]

function casesOf(kit: CaseKit, courses: Courses, course: Course): Case[] {
  const { maker, list, read, update, replace, remove } = course
  const deeds = [maker, list, read, update, replace, remove].flatMap((deed) => deed ?? [])
  const id = `${course.resource.name}/lifecycle`
  return casesFrom(deeds, plotsOf(courses, course), id, (chapters, ask) =>
    liveLifecycle({ kit, courses, course, chapters, id }, ask),
  )
}

function casesOfSingle(kit: CaseKit, courses: Courses, single: Single): Case[] {
  const { resource, read, write } = single
  const id = `${resource.name}/lifecycle`
  const plots: Plot[] = [['written', write, 'what it writes is read back', read]]
  return casesFrom([read, write], plots, id, (chapters, ask) => liveSingle({ kit, courses, single, chapters, id }, ask))
}

/** @param live goes through it once, for all cases */
function casesFrom(
  deeds: readonly Deed[],
  plots: readonly Plot[],
  id: string,
  live: (chapters: Chapters, ask: Ask) => Promise<ReadonlyMap<string, Look>>,
): Case[] {
  const cases = new Map<string, Case>()
  const lifecycle: Lifecycle = {
    id,
    operations: [...new Set(deeds.map(({ declared }) => declared.id))],
    live: (ask) => live(new Chapters(cases), ask),
  }
  const needs = deeds.map(({ declared }) => touchOfSession(declared)).find((touch) => touch !== undefined)
  for (const [name, deed, title, ...others] of plots) {
    if (!deed) continue
    const { declared } = deed
    cases.set(name, {
      id: `${declared.id}/stories/lifecycle/${name}`,
      operationId: declared.id,
      kind: 'stories',
      title,
      rule: { text: title, pointer: declared.pointer, evidence: knownAs(deed, ...others) },
      steps: [],
      lifecycle,
      ...(needs && { needs }),
    })
  }
  return [...cases.values()]
}

/** All that is looked at, in the order in which it comes up. */
function plotsOf(courses: Courses, course: Course): Plot[] {
  const { resource, maker, list, read, update, replace, remove, identity } = course
  const paging = list?.list?.paging
  const readings: Plot[] = [
    ['limit', paging?.size === undefined ? undefined : list, 'lists no more than it is asked for'],
    ['pages', paging?.size === undefined || paging.start === undefined ? undefined : list, 'shows each on one page'],
    // Of what nobody creates or lists, such as the statistics of any name, all may be there.
    ['missing', maker || list ? read : undefined, 'what is not there is refused'],
  ]
  if (!maker) return readings
  const parent = courses.of(resource.parent)
  const isUnderOne = parent?.maker !== undefined && parent.resource.under.length < resource.under.length
  const isNamed = identity.by === 'client' && !isNamedInPath(course)
  const changed: Plot[] = [
    ['changed', update, 'what it changes is shown', read ?? list],
    ['changed-only', update, 'it changes what it says and nothing else', read ?? list],
    ['replaced', replace, 'what it puts is shown', read ?? list],
    ['replaced-whole', replace, 'it keeps nothing of what it leaves out', read ?? list],
  ]
  return [
    ['read-back', read || list ? maker : undefined, 'what it created is read back as it was sent', read ?? list],
    ['named', isNamed ? maker : undefined, 'what it creates is called as it was sent'],
    ['two-ids', maker, 'two creations have two ids'],
    ['listed', list, 'what was created is listed', maker],
    // What looks for a text anywhere is no member's, and a member of a parameter is no parameter.
    ...Object.entries(list?.list?.filters ?? {}).flatMap(([name, path]): Plot[] =>
      path.length > 0 && list?.declared.parameters.some((one) => one.name === name)
        ? [[`filter/${name}`, list, `lists by ${name} what fits`]]
        : [],
    ),
    ['under-parent', isUnderOne ? list : undefined, 'what lies under another is not listed', maker],
    ['unmodified', conditionalRead(course), 'what the client has already is not sent once more'],
    ['stale', read || list ? conditionalChange(course) : undefined, 'a change of another state of it is refused'],
    ...(read || list ? changed : []),
    ['deleted', read ? remove : undefined, 'what it deleted is gone', read],
    ['no-deleted', remove ? list : undefined, 'what was deleted is not listed', remove],
    ['deleted-again', remove, 'what it deleted cannot be deleted again'],
    ...readings,
    ['missing-parent', isUnderOne && parent.remove ? maker : undefined, 'nothing is created under what is gone'],
  ]
}
