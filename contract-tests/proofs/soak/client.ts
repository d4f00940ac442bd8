import type { Random } from '../../../documents/patterns/random.ts'

/** One reply, as far as a model speaks of it. */
export interface Seen {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: replies are open data
  readonly body: any
}

/** Sends a request as this client; a body as JSON. */
export type Send = (method: string, path: string, body?: unknown) => Promise<Seen>

/** A client that knows what the mock must hold: it is the only one of its tenant. */
export interface Client {
  /** Makes one call, or a few that belong together, and changes its model with them. @throws Difference */
  step(random: Random): Promise<void>
}

/** What a reply was and what the model says. */
export class Difference extends Error {}

/** @throws Difference unless both are the same as JSON */
export function compare(what: string, seen: unknown, wanted: unknown): void {
  const [one, other] = [JSON.stringify(seen), JSON.stringify(wanted)]
  if (one !== other) throw new Difference(`${what}: ${one?.slice(0, 500)} and not ${other?.slice(0, 500)}`)
}

/** What every API of the mock can do: its state goes away and comes back, and the next call fails as it was ordered. */
export async function restoreState(send: Send): Promise<void> {
  const before = await send('GET', '/__rollcall/state')
  compare('reset', (await send('POST', '/__rollcall/reset')).status, 204)
  compare('restore', (await send('PUT', '/__rollcall/state', before.body)).status, 204)
  compare('the state after it was restored', (await send('GET', '/__rollcall/state')).body, before.body)
}
