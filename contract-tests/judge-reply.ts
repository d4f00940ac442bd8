import { jsonSchemaAt } from '../documents/compile-validators.ts'
import { below, type Pointer } from '../documents/json-pointer.ts'
import { type OperationPlace, placesOf, responseAt } from '../documents/list-operations.ts'
import { type Document, dereference, type Json, type Part } from '../documents/read-document.ts'
import { excerpt } from './cut-text.ts'
import { judgeBody } from './judge-body.ts'
import { TimeLimitError, withinTime } from './limit-time.ts'
import { createSecretSearch } from './secrets/search-secrets.ts'
import { hasSchema } from './validate-reply.ts'
import type { Breach, Evidence, JudgedReply } from './vocabulary.ts'
import { evidenceIn, statementAt } from './walk-schema.ts'

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
const GATEWAY = new Set([405, 413, 414, 415, 431])

/** Milliseconds. A schema may hold patterns and alternatives that take years for some bodies. */
const LONGEST_JUDGING = 5000

/** @param longest how long one body may be judged, in milliseconds */
export function createReplyJudge(
  document: Document,
  secrets: readonly string[],
  longest: number = LONGEST_JUDGING,
): ReplyJudge {
  const places = new Map(placesOf(document).map((place) => [place.id, place]))
  const secretsIn = createSecretSearch(secrets, document)

  const responseOf = (place: OperationPlace, status: number) => {
    const responses = place.operation.responses ?? {}
    const key = [String(status), `${Math.floor(status / 100)}XX`, 'default'].find((one) =>
      Object.hasOwn(responses, one),
    )
    if (key === undefined) return undefined
    const entry = responses[key]
    const operation = evidenceIn(place.operation, 'documented')
    const response = responseAt(document, place, key)
    return { key, response, evidence: evidenceIn(response.value, evidenceIn(entry, operation)) }
  }

  return {
    statusEvidence(operationId, status) {
      const place = places.get(operationId) as OperationPlace
      return responseOf(place, status)?.evidence ?? 'assumed'
    },
    declares: (operationId, status) => responseOf(places.get(operationId) as OperationPlace, status) !== undefined,
    statusPointer(operationId, status) {
      const place = places.get(operationId) as OperationPlace
      const found = responseOf(place, status)
      return found ? below(place.pointer, 'responses', found.key) : responsesAt(place)
    },
    judge(operationId, reply) {
      const place = places.get(operationId) as OperationPlace
      const breaches: Breach[] = []
      const found = responseOf(place, reply.status)
      const shown = [...piecesOf(reply.text), ...Object.values(reply.headers)].flatMap((text) => secretsIn([text]))
      for (const _ of new Set(shown)) {
        const rule = {
          text: 'no reply shows the token it was asked with',
          pointer: place.pointer,
          evidence: 'documented',
        } as const
        breaches.push({ rule, seen: 'the token is in the reply' })
      }
      if (!found) {
        if (!GATEWAY.has(reply.status)) breaches.push(undeclaredStatus(document, place, reply.status))
        return breaches
      }
      const { key, response, evidence } = found
      const declared = Object.keys(response.value.content ?? {})
      if (declared.length === 0) return breaches
      const pointer = below(response.pointer, 'content')
      const mediaType = reply.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
      if (!declared.some((range) => covers(range, mediaType))) {
        const rule = { text: `content type is ${declared.join(' or ')}`, pointer, evidence }
        breaches.push({ rule, seen: mediaType === '' ? 'no content type' : excerpt(mediaType) })
      }
      const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(reply.headers['content-type'] ?? '')?.[1]
      if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
        const rule = { text: UTF8, pointer, evidence }
        breaches.push({ rule, seen: `charset ${excerpt(charset)}` })
      }
      if (!hasSchema(document, `${operationId} ${key}`)) return breaches
      const broken = (text: string, seen: string): Breach => ({ rule: { text, pointer, evidence }, seen })
      if (reply.isUtf8 === false) breaches.push(broken(UTF8, 'bytes that are not'))
      if (reply.unreadable !== undefined) return [...breaches, broken(JUDGEABLE, notJudged(reply.unreadable))]
      if (reply.body === undefined) return [...breaches, broken('the body is JSON', excerpt(reply.text))]
      const schema = jsonSchemaAt(response) as Part
      const start = { schema: schema.value, pointer: schema.pointer, evidence }
      try {
        return [...breaches, ...withinTime(longest, () => judgeBody(document, `${operationId} ${key}`, start, reply))]
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

const UTF8 = 'JSON is in UTF-8 (RFC 8259, section 8.1)'
const JUDGEABLE = 'the body is small and flat enough to be judged'

const notJudged = (why: string): string => `${why}, so it was not judged further`

const responsesAt = ({ operation, pointer }: OperationPlace): Pointer => statementAt(operation, pointer, 'responses')

/** Whether a declared media type, or a range of them, is this one or has it. */
export const covers = (range: string, mediaType: string): boolean => {
  const wanted = range.split(';', 1)[0]?.trim().toLowerCase()
  return (
    wanted === mediaType ||
    wanted === '*/*' ||
    (wanted?.endsWith('/*') === true && mediaType.startsWith(wanted.slice(0, -1)))
  )
}

/** An undeclared refusal contradicts the document only where it lists documented refusals; anything else always does. */
function undeclaredStatus(document: Document, place: OperationPlace, status: number): Breach {
  const operation = evidenceIn(place.operation, 'documented')
  const isKnown = Object.entries<Json>(place.operation.responses ?? {}).some(
    ([key, entry]) => key.startsWith('4') && evidenceIn(dereference(document, entry), operation) === 'documented',
  )
  const isRefusal = status >= 400 && status < 500
  const evidence: Evidence = status === 429 || (isRefusal && !isKnown) ? 'assumed' : operation
  const declared = Object.keys(place.operation.responses ?? {}).join(', ')
  return {
    rule: { text: `status is one of ${declared}`, pointer: responsesAt(place), evidence },
    seen: String(status),
  }
}
