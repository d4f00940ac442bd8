import type { DeclaredFailure, DeclaredOperation } from '../../documents/contract/operation.ts'
import { below, type Pointer, valuesAt } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { excerpt } from './cut-text.ts'
import { declaredReply, isPassing, isUndeclaredRefusal, type ReplyJudge } from './judge-reply.ts'
import type { Breach, CaseRequest, Evidence, JudgedReply, Rule, Step } from './vocabulary.ts'
import { statementAt, textOf, weaker } from './walk-schema.ts'

/** What judging an outcome needs of the kit. */
interface JudgeKit {
  readonly judge: ReplyJudge
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300

/** Where the document says this of a failure: its member of that name; where it has none, all of it. */
export const failureAt = (failure: DeclaredFailure, member: string): Pointer =>
  statementAt(failure, failure.pointer, member)

/** What a reply shows of the operation's row failures, as texts. */
function rowFailuresIn(operation: DeclaredOperation, reply: JudgedReply): string[] {
  const pointers = new Set(operation.failures.filter(({ level }) => level === 'row').map(({ at }) => at))
  return [...pointers].flatMap((pointer) => valuesAt(reply.body, pointer)).map(textOf)
}

const list = (texts: readonly string[]): string => excerpt(texts.join(', '), 1000)

function shown({ status, headers, text }: JudgedReply): string {
  // Why a request was sent again, or was not.
  const wait = headers['retry-after'] === undefined ? '' : ` with Retry-After: ${excerpt(headers['retry-after'])}`
  return `${status}${wait} ${excerpt(text)}`
}

/**
 * A request that keeps every rule is answered as the document says of success: with 2xx, a redirection that it declares,
 * or, where it declares no success, with anything that it does. That a row of it fails is worth telling only.
 */
export function judgeAccepted(operation: DeclaredOperation, rule: Rule): Step['judge'] {
  return (reply) => {
    if (!isAnswer(operation, reply.status)) return [refusalOf(operation, rule, reply)]
    const failed = rowFailuresIn(operation, reply)
    if (failed.length === 0) return []
    const row: Rule = {
      text: `${rule.text}, and no row fails`,
      pointer: below(operation.pointer, 'x-failures'),
      evidence: 'assumed',
    }
    return [{ rule: row, seen: list(failed) }]
  }
}

function isAnswer(operation: DeclaredOperation, status: number): boolean {
  if (isSuccess(status)) return true
  if (declaredReply(operation, status) === undefined) return false
  return status < 400 || !operation.replies.some((reply) => /^[23]/.test(reply.status))
}

/** Whether it is a fault, other requests of the run must say, but where the document or HTTP does. */
function refusalOf(operation: DeclaredOperation, rule: Rule, reply: JudgedReply): Breach {
  const { status } = reply
  const seen = shown(reply)
  if (isPassing(status)) return { rule: { ...rule, evidence: 'assumed' }, seen }
  const isGone = status === 404 || status === 410
  const isFault = status >= 500 && declaredReply(operation, status) === undefined
  const cause = status >= 500 ? { cause: failingAt(operation, status) } : {}
  if (isFault || (!isGone && hasOtherRefusals(operation, status))) return { rule, seen, ...cause }
  return { rule, seen, ...cause, doubt: operation.id }
}

/** What all failures of an operation with a status have in common. */
export const failingAt = ({ id }: DeclaredOperation, status: number): string => `${id} fails with ${status}`

/** Whether a document lists for what an operation refuses, and this status is not among it. */
export const hasOtherRefusals = (operation: DeclaredOperation | undefined, status: number | undefined): boolean =>
  operation !== undefined &&
  operation.failures.length > 0 &&
  !operation.failures.some((failure) => failure.level === 'request' && (failure.status ?? status) === status)

/** A broken rule is not accepted. With which status, and that the whole request is refused, is known for itself. */
export function judgeRefused({ judge }: JudgeKit, operation: DeclaredOperation, rule: Rule): Step['judge'] {
  return (reply) => {
    const status = statusForInvalid(judge, operation)
    if (isSuccess(reply.status)) {
      const failed = rowFailuresIn(operation, reply)
      // A schema that stands in many places is one cause.
      const demand = rule.text.replace(/^(?:\/\S*|body) /, '')
      if (failed.length === 0)
        return [{ rule, seen: `accepted: ${shown(reply)}`, cause: `accepted against ${rule.pointer} ${demand}` }]
      const whole: Rule = {
        text: `${rule.text}, or the whole request is refused`,
        pointer: status.pointer,
        evidence: weaker(status.evidence, 'observed'),
      }
      return [{ rule: whole, seen: `the row alone is refused: ${list(failed)}` }]
    }
    if (reply.status >= 500) {
      const text = `${rule.text}; a request that breaks it is refused, not answered with 5xx`
      // A document that says how it refuses says that what is invalid is no fault of the server.
      const isOpen = isPassing(reply.status) || !operation.replies.some((one) => one.status.startsWith('4'))
      const evidence = isOpen ? 'assumed' : rule.evidence
      const cause = failingAt(operation, reply.status)
      // Where it is declared, valid requests may have been answered with it as well.
      const isSaid = declaredReply(operation, reply.status) !== undefined
      return [{ rule: { ...rule, text, evidence }, seen: shown(reply), cause, ...(isSaid && { doubt: operation.id }) }]
    }
    if (reply.status === status.status || [413, 415].includes(reply.status)) return []
    // How it refuses what is invalid, the document does not say, or says less than all.
    const isOpen = isUndeclaredRefusal(operation, reply.status) || !status.isNamed
    if (isOpen && !OF_ANOTHER_REASON.has(reply.status)) return []
    // A path that breaks its rules leads to nothing.
    if (reply.status === 404 && rule.text.startsWith('path ')) return []
    const expected: Rule = {
      text: `${rule.text}; otherwise the status is ${status.status}`,
      pointer: status.pointer,
      evidence: status.evidence,
    }
    const cause = `refused with ${reply.status}, not ${status.status}`
    return [{ rule: expected, seen: shown(reply), cause, doubt: operation.id }]
  }
}

/** Who asks, how often, and what is there: none of them says that a request was invalid. */
const OF_ANOTHER_REASON = new Set([401, 403, 404, 410, 429])

/** The status that an invalid request gets: the declared one of 400 and 422, as well known as its failure or response. */
function statusForInvalid(
  judge: ReplyJudge,
  operation: DeclaredOperation,
): { status: number; isNamed: boolean; evidence: Evidence; pointer: string } {
  // What `default` says holds for any.
  const named = [400, 422].find((one) => operation.replies.some((reply) => [String(one), '4XX'].includes(reply.status)))
  const status = named ?? 400
  const known = operation.failures.find((failure) => failure.level === 'request' && failure.status === status)
  const response = judge.declares(operation.id, status) ? judge.statusEvidence(operation.id, status) : 'assumed'
  // That a status exists is one thing; that it is the one for this fault is never better known than our reading of it.
  return {
    status,
    isNamed: named !== undefined,
    evidence: weaker(response, known?.evidence ?? 'observed'),
    pointer: judge.statusPointer(operation.id, status),
  }
}

/** Without good credentials nothing is accepted; how the refusal looks is the failure's own rule. */
export function judgeGuarded(
  { judge }: JudgeKit,
  operation: DeclaredOperation,
  rule: Rule,
  credentials: CaseRequest['credentials'],
): Step['judge'] {
  const statuses = [401, 403].filter((one) => judge.declares(operation.id, one))
  return (reply) => {
    if (isSuccess(reply.status)) return [{ rule, seen: `let in: ${shown(reply)}` }]
    const wanted = credentials === 'none' ? statuses.slice(0, 1) : statuses
    if (wanted.length === 0 || wanted.includes(reply.status)) return []
    const evidence = wanted.map((one) => judge.statusEvidence(operation.id, one)).reduce(weaker)
    // 401 says that credentials are missing, whatever is declared (RFC 9110, section 15.5.2).
    const isOpen = credentials !== 'none' || reply.status === 401
    const status: Rule = {
      text: `${rule.text}: status ${wanted.join(' or ')}`,
      pointer: judge.statusPointer(operation.id, wanted[0] as number),
      evidence: isOpen ? weaker(evidence, 'assumed') : weaker(evidence, rule.evidence),
    }
    return [{ rule: status, seen: shown(reply), cause: `${status.text}: ${reply.status}` }]
  }
}

/** The failure shows where the document says, with its code and its message. */
export function judgeFailure(
  { judge }: JudgeKit,
  operation: DeclaredOperation,
  failure: DeclaredFailure,
  rows: readonly Json[],
): Step['judge'] {
  const rule = (member: string, text: string, evidence = failure.evidence): Rule => ({
    text: `${failure.id}: ${text}`,
    pointer: failureAt(failure, member),
    evidence,
  })
  return (reply) => {
    const breaches: Breach[] = []
    if (failure.level === 'row') {
      if (!isSuccess(reply.status))
        return [{ rule: rule('level', 'the row is refused, not the request'), seen: shown(reply) }]
    } else if (isSuccess(reply.status)) {
      return [{ rule: rule('level', 'the request is refused'), seen: shown(reply) }]
    } else if (failure.status !== undefined && reply.status !== failure.status) {
      const evidence = weaker(
        failure.evidence,
        judge.declares(operation.id, failure.status) ? judge.statusEvidence(operation.id, failure.status) : 'assumed',
      )
      return [{ rule: rule('status', `status is ${failure.status}`, evidence), seen: shown(reply) }]
    }
    // What could not be read says nothing of where the failure shows.
    if (!failure.at.startsWith('/') || reply.unreadable !== undefined) return breaches
    const found = valuesAt(reply.body, failure.at).map(textOf)
    const messages = messagesOf(failure, rows)
    if (failure.code === null) {
      if (messages.length > 0 && !messages.some((message) => found.includes(message))) {
        breaches.push({
          rule: rule('message', `${failure.at} is ${JSON.stringify(messages[0])}`),
          seen: found.length > 0 ? list(found) : shown(reply),
        })
      }
      return breaches
    }
    const code = failure.code ?? failure.id
    if (!found.includes(code))
      breaches.push({
        rule: rule(failure.code === undefined ? 'id' : 'code', `${failure.at} is ${code}`),
        seen: found.length > 0 ? list(found) : shown(reply),
      })
    if (failure.messageAt !== undefined && messages.length > 0) {
      const texts = valuesAt(reply.body, failure.messageAt).map(textOf)
      if (!messages.some((message) => texts.includes(message))) {
        breaches.push({
          rule: rule('message', `${failure.messageAt} is ${JSON.stringify(messages[0])}`),
          seen: texts.length > 0 ? list(texts) : shown(reply),
        })
      }
    }
    return breaches
  }
}

/** The message for each row that was sent, with the row's own values in it. */
function messagesOf({ message }: DeclaredFailure, rows: readonly Json[]): string[] {
  if (message === undefined) return []
  if (!message.includes('{')) return [message]
  return rows.map((row) => message.replace(/\{(\w+)\}/g, (_, name: string) => textOf(row?.[name] ?? '')))
}
