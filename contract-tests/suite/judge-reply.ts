import type { Contract } from '../../documents/contract/contract.ts'
import type { DeclaredOperation, DeclaredReply } from '../../documents/contract/operation.ts'
import type { Pointer } from '../../documents/read/json-pointer.ts'
import { parametersIn } from './classify-operation.ts'
import { excerpt } from './cut-text.ts'
import { judgeBody } from './judge-body.ts'
import { judgeHeaders } from './judge-headers.ts'
import { TimeLimitError } from './limit-time.ts'
import { createSecretSearch } from './secrets/search-secrets.ts'
import type { Breach, Evidence, JudgedReply } from './vocabulary.ts'

/** Holds every reply of a run to what the document says of all replies. */
export interface ReplyJudge {
  judge(operationId: string, reply: JudgedReply): Breach[]
  /** How well it is known that an operation answers this status. */
  statusEvidence(operationId: string, status: number): Evidence
  /** Whether the document declares it. */
  declares(operationId: string, status: number): boolean
  /** Where the document declares it; where it does not, all that it declares. */
  statusPointer(operationId: string, status: number): Pointer
}

/** Refusals that any gateway makes need no declaration. */
const GATEWAY = new Set([405, 413, 414, 431])

/**
 * How any server may refuse: not all codes need be documented (OpenAPI 3.1, Responses Object). Where it was right to refuse,
 * the case says; that the code is not documented is a remark (`tell-undeclared.ts`).
 */
const REFUSALS = new Set([400, 401, 403, 404, 406, 409, 410, 412, 415, 416, 422, 428, 429])

/** Milliseconds. A schema may hold patterns and alternatives that take years for some bodies. */
const LONGEST_JUDGING = 5000

/** @param longest how long one body may be judged, in milliseconds */
export function createReplyJudge(
  contract: Contract,
  secrets: readonly string[],
  longest: number = LONGEST_JUDGING,
): ReplyJudge {
  const secretsIn = createSecretSearch(secrets, contract)
  const operationOf = (id: string) => contract.operation(id) as DeclaredOperation
  const replyOf = (operationId: string, status: number) => declaredReply(operationOf(operationId), status)

  return {
    statusEvidence: (operationId, status) => replyOf(operationId, status)?.evidence ?? 'assumed',
    declares: (operationId, status) => replyOf(operationId, status) !== undefined,
    statusPointer: (operationId, status) =>
      replyOf(operationId, status)?.statusPointer ?? operationOf(operationId).repliesPointer,
    judge(operationId, reply) {
      const operation = operationOf(operationId)
      const breaches: Breach[] = []
      const found = declaredReply(operation, reply.status)
      const shown = [...piecesOf(reply.text), ...Object.values(reply.headers)].flatMap((text) => secretsIn([text]))
      for (const _ of new Set(shown)) {
        const rule = {
          text: 'no reply shows the token it was asked with',
          pointer: operation.pointer,
          evidence: 'documented',
        } as const
        breaches.push({ rule, seen: 'the token is in the reply' })
      }
      if (!found) {
        if (!GATEWAY.has(reply.status) && !REFUSALS.has(reply.status) && !isUnsaid(operation, reply.status))
          breaches.push(undeclaredStatus(operation, reply.status))
        return breaches
      }
      breaches.push(...judgeHeaders(contract, found, reply))
      const { evidence, contentPointer: pointer, json } = found
      const declared = found.content.map(({ type }) => type)
      if (declared.length === 0 || hasNoContent(operation, reply)) return breaches
      const mediaType = reply.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
      const own = found.content.filter(({ type }) => covers(type, mediaType))
      if (own.length === 0) {
        const rule = { text: `content type is ${declared.join(' or ')}`, pointer, evidence }
        const seen = mediaType === '' ? 'no content type' : excerpt(mediaType)
        breaches.push({ rule, seen, cause: `${rule.text}: ${seen}` })
      }
      const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(reply.headers['content-type'] ?? '')?.[1]
      if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
        const rule = { text: UTF8, pointer, evidence }
        breaches.push({ rule, seen: `charset ${excerpt(charset)}` })
      }
      // Another of the declared media types than that whose schema is known.
      if (json === undefined || (own.length > 0 && own.every(({ schema }) => schema !== json))) return breaches
      const broken = (text: string, seen: string): Breach => ({ rule: { text, pointer, evidence }, seen })
      if (reply.isUtf8 === false) breaches.push(broken(UTF8, 'bytes that are not'))
      if (reply.unreadable !== undefined) return [...breaches, broken(JUDGEABLE, notJudged(reply.unreadable))]
      if (reply.body === undefined) return [...breaches, broken('the body is JSON', excerpt(reply.text))]
      const key = `${operationId} ${found.status}`
      const media = found.content.filter(({ schema }) => schema === json)
      const examples = media.flatMap((one) => Object.values(one.examples ?? {}))
      // What names the item itself names none of what it holds.
      const above = operation.path.slice(0, operation.path.lastIndexOf('/'))
      const known = { examples, parameters: parametersIn(above) }
      try {
        return [...breaches, ...judgeBody(contract, key, json, reply, longest, known)]
      } catch (error) {
        // A stack that is full: how many calls one level takes is up to the schema.
        if (!(error instanceof TimeLimitError || error instanceof RangeError)) throw error
        const why = error instanceof TimeLimitError ? error.message : 'it is nested too deep for its schema'
        return [...breaches, broken(JUDGEABLE, notJudged(why))]
      }
    },
  }
}

