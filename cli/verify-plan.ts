import type { Leave } from '../contract-tests/suite/admit-request.ts'
import type { DeriveOptions } from '../contract-tests/suite/case-kit.ts'
import { mayTouchSession } from '../contract-tests/suite/classify-session.ts'
import { foreseeOperation, isForeseenRefused } from '../contract-tests/suite/foresee-run.ts'
import { isLoopback } from '../contract-tests/suite/is-loopback.ts'
import { count, describeDuration, loggable } from '../contract-tests/suite/reporters/sum-up.ts'
import { tellLeftOut } from '../contract-tests/suite/tell-left-out.ts'
import type { Plan, VerifyOptions } from '../contract-tests/suite/verify.ts'
import type { Lifecycle, RunResult } from '../contract-tests/suite/vocabulary.ts'
import { didYouMean, UsageError } from './read-arguments.ts'
import { deriveOptionsOf, type VerifyArguments } from './verify-arguments.ts'
import { describeRate, politeRate, type Rate } from './verify-rate.ts'
import type { Subject } from './verify-subject.ts'
import { readUrl } from './verify-target.ts'

/** The part of `rollcall/contract` that is used here. */
export interface Suite {
  listCases(options: Pick<VerifyOptions, 'document' | 'stories' | 'grep' | 'only'> & DeriveOptions): Plan
  verify(options: VerifyOptions): Promise<RunResult>
}

/** The cases that the command line chooses. @throws UsageError when there are none: a typo must not pass */
export function selectCases(suite: Suite, args: VerifyArguments, { contract, stories }: Subject): Plan {
  const { grep, case: only } = args.flags
  const all = { ...deriveOptionsOf(args), document: contract, ...(stories && { stories }) }
  const plan = suite.listCases({
    ...all,
    ...(grep !== undefined && { grep }),
    ...(only !== undefined && { only }),
  })
  if (plan.cases.length > 0) return plan
  if (only === undefined && grep === undefined) {
    const [why = 'it has no operation'] = tellLeftOut(plan.leftOut)
    throw new UsageError(`the document gives no case to try: ${why}`)
  }
  if (only === undefined) throw new UsageError(`no case has "${grep ?? ''}" in its id or title; see --list`)
  const [dropped] = plan.dropped
  if (dropped) throw new UsageError(`the case ${only} is dropped: ${dropped.reason}`)
  const known = suite.listCases(all).cases.map(({ id }) => id)
  throw new UsageError(`there is no case ${only}${didYouMean(only, known)}; see --list`)
}

/** What `--list` prints. */
export function listPlan({ cases, leftOut }: Plan): string {
  const lines = cases.map(({ id, title }) => `${id}  ${title}`)
  return loggable([...lines, count(cases.length, 'case'), ...tellLeftOut(leftOut)].join('\n'))
}

/** What `--dry-run` prints: the requests, how many of each operation, and what they would do to whom. */
export function foreseePlan(
  { cases, kit: { targets, context } }: Plan,
  args: VerifyArguments,
  subject: Subject,
): string {
  const leave: Leave = {
    isNear: args.flags.url === undefined || isLoopback(readUrl('--url', args.flags.url)),
    allowChanges: args.allowChanges ?? false,
    allowLeftovers: args.flags['allow-leftovers'] === true,
  }
  const lines: string[] = []
  const totals = new Map<string, { sent: number; unsent: number }>()
  const add = (operationId: string, what: 'sent' | 'unsent') => {
    const total = totals.get(operationId) ?? { sent: 0, unsent: 0 }
    total[what]++
    totals.set(operationId, total)
  }
  const lifecycles = new Set<Lifecycle>()
  for (const one of cases) {
    if (one.unprovokable !== undefined) continue
    if (one.needs === 'mail' && !args.flags['allow-mail']) continue
    const { needs } = one
    if ((needs === 'login' || needs === 'logout') && !mayTouchSession(needs, one.operationId, args.allowChanges))
      continue
    // However many cases look at it, it is gone through once.
    if (one.lifecycle && !lifecycles.has(one.lifecycle)) {
      lifecycles.add(one.lifecycle)
      for (const operationId of one.lifecycle.operations) {
        add(operationId, 'sent')
        lines.push(`(in the life of one item, at least once: ${operationId})  ${one.lifecycle.id}`)
      }
    }
    for (const { request, operationId, title } of one.steps) {
      const isUnsent =
        request !== undefined && isForeseenRefused(targets, leave, request, { tag: context.tag, unique: one.id })
      add(operationId, isUnsent ? 'unsent' : 'sent')
      const line = request ? `${request.method} ${request.path}` : `(what earlier replies lead to: ${title})`
      lines.push(`${isUnsent ? 'not sent: ' : ''}${line}  ${one.id}`)
      // Nothing comes after a request that is not sent.
      if (isUnsent) break
    }
  }
  const sent = [...totals.values()].reduce((sum, total) => sum + total.sent, 0)
  const rate = args.rate ?? remoteRate(args, subject)
  const seconds = rate ? (sent / rate.requests) * rate.seconds : 0
  const duration = rate ? `, ${describeDuration(seconds * 1000)} at ${describeRate(rate)}` : ''
  const sums = [...totals].map(
    ([operation, number]) =>
      `${String(number.sent).padStart(6)}  ${operation}  ${foreseeOperation(targets, leave, operation)}${number.unsent > 0 ? ` (${number.unsent} not sent)` : ''}`,
  )
  const total = `${String(sent).padStart(6)}  in all${duration}; requests that look at what is there, set up, read back and clean up come on top`
  return loggable([...lines, '', ...sums, total].join('\n'))
}

const remoteRate = ({ flags: { url } }: VerifyArguments, subject: Subject): Rate | undefined =>
  url !== undefined && !isLoopback(readUrl('--url', url)) ? politeRate(subject) : undefined
