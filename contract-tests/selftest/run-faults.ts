import { isDeepStrictEqual } from 'node:util'
import type { Contract } from '../../documents/contract/contract.ts'
import type { DeriveOptions } from '../suite/case-kit.ts'
import type { Stories } from '../suite/tell.ts'
import { listCases, type VerifyOptions, verify } from '../suite/verify.ts'
import type { Breach, Case, CaseReply, CaseRequest, CaseResult, Evidence } from '../suite/vocabulary.ts'
import type { Fault, Ground } from './vocabulary.ts'

/** What became of one fault. */
export interface FaultResult {
  readonly api: string
  readonly fault: Pick<Fault, 'name' | 'rule' | 'evidence'>
  /**
   * `by accident`: only cases that are about something else noticed. `without effect`: the faulty server did as the good
   * one did, whatever was sent; there was nothing to notice.
   */
  readonly outcome: 'woken' | 'by accident' | 'asleep' | 'without effect'
  /** The case that noticed. */
  readonly woke?: string
  /** The broken rule that it named. */
  readonly breach?: string
}

/** What the faults are planted on. */
export interface Field {
  readonly name: string
  readonly contract: Contract
  readonly stories?: Stories
  readonly token: string
  readonly hasBadToken: boolean
  readonly hasSecondToken: boolean
  readonly params?: DeriveOptions['params']
  readonly secondParams?: DeriveOptions['secondParams']
  /** A good server that knows nothing yet. */
  makeSend(): Ground['send']
}

const SEED = 'selftest'
const TAG = 'selftest'
const EVIDENCE: readonly Evidence[] = ['documented', 'observed', 'assumed']

/** Plants faults one at a time, each on a good server of its own, and sees which cases notice. */
export function createSelfTest(field: Field) {
  const { name, contract, stories, params = {}, secondParams } = field
  const derive: DeriveOptions = { seed: SEED, tag: TAG, params, ...(secondParams && { secondParams }) }
  const plan = listCases({ document: contract, ...(stories && { stories }), ...derive })
  const { kit } = plan
  const common: Omit<VerifyOptions, 'send' | 'plan'> = {
    ...derive,
    document: contract,
    name,
    strict: 'assumed',
    allowMail: true,
    // Each server is made for one fault and thrown away.
    allowChanges: true,
    hasBadToken: field.hasBadToken,
    hasSecondToken: field.hasSecondToken,
    secrets: [field.token],
  }

  /** Tries cases in turn until one of them is what is looked for. */
  async function findFirst<T>(
    send: Ground['send'],
    cases: readonly Case[],
    look: (result: CaseResult) => T | undefined,
  ) {
    const stop = new AbortController()
    let found: T | undefined
    await verify({
      ...common,
      send,
      plan: { ...plan, cases, dropped: [] },
      signal: stop.signal,
      onResult(result) {
        if (found === undefined) found = look(result)
        if (found !== undefined) stop.abort(new Error('found'))
      },
    })
    return found
  }

  const makeGround = (): Ground => ({ send: field.makeSend(), contract, kit, token: field.token, params })
  let quiet: Promise<ReadonlySet<string>> | undefined

  /** What the good server itself breaks, where a document asks for more than a mock of it can know. */
  const breachesOfGood = (): Promise<ReadonlySet<string>> =>
    (quiet ??= verify({ ...common, send: field.makeSend(), plan }).then(
      ({ results }) =>
        new Set(
          results.flatMap(({ case: one, outcome, reason, breaches }) =>
            outcome === 'fail' && breaches.length === 0
              ? [`${one.id} ${reason}`]
              : breaches.map((breach) => signOf(one.id, breach)),
          ),
        ),
    ))

  async function plant(fault: Fault): Promise<FaultResult> {
    const already = await breachesOfGood()
    const { name: what, rule, evidence } = fault
    const result = { api: name, fault: { name: what, rule, evidence } }
    const named = plan.cases.filter(({ id }) => fault.wakes.cases.test(id))
    const news = ({ case: one, breaches }: CaseResult) =>
      breaches.filter((breach) => !already.has(signOf(one.id, breach)))
    const woken = await findFirst(fault.plant(makeGround()), named, (one) => {
      const breach = news(one).find(({ rule: broken }) => names(fault, broken) && isAsKnown(broken.evidence, evidence))
      return breach && { woke: one.case.id, breach: breach.rule.text }
    })
    if (woken) return { ...result, outcome: 'woken', ...woken }
    const watched = watch(fault, makeGround())
    const accident = await findFirst(watched.send, plan.cases, (one) => {
      // A refusal alone may be no fault: the run has not said yet.
      const breach = news(one).find(({ doubt }) => doubt === undefined)
      return breach && { woke: one.case.id, breach: breach.rule.text }
    })
    if (accident) return { ...result, outcome: 'by accident', ...accident }
    return { ...result, outcome: watched.hadEffect() ? 'asleep' : 'without effect' }
  }

  return { cases: plan.cases, breachesOfGood, plant }
}

/** The faulty server, and whether it ever did anything but hand on. */
function watch(fault: Fault, ground: Ground) {
  let effect = false
  let open = 0
  /** What the good server was asked and answered while requests were under way. */
  let handedOn: { request: CaseRequest; reply: CaseReply }[] = []
  const faulty = fault.plant({
    ...ground,
    async send(request, signal) {
      const reply = await ground.send(request, signal)
      handedOn.push({ request, reply })
      return reply
    },
  })
  const send: Ground['send'] = async (request, signal) => {
    open++
    try {
      const reply = await faulty(request, signal)
      effect ||= !handedOn.some((one) => isDeepStrictEqual(one, { request, reply }))
      return reply
    } catch (error) {
      effect = true
      throw error
    } finally {
      if (--open === 0) handedOn = []
    }
  }
  return { send, hadEffect: () => effect }
}

/** Two runs of the same seed say the same of the same breach. */
const signOf = (id: string, { rule }: Breach): string => `${id} ${rule.pointer} ${rule.text}`

const names = ({ wakes }: Fault, { text, pointer }: Breach['rule']): boolean =>
  wakes.breach.test(text) || wakes.breach.test(pointer)

/** A documented fault must break a documented rule: a run that fails on nothing else must fail. */
const isAsKnown = (broken: Evidence, wanted: Evidence): boolean => EVIDENCE.indexOf(broken) <= EVIDENCE.indexOf(wanted)

/**
 * Of the rules known this well: how many faults were planted that had an effect, and how many of them the right case
 * noticed.
 */
export interface Score {
  readonly evidence: Evidence
  readonly planted: number
  readonly woken: number
}

/** Documented, observed and assumed rules apart. */
export const scoresOf = (results: readonly FaultResult[]): Score[] =>
  EVIDENCE.map((evidence) => {
    const own = results.filter(({ fault, outcome }) => fault.evidence === evidence && outcome !== 'without effect')
    return { evidence, planted: own.length, woken: own.filter(({ outcome }) => outcome === 'woken').length }
  })

/** All that is documented or observed is noticed, nearly all that is assumed, and nothing by accident. */
export const isSound = (results: readonly FaultResult[]): boolean =>
  results.every(({ outcome }) => outcome !== 'by accident') &&
  scoresOf(results).every(({ evidence, planted, woken }) => woken >= planted * (evidence === 'assumed' ? 0.95 : 1))
