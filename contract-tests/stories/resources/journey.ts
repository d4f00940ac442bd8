import type { DeclaredOperation } from '../../../documents/contract/operation.ts'
import { toPointer, valueAt } from '../../../documents/read/json-pointer.ts'
import type { Json } from '../../../documents/read/read-document.ts'
import type { RequestChanges } from '../../suite/build-request.ts'
import type { CaseKit } from '../../suite/case-kit.ts'
import { excerpt } from '../../suite/cut-text.ts'
import { idTextOf } from '../../suite/find-identity.ts'
import { readList } from '../../suite/read-list.ts'
import type { Answered, Ask, JudgedReply, Unsent } from '../../suite/vocabulary.ts'
import type { Chapters } from './chapters.ts'
import { type Course, type Courses, type Deed, mayAsk, parametersOf, requiredFilters, textFor } from './course.ts'

/** The path of a thing: what its path's parameters are, in order; undefined: the document's own example. */
export type Place = readonly (string | undefined)[]

/** A thing that is there, or was a moment ago. */
export interface Found {
  /** As it is shown. */
  readonly record: Json
  readonly exchange: number
}

/** What nothing was found by: the last reply, if there was one. */
export interface NotFound {
  readonly reason: string
  readonly reply?: JudgedReply
  readonly exchange?: number
}

interface ListOptions {
  /** What each page is asked with. */
  readonly constants?: Readonly<Record<string, Json>>
  /** How many a page may hold. */
  readonly size?: number
  /** True of the records found so far: it was read far enough. */
  readonly until?: (records: readonly Json[], pages: number) => boolean
}

/** What was seen of a list. */
interface Listed {
  /** Each once. */
  readonly records: readonly Json[]
  /** As they came. */
  readonly pages: readonly (readonly Json[])[]
  readonly exchanges: readonly number[]
  /** Why its end was not seen. */
  readonly reason?: string
}

/** Of a list that is longer than these pages nothing is said. */
const MOST_PAGES = 20

export const isSuccess = ({ status }: JudgedReply): boolean => status >= 200 && status < 300

/** Whether a change is only taken with what the client believes the thing to be at (RFC 9110, section 13.1.1). */
const needsTag = ({ parameters }: DeclaredOperation): boolean =>
  parameters.some(({ in: place, name, required }) => place === 'header' && required && /^if-match$/i.test(name))

/** `GET /pets/7 answered 200 {…}`. */
export const toldOf = (deed: Deed, { status, text }: JudgedReply): string =>
  `${deed.declared.id} answered ${status}${text === '' ? '' : ` ${excerpt(text)}`}`

const pathOf = ({ declared }: Deed, place: Place): Record<string, string> =>
  Object.fromEntries(
    parametersOf(declared).flatMap((name, at) => {
      const value = place[at]
      return value === undefined ? [] : [[name, value] as const]
    }),
  )

/** The way of one lifecycle through a target: what it asks, and where that is told. */
export class Journey {
  readonly kit: CaseKit
  readonly courses: Courses
  readonly chapters: Chapters
  /** Tells what it draws from what others draw. */
  readonly id: string
  readonly #ask: Ask
  /** What lists cannot be asked without, by the operation: what the things that are looked for have there. */
  readonly #chosen = new Map<string, Readonly<Record<string, string>>>()
  /** What each thing is at, as a reply has told last, by its place (RFC 9110, section 8.8.3). */
  readonly #tags = new Map<string, string>()

  constructor(kit: CaseKit, courses: Courses, chapters: Chapters, id: string, ask: Ask) {
    this.kit = kit
    this.courses = courses
    this.chapters = chapters
    this.id = id
    this.#ask = ask
  }

  /** @param chapter what its reply is about */
  async send(
    chapter: string,
    title: string,
    deed: Deed,
    place: Place,
    changes: RequestChanges = {},
  ): Promise<Answered | Unsent> {
    const path = pathOf(deed, place)
    const tag = needsTag(deed.declared) ? this.#tags.get(JSON.stringify(place)) : undefined
    const headers = { ...(tag !== undefined && { 'if-match': tag }), ...changes.headers }
    const builder = this.kit.builderOf(deed.declared.id)
    const request = builder.request(builder.repeatPath({ ...changes, path, headers }))
    const answer = await this.#ask.send(this.chapters.about(chapter), title, request)
    if ('reply' in answer) {
      this.chapters.cite(chapter, answer.exchange)
      const { etag } = answer.reply.headers
      if (isSuccess(answer.reply) && etag !== undefined) this.#tags.set(JSON.stringify(place), etag)
    }
    return answer
  }

  /** A body as it is sent to a place: what it repeats of the path is the same there. */
  inPlace(deed: Deed, place: Place, body: Json): Json {
    return this.kit.builderOf(deed.declared.id).repeatPath({ body, path: pathOf(deed, place) }).body
  }

  wait(looks: number): Promise<boolean> {
    return this.#ask.wait(looks)
  }

