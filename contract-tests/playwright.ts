import { test } from 'playwright/test'
import type { LoadedDocument } from './load-document.ts'
import { schemesOf } from './suite/list-schemes.ts'
import { Redactor } from './suite/secrets/redactor.ts'
import { createSend } from './suite/send-http.ts'
import { listCases, type VerifyOptions, verify } from './suite/verify.ts'
import type { CaseResult } from './suite/vocabulary.ts'

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
  const { cases } = listCases({ ...loaded, ...options })
  const groups = [...new Set(cases.map(({ operationId, kind }) => `${operationId} ${kind}`))]

  test.describe(`${document.title} at ${url}`, () => {
    for (const group of groups) {
      test(group, async () => {
        const run = await verify({
          ...loaded,
          ...options,
          send,
          secrets,
          hasBadToken: badToken !== undefined,
          hasSecondToken: secondToken !== undefined,
          select: ({ operationId, kind }) => `${operationId} ${kind}` === group,
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

function annotate({ case: { id }, outcome, reason, breaches }: CaseResult): void {
  if (outcome === 'pass' || outcome === 'fail') return
  const description = reason ?? breaches.map(({ rule, seen }) => `${rule.text}: ${seen}`).join('; ')
  test.info().annotations.push({ type: outcome, description: `${id}: ${description}` })
}

function describeFailure({ case: { id, title }, reason, breaches }: CaseResult): string {
  const lines = breaches.map(({ rule, seen }) => `  ${rule.text} (${rule.evidence}, ${rule.pointer})\n  seen: ${seen}`)
  return [`${title} [${id}]`, ...(reason === undefined ? [] : [`  ${reason}`]), ...lines].join('\n')
}
