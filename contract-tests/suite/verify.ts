import type { Contract } from '../../documents/contract/contract.ts'
import { createRandom } from '../../documents/patterns/random.ts'
import { Gate } from './admit-request.ts'
import { type CaseKit, createKit, type DeriveOptions } from './case-kit.ts'
import { CleanUp } from './clean-up.ts'
import { type DerivedCases, deriveCases } from './derive-cases.ts'
import { isLoopback } from './is-loopback.ts'
import { createReplyJudge } from './judge-reply.ts'
import { keepPace, type Rate } from './keep-pace.ts'
import { limitCleanUp } from './limit-clean-up.ts'
import { NotSentError } from './not-sent-error.ts'
import { Ownership } from './prove-ownership.ts'
import { toJudged } from './read-reply.ts'
import { createCaseRunner } from './run-case.ts'
import { settleDoubts } from './settle-doubts.ts'
import { Slots } from './slots.ts'
import type { Stories } from './tell.ts'
import { tellLeftOut } from './tell-left-out.ts'
import { tellUndeclared } from './tell-undeclared.ts'
import type {
  Case,
  CaseReply,
  CaseRequest,
  CaseResult,
  Evidence,
  JudgedReply,
  Leftover,
  RunResult,
  Send,
} from './vocabulary.ts'

/** What a run takes: the document, the way to the target, and what it may do there. */
export interface VerifyOptions extends DeriveOptions {
  /** What `loadDocument` gave. */
  readonly document: Contract
  /** What the document is called. */
  readonly name: string
  /** What is tried besides what the document says; `loadDocument` gives those of a built-in one. Left out: nothing. */
  readonly stories?: Stories
  readonly send: Send
  /** Of the target; left out: in this process. What is left behind on this machine harms nobody. */
  readonly url?: string
  /** From which evidence on a broken rule fails the run. Default: documented. */
  readonly strict?: Evidence
  /** Only cases whose id or title contains this text. */
  readonly grep?: string
  /** Only the case with this id. */
  readonly only?: string
  /** Only these cases. */
  select?(one: Case): boolean
  /** What `listCases` gave for the same seed and tag: many runs of one plan derive it once. Left out: derived now. */
  readonly plan?: Plan
  readonly failFast?: boolean
  /** How many cases run at once, or things are removed where none is left to run. Default: 1. */
  readonly concurrency?: number
  readonly rate?: Rate
  /** Whether what the run did not make may be changed or deleted: all of it, or by these operations. Default: nothing. */
  readonly allowChanges?: boolean | readonly string[]
  /** Whether something may be created that the run can neither prove to be its own nor remove. Default: on this machine. */
  readonly allowLeftovers?: boolean
  /** After how many requests the run ends; what removes what it made comes on top. Default: as many as it takes. */
  readonly maxRequests?: number
  /** After how many milliseconds the run ends; what removes what it made comes on top. Default: as long as it takes. */
  readonly budget?: number
  /**
   * How long what was created or removed may take to show, in milliseconds: what is left at the end of the run is looked
   * for once more after it. Default: 1,000; 0 in this process.
   */
  readonly settling?: number
  /** Whether cases may send messages to people. */
  readonly allowMail?: boolean
  /** Whether the run has a token that is known to be wrong. */
  readonly hasBadToken?: boolean
  /** Whether the credentials `second` are those of another tenant. */
  readonly hasSecondToken?: boolean
  /** Texts that no reply may show: the run's credentials. */
  readonly secrets?: readonly string[]
  /** Ends the run: nothing more is tried, what was created is removed. */
  readonly signal?: AbortSignal
  /** Called before the first request, with what tells at any moment what is not removed yet. */
  onStop?(pending: () => readonly Leftover[]): void
  onStart?(plan: { readonly total: number }): void
  onResult?(result: CaseResult, done: number, total: number): void
}

/** Letters and digits that mark what a run creates; another for every run unless the seed is given. */
export const makeTag = (seed: string): string => {
  const random = createRandom('tag', seed)
  return Array.from({ length: 8 }, (_, at) =>
    random.pick([...(at === 0 ? 'bcdfghjkmnpqrstvwxz' : 'bcdfghjkmnpqrstvwxz23456789')]),
  ).join('')
}

/** What a run will try, and what it needs to know to do so. */
export interface Plan extends DerivedCases {
  readonly kit: CaseKit
}

/** Every case of a document, derived and told as stories, that a run of these options would try. */
export function listCases(
  options: Pick<VerifyOptions, 'document' | 'stories' | 'grep' | 'only' | 'select'> & DeriveOptions,
): Plan {
  const { document, grep, only } = options
  const kit = createKit(document, options)
  const derived = deriveCases(kit, options)
  const stories = options.stories?.(kit, options) ?? []
  // A story told by hand knows more than the derived one of the same name.
  const told = new Set(stories.map(({ id }) => id))
  const all = [...derived.cases.filter(({ id }) => !told.has(id)), ...stories]
  const isNamed = (id: string, title = '') =>
    (only === undefined || id === only) && (grep === undefined || id.includes(grep) || title.includes(grep))
  const cases = all.filter((one) => isNamed(one.id, one.title) && (options.select?.(one) ?? true))
  const isWhole = cases.length === all.length
  const chosen = new Set(cases.map(({ operationId }) => operationId))
  // Who chose some is told of those alone: one case says nothing of what else its operation has.
  const leftOut = derived.leftOut.filter(
    ({ operationId }) => isWhole || (only === undefined && chosen.has(operationId)),
  )
  const dropped = derived.dropped.filter(({ id }) => isWhole || (!options.select && isNamed(id)))
  const { shared } = derived
  return { cases, dropped, leftOut, kit, ...(shared !== undefined && isWhole && { shared }) }
}

