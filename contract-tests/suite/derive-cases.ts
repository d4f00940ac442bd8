import type { Contract } from '../../documents/contract/contract.ts'
import type { DeclaredOperation } from '../../documents/contract/operation.ts'
import { once } from '../../documents/read/once.ts'
import type { Json } from '../../documents/read/read-document.ts'
import type { RequestBuilder, RequestChanges } from './build-request.ts'
import { type CaseKit, createKit, type DeriveOptions, isUnmakeable, stepThatSends } from './case-kit.ts'
import { type Attempt, chooseCases, limitCases, listAttempts } from './choose-cases.ts'
import { touchOfSession } from './classify-session.ts'
import { deriveAccepts } from './derive-accepts.ts'
import { deriveFailures } from './derive-failures.ts'
import { deriveRefuses } from './derive-refuses.ts'
import { deriveRoundTrips } from './derive-round-trips.ts'
import { whyLess, whyUntried } from './find-untried.ts'
import { judgeAccepted, judgeGuarded, judgeRefused } from './judge-outcome.ts'
import { schemesIn, singlyNeeded } from './list-schemes.ts'
import { numberNames } from './number-names.ts'
import { CREDENTIALS, FORM } from './rank-cases.ts'
import { type CredentialScheme, carrierOf } from './send-http-credentials.ts'
import type { Case, CaseRequest, Kind, LeftOut, Rule, Step } from './vocabulary.ts'

/** All that can be tried, in the document's order, and what was left out of it. */
export interface DerivedCases {
  readonly cases: readonly Case[]
  /** Negative cases that would have broken more or fewer rules than the one they name. */
  readonly dropped: readonly { readonly id: string; readonly reason: string }[]
  /** Operations that are tried less than they could be, or not at all. */
  readonly leftOut: readonly LeftOut[]
  /** How many cases an operation has at most, where there would be too many of all together. */
  readonly shared?: number
}

/**
 * Everything to try on the subjects of a document, derived from the document alone.
 */
export const casesOf = (document: Contract, options: DeriveOptions = {}): DerivedCases =>
  deriveCases(createKit(document, options), options)

/** The same from a kit that somebody has already. */
export function deriveCases(kit: CaseKit, { cases: wanted }: Pick<DeriveOptions, 'cases'> = {}): DerivedCases {
  const named = numberNames()
  const cases: Case[] = []
  const dropped: { id: string; reason: string }[] = []
  const leftOut: LeftOut[] = []
  const listed = kit.contract.subjects.flatMap((operation) => {
    const untried = whyUntried(kit.contract, operation)
    if (untried) leftOut.push({ operationId: operation.id, kinds: {}, tried: 0, reason: untried })
    return untried ? [] : [{ operation, list: listAttempts(operation.id, () => attemptsOf(kit, operation, named)) }]
  })
  const { most, limitOf } = limitCases(
    listed.map(({ list }) => list),
    { each: MOST_CASES, all: MOST_OF_RUN },
  )
  for (const { operation, list } of listed) {
    const chosen = chooseCases(list, wanted ?? limitOf(list), () => kit.builderOf(operation.id).madeValues)
    const needs = touchOfSession(operation)
    cases.push(...(needs ? chosen.cases.map((one): Case => ({ ...one, needs })) : chosen.cases))
    dropped.push(...chosen.dropped)
    const less = chosen.leftOut ? undefined : whyLess(kit.builderOf(operation.id))
    if (chosen.leftOut) leftOut.push(chosen.leftOut)
    if (less) leftOut.push({ operationId: operation.id, kinds: {}, tried: chosen.cases.length, reason: less })
  }
  cases.push(...deriveFailures(kit, named))
  cases.push(...deriveRoundTrips(kit, named))
  return { cases, dropped, leftOut, ...(wanted === undefined && most < MOST_CASES && { shared: most }) }
}

/** So many of each operation, where nobody says how many. */
export const MOST_CASES = 700

/** And so many of all together: a run of them takes about a minute and a half where nothing else is to be done. */
export const MOST_OF_RUN = 8000

function* attemptsOf(kit: CaseKit, operation: DeclaredOperation, named: (id: string) => string): Generator<Attempt> {
  const builder = kit.builderOf(operation.id)
  const idOf: IdOf = (kind, name) => named(`${operation.id}/${kind}${name.startsWith('/') ? name : `/${name}`}`)
  yield* acceptAttempts(kit, builder, idOf)
  const refusals = [...refuseAttempts(kit, builder, idOf)]
  yield* refusals
  const ofBody = refusals.filter(({ isOfBody, needs }) => isOfBody && !needs)
  yield* guardAttempts(kit, builder, idOf, () => {
    for (const { changes } of ofBody) {
      const made = changes()
      if (!('why' in made)) return made
    }
    return undefined
  })
}

/** Names a case of an operation: each name once in a run. */
type IdOf = (kind: Kind, name: string) => string

