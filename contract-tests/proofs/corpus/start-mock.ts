import { spawn } from 'node:child_process'
import { request as sendRequest } from 'node:http'
import { join } from 'node:path'
import type { Request } from './make-requests.ts'
import { readPeak } from './read-peak.ts'
import type { Answered } from './trial.ts'

/** `rollcall mock` of a document in a process of its own, from its sources. */
export interface StartedMock {
  readonly url: string
  send(request: Request): Promise<Answered>
  /** The most memory it ever held, in bytes; undefined where the system does not tell. */
  peakMemory(): number | undefined
  stop(): void
}

/** How long one answer may take, in milliseconds. */
const MOST_WAIT = 30_000

/**
 * Waits until it listens.
 * @param memory of its heap, in megabytes
 * @throws Error with what it printed, where it ends before
 */
export async function startMock(file: string, memory: number): Promise<StartedMock> {
  const main = join(import.meta.dirname, '../../../cli/main.ts')
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${memory}`, main, 'mock', file, '--port', '0', '--quiet'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let printed = ''
  let complained = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complained = (complained + text).slice(-10_000)
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => reject(new Error(reasonOf(complained) ?? `it ended with ${signal ?? code}`)))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(0, 10_000)
      const [address] = /http:\/\/\S+(?=\n)/.exec(printed) ?? []
      if (address) resolve(address)
    })
  })
  return {
    url,
    send: (request) => send(url, request),
    peakMemory: () => readPeak(child.pid as number),
    stop: () => void child.kill('SIGKILL'),
  }
}

/** The line that says it: Node prints a heap that is full among many others. */
const reasonOf = (complained: string): string | undefined =>
  /^(?:FATAL ERROR|\w*Error|rollcall): .*$/m.exec(complained)?.[0] ?? complained.trim().split('\n')[0]

function send(url: string, { method, target, headers, body }: Request): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const length = body ? { 'content-length': String(body.length) } : {}
    const sent = sendRequest(url + target, { method, headers: { ...headers, ...length } }, (reply) => {
      let text = ''
      reply.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      reply.once('error', reject).once('end', () => {
        const given = Object.entries(reply.headers).map(([name, value]) => [name, [value].flat().join(', ')])
        resolve({ status: reply.statusCode as number, headers: Object.fromEntries(given), text })
      })
    })
    sent.setTimeout(MOST_WAIT, () => sent.destroy(new Error(`no answer within ${MOST_WAIT / 1000} s`)))
    sent.once('error', reject).end(body)
  })
}
