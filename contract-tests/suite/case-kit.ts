import type { Contract } from '../../documents/contract/contract.ts'
import type { DeclaredOperation } from '../../documents/contract/operation.ts'
import { PatternError } from '../../documents/patterns/pattern-language.ts'
import { DocumentError, type Json } from '../../documents/read/read-document.ts'
import { spellKeys } from '../../documents/read/split-path.ts'
import { DataError } from '../../documents/values/make-value.ts'
import { RequestBuilder, type RequestChanges, type RequestContext } from './build-request.ts'
import { itemParameterOf, itemPathOf, parametersIn } from './classify-operation.ts'
import { listsFor, placeInList } from './find-listed.ts'
import { canFollow, type Trail } from './find-trails.ts'
import { followLink } from './follow-links.ts'
import { judgeAccepted } from './judge-outcome.ts'
import { createReplyJudge, type ReplyJudge } from './judge-reply.ts'
import { Targets } from './name-target.ts'
import type { CaseRequest, JudgedReply, Rule, Step, StepRun, Unsent } from './vocabulary.ts'
import { toWireText } from './write-parameter.ts'

/** What requests are made from besides the document. */
export interface DeriveOptions {
  /** The same seed and tag give the same requests. */
  readonly seed?: string
  /** Marks everything that the run creates: 8 letters and digits. */
  readonly tag?: string
  /** Path, query and header parameters of the run. */
  readonly params?: Readonly<Record<string, string>>
  /** The same for a second tenant. */
  readonly secondParams?: Readonly<Record<string, string>>
  /** How many cases of an operation are made at most, but for its failures and stories; those that are worth most. */
  readonly cases?: number
}

/** What fills a path, by the names of its parameters. */
type PathOf = Readonly<Record<string, string>>

/** What deriving a case needs to know; stories get it too. */
export interface CaseKit {
  readonly contract: Contract
  readonly context: RequestContext
  readonly judge: ReplyJudge
  /** What requests and replies name. */
  readonly targets: Targets
  builderOf(operationId: string): RequestBuilder
  /** The step that makes what an operation needs (a user to patch), if it needs something; then the operation itself. */
  stepsFor(operationId: string, title: string, changes: () => RequestChanges, judge: Step['judge']): Step[]
}

/**
 * A step that sends what `make` makes, each time it is asked for: the bodies of all cases of a large document would take
 * seconds to make, and memory to keep. Where none can be made, it says why.
 */
export const stepThatSends = (step: Omit<Step, 'request' | 'follow'>, make: () => CaseRequest): Step => ({
  ...step,
  get request() {
    const made = orWhyNot(make)
    return 'skip' in made ? undefined : made
  },
  follow: () => orWhyNot(make),
})

function orWhyNot(make: () => CaseRequest): CaseRequest | Unsent {
  try {
    return make()
  } catch (error) {
    if (!isUnmakeable(error)) throw error
    return { skip: error.message }
  }
}

/** Whether an error says that a document allows no value, or not one that can be made. */
export const isUnmakeable = (error: unknown): error is Error =>
  error instanceof DataError || error instanceof PatternError || error instanceof DocumentError

/**
 * A kit, with a builder an operation, made when it is first asked for. Its `builderOf` throws DocumentError where there
 * is no such operation.
 */