/** Milliseconds. */
const SETTLING = 1000

/** Tries every case on a running implementation, and removes what it created. Never throws for what the target does. */
export async function verify(options: VerifyOptions): Promise<RunResult> {
  const { document, strict = 'documented', seed = String(Date.now()), tag = makeTag(seed) } = options
  const startedAt = new Date()
  const began = performance.now()
  const { cases, dropped, leftOut, shared, kit } = options.plan ?? listCases({ ...options, seed, tag })
  const { stop, end } = stopFor(options)
  const atOnce = Math.max(1, options.concurrency ?? 1)
  const slots = new Slots(atOnce)
  const { sendCase, sendCleanUp, remaining } = createSenders(options, stop)
  const ownership = new Ownership(
    kit,
    async (request) => {
      const reply = await sendCleanUp(request)
      return 'failure' in reply ? undefined : reply
    },
    remaining,
  )
  const { url } = options
  const isNear = url === undefined || (URL.canParse(url) && isLoopback(new URL(url)))
  const { allowChanges = false, allowLeftovers = false } = options
  const gate = new Gate(kit, ownership, { isNear, allowChanges, allowLeftovers })
  const { settling = url === undefined ? 0 : SETTLING } = options
  const cleanUp = new CleanUp({ kit, ownership, gate, send: sendCleanUp, slots }, settling)
  const runCase = createCaseRunner({
    options,
    cases,
    strict,
    judge: createReplyJudge(document, options.secrets ?? []),
    gate,
    cleanUp,
    send: sendCase,
    isStopped: () => stop.signal.aborted,
    settling,
  })
  const results: CaseResult[] = []
  options.onStop?.(() => cleanUp.pending())
  options.onStart?.({ total: cases.length })

  const waiting = [...cases]
  const worker = async () => {
    slots.take()
    for (let one = waiting.shift(); one && !stop.signal.aborted; one = waiting.shift()) {
      const result = await runCase(one)
      results.push(result)
      options.onResult?.(result, results.length, cases.length)
      if (result.outcome === 'fail' && options.failFast) stop.abort(new Error('stopped at the first failure'))
    }
    slots.leave()
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const { context } = kit
  const tried = { contract: document, params: context.params, cases, results: inOrder(results, cases), strict }
  slots.take()
  const settled = await settleDoubts({ ...tried, runCase, isStopped: () => stop.signal.aborted })
  await cleanUp.finish()
  end()

  return {
    api: { name: options.name, title: document.title, version: document.version },
    url: options.url ?? 'in memory',
    seed,
    tag,
    strict,
    startedAt: startedAt.toISOString(),
    duration: performance.now() - began,
    results: settled.results,
    dropped,
    leftovers: cleanUp.leftovers,
    remarks: [
      ...(await ownership.remarks()),
      ...gate.remarks(),
      ...settled.remarks,
      ...tellUndeclared(document, settled.results),
      ...tellLeftOut(leftOut, shared),
    ],
    ...(stop.signal.aborted && { interrupted: reasonOf(stop.signal) }),
  }
}

/** Ends the run when the caller says so, or when its time is over. */
function stopFor({ signal, budget }: VerifyOptions): { stop: AbortController; end: () => void } {
  const stop = new AbortController()
  const abort = () => stop.abort(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  if (signal?.aborted) abort()
  const isOver = () => stop.abort(new Error(`the time of ${(budget as number) / 1000} s is over (--budget)`))
  const timer = budget === undefined ? undefined : setTimeout(isOver, Math.min(budget, LONGEST_TIMER))
  return {
    stop,
    end() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    },
  }
}

/** A timer that is given more milliseconds goes off at once. */
const LONGEST_TIMER = 2 ** 31 - 1

const reasonOf = ({ reason }: AbortSignal): string => String((reason as Error)?.message ?? reason)

type Failure = { readonly failure: string }

/** One way to the target for the cases, and one for the clean-up, which goes on for a while after the run was ended. */
function createSenders(
  { send, rate, maxRequests = Number.POSITIVE_INFINITY, signal }: VerifyOptions,
  stop: AbortController,
) {
  const pace = keepPace(rate)
  let sent = 0
  const waitForTurn = async (by: AbortSignal): Promise<void> => {
    await pace(by).catch(() => {})
    if (by.aborted) throw new NotSentError(reasonOf(by))
  }
  const afterStop = limitCleanUp(stop.signal, signal)
  return {
    remaining: () => maxRequests - sent,
    sendCase: async (request: CaseRequest): Promise<CaseReply> => {
      if (++sent > maxRequests) {
        const reason = `${maxRequests} requests were sent (--max-requests)`
        stop.abort(new Error(reason))
        throw new NotSentError(reason)
      }
      await waitForTurn(stop.signal)
      return send(request, stop.signal)
    },
    sendCleanUp: async (request: CaseRequest): Promise<JudgedReply | Failure> => {
      sent++
      try {
        await waitForTurn(afterStop.signal)
        return toJudged(await afterStop.whileOnWay(send(request, afterStop.signal)))
      } catch (error) {
        return { failure: (error as Error).message }
      }
    },
  }
}

const inOrder = (results: readonly CaseResult[], cases: readonly Case[]): CaseResult[] => {
  const position = new Map(cases.map(({ id }, index) => [id, index]))
  return [...results].sort((a, b) => (position.get(a.case.id) ?? 0) - (position.get(b.case.id) ?? 0))
}
