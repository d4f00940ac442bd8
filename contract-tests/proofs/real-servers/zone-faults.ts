import type { Json } from '../../../documents/read/read-document.ts'
import { parseJson, type WireCall, type WireReply } from '../../fixtures/serve-json.ts'
import type { Between } from '../independent-server/open-proxy.ts'

/** Something that a PowerDNS does wrong with the state of its zones. */
interface ZoneFault {
  /** A fact: "the list forgets the newest". */
  readonly name: string
  /** The case of the life of a zone that is about it: `listZones/listed`. */
  readonly wakes: string
  /** What it says is broken. */
  readonly rule: RegExp
  /** Begins to do wrong; called once for each proxy. */
  readonly plant: () => Between
}

const isZones = ({ path }: WireCall): boolean => path.endsWith('/zones')
const isZone = ({ path }: WireCall): boolean => /\/zones\/[^/]+$/.test(path)
const isOf = (method: string, call: WireCall): boolean => call.method === method
const showing = (reply: WireReply, body: Json): WireReply => ({ ...reply, text: JSON.stringify(body) })

/** Zones that were there before are no part of what is done wrong. */
const isOfRun = ({ name }: Json): boolean => String(name).startsWith('rollcall')

/** Each leaves the zones of PowerDNS themselves as they are asked to be: only what is shown of them is wrong. */
export const ZONE_FAULTS: readonly ZoneFault[] = [
  {
    name: 'the list forgets the newest',
    wakes: 'listZones/listed',
    rule: /is listed by listZones/,
    plant: () => async (call, forward) => {
      const reply = await forward(call)
      if (!isOf('GET', call) || !isZones(call)) return reply
      return showing(
        reply,
        parseJson(reply.text)?.filter((zone: Json) => !isOfRun(zone)),
      )
    },
  },
  {
    name: 'the list shows what was deleted',
    wakes: 'listZones/no-deleted',
    rule: /listZones does not list what deleteZone deleted/,
    plant: () => {
      const known = new Map<string, Json>()
      return async (call, forward) => {
        const reply = await forward(call)
        if (!isOf('GET', call) || !isZones(call)) return reply
        for (const zone of parseJson(reply.text) ?? []) if (isOfRun(zone)) known.set(zone.id, zone)
        const others = (parseJson(reply.text) ?? []).filter((zone: Json) => !isOfRun(zone))
        return showing(reply, [...others, ...known.values()])
      }
    },
  },
  {
    name: 'what was deleted is read as before',
    wakes: 'deleteZone/deleted',
    rule: /what deleteZone deleted is gone/,
    plant: () => {
      const known = new Map<string, WireReply>()
      return async (call, forward) => {
        const reply = await forward(call)
        if (!isOf('GET', call) || !isZone(call)) return reply
        if (reply.status === 200) known.set(call.path, reply)
        return known.get(call.path) ?? reply
      }
    },
  },
  {
    name: 'a creation loses what it was sent',
    wakes: 'createZone/read-back',
    rule: /is read back with what was sent: kind is/,
    plant: () => async (call, forward) => {
      const reply = await forward(call)
      if (!isOf('GET', call) || !isZone(call) || reply.status !== 200) return reply
      return showing(reply, { ...parseJson(reply.text), kind: 'Producer' })
    },
  },
  {
    name: 'two creations have one id',
    wakes: 'createZone/two-ids',
    rule: /have two ids/,
    plant: () => {
      let first: Json
      return async (call, forward) => {
        const reply = await forward(call)
        if (!isOf('POST', call) || !isZones(call) || reply.status !== 201) return reply
        first ??= parseJson(reply.text)
        return showing(reply, { ...parseJson(reply.text), id: first.id })
      }
    },
  },
  {
    name: 'a zone that is not there is read with 500',
    wakes: 'listZone/missing',
    rule: /not there is refused, not answered with 5xx/,
    plant: () => async (call, forward) => {
      const reply = await forward(call)
      return isOf('GET', call) && isZone(call) && reply.status === 404 ? { ...reply, status: 500 } : reply
    },
  },
  {
    name: 'a zone that is gone is deleted again',
    wakes: 'deleteZone/deleted-again',
    rule: /deleting again what deleteZone deleted is refused/,
    plant: () => async (call, forward) => {
      const reply = await forward(call)
      return isOf('DELETE', call) && isZone(call) && reply.status === 404
        ? { status: 204, headers: {}, text: '' }
        : reply
    },
  },
]