export function createKit(contract: Contract, options: DeriveOptions = {}): CaseKit {
  const { seed = 'rollcall', tag = 'rollcall', params = {} } = options
  const context: RequestContext = { contract, seed, tag, params }
  const builders = new Map<string, RequestBuilder>()
  const builderOf = (operationId: string): RequestBuilder => {
    let builder = builders.get(operationId)
    if (!builder) {
      const operation = contract.operation(operationId)
      if (!operation) throw new DocumentError(`there is no operation ${operationId}`)
      builders.set(operationId, (builder = new RequestBuilder(context, operation)))
    }
    return builder
  }
  const targets = new Targets({ contract, builderOf })
  return {
    contract,
    context,
    judge: createReplyJudge(contract, []),
    targets,
    builderOf,
    stepsFor(operationId, title, changes, judge) {
      const builder = builderOf(operationId)
      const setUp = contract.links.find(
        (link) => link.to === operationId && link.role === 'subject' && link.from !== operationId,
      )
      const main = { title, operationId, judge }
      const above = setUp ? [] : thingsAbove(builder.operation)
      if (!setUp && above.length > 0) return stepsOnOwn(above, main, changes)
      if (!setUp) {
        const send = (path: PathOf = {}) => {
          const wanted = changes()
          return builder.request(builder.repeatPath({ ...wanted, path: { ...path, ...wanted.path } }))
        }
        // What the run did not make, it may be told to change: which thing, only --param says.
        const isFound = builder.operation.role === undefined && targets.effectOf(operationId) !== 'changes'
        return [isFound ? stepOnFound(builder.operation, main, send) : stepThatSends(main, send)]
      }
      const maker = builderOf(setUp.from)
      const making = {
        title: `makes what ${operationId} needs`,
        operationId: setUp.from,
        judge: judgeAccepted(maker.operation, pointerRule(maker.operation)),
      }
      return [
        stepThatSends(making, () => maker.request(maker.plain(`${title} set-up`))),
        {
          ...main,
          request: undefined,
          follow(run) {
            const [request] = run.requests
            const [reply] = run.replies
            const followed = request && reply ? followLink(setUp, { request, reply })[0] : undefined
            if (!followed) return { skip: `${setUp.from} made nothing that ${operationId} could work on` }
            const wanted = changes()
            const linked = {
              ...wanted,
              ...('body' in wanted && { body: merge(wanted.body, followed.body) }),
              ...(wanted.text !== undefined && { text: mergeText(wanted.text, followed.body) }),
              path: { ...asTexts(followed.parameters), ...wanted.path },
            }
            return builder.request(builder.repeatPath(linked))
          },
        },
      ]
    },
  }

  /**
   * How what a path names is made, the outermost first; none where the run was given it, or nothing says how. An author who
   * gives roles says by links what is made for what.
   */
  function thingsAbove(operation: DeclaredOperation, inside: readonly Trail[] = []): readonly Trail[] {
    const parameter = itemParameterOf(operation.path)
    const trail = targets.trailOfItem(operation.id)
    if (parameter === undefined || trail === undefined || inside.includes(trail)) return []
    const effect = targets.effectOf(operation.id)
    if (effect !== 'changes' && (operation.role !== undefined || Object.hasOwn(params, parameter))) return []
    // What is only read is not worth what would stay.
    if (effect === 'reads' && !canFollow(trail)) return []
    const maker = contract.operation(trail.from)
    return maker && maker.role === undefined ? [...thingsAbove(maker, [...inside, trail]), trail] : [trail]
  }

  /** What is said of a thing is tried on one that the case makes first; what is only read may be there without. */
  function stepsOnOwn(
    above: readonly Trail[],
    main: Omit<Step, 'request' | 'follow'>,
    changes: () => RequestChanges,
  ): Step[] {
    const { title, operationId } = main
    const builder = builderOf(operationId)
    const isReading = targets.effectOf(operationId) === 'reads'
    const makers = above.map((trail, at): Step => {
      const making = {
        title: `makes what ${operationId} needs`,
        operationId: trail.from,
        isSetUp: true as const,
        isShared: at < above.length - 1 || isReading || liesBelow(builder.operation),
        judge: () => [],
      }
      const maker = builderOf(trail.from)
      const make = (path: PathOf = {}) => maker.request({ ...maker.plain(`${title} set-up`), path })
      const outer = above[at - 1]
      if (outer === undefined) return stepOnFound(maker.operation, making, make)
      return {
        ...making,
        request: undefined,
        follow(run) {
          const path = pathOnto(outer, maker.operation, run)
          return path ? orWhyNot(() => make(path)) : madeNothing(outer, trail.from, run)
        },
      }
    })
    const trail = above.at(-1) as Trail
    const request = (run: StepRun): CaseRequest | Unsent => {
      const path = pathOnto(trail, builder.operation, run)
      if (!path) return madeNothing(trail, operationId, run)
      const wanted = changes()
      const made = run.replies[run.requests.findLastIndex((one) => one.operationId === trail.from)]
      const headers = { ...tagFor(builder.operation, wanted, made), ...wanted.headers }
      return builder.request(builder.repeatPath({ ...wanted, headers, path: { ...path, ...wanted.path } }))
    }
    if (!isReading) return [...makers, { ...main, request: undefined, follow: request }]
    const plain = stepThatSends(main, () => builder.request(builder.repeatPath(changes())))
    return [
      {
        ...main,
        makers,
        get request() {
          return plain.request
        },
        follow: (run) =>
          run.requests.some((one) => one.operationId === trail.from)
            ? request(run)
            : (plain.follow?.(run) as CaseRequest),
      },
    ]
  }

  /**
   * A step that names what the document has for it; and where nothing is there, the first of what is listed, which it leaves
   * as it is.
   */
  function stepOnFound(
    { id, path }: DeclaredOperation,
    step: Omit<Step, 'request' | 'follow'>,
    make: (path?: PathOf) => CaseRequest,
  ): Step {
    const plain = stepThatSends(step, make)
    const lists = listsFor(contract, path, params)
    const list = lists.at(-1)
    if (!list) return plain
    const makers = lists.map(({ id: listId, path: listPath }, at): Step => {
      const outer = lists[at - 1]
      const builder = builderOf(listId)
      return {
        ...{ title: `finds what ${id} needs`, operationId: listId, isSetUp: true, isShared: true },
        request: undefined,
        judge: () => [],
        follow: (run) => orWhyNot(() => builder.request({ path: (outer && placeInList(outer, listPath, run)) ?? {} })),
      }
    })
    return {
      ...step,
      makers,
      get request() {
        return plain.request
      },
      follow: (run) => orWhyNot(() => make(placeInList(list, path, run))),
    }
  }

  /** Whether an operation leaves what its path names as it is: what it writes lies below that. */
  function liesBelow({ id, method, path }: DeclaredOperation): boolean {
    if (targets.effectOf(id) === 'creates') return true
    const rest = spellKeys(path).slice(itemPathOf(path)?.length)
    return (method === 'PUT' || method === 'PATCH') && rest.includes('/')
  }

  /** What fills the path of an operation, so that it names what a trail has made; undefined where that made nothing. */
  function pathOnto(trail: Trail, { path }: DeclaredOperation, { requests, replies }: StepRun): PathOf | undefined {
    const at = requests.findLastIndex((one) => one.operationId === trail.from)
    const [request, reply] = [requests[at], replies[at]]
    if (!request || !reply || reply.status < 200 || reply.status >= 300) return undefined
    const id = targets.targetOf(trail, reply.body, { request, reply }, false)?.item
    if (id === undefined) return undefined
    const around = parametersIn(builderOf(trail.from).operation.path).map((name) => request.params?.[name])
    const names = parametersIn(itemPathOf(path) ?? '')
    // An item whose path leaves out what it lies under has fewer.
    const values = [...around, id].slice(-names.length)
    return Object.fromEntries(
      names.flatMap((name, index) => (values[index] === undefined ? [] : [[name, values[index]]])),
    )
  }

  function madeNothing({ from }: Trail, operationId: string, { requests, replies }: StepRun): Unsent {
    const status = replies[requests.findLastIndex((one) => one.operationId === from)]?.status
    return { skip: `${from} answered ${status}, and made nothing that ${operationId} could work on` }
  }
}

