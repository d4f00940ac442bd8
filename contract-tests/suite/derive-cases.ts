import type { Contract } from '../../documents/contract/contract.ts'
import type { DeclaredOperation } from '../../documents/contract/operation.ts'
import type { RequestBuilder, RequestChanges } from './build-request.ts'
import { type CaseKit, createKit, type DeriveOptions, isUnmakeable, stepThatSends } from './case-kit.ts'
import { touchOfSession } from './classify-session.ts'
import { deriveAccepts } from './derive-accepts.ts'
import { deriveFailures } from './derive-failures.ts'
import { deriveRefuses } from './derive-refuses.ts'
import { deriveRoundTrips } from './derive-round-trips.ts'
import { inspectorOf } from './inspect-body.ts'
import { judgeAccepted, judgeGuarded, judgeRefused } from './judge-outcome.ts'
import { schemesIn } from './list-schemes.ts'
import { numberNames } from './number-names.ts'
import type { Case, Kind, Rule, Step } from './vocabulary.ts'

/** All that can be tried, in the document's order, and what was left out of it. */
export interface DerivedCases {
  readonly cases: readonly Case[]
  /** Negative cases that would have broken more or fewer rules than the one they name. */
  readonly dropped: readonly { readonly id: string; readonly reason: string }[]
}

/**
 * Everything to try on the subjects of a document, derived from the document alone.
 */
export const casesOf = (document: Contract, options: DeriveOptions = {}): DerivedCases =>
  deriveCases(createKit(document, options))

/** The same from a kit that somebody has already. */
export function deriveCases(kit: CaseKit): DerivedCases {
  const named = numberNames()
  const cases: Case[] = []
  const dropped: { id: string; reason: string }[] = []
  for (const operation of kit.contract.subjects) {
    const own: Case[] = []
    try {
      deriveOperation(kit, operation, named, own, dropped)
    } catch (error) {
      // What was derived before it stays.
      if (!isUnmakeable(error)) throw error
      dropped.push({ id: named(`${operation.id}/rest`), reason: error.message })
    }
    const needs = touchOfSession(operation)
    cases.push(...(needs ? own.map((one): Case => ({ ...one, needs })) : own))
  }
  cases.push(...deriveFailures(kit, named))
  cases.push(...deriveRoundTrips(kit, named))
  return { cases, dropped }
}

function deriveOperation(
  kit: CaseKit,
  operation: DeclaredOperation,
  named: (id: string) => string,
  cases: Case[],
  dropped: { id: string; reason: string }[],
): void {
  const builder = kit.builderOf(operation.id)
  const idOf = (kind: Kind, name: string) => named(`${operation.id}/${kind}${name.startsWith('/') ? name : `/${name}`}`)
  const accepts = acceptCases(kit, builder, idOf)
  cases.push(...accepts.cases)
  dropped.push(...accepts.dropped)
  const refuses = deriveRefuses(builder)
  for (const variant of refuses.variants) {
    const rule: Rule = { text: variant.rule, pointer: variant.pointer, evidence: variant.evidence }
    const judge = judgeRefused(kit, operation, rule)
    const id = idOf('refuses', variant.name)
    const needs = isMail(builder, variant.name)
    cases.push(oneCase(kit, operation, 'refuses', id, variant.title, rule, () => variant.changes, judge, needs))
  }
  dropped.push(...refuses.dropped.map(({ name, reason }) => ({ id: idOf('refuses', name), reason })))
  cases.push(...guardCases(kit, builder, refuses.variants, idOf))
}

/** Names a case of an operation: each name once in a run. */
type IdOf = (kind: Kind, name: string) => string

