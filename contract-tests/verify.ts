import { createRandom } from '../documents/random.ts'
import type { Document } from '../documents/read-document.ts'
import { createKit, type DeriveOptions } from './case-kit.ts'
import { CleanUp, toJudged } from './clean-up.ts'
import { casesOf } from './derive-cases.ts'
import { createReplyJudge } from './judge-reply.ts'
import { keepPace, type Rate } from './keep-pace.ts'
import { storiesOf } from './stories/index.ts'
import type {
  Breach,
  Case,
  CaseReply,
  CaseRequest,
  CaseResult,
  Evidence,
  Exchange,
  JudgedReply,
  Leftover,
  Outcome,
  RunResult,
  Send,
  Step,
} from './vocabulary.ts'

export interface VerifyOptions extends DeriveOptions {
  readonly document: Document
  /** What the document is called; stories are found by it. */
  readonly name: string
  readonly send: Send
  /** Of the target, for reports. */
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
  readonly plan?: ReturnType<typeof listCases>
  readonly failFast?: boolean
  /** How many cases run at once. Default: 1. */
  readonly concurrency?: number
  readonly rate?: Rate
  /** Whether what the run did not make may be changed or deleted: all of it, or by these operations. Default: nothing. */
  readonly allowChanges?: boolean | readonly string[]
  /** Whether something may be created that the run can neither prove to be its own nor remove. Default: on this machine. */
  readonly allowLeftovers?: boolean
  /** How many requests the run may send, those of the clean-up apart. Default: as many as it takes. */
  readonly maxRequests?: number
  /** How long the run may take, in milliseconds, the clean-up apart. Default: as long as it takes. */
  readonly budget?: number
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
  /** Called at the start, with a function that tells what the run has created and not yet removed at that moment. */
  onStop?(pending: () => readonly Leftover[]): void
  onStart?(plan: { readonly total: number }): void
  onResult?(result: CaseResult, done: number, total: number): void
}

const EVIDENCE: readonly Evidence[] = ['documented', 'observed', 'assumed']

/** Letters and digits that mark what a run creates; another for every run unless the seed is given. */
export const makeTag = (seed: string): string => {
  const random = createRandom('tag', seed)
  return Array.from({ length: 8 }, (_, at) =>
    random.pick([...(at === 0 ? 'bcdfghjkmnpqrstvwxz' : 'bcdfghjkmnpqrstvwxz23456789')]),
  ).join('')
}

/** Every case of a document, derived and told as stories, that a run of these options would try. */
export function listCases(
  options: Pick<VerifyOptions, 'document' | 'name' | 'grep' | 'only' | 'select'> & DeriveOptions,
) {
  const { document, name, grep, only } = options
  const derived = casesOf(document, options)
  const stories = storiesOf(name, createKit(document, options), options)
  // A story told by hand knows more than the derived one of the same name.
  const told = new Set(stories.map(({ id }) => id))
  const all = [...derived.cases.filter(({ id }) => !told.has(id)), ...stories]
  const cases = all.filter(
    (one) =>
      (only === undefined || one.id === only) &&
      (options.select?.(one) ?? true) &&
      (grep === undefined || one.id.includes(grep) || one.title.includes(grep)),
  )
  return { cases, dropped: derived.dropped }
}

