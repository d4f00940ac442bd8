import { isDeepStrictEqual } from 'node:util'
import { valuesAt } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import type { RequestChanges } from './build-request.ts'
import type { CaseKit, DeriveOptions } from './case-kit.ts'
import { excerpt } from './cut-text.ts'
import { fillPlaceholders } from './provoke-placeholders.ts'
import type { Breach, Case, CaseRequest, Evidence, JudgedReply, Rule, Step, StepRun } from './vocabulary.ts'
import { weaker } from './walk-schema.ts'

/**
 * The stories of one API: what holds over several calls, beyond what its document can say. They are handed to `verify`;
 * `tell` makes a case of each.
 * @param options of the run: whose requests a second tenant makes, for one
 */
export type Stories = (kit: CaseKit, options: DeriveOptions) => readonly Case[]

/** What holds over several calls, as it is written down. */
export interface Tale {
  /** `<operationId>/stories/<name>` */
  readonly id: string
  /** A fact: "twice the same is refused by row". */
  readonly title: string
  /** How well it is known; a step or a claim may say otherwise. */
  readonly evidence: Evidence
  readonly needs?: Case['needs']
  readonly steps: readonly TaleStep[]
}

/** One call of a story and what it must show. */
export interface TaleStep {
  readonly title: string
  /** It goes out together with the next step, which knows nothing of its reply. */
  readonly withNext?: boolean
  /** The operationId; left out: the story's own. */
  readonly call?: string
  /** The rows of a bulk body; what else it needs is added. */
  readonly rows?: readonly Json[] | ((told: Told) => readonly Json[])
  readonly body?: Json | ((told: Told) => Json)
  readonly query?: Readonly<Record<string, string>> | ((told: Told) => Readonly<Record<string, string>>)
  readonly path?: Readonly<Record<string, string>> | ((told: Told) => Readonly<Record<string, string>>)
  readonly credentials?: RequestChanges['credentials']
  /** Left out: any success. `refused`: any of 400 to 499. */
  readonly status?: number | 'refused'
  /** How well it is known that this is the status; left out: as the operation's success is. */
  readonly evidence?: Evidence
  readonly expect?: (claim: Claims, told: Told) => void
}

/** What the earlier steps said; the step itself too, once it is judged. */
export class Told {
  readonly #run: StepRun
  readonly #reply: JudgedReply | undefined
  constructor(run: StepRun, reply?: JudgedReply) {
    this.#run = run
    this.#reply = reply
  }

  /** What is judged. */
  get body(): Json {
    return this.#reply?.body
  }