function* acceptAttempts(kit: CaseKit, builder: RequestBuilder, idOf: IdOf): Generator<Attempt> {
  const { operation } = builder
  for (const variant of deriveAccepts(builder)) {
    const { base, changes, alike, needs } = variant
    const id = idOf('accepts', variant.name)
    const make = (): Case | { why: string } => {
      // What cannot be made, or would break a rule, is found out now and not by the implementation.
      const body = alike ? alike() : changes().body
      const [broken] = (body === undefined ? [] : builder.broken(body)) ?? []
      if (broken) return { why: `it would break ${broken.path}/${broken.keyword}` }
      const rule: Rule = { text: `${variant.title} is accepted`, pointer: variant.pointer, evidence: variant.evidence }
      const title = `accepts ${variant.title}`
      const witness = base && (base === 'none' ? [] : kit.stepsFor(operation.id, 'the same without it', base, () => []))
      const sent = alike ? () => goodChanges(builder, changes, alike) : changes
      const one = oneCase(kit, operation, 'accepts', id, title, rule, sent, judgeAccepted(operation, rule), needs)
      return { ...one, ...(witness && { witness }) }
    }
    yield { id, kind: 'accepts', worth: variant.worth, make }
  }
}

/** Of a case's own body, and one that was checked, the first that keeps all rules. */
function goodChanges(builder: RequestBuilder, changes: () => RequestChanges, alike: () => Json): RequestChanges {
  try {
    const own = changes()
    if (builder.broken(own.body)?.length === 0) return own
  } catch (error) {
    if (!isUnmakeable(error)) throw error
  }
  return { body: alike() }
}

interface RefuseAttempt extends Attempt {
  readonly isOfBody: boolean
  readonly needs: Case['needs']
  /** What is sent; made once. */
  changes(): RequestChanges | { readonly why: string }
}

function* refuseAttempts(kit: CaseKit, builder: RequestBuilder, idOf: IdOf): Generator<RefuseAttempt> {
  const { operation } = builder
  for (const refusal of deriveRefuses(builder)) {
    const { name, title, isOfBody, worth } = refusal
    const id = idOf('refuses', name)
    const needs = isMail(builder, name)
    const changes = once(() => {
      try {
        return refusal.make()
      } catch (error) {
        if (!isUnmakeable(error)) throw error
        return { why: error.message }
      }
    })
    const make = (): Case | { why: string } => {
      const made = changes()
      if ('why' in made) return made
      const rule: Rule = { text: refusal.rule, pointer: refusal.pointer, evidence: refusal.evidence }
      return oneCase(kit, operation, 'refuses', id, title, rule, () => made, judgeRefused(kit, operation, rule), needs)
    }
    yield { id, kind: 'refuses', worth, isOfBody, needs, changes, make }
  }
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

/** With which credentials a request is refused, what these are, and the rule. */
type Guard = readonly [credentials: NonNullable<CaseRequest['credentials']>, what: string, text: string]

function lackOf(scheme: CredentialScheme): Guard {
  const carrier = carrierOf(scheme)
  const rule = `a request without the ${carrier} is refused: it is needed beside other credentials`
  return [`without ${carrier}`, `all credentials but the ${carrier}`, rule]
}

function* guardAttempts(
  kit: CaseKit,
  builder: RequestBuilder,
  idOf: IdOf,
  invalid: () => RequestChanges | undefined,
): Generator<Attempt> {
  const { operation } = builder
  const { securityPointer: pointer, evidence } = operation
  const { together, foreign } = schemesIn(operation)
  // It asks for nothing, or for a certificate alone: that is the connection's, and no request can leave it out.
  if (together.length === 0) return
  const guards: Guard[] = [
    ['none', 'no credentials', 'a request without credentials is refused'],
    ...singlyNeeded(operation).map(lackOf),
    ['other-scheme', 'credentials of another scheme', 'credentials of another scheme are refused'],
    ['bad', 'a wrong token', 'a wrong token is refused'],
  ]
  for (const [credentials, what, text] of guards) {
    if (credentials === 'other-scheme' && foreign === undefined) continue
    for (const isValid of [true, false]) {
      // What a request that breaks a rule is told first, nobody says: whoever is not let in should not learn the rules.
      if (!isValid && ((credentials !== 'none' && credentials !== 'bad') || !builder.takesBody)) continue
      const rule: Rule = {
        text: isValid ? text : `${text}, before anything is said of the request`,
        pointer,
        evidence: isValid ? evidence : 'assumed',
      }
      const title = isValid ? what : `${what} before an invalid request`
      const judge = judgeGuarded(kit, operation, rule, credentials)
      const name = credentials.replace(/^without \S+ /, 'without/')
      const id = idOf('guards', isValid ? name : `${name}-and-invalid`)
      const make = (): Case | { why: string } => {
        const broken = isValid ? undefined : invalid()
        if (!isValid && !broken) return { why: 'no body breaks a rule alone' }
        const changes = () => ({
          ...(isValid ? builder.plain(`guard ${credentials}`) : broken),
          credentials,
        })
        return {
          id,
          operationId: operation.id,
          kind: 'guards',
          title: `refuses ${title}`,
          rule,
          // What changes something is tried on a thing of its own, lest nobody is kept out from somebody else's.
          steps: kit.targets.trailOfItem(operation.id)
            ? kit.stepsFor(operation.id, title, changes, judge)
            : [stepThatSends({ title, operationId: operation.id, judge }, () => builder.request(changes()))],
          ...(credentials === 'bad' && { needs: 'bad-token' as const }),
        }
      }
      yield { id, kind: 'guards', worth: isValid ? CREDENTIALS : FORM, make }
    }
  }
}
