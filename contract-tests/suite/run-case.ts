import { mayTouchSession } from './classify-session.ts'
import { Lifecycles } from './live-lifecycles.ts'
import { NotSentError } from './not-sent-error.ts'
import { outcomeOf } from './outcome-of.ts'
import { shortenReply, shortenRequest, toJudged } from './read-reply.ts'
import type { SharedGround } from './shared-ground.ts'
import type {
  Breach,
  Case,
  CaseReply,
  CaseRequest,
  CaseResult,
  Exchange,
  JudgedReply,
  Outcome,
  Step,
} from './vocabulary.ts'

/** What a run may try. */
export interface Leave {
  readonly allowMail?: boolean
  readonly hasBadToken?: boolean
  readonly hasSecondToken?: boolean
  readonly secondParams?: Readonly<Record<string, string>>
  readonly allowChanges?: boolean | readonly string[]
  /** The only case of the run. */
  readonly only?: string
}

/** The same with what the run may try. */
interface CaseGround extends SharedGround {
  readonly options: Leave
}

/** Whether what an operation names was there when it was asked for first, and could be made. By operationId. */
type Absences = Map<string, 'made' | 'unmade'>

interface Sent {
  readonly step: Step
  readonly request: CaseRequest
}

/** Tries one case after the other: its requests go out if the gate lets them, its replies are judged, and what it made is removed. */
export function createCaseRunner(ground: CaseGround): (one: Case) => Promise<CaseResult> {
  const lifecycles = new Lifecycles(ground)
  const absences: Absences = new Map()
  return async (one) => {
    const began = performance.now()
    const { id, operationId, kind, title, rule, lifecycle } = one
    const told = { id, operationId, kind, title, rule }
    const reason = whyNot(one, ground.options)
    if (lifecycle && !reason)
      return { case: told, ...(await lifecycles.look(one, lifecycle)), duration: performance.now() - began }
    const attempt = new Attempt(ground, one, absences)
    const end = reason ?? (await attempt.run())
    return {
      case: told,
      ...end,
      breaches: attempt.breaches,
      exchanges: attempt.exchanges,
      duration: performance.now() - began,
    }
  }
}

interface End {
  readonly outcome: Outcome
  readonly reason?: string
}

class Attempt {
  readonly breaches: Breach[] = []
  readonly exchanges: Exchange[] = []
  readonly #ground: CaseGround
  readonly #case: Case
  readonly #replies: JudgedReply[] = []
  readonly #requests: CaseRequest[] = []

  readonly #absences: Absences

  constructor(ground: CaseGround, one: Case, absences: Absences) {
    this.#ground = ground
    this.#case = one
    this.#absences = absences
  }

