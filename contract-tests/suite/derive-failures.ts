import type { DeclaredFailure, Provocation } from '../../documents/contract/operation.ts'
import type { Json } from '../../documents/read/read-document.ts'
import type { RequestChanges } from './build-request.ts'
import type { CaseKit } from './case-kit.ts'
import { whyUntried } from './find-untried.ts'
import { evaluateAll } from './follow-links.ts'
import { failureAt, judgeAccepted, judgeFailure } from './judge-outcome.ts'
import { fillPlaceholders } from './provoke-placeholders.ts'
import type { Case, Rule, Step, StepRun } from './vocabulary.ts'
import { toWireText } from './write-parameter.ts'

/**
 * A case for every business failure of every operation: provoked, or told to be unprovokable.
 * @param named gives each id once
 */
export function deriveFailures(kit: CaseKit, named: (id: string) => string): Case[] {
  const tried = kit.contract.operations.filter((operation) => whyUntried(kit.contract, operation) === undefined)
  return tried.flatMap((operation) =>
    operation.failures.map((failure) => {
      const { when, evidence } = failure
      const rule: Rule = { text: when, pointer: failureAt(failure, 'when'), evidence }
      const id = named(`${operation.id}/failures/${failure.id}`)
      const common = { id, operationId: operation.id, kind: 'failures', title: `answers ${failure.id}`, rule } as const
      if (!Array.isArray(failure.provoke)) {
        const reason =
          typeof failure.provoke === 'string' ? failure.provoke : 'the document does not say how to provoke it'
        return { ...common, steps: [], unprovokable: reason }
      }
      const steps = provocationSteps(kit, operation.id, id, failure, failure.provoke)
      const isBad = failure.provoke.some(({ credentials }) => credentials === 'bad')
      return { ...common, steps, ...(isBad && { needs: 'bad-token' as const }) }
    }),
  )
}

function provocationSteps(
  kit: CaseKit,
  operationId: string,
  caseId: string,
  failure: DeclaredFailure,
  provoke: readonly Provocation[],
): Step[] {
  /** Placeholders first, then what earlier replies of the case said. */
  const filled = (run: StepRun, value: Json): Json => {
    const plain = fillPlaceholders(value, { tag: kit.context.tag, unique: caseId })
    const [request, reply] = [run.requests.at(-1), run.replies.at(-1)]
    return request && reply ? evaluateAll(plain, { request, reply }) : plain
  }
  return provoke.map((provocation, index) => {
    const builder = kit.builderOf(provocation.operation ?? operationId)
    const isLast = index === provoke.length - 1
    const changes = (run: StepRun): RequestChanges => {
      const { rows, body, text, query = {}, path, credentials } = provocation
      return {
        ...(rows && { body: builder.envelope(caseId, filled(run, rows)) }),
        ...(body !== undefined && { body: filled(run, body) }),
        ...(text !== undefined && { text: filled(run, text) }),
        ...(rows === undefined &&
          body === undefined &&
          text === undefined &&
          builder.takesBody &&
          credentials && { body: builder.body(caseId) }),
        query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, toWireText(filled(run, value))])),
        ...(path && { path: filled(run, path) }),
        ...(credentials && { credentials }),
      }
    }
    const send = (run: StepRun) => builder.request(changes(run))
    return {
      title: isLast ? `provokes ${failure.id}` : `prepares ${failure.id}`,
      operationId: builder.operation.id,
      // The first follows nothing.
      get request() {
        return index === 0 ? send({ replies: [], requests: [] }) : undefined
      },
      ...(index > 0 && { follow: send }),
      judge(reply, run) {
        if (!isLast) {
          const rule: Rule = {
            text: 'a valid request is accepted',
            pointer: builder.operation.pointer,
            evidence: 'documented',
          }
          return judgeAccepted(builder.operation, rule)(reply, run)
        }
        const before = { ...run, requests: run.requests.slice(0, index), replies: run.replies.slice(0, index) }
        const rows = filled(before, provocation.rows ?? (provocation.body === undefined ? [] : [provocation.body]))
        return judgeFailure(kit, builder.operation, failure, rows)(reply, run)
      },
    }
  })
}