const PIECE = 256 * 1024
/** More than a secret takes, each of its characters escaped twice. */
const OVERLAP = 16 * 1024

/** Parts of a text that are searched one after the other: ten million escapes at once need more memory than there is. */
function* piecesOf(text: string): Generator<string> {
  for (let at = 0; at === 0 || at + OVERLAP < text.length; at += PIECE) yield text.slice(at, at + PIECE + OVERLAP)
}

/** Whether a reply has a head alone (RFC 9110, sections 9.3.2, 15.3.5 and 15.4.5). */
const hasNoContent = ({ method }: DeclaredOperation, { status }: JudgedReply): boolean =>
  method === 'HEAD' || status === 204 || status === 205 || status === 304

const UTF8 = 'JSON is in UTF-8 (RFC 8259, section 8.1)'
const JUDGEABLE = 'the body is small and flat enough to be judged'

const notJudged = (why: string): string => `${why}, so it was not judged further`

/** What an operation declares for a status: for itself, for its range (`4XX`) or by `default` (OpenAPI 3.1, Responses Object). */
export function declaredReply({ replies }: DeclaredOperation, status: number): DeclaredReply | undefined {
  const keys = [String(status), `${Math.floor(status / 100)}XX`, 'default']
  return keys.map((key) => replies.find((reply) => reply.status === key)).find((reply) => reply !== undefined)
}

/** Whether a refusal is one that an operation does not document, and need not. */
export const isUndeclaredRefusal = (operation: DeclaredOperation, status: number): boolean =>
  REFUSALS.has(status) && declaredReply(operation, status) === undefined

/** Where only errors are declared, or nothing is, nothing is said of success. */
const isUnsaid = ({ replies }: DeclaredOperation, status: number): boolean =>
  status < 400 && replies.every((reply) => /^[45]/.test(reply.status))

/** Not implemented, or nothing that this server did (RFC 9110, sections 15.6.2 to 15.6.5). */
export const isPassing = (status: number): boolean => status >= 501 && status <= 504

/** Whether a declared media type, or a range of them, is this one or has it. */
export const covers = (range: string, mediaType: string): boolean => {
  const wanted = range.split(';', 1)[0]?.trim().toLowerCase()
  return (
    wanted === mediaType ||
    wanted === '*/*' ||
    (wanted?.endsWith('/*') === true && mediaType.startsWith(wanted.slice(0, -1)))
  )
}

/**
 * Not all statuses need be declared (OpenAPI 3.1, Responses Object): any server may refuse, be busy, or stand behind a
 * gateway (RFC 9110, sections 15.5 and 15.6.2 to 15.6.5). Another success than those declared, or a fault of its own, is in
 * no way what is declared.
 */
function undeclaredStatus({ replies, repliesPointer, evidence }: DeclaredOperation, status: number): Breach {
  const isOpen = (status >= 400 && status < 500) || isPassing(status)
  const declared = replies.map((reply) => reply.status).join(', ') || 'none'
  return {
    rule: {
      text: `status is one of ${declared}`,
      pointer: repliesPointer,
      evidence: isOpen ? 'assumed' : evidence,
    },
    seen: String(status),
    cause: `undeclared ${status}`,
  }
}