  /** What names the item that a record is: of a text or a number, that itself. */
  idIn({ identity }: Course, record: Json): string | undefined {
    return idTextOf(typeof record === 'object' && record !== null ? record[identity.member] : record)
  }

  /** Why nothing can be found among records: none of them shows what it is called. */
  whyNameless(course: Course, records: readonly Json[]): string | undefined {
    const areNameless = records.length > 0 && records.every((record) => this.idIn(course, record) === undefined)
    return areNameless ? `what is listed does not show its ${course.identity.member}` : undefined
  }

  /**
   * From now on a list that must be told which ones it is about is asked for those that are like a thing.
   * @param records what is known of the thing, the best first
   */
  choose(list: Deed, records: readonly Json[]): void {
    const chosen = Object.entries(requiredFilters(list)).flatMap(([name, at]) => {
      const values = records.map((record) => textFor(name, valueAt(record, toPointer(at))))
      const value = values.find((one) => one !== undefined && mayAsk(list, name, one))
      return value === undefined ? [] : [[name, value] as const]
    })
    this.#chosen.set(list.declared.id, Object.fromEntries(chosen))
  }

  /** What a list is asked for, of the parameters that it must be asked with. */
  chosenFor({ declared }: Deed): Readonly<Record<string, string>> {
    return this.#chosen.get(declared.id) ?? {}
  }

  /** The record in the reply of an operation that shows one. */
  recordIn(deed: Deed, { body }: JudgedReply): Json {
    return deed.reply === undefined ? undefined : valueAt(body, toPointer(deed.reply))
  }

  /** Looks an item up: by reading it, or where nothing reads one, in its list. */
  async look(chapter: string, title: string, course: Course, place: Place): Promise<Found | NotFound> {
    const { read, list } = course
    if (!read) return list ? this.#lookInList(chapter, title, course, place) : { reason: 'nothing shows it' }
    const answer = await this.send(chapter, title, read, place)
    if ('skip' in answer) return { reason: answer.skip }
    const { reply, exchange } = answer
    if (!isSuccess(reply)) return { reason: toldOf(read, reply), reply, exchange }
    return { record: this.recordIn(read, reply), exchange }
  }

  async #lookInList(chapter: string, title: string, course: Course, place: Place): Promise<Found | NotFound> {
    const id = place.at(-1)
    const { records, exchanges, reason } = await this.list(chapter, title, course, place.slice(0, -1), {
      until: (records) => records.some((record) => this.idIn(course, record) === id),
    })
    const record = records.find((one) => this.idIn(course, one) === id)
    const exchange = exchanges.at(-1)
    if (exchange === undefined) return { reason: reason ?? 'the list was not answered' }
    if (record !== undefined) return { record, exchange }
    const nameless = this.whyNameless(course, records)
    return nameless === undefined ? { reason: 'the list does not show it', exchange } : { reason: nameless }
  }

  /**
   * Reads a list to its end.
   */
  async list(
    chapter: string,
    title: string,
    course: Course,
    place: Place,
    { constants = {}, size, until = () => false }: ListOptions = {},
  ): Promise<Listed> {
    const deed = course.list as Deed
    const path = pathOf(deed, place)
    const pages: Json[][] = []
    const exchanges: number[] = []
    let reason: string | undefined
    let isDone = false
    const { isComplete } = await readList(
      {
        builder: this.kit.builderOf(deed.declared.id),
        constants: { ...this.chosenFor(deed), ...constants },
        ...(size !== undefined && { size }),
        path,
        identify: (item) => this.idIn(course, this.#recordOf(deed, item)),
        send: async (request) => {
          if (isDone) return undefined
          const answer = await this.#ask.send(
            this.chapters.about(chapter),
            `${title}, page ${pages.length + 1}`,
            request,
          )
          if ('skip' in answer) {
            reason = answer.skip
            return undefined
          }
          const { reply, exchange } = answer
          exchanges.push(exchange)
          this.chapters.cite(chapter, exchange)
          if (!isSuccess(reply)) {
            reason = toldOf(deed, reply)
            return undefined
          }
          pages.push(this.itemsIn(deed, reply) ?? [])
          isDone = until(pages.flat(), pages.length)
          return reply
        },
      },
      MOST_PAGES,
    )
    const records = [...new Map(pages.flat().map((record) => [this.idIn(course, record) ?? record, record])).values()]
    if (isComplete || isDone) return { records, pages, exchanges }
    return { records, pages, exchanges, reason: reason ?? `the end of ${deed.declared.id} was not seen` }
  }

  /** The records in a list's reply; undefined where it is none. */
  itemsIn(deed: Deed, reply: JudgedReply): Json[] | undefined {
    const items = isSuccess(reply) ? valueAt(reply.body, toPointer(deed.list?.at ?? [])) : undefined
    return Array.isArray(items) ? items.map((item) => this.#recordOf(deed, item)) : undefined
  }

  /** The record in an item of a list. */
  #recordOf({ list }: Deed, item: Json): Json {
    return list === undefined || list.item.length === 0 ? item : valueAt(item, toPointer(list.item))
  }
}
