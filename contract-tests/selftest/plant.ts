import { createRandom } from '../../documents/patterns/random.ts'
import { parsePointer } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import type { CaseReply, CaseRequest } from '../suite/vocabulary.ts'
import type { Fault, Ground } from './vocabulary.ts'

const isOf = (operations: readonly string[] | undefined, { operationId }: CaseRequest): boolean =>
  operations === undefined || operations.includes(operationId)

/** Other requests reach the good server than were sent. State between them is made anew for each plant. */
export const plantRequest =
  (
    operations: readonly string[] | undefined,
    makeChange: (ground: Ground) => (request: CaseRequest) => CaseRequest | Promise<CaseRequest>,
  ): Fault['plant'] =>
  (ground) => {
    const change = makeChange(ground)
    return async (request, signal) => ground.send(isOf(operations, request) ? await change(request) : request, signal)
  }

/** Other replies come back than the good server gave. */
export const plantReply =
  (
    operations: readonly string[] | undefined,
    makeChange: (ground: Ground) => (reply: CaseReply, request: CaseRequest) => CaseReply | Promise<CaseReply>,
  ): Fault['plant'] =>
  (ground) => {
    const change = makeChange(ground)
    return async (request, signal) => {
      const reply = await ground.send(request, signal)
      return isOf(operations, request) ? change(reply, request) : reply
    }
  }

/** The JSON of every successful reply is another. The change may edit what it is given. */
export const plantBody = (
  operations: readonly string[] | undefined,
  change: (body: Json, request: CaseRequest) => Json,
): Fault['plant'] =>
  plantReply(
    operations,
    () => (reply, request) => (isSuccess(reply) ? editText(reply, (body) => change(body, request)) : reply),
  )

/** The JSON that the good server gets is another. The change may edit what it is given. */
export const plantSent = (
  operations: readonly string[] | undefined,
  change: (body: Json, request: CaseRequest) => Json,
): Fault['plant'] => plantRequest(operations, () => (request) => editSent(request, (body) => change(body, request)))

/** Any status of 2xx. */
export const isSuccess = ({ status }: CaseReply): boolean => status >= 200 && status < 300

/** @returns undefined for no text, and for one that is no JSON */
export function parse(text: string | undefined): Json {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** @param change may edit the body or return another */
export function editText<T extends CaseReply>(reply: T, change: (body: Json) => Json): T {
  const body = parse(reply.text)
  if (body === undefined) return reply
  return { ...reply, text: JSON.stringify(change(body) ?? body) }
}

/** The same for the body of a request; what is no JSON object or list stays. */
export function editSent(request: CaseRequest, change: (body: Json) => Json): CaseRequest {
  const body = parse(request.body)
  if (typeof body !== 'object' || body === null) return request
  return { ...request, body: JSON.stringify(change(body) ?? body) }
}

/** Strikes one time in three, the same times in every run. */
export function oneInThree(seed: string): () => boolean {
  const random = createRandom('one in three', seed)
  let calls = 0
  return () => random.at(calls++).integer(0, 2) === 0
}

/** Every text of a value, changed. */
export function mapTexts(value: Json, change: (text: string, name: string) => Json, name = ''): Json {
  if (typeof value === 'string') return change(value, name)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change, name))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapTexts(member, change, key)]))
}

/** Every object of a value, the innermost first; the visitor may edit it. */
export function eachObject(value: Json, visit: (one: Record<string, Json>) => void): void {
  if (typeof value !== 'object' || value === null) return
  for (const member of Object.values(value)) eachObject(member, visit)
  if (!Array.isArray(value)) visit(value)
}

/** A copy in which the values at a pointer are others; `*` stands for every item of a list. */
export function editAt(value: Json, pointer: string, change: (value: Json) => Json): Json {
  const tokens = parsePointer(pointer)
  return tokens ? editBelow(value, tokens, change) : value
}

function editBelow(value: Json, [token, ...rest]: readonly string[], change: (value: Json) => Json): Json {
  if (token === undefined) return change(value)
  if (Array.isArray(value)) {
    return value.map((item, at) => (token === '*' || token === String(at) ? editBelow(item, rest, change) : item))
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return value
  return { ...value, [token]: editBelow(value[token], rest, change) }
}
