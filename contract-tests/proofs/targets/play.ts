import type { CaseRequest, Send } from '../../suite/vocabulary.ts'
import type { Played, Setting } from '../parity/vocabulary.ts'

/** Sends one request after the other; what cannot be sent is told, and the next one is sent. */
export async function play(send: Send, requests: readonly CaseRequest[]): Promise<Played[]> {
  const played: Played[] = []
  for (const request of requests) {
    // One signal for all would keep what each request hangs on it.
    const { signal } = new AbortController()
    played.push(await send(request, signal).catch((error: Error) => ({ unsent: error.message })))
  }
  return played
}

/** The credentials of an API's run, as a `Send` is given them. */
export function credentialsOf({ apis }: Setting, name: string) {
  const { own, bad, second } = apis[name]?.tokens ?? {}
  return { token: own, badToken: bad, secondToken: second }
}
