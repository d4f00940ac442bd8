import { leaveOutMembers } from '../../../documents/contract/leave-out-members.ts'
import type { Json } from '../../../documents/read/read-document.ts'
import type { Answered } from '../../suite/vocabulary.ts'
import { isPlain, isRecord } from './compare-records.ts'
import { addMembers, composeRecord, nameRecord, recordIn, takesMembers } from './compose-record.ts'
import { type Course, type Deed, isNamedInPath, parametersOf, requiredFilters } from './course.ts'
import { drawId } from './draw-id.ts'
import { isSuccess, type Journey, type Place, toldOf } from './journey.ts'

/** A thing that the run has made. */
export interface Thing {
  readonly course: Course
  /** Its path, its own id last. */
  readonly place: Place
  /** What was sent for it, by member. */
  readonly sent: Readonly<Record<string, Json>>
  /** What its creation's reply shows of it. */
  readonly shown: Json
  /** Its creation. */
  readonly exchange: number
}

/** What could not be made, and why. */
export interface Unmade {
  readonly reason: string
}

export const isUnmade = (made: object): made is Unmade => 'reason' in made

/** What lies under something: its path begins with what that is called. */
type Lying = Pick<Course, 'resource'> & Partial<Pick<Course, 'list' | 'read' | 'maker'>>

/** As many things may have to be there before another can be made. */
const MOST_PREREQUISITES = 8

/** What another must say too, so that a list that has to be told which ones it is about shows both. */
function sharedWith(thing: Thing | undefined): Readonly<Record<string, Json>> {
  const filters = thing?.course.list ? Object.values(requiredFilters(thing.course.list)) : []
  const names = filters.flatMap(([name]) =>
    name !== undefined && Object.hasOwn(thing?.sent ?? {}, name) ? [name] : [],
  )
  return Object.fromEntries(names.map((name) => [name, thing?.sent[name]]))
}

/** Makes things, and before them what they lie under and what they refer to. */
export class Maker {
  readonly #journey: Journey
  #made = 0
  #drawn = 0
  readonly #refused = new Set<string>()

  constructor(journey: Journey) {
    this.#journey = journey
  }