function acceptCases(
  kit: CaseKit,
  builder: RequestBuilder,
  idOf: IdOf,
): { cases: Case[]; dropped: { id: string; reason: string }[] } {
  const { operation } = builder
  const cases: Case[] = []
  const dropped: { id: string; reason: string }[] = []
  const inspect = builder.bodySchema ? inspectorOf(kit.contract, operation.id) : () => []
  for (const variant of deriveAccepts(builder)) {
    const rule: Rule = { text: `${variant.title} is accepted`, pointer: variant.pointer, evidence: variant.evidence }
    const id = idOf('accepts', variant.name)
    const drop = (reason: string) => dropped.push({ id, reason })
    let changes: RequestChanges
    try {
      // What cannot be made, or would break a rule, is found out now and not by the implementation.
      changes = variant.changes()
      const { body } = changes
      const [broken] = body === undefined ? [] : inspect(JSON.stringify(body))
      if (broken) {
        drop(`it would break ${broken.path}/${broken.keyword}`)
        continue
      }
    } catch (error) {
      if (!isUnmakeable(error)) throw error
      drop(error.message)
      continue
    }
    const judge = judgeAccepted(operation, rule)
    const title = `accepts ${variant.title}`
    const { base } = variant
    const witness = base && (base === 'none' ? [] : kit.stepsFor(operation.id, 'the same without it', base, () => []))
    const one = oneCase(kit, operation, 'accepts', id, title, rule, () => changes, judge, variant.needs)
    cases.push({ ...one, ...(witness && { witness }) })
  }
  return { cases, dropped }
}

function oneCase(
  kit: CaseKit,
  operation: DeclaredOperation,
  kind: Kind,
  id: string,
  title: string,
  rule: Rule,
  changes: () => RequestChanges,
  judge: Step['judge'],
  needs?: Case['needs'],
): Case {
  const steps = kit.stepsFor(operation.id, title, changes, judge)
  return {
    id,
    operationId: operation.id,
    kind,
    title: kind === 'refuses' ? `refuses ${title}` : title,
    rule,
    steps,
    ...(needs && { needs }),
  }
}

/** A wrong value of a member that sends messages could still be taken for yes. */
function isMail(builder: RequestBuilder, name: string): Case['needs'] {
  const site = builder.bodySites.find(
    ({ schema, path }) => schema['x-run']?.needs && name.startsWith(`/${path.join('/')}/`),
  )
  return site?.schema['x-run']?.needs
}

function guardCases(
  kit: CaseKit,
  builder: RequestBuilder,
  refuses: readonly { readonly name: string; readonly changes: RequestChanges }[],
  idOf: IdOf,
): Case[] {
  const { operation } = builder
  const { securityPointer: pointer, evidence } = operation
  const { together, foreign } = schemesIn(operation)
  // It asks for nothing, or for a certificate alone: that is the connection's, and no request can leave it out.
  if (together.length === 0) return []
  const guards = [
    ['none', 'no credentials', 'without credentials nobody is let in'],
    ['other-scheme', 'credentials of another scheme', 'credentials of another scheme are none'],
    ['bad', 'a wrong token', 'a wrong token is not let in'],
  ] as const
  // What a request that breaks a rule is told first, nobody says: whoever is not let in should not learn the rules.
  const invalid = refuses.find(({ name, changes }) => changes.text !== undefined && !isMail(builder, name))
  return guards.flatMap(([credentials, what, text]) =>
    [true, false].flatMap((isValid): Case[] => {
      if (credentials === 'other-scheme' && (!isValid || foreign === undefined)) return []
      if (!isValid && !invalid) return []
      const rule: Rule = {
        text: isValid ? text : `${text}, before anything is said of the request`,
        pointer,
        evidence: isValid ? evidence : 'assumed',
      }
      const title = isValid ? what : `${what} before an invalid request`
      const changes = () => ({
        ...(isValid && builder.bodySchema && { body: builder.body(`guard ${credentials}`) }),
        ...(!isValid && invalid?.changes),
        credentials,
      })
      const judge = judgeGuarded(kit, operation, rule, credentials)
      return [
        {
          id: idOf('guards', isValid ? credentials : `${credentials}-and-invalid`),
          operationId: operation.id,
          kind: 'guards',
          title: `refuses ${title}`,
          rule,
          // What changes something is tried on a thing of its own, lest nobody is kept out from somebody else's.
          steps: kit.targets.trailOfItem(operation.id)
            ? kit.stepsFor(operation.id, title, changes, judge)
            : [stepThatSends({ title, operationId: operation.id, judge }, () => builder.request(changes()))],
          ...(credentials === 'bad' && { needs: 'bad-token' as const }),
        },
      ]
    }),
  )
}
