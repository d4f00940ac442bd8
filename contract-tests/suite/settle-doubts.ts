import type { Contract } from '../../documents/contract/contract.ts'
import { keywordsOf } from '../../documents/contract/follow-schema.ts'
import type { DeclaredOperation } from '../../documents/contract/operation.ts'
import type { Schema } from '../../documents/contract/schema.ts'
import { wordsOf } from '../../documents/patterns/read-words.ts'
import { below, parsePointer } from '../../documents/read/json-pointer.ts'
import { dereference, type Json } from '../../documents/read/read-document.ts'
import { SAFE } from './classify-operation.ts'
import { isReference, refersToOthers } from './find-references.ts'
import { hasOtherRefusals } from './judge-outcome.ts'
import { isUndeclaredRefusal } from './judge-reply.ts'
import { outcomeOf } from './outcome-of.ts'
import type { Breach, Case, CaseRequest, CaseResult, Evidence, Exchange } from './vocabulary.ts'

/** A run that has tried all its cases. */
interface Tried {
  readonly contract: Contract
  /** Parameters that the run was given: what they name is there. */
  readonly params: Readonly<Record<string, string>>
  readonly cases: readonly Case[]
  readonly results: readonly CaseResult[]
  readonly strict: Evidence
  readonly runCase: (one: Case) => Promise<CaseResult>
  readonly isStopped: () => boolean
}

/** The results, with no doubt left in them, and a sentence for each operation that accepted nothing. */
interface Settled {
  readonly results: readonly CaseResult[]
  readonly remarks: readonly string[]
}

/**
 * Decides what one refusal alone cannot say: a valid request was refused, and the document does not say that it must not
 * be. It is a failure where the same request without that one thing is accepted (its witness, which is asked for now),
 * where one that differs in nothing but what was drawn for it was, or where what it names was made by the case itself.
 * Otherwise the rule was not reached: an id may be nobody's, or a rule holds that no schema can say. Nor were the
 * refusals of an operation that accepted nothing: each may have that same reason.
 */
export async function settleDoubts(tried: Tried): Promise<Settled> {
  const { cases, results, strict } = tried
  const byId = new Map(cases.map((one) => [one.id, one]))
  // What a lifecycle sends has what it refers to made before: that it is accepted says nothing of who sends it alone.
  const alone = results.filter(({ case: { id } }) => byId.get(id)?.lifecycle === undefined)
  const accepted = new Set(alone.flatMap(operationsAcceptedIn))
  const refused = refusedIn(results, accepted)
  const settled: CaseResult[] = []
  for (const result of results) {
    const one = byId.get(result.case.id) as Case
    if (result.breaches.every(({ doubt }) => doubt === undefined)) settled.push(result)
    else if (result.case.kind === 'refuses') {
      const isSaying = ({ doubt = '', exchange = 0 }: Breach) => {
        const [status = 0, valid] = [result.exchanges[exchange]?.reply?.status, refused.get(doubt)?.reply?.status]
        return status >= 500 ? status !== valid : valid === undefined && !isUnsaid(tried, result, doubt, exchange)
      }
      settled.push(settle(result, strict, isSaying))
    } else settled.push(await settleRefused(tried, one, result, accepted))
  }
  return {
    results: settled.map((result) => (isEasy(result, refused) ? withoutEase(result) : result)),
    remarks: [...refused].map(([operation, exchange]) => remarkOf(tried, operation, exchange)),
  }
}

/** Whether an invalid request was refused in a way that the document does not list, and that says nothing of its being invalid. */
function isUnsaid({ contract }: Tried, { exchanges }: CaseResult, doubt: string, exchange = 0): boolean {
  const [operation, reply] = [contract.operation(doubt), exchanges[exchange]?.reply]
  return operation !== undefined && reply !== undefined && isUndeclaredRefusal(operation, reply.status)
}