/** What a thing is at, as its creation's reply tells, where a change must say it (RFC 9110, section 13.1.1). */
function tagFor(
  { parameters }: DeclaredOperation,
  { without = [] }: RequestChanges,
  reply: JudgedReply | undefined,
): Record<string, string> {
  const tag = reply?.headers['etag']
  const isAsked = parameters.some(
    (one) =>
      one.in === 'header' && one.required && /^if-match$/i.test(one.name) && !without.includes(`header ${one.name}`),
  )
  return tag !== undefined && isAsked ? { 'if-match': tag } : {}
}

const asTexts = (values: Readonly<Record<string, Json>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toWireText(value)]))

const pointerRule = (place: DeclaredOperation): Rule => ({
  text: 'a valid request is accepted',
  pointer: place.pointer,
  evidence: 'documented',
})

/** What a link says of the body is put where the case left something to say, rows too: its own wrong values stay wrong. */
function merge(body: Json, linked: Json): Json {
  if (typeof body === 'string' && typeof linked !== 'object') return linked
  if (typeof body !== 'object' || body === null || typeof linked !== 'object' || linked === null) return body
  if (Array.isArray(body) !== Array.isArray(linked)) return body
  if (Array.isArray(body)) return body.map((item, index) => (index in linked ? merge(item, linked[index]) : item))
  const taken = Object.entries(linked).filter(([name]) => Object.hasOwn(body, name))
  return { ...body, ...Object.fromEntries(taken.map(([name, value]) => [name, merge(body[name], value)])) }
}

/** The exact text stays as near as can be: only the linked members change. */
function mergeText(text: string, linked: Json): string {
  try {
    return JSON.stringify(merge(JSON.parse(text), linked))
  } catch {
    return text
  }
}
