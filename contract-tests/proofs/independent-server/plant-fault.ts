import type { Json } from '../../../documents/read/read-document.ts'
import { parseJson, type WireCall, type WireReply } from '../../fixtures/serve-json.ts'
import type { Evidence } from '../../suite/vocabulary.ts'
import type { Between } from './open-proxy.ts'

/** Something that a server does wrong. */
export interface Fault {
  /** A fact: "DELETE does nothing". */
  readonly name: string
  /** Ids of the cases that are about the rule that it breaks. */
  readonly cases: RegExp
  /** What they say is broken. */
  readonly rule: RegExp
  /** How well that rule is known. Left out: documented. */
  readonly evidence?: Evidence
  /** Begins to do wrong; called once for each proxy. */
  readonly plant: () => Between
}

/** One fault, its members in the order in which they are told. */
export const fault = (name: string, cases: RegExp, rule: RegExp, plant: Fault['plant']): Fault => ({
  name,
  cases,
  rule,
  plant,
})

type On = (call: WireCall) => boolean

/** Paths below the base path, `*` for any segment. */
export const on = (method: string, place: string): On => {
  const path = new RegExp(`^/v1${place.replaceAll('*', '[^/]+')}$`)
  return (call) => call.method === method && path.test(call.path)
}
export const isOk = ({ status }: WireReply): boolean => status >= 200 && status < 300

/** The reply of these calls is another. */
export const replies =
  (isOn: On, change: (reply: WireReply, call: WireCall) => WireReply) => (): Between => async (call, forward) => {
    const reply = await forward(call)
    return isOn(call) ? change(reply, call) : reply
  }

/** The JSON of these successful replies is another; the change may edit what it is given. */
export const shows = (isOn: On, change: (body: Json, call: WireCall) => Json) =>
  replies(isOn, (reply, call) => {
    const body = parseJson(reply.text)
    return isOk(reply) && body !== undefined ? { ...reply, text: JSON.stringify(change(body, call) ?? body) } : reply
  })

/** These calls are mended before the server sees them: it takes what it must refuse. */
export const takes = (isOn: On, change: (call: WireCall) => WireCall) => (): Between => (call, forward) =>
  forward(isOn(call) ? change(call) : call)

/** The same for a body that is a JSON object; the change may edit what it is given. */
export const takesBody = (isOn: On, change: (body: Json) => void) =>
  takes(isOn, (call) => {
    const body = parseJson(call.text)
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return call
    change(body)
    return { ...call, text: JSON.stringify(body) }
  })

export const withHeaders = (call: WireCall, headers: WireCall['headers']): WireCall => ({
  ...call,
  headers: { ...call.headers, ...headers },
})

export const without = (reply: WireReply, name: string): WireReply => {
  const { [name]: _, ...headers } = reply.headers
  return { ...reply, headers }
}