async function settleRefused(tried: Tried, one: Case, result: CaseResult, accepted: ReadonlySet<string>) {
  const { strict, runCase, isStopped, results } = tried
  const { witness } = one
  // Where the whole run has seen nothing but refusals, a witness would be refused as well.
  const isWorthAsking = results.length === 1 || result.breaches.some(({ doubt = '' }) => accepted.has(doubt))
  const isAsking = witness !== undefined && witness.length > 0 && isWorthAsking
  // What is accepted when it is sent once more was refused for what was there, which is gone by now.
  const again = isAsking && !isStopped() ? operationsAcceptedIn(await runCase(one)) : []
  const asked = isAsking && !isStopped() ? await runCase({ ...one, steps: witness }) : undefined
  const shown = asked ? operationsAcceptedIn(asked).filter((operation) => !again.includes(operation)) : []
  return settle(
    result,
    strict,
    ({ doubt = '', exchange = 0 }) => {
      const { request, reply } = result.exchanges[exchange] as Exchange
      const named = Object.keys(request.params ?? {})
      const isThere = isKnown(request, result.exchanges.slice(0, exchange), tried.params)
      const status = reply?.status ?? 0
      const isGone = status === 404 || status === 410
      if (OF_LENGTH.has(status)) return false
      // What was made a moment ago may not show yet: what becomes of it is the matter of its lifecycle.
      const isRead = SAFE.has(request.method) && named.some((name) => !Object.hasOwn(tried.params, name))
      if (isGone && isRead) return false
      // What it names is there: the case made it, or the run was given it.
      if (isGone && isThere && named.length > 0 && !refersToOthers(request)) return true
      if (isThere && hasOtherRefusals(tried.contract.operation(doubt), status)) return true
      if (OF_STATE.has(status)) return false
      // What was drawn for a reference is nobody's, and any text may be one.
      const isOfName = refersByName(tried.contract, one) || (isGone && isOfText(tried.contract, one))
      if ((status === 400 || status === 422) && isOfQuery(tried.contract, one)) return false
      if (witness) return shown.includes(doubt) && !isOfName
      return !isGone && isThere && accepted.has(doubt)
    },
    asked?.exchanges,
  )
}

/** No document says how long a URL and headers may be that values of a declared length make (RFC 9110, 15.5.15; RFC 6585, 5). */
const OF_LENGTH = new Set([414, 431])

/**
 * What a valid request may be refused with for what is there, or how often was asked: a name that is taken, a state, a pace
 * (RFC 9110, sections 15.5.10 and 15.5.13; RFC 6585, sections 3 and 4; RFC 4918, section 11.3).
 */
const OF_STATE = new Set([409, 412, 423, 428, 429])

/**
 * Whether all that a request names in its path is there for certain: the run was given it, something was done with it
 * before, or a reply showed it that was not told it. A name that the run chose may be no name to the server.
 */
function isKnown({ params = {} }: CaseRequest, before: readonly Exchange[], given: Readonly<Record<string, string>>) {
  return Object.entries(params).every(
    ([name, value]) =>
      Object.hasOwn(given, name) ||
      before.some((one) => {
        const { request, reply } = one
        if (!isAccepted(one)) return false
        if (Object.values(request.params ?? {}).includes(value)) return true
        return reply?.text.includes(value) === true && request.body?.includes(value) !== true
      }),
  )
}

/**
 * Whether a case is about what names something else: by its own name (`ownerId`), or as a text that is called as things with
 * paths of their own are: `projects` beside `/projects/{projectId}`.
 */