  /** When it was asked at the latest, in milliseconds since 1970. */
  get askedAt(): number {
    return Date.now() - (this.#reply?.duration ?? 0)
  }

  /** What step n, counted from 0, said at a pointer. */
  said(step: number, pointer: string): Json {
    return lookUp(this.#run.replies[step]?.body, pointer)[0]
  }

  /** The same for a text that a request cannot do without. */
  need(step: number, pointer: string): string {
    const text = this.said(step, pointer)
    if (typeof text !== 'string' || text === '') throw new Missing(`step ${step + 1} did not say ${pointer}`)
    return text
  }
}

class Missing extends Error {}

/** A pointer in which `@text` stands for the first item of a list that holds this text: lists have no known order. */
function lookUp(value: Json, pointer: string): Json[] {
  const [, before = pointer, text, after = ''] = /^(.*?)\/@([^/]+)(.*)$/.exec(pointer) ?? []
  if (text === undefined) return valuesAt(value, pointer)
  const [list] = valuesAt(value, before)
  const item = Array.isArray(list) ? list.find((one) => JSON.stringify(one)?.includes(JSON.stringify(text))) : undefined
  return item === undefined ? [] : lookUp(item, after)
}

/** What a reply must show. */
export class Claims {
  readonly breaches: Breach[] = []
  readonly #reply: JudgedReply
  readonly #rule: (text: string, evidence: Evidence) => Rule
  constructor(reply: JudgedReply, rule: (text: string, evidence: Evidence) => Rule) {
    this.#reply = reply
    this.#rule = rule
  }

  /** The reply's body. */
  get body(): Json {
    return this.#reply.body
  }

  /** The value at a pointer into the reply; with `*`, the list of all values there. */
  shows(evidence: Evidence, pointer: string, wanted: Json): void {
    const found = lookUp(this.#reply.body, pointer)
    this.equal(evidence, pointer, /\/\*(?=\/|$)/.test(pointer) ? found : found[0], wanted)
  }

  /** All of these, below one pointer. */
  showsAll(evidence: Evidence, pointer: string, wanted: Readonly<Record<string, Json>>): void {
    for (const [name, value] of Object.entries(wanted)) this.shows(evidence, `${pointer}/${name}`, value)
  }

  equal(evidence: Evidence, what: string, found: Json, wanted: Json): void {
    if (isDeepStrictEqual(found, wanted)) return
    const rule = this.#rule(`${what} is ${excerpt(JSON.stringify(wanted) ?? 'nothing')}`, evidence)
    this.breaches.push({ rule, seen: excerpt(JSON.stringify(found) ?? 'nothing') })
  }

  /** Lists with the same items, in any order. */
  sameItems(evidence: Evidence, what: string, found: readonly Json[], wanted: readonly Json[]): void {
    this.equal(evidence, what, found.map(String).sort(), wanted.map(String).sort())
  }

  holds(evidence: Evidence, text: string, isSo: boolean, seen: Json = this.#reply.body): void {
    if (!isSo)
      this.breaches.push({ rule: this.#rule(text, evidence), seen: excerpt(JSON.stringify(seen) ?? 'nothing') })
  }
}

/** A text that no other run and no other story has; at most 16 lower-case letters and digits. */
export const markOf = (kit: CaseKit, id: string): string =>
  fillPlaceholders('{tag}', { tag: kit.context.tag, unique: id })

/** Placeholders of docs/extensions.md, filled for one story. */
export const fillFor = <T>(kit: CaseKit, id: string, value: T): T =>
  fillPlaceholders(value, { tag: kit.context.tag, unique: id })

/** @throws Error when an id has another form than `<operationId>/stories/<name>` */
function operationOf(id: string): string {
  const end = id.indexOf('/stories/')
  if (end < 1) throw new Error(`the id of a story is <operationId>/stories/<name>, not ${id}`)
  return id.slice(0, end)
}

/**
 * A story as a case. Where a step did not come out as it must, the later ones have nothing to stand on.
 * @throws Error when its id is none; DocumentError when it names an operation that the document has not
 */
export function tell(kit: CaseKit, { id, title, evidence, needs, steps }: Tale): Case {
  const operationId = operationOf(id)
  const { pointer } = kit.builderOf(operationId).operation
  return {
    id,
    operationId,
    kind: 'stories',
    title,
    rule: { text: title, pointer, evidence },
    steps: steps.map((step, index) => stepOf(kit, { id, title, evidence, steps }, step, index)),
    ...(needs && { needs }),
  }
}

function stepOf(kit: CaseKit, tale: Tale, step: TaleStep, index: number): Step {
  const builder = kit.builderOf(step.call ?? operationOf(tale.id))
  const { pointer } = builder.operation
  const rule = (text: string, evidence: Evidence): Rule => ({ text: `${tale.title}: ${text}`, pointer, evidence })
  let before = index
  while (tale.steps[before - 1]?.withNext) before--
  const { rows, body, query, path, credentials } = step
  const send = (run: StepRun): CaseRequest => {
    const told = new Told(run)
    const given = <T>(part: T | ((told: Told) => T)): T => (part instanceof Function ? part(told) : part)
    return builder.request({
      ...(rows && { body: builder.envelope(tale.id, given(rows)) }),
      ...(body !== undefined && { body: given(body) }),
      ...(query && { query: given(query) }),
      ...(path && { path: given(path) }),
      ...(credentials && { credentials }),
    })
  }
  const isKnown = ![rows, body, query, path].some((part) => part instanceof Function)
  return {
    title: step.title,
    operationId: builder.operation.id,
    ...(step.withNext && { withNext: true }),
    get request() {
      return isKnown ? send({ replies: [], requests: [] }) : undefined
    },
    follow(run) {
      if (run.replies.length < before || tale.steps.some((one, at) => at < before && !isWanted(one, run.replies[at]))) {
        return { skip: 'an earlier step did not come out as it must' }
      }
      try {
        return send(run)
      } catch (error) {
        if (error instanceof Missing) return { skip: error.message }
        throw error
      }
    },
    judge(reply, run) {
      if (!isWanted(step, reply)) {
        const { status = 'a success' } = step
        const known = step.evidence ?? weaker(tale.evidence, builder.evidence)
        return [{ rule: rule(`status is ${status}`, known), seen: `${reply.status} ${excerpt(reply.text)}` }]
      }
      const claims = new Claims(reply, rule)
      step.expect?.(claims, new Told(run, reply))
      return claims.breaches
    },
  }
}

function isWanted({ status }: TaleStep, reply: JudgedReply | undefined): boolean {
  if (!reply) return false
  if (status === undefined) return reply.status >= 200 && reply.status < 300
  return status === 'refused' ? reply.status >= 400 && reply.status < 500 : reply.status === status
}