  /** Where things of a resource lie: under parents that are given, made, or there already. */
  async placeOf(chapter: string, course: Lying, within: readonly string[] = []): Promise<Place | Unmade> {
    const { resource } = course
    const { kit, courses } = this.#journey
    const given = resource.under.map((name) => kit.context.params[name])
    const parent = courses.of(resource.parent)
    const at = parent?.resource.under.length ?? 0
    // A parent that the document only states is in no path.
    if (!parent || at >= resource.under.length || given[at] !== undefined) return this.#settle(course, given)
    const made = parent.maker ? await this.make(chapter, parent, { within }) : await this.#findOne(chapter, parent)
    if ('reason' in made) return { reason: `${resource.name} lie under ${parent.resource.name}: ${made.reason}` }
    return this.#settle(
      course,
      given.map((value, index) => value ?? made.place[index]),
    )
  }

  /** What nobody gave or made is called the same by all: each operation would draw another name. */
  #settle({ list, read, maker }: Lying, place: Place): Place {
    const deed = list ?? read ?? maker
    if (!deed || !place.includes(undefined)) return place
    const { params = {} } = this.#journey.kit.builderOf(deed.declared.id).request({})
    const names = parametersOf(deed.declared)
    return place.map((value, at) => value ?? params[names[at] ?? ''])
  }

  /** One that is there: whether something may be put under it, the run decides. */
  async #findOne(chapter: string, course: Course): Promise<{ place: Place } | Unmade> {
    const { resource, list } = course
    const above = await this.placeOf(chapter, course)
    if ('reason' in above) return above
    const none = {
      reason: `no operation creates one; --param ${resource.identity?.parameter}=… names one that is there`,
    }
    if (!list) return none
    const { records } = await this.#journey.list(chapter, `looks for one of ${resource.name}`, course, above, {
      until: (found) => found.length > 0,
    })
    const id = records.map((record) => this.#journey.idIn(course, record)).find((one) => one !== undefined)
    return id === undefined ? none : { place: [...above, id] }
  }

  /**
   * @param options place: under what; left out: that is made first. isRich: with what it can do without, if that is taken.
   * beside: a thing that the same lists are to show. within: the resources that are being made for
   */
  async make(
    chapter: string,
    course: Course,
    options: { place?: Place; isRich?: boolean; beside?: Thing; within?: readonly string[] } = {},
  ): Promise<Thing | Unmade> {
    const { resource, maker } = course
    const { within = [] } = options
    if (!maker) return { reason: `no operation creates ${resource.name}` }
    if (within.includes(resource.name)) return { reason: `${resource.name} need one of themselves` }
    if (!takesMembers(this.#journey.kit, maker))
      return { reason: `${maker.declared.id} takes nothing that has members` }
    if (++this.#made > MOST_PREREQUISITES)
      return { reason: `more than ${MOST_PREREQUISITES} things had to be made before` }
    const inside = [...within, resource.name]
    const place = options.place ?? (await this.placeOf(chapter, course, inside))
    if ('reason' in place) return place
    const unique = `${this.#journey.id} ${resource.name} ${this.#made}`
    const id = isNamedInPath(course) ? drawId(this.#journey.kit, maker, this.#journey.id, this.#drawn++) : undefined
    if (isNamedInPath(course) && id === undefined)
      return { reason: `the path of ${maker.declared.id} allows no id that nobody has` }
    const shared = sharedWith(options.beside)
    const plain = await this.#compose(chapter, course, maker, unique, { id, shared, within: inside })
    let refused = ''
    const path = id === undefined ? place : [...place, id]
    for (const [shape, made] of this.#shapesOf(course, maker, unique, plain, options.isRich)) {
      const title = `creates one of ${resource.name}`
      const body = this.#journey.inPlace(maker, path, made)
      const answer = await this.#journey.send(chapter, title, maker, path, body === undefined ? {} : { body })
      if ('skip' in answer) return { reason: answer.skip }
      if (isSuccess(answer.reply))
        return this.#thingOf(chapter, course, place, recordIn(maker, this.#shownOf(maker, body)), id, answer)
      this.#refused.add(shape)
      refused ||= toldOf(maker, answer.reply)
    }
    return { reason: `none of ${resource.name} could be created: ${refused}` }
  }

  /** A body without what no reply shows. */
  #shownOf({ declared }: Deed, body: Json): Json {
    const { contract } = this.#journey.kit
    const { choice } = this.#journey.kit.builderOf(declared.id)
    return leaveOutMembers(contract, choice?.media.schema?.schema, body, 'writeOnly')
  }

  /** Bodies to try one after the other: what was refused once in a shape is not tried in it again. */
  #shapesOf(course: Course, maker: Deed, unique: string, plain: Json, isRich = false): [shape: string, body: Json][] {
    const { kit, courses } = this.#journey
    const { member, by } = course.identity
    // A number that is drawn is somebody's: only a text has room for the run's tag.
    const isText = (name: string) =>
      kit.builderOf(maker.declared.id).siteAt([...(maker.request ?? []), name])?.schema.type === 'string'
    // What the path names has no other name in its body.
    const isTold = isNamedInPath(course) || by === 'server'
    const isSpared = (name: string) => (name === member ? isTold || !isText(name) : courses.namedBy(name) !== undefined)
    const add = (wanted: (value: Json) => boolean) =>
      addMembers(kit, maker, unique, plain, (name, value) => !isSpared(name) && wanted(value))
    const shapes = {
      // Lists and objects say more, and more of them is refused: they may name what is not there.
      ...(isRich && { rich: add(() => true), flat: add(isPlain) }),
      plain,
      named: nameRecord(kit, maker, unique, plain),
    }
    const texts = new Set<string | undefined>()
    return Object.entries<Json>(shapes).flatMap(([shape, body]) => {
      const key = `${course.resource.name} ${shape}`
      const text = JSON.stringify(body)
      if (texts.has(text) || this.#refused.has(key)) return []
      texts.add(text)
      return [[key, body] as [string, Json]]
    })
  }

  /** A body, with what it refers to made before. */
  async #compose(
    chapter: string,
    { identity }: Course,
    maker: Deed,
    unique: string,
    {
      id,
      shared,
      within,
    }: { id: string | undefined; shared: Readonly<Record<string, Json>>; within: readonly string[] },
  ): Promise<Json> {
    const { kit, courses } = this.#journey
    const body = composeRecord(kit, maker, unique, {})
    const record = recordIn(maker, body)
    if (!isRecord(record)) return body
    const members: Record<string, Json> = { ...shared }
    if (id !== undefined && Object.hasOwn(record, identity.member)) members[identity.member] = id
    for (const [name, value] of Object.entries<Json>(record)) {
      const isSettled = name === identity.member || Object.hasOwn(shared, name)
      const referred = isSettled ? undefined : courses.namedBy(name)
      if (!referred || (typeof value !== 'string' && typeof value !== 'number')) continue
      const made = await this.make(chapter, referred, { within })
      // It is tried all the same: nobody says that the name is one.
      if (isUnmade(made)) continue
      const found = made.place.at(-1) as string
      members[name] = typeof value === 'number' ? Number(found) : found
    }
    return composeRecord(kit, maker, unique, members)
  }

  async #thingOf(
    chapter: string,
    course: Course,
    place: Place,
    sent: Json,
    drawn: string | undefined,
    { reply, exchange }: Answered,
  ): Promise<Thing | Unmade> {
    const maker = course.maker as Deed
    const { targets, builderOf } = this.#journey.kit
    const shown = this.#journey.recordIn(maker, reply)
    const trail = targets.trails.get(maker.declared.id)
    const params = Object.fromEntries(
      course.resource.under.flatMap((name, at) => (place[at] === undefined ? [] : [[name, place[at] as string]])),
    )
    const source = { request: builderOf(maker.declared.id).request({ path: params }), reply }
    const values = isRecord(sent) ? sent : {}
    if (course.list) this.#journey.choose(course.list, [shown, values])
    const id =
      drawn ??
      this.#journey.idIn(course, shown) ??
      // What shows nothing of what it is called by may show another name of it.
      (isRecord(shown) ? await this.#findAmong(chapter, course, place, values) : undefined) ??
      (trail && targets.targetOf(trail, reply.body, source, false)?.item) ??
      (course.identity.by === 'client' ? this.#journey.idIn(course, values) : undefined) ??
      (isRecord(shown) ? undefined : await this.#findAmong(chapter, course, place, values))
    if (id === undefined)
      return { reason: `${maker.declared.id} created something, and nothing says what it is called` }
    return { course, place: [...place, id], sent: values, shown, exchange }
  }

  /** Its creation said nothing of it: the list may show what was sent. */
  async #findAmong(
    chapter: string,
    course: Course,
    place: Place,
    sent: Record<string, Json>,
  ): Promise<string | undefined> {
    if (!course.list) return undefined
    const { tag } = this.#journey.kit.context
    const drawn = Object.entries(sent).filter(([, value]) => typeof value === 'string' && value.includes(tag))
    const isIt = (record: Json) => drawn.length > 0 && drawn.every(([name, value]) => record?.[name] === value)
    const { records } = await this.#journey.list(chapter, 'looks for what was created', course, place, {
      until: (found) => found.some(isIt),
    })
    return this.#journey.idIn(course, records.find(isIt))
  }
}