function refersByName(contract: Contract, one: Case): boolean {
  const name = one.id.split('/').at(-2) ?? ''
  if (isReference(name)) return true
  const words = singularOf(wordsOf(name))
  const isCalledSo = ({ path }: DeclaredOperation) =>
    [...path.matchAll(/([^/{}]+)\/\{/g)].some(([, noun = '']) => singularOf(wordsOf(noun)) === words)
  return isFreeText(contract, contract.valueAt(one.rule.pointer)) && contract.operations.some(isCalledSo)
}

const singularOf = (words: string): string => words.replace(/(?<!s)s$/, '')

/**
 * Whether a case is about a text of the query of which nothing is said: it is an expression in a language of the server's
 * own more often than not (`filter`, `q`, `order`), and what was drawn is none.
 */
const isOfQuery = (contract: Contract, { id, rule }: Case): boolean =>
  id.split('/').at(-3) === 'query' && isFreeText(contract, contract.valueAt(rule.pointer))

/** Whether a parameter or a schema is of texts, or of lists of texts, and neither lists them nor says what they look like. */
function isFreeText(contract: Contract, value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false
  const schema: Json = keywordsOf(dereference(contract, value.schema ?? value) as Schema)
  if ([schema.type].flat().includes('array')) return isFreeText(contract, schema.items)
  return [schema.type].flat().includes('string') && !SAYING.some((keyword) => keyword in value || keyword in schema)
}

/** Keywords that say what a text looks like. */
const SAYING = ['enum', 'const', 'pattern', 'format', 'default', 'example', 'examples']

/** Whether the rule of a case is about a text that may be any. */
function isOfText(contract: Contract, { rule }: Case): boolean {
  const holder = below('#', ...(parsePointer(rule.pointer) ?? []).slice(0, -1))
  const schema = keywordsOf(contract.valueAt(holder) as Schema)
  return [schema.type].flat().includes('string') && schema.enum === undefined
}

/** @param isFounded whether a doubted breach is one after all */
function settle(
  result: CaseResult,
  strict: Evidence,
  isFounded: (breach: Breach) => boolean,
  shown: readonly Exchange[] = [],
): CaseResult {
  const breaches = result.breaches.flatMap((breach) => {
    const { doubt, ...rest } = breach
    return doubt === undefined || isFounded(breach) ? [rest] : []
  })
  const isFoundedAny = breaches.length > result.breaches.filter(({ doubt }) => doubt === undefined).length
  const exchanges = isFoundedAny
    ? [...result.exchanges, ...shown.map((one) => ({ ...one, title: `without it: ${one.title}` }))]
    : result.exchanges
  const { reason: _, ...rest } = result
  const outcome = breaches.length > 0 ? outcomeOf(breaches, strict) : 'pass'
  if (isFoundedAny || outcome === 'fail') return { ...rest, exchanges, breaches, outcome }
  const [{ seen = '' } = {}] = result.breaches.filter(({ doubt }) => doubt !== undefined)
  const why = result.case.kind === 'refuses' ? 'it may have been refused for another reason' : UNEXPLAINED
  return { ...rest, breaches, outcome: 'not-reached', reason: `${why}: ${seen}` }
}

const UNEXPLAINED = 'a valid request was refused, and the document does not say why'

const isAccepted = ({ reply }: Exchange): boolean => reply !== undefined && reply.status >= 200 && reply.status < 400

/** Whose valid requests a case has seen accepted; what it is about may be no valid one. */
const operationsAcceptedIn = ({ case: { kind }, exchanges }: CaseResult): string[] =>
  exchanges.flatMap((exchange, at) =>
    isAccepted(exchange) && (kind === 'accepts' || kind === 'stories' || at < exchanges.length - 1)
      ? [exchange.request.operationId]
      : [],
  )

/** Operations whose valid requests were all refused, each with one of them. */
function refusedIn(results: readonly CaseResult[], accepted: ReadonlySet<string>): ReadonlyMap<string, Exchange> {
  const refused = new Map<string, Exchange>()
  for (const { case: one, breaches, exchanges } of results) {
    if (one.kind === 'refuses') continue
    for (const { doubt, exchange } of breaches) {
      const shown = exchanges[exchange ?? 0]
      if (doubt !== undefined && !accepted.has(doubt) && shown && !refused.has(doubt)) refused.set(doubt, shown)
    }
  }
  return refused
}

const withoutEase = (result: CaseResult): CaseResult => ({
  ...result,
  outcome: 'not-reached',
  reason: `${result.case.operationId} accepted no valid request: it may refuse for another reason`,
})

/** Whether a case passed because its operation refuses everything: for a broken rule, or in the same way as for a token. */
function isEasy({ case: one, outcome, exchanges }: CaseResult, refused: ReadonlyMap<string, Exchange>): boolean {
  const valid = refused.get(one.operationId)
  if (!valid || (outcome !== 'pass' && outcome !== 'note')) return false
  return one.kind === 'refuses' || (one.kind === 'guards' && exchanges.at(-1)?.reply?.status === valid.reply?.status)
}

/** What no example helps against, where a request names nothing in its path (RFC 9110, sections 15.5.2, 15.5.4 and 15.5.5). */
const OF_NO_VALUE: ReadonlyMap<number, string> = new Map([
  [401, 'it may need another credential'],
  [403, 'it may need another credential'],
  [404, 'it may not be there'],
])

function remarkOf({ params }: Tried, operation: string, { request, reply }: Exchange): string {
  const invented = Object.keys(request.params ?? {}).filter((name) => !Object.hasOwn(params, name))
  const help =
    invented.length > 0
      ? `name one that is there: ${invented.map((name) => `--param ${name}=…`).join(' ')}`
      : (OF_NO_VALUE.get(reply?.status ?? 0) ?? 'an example in the document may say what it takes')
  return `${operation}: no valid request was accepted (${reply?.status}); ${help}`
}