/** Tries every case on a running implementation, and removes what it created. Never throws for what the target does. */
export async function verify(options: VerifyOptions): Promise<RunResult> {
  const { document, send, strict = 'documented', signal, seed = String(Date.now()), tag = makeTag(seed) } = options
  const startedAt = new Date()
  const began = performance.now()
  const { cases, dropped } = options.plan ?? listCases({ ...options, seed, tag })
  const kit = createKit(document, { ...options, seed, tag })
  const pace = keepPace(options.rate)
  const judge = createReplyJudge(document, options.secrets ?? [])
  const stop = new AbortController()
  signal?.addEventListener('abort', () => stop.abort(signal.reason), { once: true })
  if (signal?.aborted) stop.abort(signal.reason)
  // Clean-up goes on after the run was ended: it has a signal of its own.
  const sendPaced = async (request: CaseRequest, by: AbortSignal): Promise<CaseReply> => {
    await pace(by)
    return send(request, by)
  }
  const cleanUp = new CleanUp(kit, (request) => sendPaced(request, new AbortController().signal))
  const results: CaseResult[] = []
  options.onStart?.({ total: cases.length })

  const runOne = async (one: Case): Promise<void> => {
    const result = await runCase(one)
    results.push(result)
    options.onResult?.(result, results.length, cases.length)
    if (result.outcome === 'fail' && options.failFast) stop.abort(new Error('stopped at the first failure'))
  }

  const runCase = async (one: Case): Promise<CaseResult> => {
    const caseBegan = performance.now()
    const breaches: Breach[] = []
    const exchanges: Exchange[] = []
    const finish = (outcome: Outcome, reason?: string): CaseResult => ({
      case: { id: one.id, operationId: one.operationId, kind: one.kind, title: one.title, rule: one.rule },
      outcome,
      ...(reason !== undefined && { reason }),
      breaches,
      exchanges,
      duration: performance.now() - caseBegan,
    })
    if (one.unprovokable !== undefined) return finish('unprovokable', one.unprovokable)
    const missing = whatIsMissing(one, options)
    if (missing) return finish('skipped', missing)
    const replies: JudgedReply[] = []
    const requests: CaseRequest[] = []
    const run = { tag, replies, requests }
    const created: { request: CaseRequest; reply: JudgedReply }[] = []
    let skipped: string | undefined
    try {
      for (const turn of turnsOf(one.steps)) {
        const sent: { step: Step; request: CaseRequest }[] = []
        for (const step of turn) {
          const request = step.request(run)
          if ('skip' in request) skipped ??= request.skip
          else sent.push({ step, request })
        }
        if (skipped !== undefined) break
        const settled = await Promise.allSettled(sent.map(({ request }) => sendPaced(request, stop.signal)))
        const answered: { step: Step; request: CaseRequest; reply: JudgedReply; exchange: number }[] = []
        for (const [at, { step, request }] of sent.entries()) {
          const outcome = settled[at] as PromiseSettledResult<CaseReply>
          if (outcome.status === 'fulfilled') {
            const reply = toJudged(outcome.value)
            exchanges.push({ title: step.title, request, reply })
            created.push({ request, reply })
            answered.push({ step, request, reply, exchange: exchanges.length - 1 })
            continue
          }
          const { message } = outcome.reason as Error
          exchanges.push({ title: step.title, request })
          cleanUp.unanswered(request, message)
          if (stop.signal.aborted) continue
          breaches.push({
            rule: { text: 'every request is answered', pointer: one.rule.pointer, evidence: 'documented' },
            seen: message,
            exchange: exchanges.length - 1,
          })
        }
        if (answered.length < sent.length) {
          if (stop.signal.aborted) return finish('skipped', 'the run was ended')
          break
        }
        for (const { step, request, reply, exchange } of answered) {
          for (const breach of [...step.judge(reply, run), ...judge.judge(request.operationId, reply)])
            breaches.push({ ...breach, exchange })
          requests.push(request)
          replies.push(reply)
        }
      }
    } catch (error) {
      return finish('fail', `the case could not be run: ${(error as Error).stack}`)
    } finally {
      for (const { request, reply } of created) await cleanUp.after(request, reply)
    }
    const worst = breaches.map(({ rule }) => EVIDENCE.indexOf(rule.evidence)).sort()[0]
    if (worst !== undefined) return finish(worst <= EVIDENCE.indexOf(strict) ? 'fail' : 'note')
    return skipped === undefined ? finish('pass') : finish('skipped', skipped)
  }

  const waiting = [...cases]
  const worker = async () => {
    for (let one = waiting.shift(); one && !stop.signal.aborted; one = waiting.shift()) await runOne(one)
  }
  await Promise.all(Array.from({ length: Math.max(1, options.concurrency ?? 1) }, worker))

  return {
    api: { name: options.name, title: document.info.title, version: document.info.version },
    url: options.url ?? 'in memory',
    seed,
    tag,
    strict,
    startedAt: startedAt.toISOString(),
    duration: performance.now() - began,
    results: inOrder(results, cases),
    dropped,
    leftovers: cleanUp.leftovers,
    remarks: [],
    ...(stop.signal.aborted && { interrupted: String((stop.signal.reason as Error)?.message ?? stop.signal.reason) }),
  }
}

/** Steps that go out together are one turn. */
function turnsOf(steps: readonly Step[]): Step[][] {
  const turns: Step[][] = []
  for (const [at, step] of steps.entries()) {
    if (steps[at - 1]?.withNext) turns.at(-1)?.push(step)
    else turns.push([step])
  }
  return turns
}

function whatIsMissing(one: Case, options: VerifyOptions): string | undefined {
  if (one.needs === 'mail' && !options.allowMail) return 'it may send messages to people; --allow-mail lets it'
  if (one.needs === 'bad-token' && !options.hasBadToken)
    return 'no token is known to be wrong; give one with --bad-token'
  if (one.needs === 'second-tenant' && !options.secondParams && !options.hasSecondToken)
    return 'there is no second tenant; give one with --second-param or --second-token'
  return undefined
}

const inOrder = (results: readonly CaseResult[], cases: readonly Case[]): CaseResult[] => {
  const position = new Map(cases.map(({ id }, index) => [id, index]))
  return [...results].sort((a, b) => (position.get(a.case.id) ?? 0) - (position.get(b.case.id) ?? 0))
}
