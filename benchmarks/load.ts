/**
 * The load generator, a process of its own: keep-alive connections over node:net, each with one request under way. It
 * counts every reply and checks its status and length; any other answer ends the run.
 */
import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'
import { MARKER, type Workload } from './workloads.ts'

/** What the parent orders: so many requests of a workload, after the server's state was emptied. */
export interface Order {
  readonly url: string
  readonly resetPath: string
  readonly workload: Workload
  readonly connections: number
  readonly requests: number
  /** Bytes that the body of every reply must have. */
  readonly length: number
}

export interface Outcome {
  readonly seconds: number
  /** CPU time that the generator itself took meanwhile, in seconds: near `seconds`, it is the bottleneck. */
  readonly ownCpu: number
}

/** A request as bytes, and where the digits go. */
class Template {
  readonly bytes: Buffer
  /** For each place, the row that it belongs to. */
  readonly #places: { readonly at: number; readonly row: number }[] = []

  constructor({ workload, url }: Order) {
    const { method, path, headers, body, rows } = workload
    const all = { host: new URL(url).host, ...headers, 'content-length': Buffer.byteLength(body) }
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
    this.bytes = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
    const places: number[] = []
    for (let at = this.bytes.indexOf(MARKER); at >= 0; at = this.bytes.indexOf(MARKER, at + 1)) places.push(at)
    for (const [index, at] of places.entries())
      this.#places.push({ at, row: Math.floor((index * rows) / places.length) })
  }

  /** Every row of every request has a number of its own. */
  fill(firstRow: number): void {
    for (const { at, row } of this.#places) {
      let rest = firstRow + row
      for (let digit = at + MARKER.length - 1; digit >= at; digit--) {
        this.bytes[digit] = 48 + (rest % 10)
        rest = Math.floor(rest / 10)
      }
    }
  }
}

const HEAD_END = Buffer.from('\r\n\r\n')

/** Reads replies off a connection. */
class Replies {
  #head = Buffer.alloc(0)
  #missing = -1
  readonly #order: Order
  readonly #done: () => void

  constructor(order: Order, done: () => void) {
    this.#order = order
    this.#done = done
  }

  take(chunk: Buffer): void {
    if (this.#missing < 0) {
      const head = this.#head.length > 0 ? Buffer.concat([this.#head, chunk]) : chunk
      const end = head.indexOf(HEAD_END)
      if (end < 0) {
        this.#head = Buffer.from(head)
        return
      }
      this.#head = Buffer.alloc(0)
      const text = head.toString('latin1', 0, end)
      const status = Number(text.slice(9, 12))
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1])
      const { workload, length: wanted } = this.#order
      if (status !== workload.status || length !== wanted) {
        throw new Error(`${workload.name}: ${status} with ${length} bytes instead of ${workload.status} with ${wanted}`)
      }
      this.#missing = length - (head.length - end - HEAD_END.length)
    } else this.#missing -= chunk.length
    if (this.#missing < 0) throw new Error('a reply is longer than it says')
    if (this.#missing > 0) return
    this.#missing = -1
    this.#done()
  }
}

let rowsSent = 0

async function connect(url: URL, take: (chunk: Buffer) => void): Promise<Socket> {
  const onread = {
    buffer: Buffer.allocUnsafe(256 * 1024),
    callback(size: number, buffer: Uint8Array) {
      take(buffer.subarray(0, size) as Buffer)
      return true
    },
  }
  const socket = createConnection({ host: url.hostname, port: Number(url.port), noDelay: true, onread })
  await once(socket, 'connect')
  return socket
}

async function carryOut(order: Order): Promise<Outcome> {
  await fetch(order.url + order.resetPath, { method: 'POST' })
  let finish = () => {}
  let fail = (_error: unknown) => {}
  const finished = new Promise<void>((resolve, reject) => {
    finish = resolve
    fail = reject
  })
  let sent = 0
  let answered = 0
  const sends: (() => void)[] = []
  const sockets = await Promise.all(
    Array.from({ length: order.connections }, async () => {
      const template = new Template(order)
      const replies = new Replies(order, () => {
        if (++answered === order.requests) finish()
        else if (sent < order.requests) send()
      })
      const socket = await connect(new URL(order.url), (chunk) => replies.take(chunk))
      socket.once('error', fail).once('close', () => fail(new Error('the server closed a connection')))
      // The last reply on this connection is here, so nobody reads these bytes any more.
      const send = () => {
        sent++
        template.fill(rowsSent)
        rowsSent = (rowsSent + order.workload.rows) % 1e9
        socket.write(template.bytes)
      }
      sends.push(send)
      return socket
    }),
  )
  const cpuBefore = process.cpuUsage()
  const began = performance.now()
  for (const send of sends.slice(0, order.requests)) send()
  await finished
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpuBefore)
  for (const socket of sockets) socket.removeAllListeners('close').destroy()
  return { seconds, ownCpu: (user + system) / 1e6 }
}

process.on('message', async (order: Order) => process.send?.(await carryOut(order)))
