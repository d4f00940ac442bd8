import { signal } from '@preact/signals'
import { addCall, clearCalls, insertCalls, isMissing, noteChange, skipped } from './calls.ts'
import type { BriefCall } from './nouns.ts'

/** How a page reaches its mock: over HTTP, or in the same page. */
export interface Host {
  /** A call of the control API, below `/__rollcall/`. */
  control(name: string, init: RequestInit): Promise<Response>
  /** A call of an API. */
  send(path: string, init: RequestInit): Promise<Response>
}

const overHttp: Host = {
  control: (name, init) => fetch(new URL(name, `${location.origin}/__rollcall/`), init),
  send: (path, init) => fetch(path, init),
}
let host = overHttp

export const reachBy = (other: Host): void => {
  host = other
}

/** Kept for the tab, and never in the URL. */
const storage = {
  get: (name: string): string => {
    try {
      return sessionStorage.getItem(`rollcall inspector ${name}`) ?? ''
    } catch {
      return ''
    }
  },
  set: (name: string, value: string) => {
    try {
      sessionStorage.setItem(`rollcall inspector ${name}`, value)
    } catch {
      // Where storage is forbidden it is asked for again after a reload.
    }
  },
}

export const session = signal(storage.get('session'))
const token = signal(storage.get('token'))
/** What the server says it wants before it tells anything. */
export const refusal = signal('')
export const status = signal<'connecting' | 'live' | 'lost'>('connecting')

export function giveToken(text: string): void {
  token.value = text
  storage.set('token', text)
  refusal.value = ''
  reconnect()
}

export function switchSession(name: string): void {
  session.value = name
  storage.set('session', name)
  clearCalls()
  noteChange()
  reconnect()
}

const headersOf = (): Record<string, string> => ({
  ...(session.value && { 'x-rollcall-session': session.value }),
  ...(token.value && { authorization: `Bearer ${token.value}` }),
})

/** What the control API has refused, in its own words. */
export class ControlRefusal extends Error {}

/** A call of the control API in the session at hand. @throws ControlRefusal */
export async function ask<T>(method: string, name: string, body?: unknown, text?: string): Promise<T> {
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body))
  const reply = await host.control(name, {
    method,
    headers: { ...headersOf(), ...(sent !== undefined && { 'content-type': 'application/json' }) },
    ...(sent !== undefined && { body: sent }),
  })
  const got = await reply.text()
  const value = got === '' ? undefined : JSON.parse(got)
  if (reply.ok) return value as T
  if (reply.status === 403) refusal.value = value?.error ?? 'forbidden'
  throw new ControlRefusal(value?.error ?? `${reply.status}`)
}

/** A call of an API in the session at hand. */
export const send = (path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Response> =>
  host.send(path, {
    ...init,
    headers: { ...init.headers, ...(session.value && { 'x-rollcall-session': session.value }) },
  })

let current = new AbortController()
let cursor = '0'
let server = ''

/** Begins anew, with all that the journal has. */
function reconnect(): void {
  cursor = '0'
  current.abort()
}

/** Follows the events of the session at hand for as long as the page is open; what was lost on the way is told again. */
export async function follow(): Promise<never> {
  for (;;) {
    current = new AbortController()
    const { signal: aborted } = current
    try {
      const reply = await host.control(`events?since=${cursor}&skip=true`, { headers: headersOf(), signal: aborted })
      if (!reply.ok) {
        if (reply.status === 403) refusal.value = (await reply.json()).error
        throw new Error(`${reply.status}`)
      }
      await read(reply.body as ReadableStream<Uint8Array>, aborted)
    } catch {
      // Told by the status below.
    }
    if (aborted.aborted) continue
    status.value = refusal.value ? 'connecting' : 'lost'
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 1000)
      aborted.addEventListener('abort', () => resolve())
    })
  }
}

/** Reads what was skipped, as far as the journal has it still. */
export async function loadSkipped(): Promise<void> {
  const gaps = skipped.value
  const [first, last] = [gaps[0], gaps.at(-1)]
  if (!first || !last) return
  const found = await ask<BriefCall[]>('GET', `journal?short=true&after=${first.after}&before=${last.before}`)
  skipped.value = skipped.value.filter((gap) => !gaps.includes(gap))
  if (gaps.some(({ after, before, calls }) => found.filter(({ id }) => id > after && id < before).length < calls))
    isMissing.value = true
  insertCalls(found)
}

async function read(body: ReadableStream<Uint8Array>, aborted: AbortSignal): Promise<void> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  aborted.addEventListener('abort', () => void reader.cancel().catch(() => {}))
  let text = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done || aborted.aborted) return
    text += decoder.decode(value, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) take(block)
  }
}

function take(block: string): void {
  let [event, data] = ['', '']
  for (const line of block.split('\n')) {
    if (line.startsWith('id: ')) cursor = line.slice(4)
    else if (line.startsWith('event: ')) event = line.slice(7)
    else if (line.startsWith('data: ')) data = line.slice(6)
  }
  if (event === '') return
  const told = JSON.parse(data)
  if (event === 'hello') {
    // Another process has another journal.
    if (server !== '' && server !== told.server) clearCalls()
    server = told.server
    status.value = 'live'
    refusal.value = ''
    noteChange()
  } else if (event === 'call') addCall(told)
  else if (event === 'missed') addCall(undefined)
  else if (event === 'skipped') skipped.value = [...skipped.value, told]
  else if (event === 'change') {
    if (told.what === 'reset') clearCalls()
    noteChange()
  }
}
