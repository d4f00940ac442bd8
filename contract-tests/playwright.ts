import { test } from 'playwright/test'
import type { LoadedDocument } from './load-document.ts'
import { schemesOf } from './suite/list-schemes.ts'
import { Redactor } from './suite/secrets/redactor.ts'
import { createSend } from './suite/send-http.ts'
import { listCases, makeTag, type Plan, type VerifyOptions, verify } from './suite/verify.ts'
import type { Case, CaseResult } from './suite/vocabulary.ts'

/** What `verify` takes, but for what the document and these credentials decide. */
export interface DescribeContractOptions extends Partial<Omit<VerifyOptions, 'document' | 'name' | 'send' | 'select'>> {
  /** Base URL of the implementation. */
  readonly url: string
  readonly token?: string
  readonly badToken?: string
  readonly secondToken?: string
}

/**
 * Declares the contract as Playwright tests: one for each operation and kind, its cases as steps. No browser is needed.
 * Notes and cases that were not reached, skipped or cannot be provoked are annotations, and so is what was left behind;
 * a test without a case that passed or failed is skipped.
 */
export function describeContract(loaded: LoadedDocument, options: DescribeContractOptions): void {
  const { document } = loaded
  const { url, token, badToken, secondToken } = options
  const send = createSend({ url, token, badToken, secondToken, scheme: schemesOf(document) })
  const secrets = [token, secondToken].filter((secret) => secret !== undefined)
  const given = { contract: document, secrets: [...secrets, ...(badToken === undefined ? [] : [badToken])] }
  const derive = () => {
    const { seed = String(Date.now()), tag = makeTag(seed) } = options
    return { seed, tag, plan: listCases({ ...loaded, ...options, seed, tag }) }
  }
  const derived = derive()
  const groups = [...new Set(derived.plan.cases.map(groupOf))]

  test.describe(`${document.title} at ${url}`, () => {
    for (const group of groups) {
      test(group, async () => {
        // A test that is repeated makes other things than the first time, which may still be there.
        const { seed, tag, plan } = test.info().repeatEachIndex === 0 ? derived : derive()
        const run = await verify({
          ...loaded,
          ...options,
          send,
          secrets,
          hasBadToken: badToken !== undefined,
          hasSecondToken: secondToken !== undefined,
          ...{ seed, tag, plan: planOf(plan, group) },
        })
        const { results, leftovers, remarks } = new Redactor(given).run(run)
        const failed: string[] = []
        for (const result of results) {
          await test.step(`${result.case.title}: ${result.outcome}`, async () => annotate(result))
          if (result.outcome === 'fail') failed.push(describeFailure(result))
        }
        const annotations = [
          ...remarks.map((remark) => ({ type: 'remark', description: remark })),
          ...leftovers.map(({ what, reason, foreseen }) => ({
            type: foreseen ? 'left over, as expected' : 'left over',
            description: `${what}: ${reason}`,
          })),
        ]
        test.info().annotations.push(...annotations)
        if (failed.length > 0) throw new Error(failed.join('\n\n'))
        const isTried = results.some(({ outcome }) => outcome === 'pass' || outcome === 'note')
        test.skip(!isTried, 'no case passed or failed; the annotations say why')
      })
    }
  })
}

const groupOf = ({ operationId, kind }: Case): string => `${operationId} ${kind}`

/** What one test tries of the plan of all: to derive it for each test took most of the time. */
function planOf({ cases, leftOut, kit }: Plan, group: string): Plan {
  const own = cases.filter((one) => groupOf(one) === group)
  return {
    cases: own,
    leftOut: leftOut.filter(({ operationId }) => operationId === own[0]?.operationId),
    dropped: [],
    kit,
  }
}

function annotate({ case: { id }, outcome, reason, breaches }: CaseResult): void {
  if (outcome === 'pass' || outcome === 'fail') return
  const description = reason ?? breaches.map(({ rule, seen }) => `${rule.text}: ${seen}`).join('; ')
  test.info().annotations.push({ type: outcome, description: `${id}: ${description}` })
}

function describeFailure({ case: { id, title }, reason, breaches }: CaseResult): string {
  const lines = breaches.map(({ rule, seen }) => `  ${rule.text} (${rule.evidence}, ${rule.pointer})\n  seen: ${seen}`)
  return [`${title} [${id}]`, ...(reason === undefined ? [] : [`  ${reason}`]), ...lines].join('\n')
}
