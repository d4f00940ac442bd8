import { type Mock, SESSION_HEADER, type SessionControl } from '../api/mock.ts'
import { isTooDeep, MAX_DEPTH } from '../engine/validate-call.ts'
import type { Call, Reply } from '../engine/vocabulary.ts'
import type { Inspection } from './inspection.ts'

/** One call of the control API, with what is needed to answer it. */
export interface Control {
  readonly mock: Mock
  readonly call: Call
  /** Seconds since the server began to listen. */
  readonly uptime: number
  /** What the path has for the parameters of its pattern, decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly inspection: Inspection
}

/** Writes a stream until it is ended. @param write gives false while the reader is slow @returns ends it */
export type Stream = (write: (text: string) => boolean) => () => void

/** A reply of the control API; with a stream, that is its body, and with pieces their texts, one behind the other. */
export interface ControlReply extends Reply {
  readonly stream?: Stream
  /** Made one by one, when they are asked for, of what may be too large to be made and held at once. */
  readonly pieces?: Iterable<string>
}

/** JSON with status 200 whose text is made piece by piece. */
export const jsonPieces = (pieces: Iterable<string>): ControlReply => ({ ...json(200, undefined), pieces })

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body,
})

export const DONE: Reply = { status: 204, headers: {} }

export const sessionNameOf = (call: Call): string => call.headers?.[SESSION_HEADER] ?? ''

export const sessionOf = ({ mock, call }: Control): SessionControl => mock.session(sessionNameOf(call))

/** @throws Error where the body is no JSON object */
export function readObject(call: Call): Record<string, unknown> {
  let value: unknown
  if (isTooDeep(call.text ?? '')) throw new Error(`the body is nested deeper than ${MAX_DEPTH} levels`)
  try {
    value = JSON.parse(call.text ?? '')
  } catch {
    throw new Error('the body must be JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('the body must be a JSON object')
  return value as Record<string, unknown>
}

/** @throws Error where it is neither true nor false */
export function readFlag(call: Call, name: string): boolean {
  const text = queryOf(call, name) ?? 'false'
  if (text !== 'true' && text !== 'false') throw new Error(`${name} must be true or false, not ${text}`)
  return text === 'true'
}

/** A query parameter, of several the first. */
export function queryOf({ query }: Call, name: string): string | undefined {
  const given = query?.[name]
  return typeof given === 'string' ? given : given?.[0]
}

/** @throws Error where the parameter is there and no whole number */
export function readCount(call: Call, name: string): number | undefined {
  const given = call.query?.[name]
  if (given === undefined) return undefined
  if (typeof given === 'string' && /^\d+$/.test(given)) return Number(given)
  throw new Error(`${name} must be a whole number, not ${given}`)
}
