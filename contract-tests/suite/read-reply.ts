import { cutText } from './cut-text.ts'
import type { CaseReply, CaseRequest, JudgedReply } from './vocabulary.ts'

/** Whoever goes through a body calls himself once for each level. */
const MAX_DEPTH = 500
const MAX_VALUES = 500_000
/** UTF-16 units. What sends over HTTP reads less; who sends otherwise may read anything. */
const MAX_LENGTH = 16 * 1024 * 1024

/** UTF-16 units that a result keeps of a reply's text: more than any report shows. */
const KEPT_OF_REPLY = 10_000
/** The same of a request: reports show it whole, as a command, up to 60,000. */
const KEPT_OF_REQUEST = 65_536

/** Reads a reply's JSON, where it is some, and where going through it can neither end nor hang who does. */
export function toJudged(reply: CaseReply): JudgedReply {
  const unreadable = whyUnreadable(reply.text)
  if (unreadable !== undefined) return { ...reply, body: undefined, unreadable }
  return { ...reply, body: parse(reply.text) }
}

/** The reply as a result keeps it: a run holds thousands of them. */
export function shortenReply({ status, headers, text, isUtf8, duration }: CaseReply): CaseReply {
  return {
    status,
    headers,
    text: beginningOf(text, KEPT_OF_REPLY),
    ...(text.length > KEPT_OF_REPLY && { textLength: text.length }),
    ...(isUtf8 === false && { isUtf8 }),
    duration,
  }
}

/** The request as a result keeps it. */
export function shortenRequest(request: CaseRequest): CaseRequest {
  const { path, body = '', params, ...rest } = request
  if (path.length <= KEPT_OF_REQUEST && body.length <= KEPT_OF_REQUEST) return request
  return {
    ...rest,
    path: beginningOf(path, KEPT_OF_REQUEST),
    // What made the path long is among them.
    ...(params && path.length <= KEPT_OF_REQUEST && { params }),
    ...(request.body !== undefined && { body: beginningOf(body, KEPT_OF_REQUEST) }),
    ...(body.length > KEPT_OF_REQUEST && { bodyLength: body.length }),
  }
}

const beginningOf = (text: string, length: number): string =>
  text.length <= length ? text : `${cutText(text, length)}… (${text.length.toLocaleString('en')} characters)`

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function whyUnreadable(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH.toLocaleString('en')} characters`
  const { depth, values } = measure(text, MAX_DEPTH, MAX_VALUES)
  if (depth > MAX_DEPTH) return `it is nested more than ${MAX_DEPTH} deep`
  return values > MAX_VALUES ? `it holds more than ${MAX_VALUES.toLocaleString('en')} values` : undefined
}

/**
 * How deep a JSON text nests and how many values it holds, counted until one of them is more than asked for. From the
 * text alone: to read it takes the memory that is to be spared.
 */
export function measure(text: string, maxDepth: number, maxValues: number): { depth: number; values: number } {
  let depth = 0
  let deepest = 0
  let values = 1
  // Anything else has neither depth nor parts.
  const length = /^\s*[[{]/.test(text) ? text.length : 0
  /** After an opening bracket: what comes next is a value, unless it is the closing one. */
  let isFirst = false
  for (let at = 0; at < length && deepest <= maxDepth && values <= maxValues; at++) {
    const char = text.charCodeAt(at)
    if (char === SPACE || (char >= TAB && char <= RETURN)) continue
    if (char === CLOSE_LIST || char === CLOSE_OBJECT) depth--
    else if (char === COMMA || isFirst) values++
    isFirst = char === OPEN_LIST || char === OPEN_OBJECT
    if (isFirst && ++depth > deepest) deepest = depth
    if (char === QUOTE) at = endOfString(text, at)
  }
  return { depth: deepest, values }
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  for (; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === QUOTE) break
    if (char === BACKSLASH) at++
  }
  return at
}

const [TAB, RETURN, SPACE, QUOTE, COMMA, BACKSLASH] = [0x09, 0x0d, 0x20, 0x22, 0x2c, 0x5c]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]