  async run(): Promise<End> {
    let end: End | undefined
    try {
      for (const turn of turnsOf(this.#case.steps)) {
        const [step] = turn
        if (step?.makers && this.#absences.get(step.operationId) === 'made') await this.#make(step.makers)
        end = await this.#take(turn)
        if (end) break
      }
    } catch (error) {
      end = { outcome: 'fail', reason: `the case could not be run: ${(error as Error).message}` }
    }
    this.breaches.push(...(await this.#ground.cleanUp.afterCase(this.#case.id)))
    if (end && end.outcome !== 'not-reached') return end
    const founded = this.breaches.filter(({ doubt }) => doubt === undefined)
    if (founded.length > 0) return { outcome: outcomeOf(founded, this.#ground.strict) }
    if (this.breaches.length > 0) return { outcome: 'not-reached', reason: 'a valid request was refused' }
    return end ?? { outcome: 'pass' }
  }

  /** Makes what the next step names. @returns whether it was made; if not, the step goes without */
  async #make(makers: readonly Step[]): Promise<boolean> {
    for (const maker of makers) {
      const end = await this.#take([maker])
      const { status = 0 } = this.#replies.at(-1) ?? {}
      if (end || status < 200 || status >= 300) return false
    }
    return true
  }

  /** Sends what goes out together and judges it. @returns how the case ends, if it does */
  async #take(turn: readonly Step[]): Promise<End | undefined> {
    const { gate, cleanUp, send, isStopped, judge } = this.#ground
    const run = { replies: this.#replies, requests: this.#requests }
    const sent: Sent[] = []
    for (const step of turn) {
      const request = step.follow ? step.follow(run) : (step.request as CaseRequest)
      if ('skip' in request) return { outcome: 'not-reached', reason: request.skip }
      if (gate.isChange(request)) await cleanUp.catchUp(this.#case.id)
      const refusal = await gate.refuse(request, this.#case)
      if (refusal) return { outcome: 'not-reached', reason: refusal.reason }
      sent.push({ step, request })
    }
    for (const { request } of sent) cleanUp.expect(request)
    const settled = await Promise.allSettled(sent.map(({ request }) => send(request)))
    const answered: (Sent & { reply: JudgedReply; exchange: number })[] = []
    for (const [at, { step, request }] of sent.entries()) {
      const outcome = settled[at] as PromiseSettledResult<CaseReply>
      if (outcome.status === 'fulfilled') {
        const reply = toJudged(outcome.value)
        this.exchanges.push({ title: step.title, request: shortenRequest(request), reply: shortenReply(reply) })
        answered.push({ step, request, reply, exchange: this.exchanges.length - 1 })
        await cleanUp.note(this.#case.id, request, reply)
        continue
      }
      if (outcome.reason instanceof NotSentError) {
        cleanUp.settle(request)
        continue
      }
      const { message } = outcome.reason as Error
      this.exchanges.push({ title: step.title, request: shortenRequest(request) })
      await cleanUp.unanswered(this.#case.id, request, message)
      if (isStopped()) continue
      this.breaches.push({
        rule: { text: 'every request is answered', pointer: this.#case.rule.pointer, evidence: 'documented' },
        seen: message,
        cause: `not answered: ${message.replace(/\d+/g, '*')}`,
        exchange: this.exchanges.length - 1,
      })
    }
    if (answered.length < sent.length) {
      return isStopped()
        ? { outcome: 'skipped', reason: 'the run was ended' }
        : { outcome: 'not-reached', reason: 'a request was not answered' }
    }
    for (const { step, request, reply, exchange } of answered) {
      if (isAbsent(reply) && step.makers && !this.#absences.has(step.operationId)) {
        const isMade = await this.#make(step.makers)
        this.#absences.set(step.operationId, isMade ? 'made' : 'unmade')
        if (isMade) return this.#take([step])
      }
      const always = step.isSetUp ? [] : judge.judge(request.operationId, reply)
      for (const breach of [...step.judge(reply, run), ...always]) this.breaches.push({ ...breach, exchange })
      this.#requests.push(request)
      this.#replies.push(reply)
    }
    return undefined
  }
}

/** RFC 9110, sections 15.5.5 and 15.5.11. */
const isAbsent = ({ status }: JudgedReply): boolean => status === 404 || status === 410

/** Steps that go out together are one turn. */
function turnsOf(steps: readonly Step[]): Step[][] {
  const turns: Step[][] = []
  for (const [at, step] of steps.entries()) {
    if (steps[at - 1]?.withNext) turns.at(-1)?.push(step)
    else turns.push([step])
  }
  return turns
}

/** How a case ends before it begins; undefined where it may begin. */
function whyNot(one: Case, leave: Leave): End | undefined {
  if (one.unprovokable !== undefined) return { outcome: 'unprovokable', reason: one.unprovokable }
  const { needs, operationId } = one
  const touches = needs === 'login' || needs === 'logout'
  if (touches && one.id !== leave.only && !mayTouchSession(needs, operationId, leave.allowChanges)) {
    const what = needs === 'login' ? 'begins' : 'ends'
    return { outcome: 'not-reached', reason: `it ${what} a session; --allow-changes=${operationId} tries it` }
  }
  const missing = whatIsMissing(one, leave)
  return missing === undefined ? undefined : { outcome: 'skipped', reason: missing }
}

function whatIsMissing(one: Case, leave: Leave): string | undefined {
  if (one.needs === 'mail' && !leave.allowMail) return 'it may send messages to people; --allow-mail allows it'
  if (one.needs === 'bad-token' && !leave.hasBadToken) return 'no token is known to be wrong; give one with --bad-token'
  if (one.needs === 'second-tenant' && !leave.secondParams && !leave.hasSecondToken)
    return 'there is no second tenant; give one with --second-param or --second-token'
  return undefined
}
