/**
 * The load generator, a process of its own: keep-alive connections over node:net, each with one request under way. It
 * counts every reply and checks its status and length; any other answer ends the run.
 */
import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'
import { MARKER, numberRows, type Repeated, withFirstId } from './workloads.ts'

/** What the parent orders: so many requests of a workload. */
export interface Order {
  readonly url: string
  /** Where a POST empties the server's state beforehand; left out, the state stays. */
  readonly resetPath?: string
  readonly workload: Repeated
  readonly connections: number
  readonly requests: number
  /** Bytes that the body of every reply must have, but for the workload's slack. */
  readonly length: number
  /** The workload's, or what is left of it where a server leaves out the base path. */
  readonly path: string
  /** Requests per second, sent when they are due whether or not the last ones were answered. Left out: as fast as it goes. */
  readonly pace?: number
  /** Over how many named sessions the requests go round. */
  readonly sessions?: number
}

export interface Outcome {
  readonly seconds: number
  /** CPU time that the generator itself took meanwhile, in seconds: near `seconds`, it is the bottleneck. */
  readonly ownCpu: number
  /** Of a paced order: milliseconds from when each request was due to the end of its reply, in ascending order. */
  readonly latencies?: readonly number[]
}

const SESSION = '@@@@@@@@@'

/** A request as bytes, and where the digits go. */
class Template {
  readonly bytes: Buffer
  /** For each place, the row that it belongs to. */
  readonly #places: { readonly at: number; readonly row: number }[] = []
  readonly #session: number

  constructor({ workload, url, path, sessions }: Order) {
    const { method, headers, body, rows } = workload
    const session = sessions === undefined ? {} : { 'x-rollcall-session': SESSION }
    const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) }
    const all = { host: new URL(url).host, ...headers, ...session, ...length }
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
    this.bytes = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
    this.#session = this.bytes.indexOf(SESSION)
    const places: number[] = []
    for (let at = this.bytes.indexOf(MARKER); at >= 0; at = this.bytes.indexOf(MARKER, at + 1)) places.push(at)
    for (const [index, at] of places.entries())
      this.#places.push({ at, row: Math.floor((index * rows) / places.length) })
  }

  enterSession(number: number): void {
    if (this.#session >= 0) this.#write(this.#session, number)
  }

  /** Every row of every request has a number of its own. */
  fill(firstRow: number): void {
    for (const { at, row } of this.#places) this.#write(at, firstRow + row)
  }

  #write(at: number, number: number): void {
    let rest = number
    for (let digit = at + MARKER.length - 1; digit >= at; digit--) {
      this.bytes[digit] = 48 + (rest % 10)
      rest = Math.floor(rest / 10)
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
      if (status !== workload.status || !(Math.abs(length - wanted) <= (workload.slack ?? 0))) {
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

const JSON_TYPE = { 'content-type': 'application/json' }

let rowsSent = 0
let requestsSent = 0

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

/** Empties the state, and creates what every request then names. @returns the path of the requests */
async function prepare({ url, resetPath, workload, path }: Order): Promise<string> {
  if (resetPath !== undefined) await (await fetch(url + resetPath, { method: 'POST' })).arrayBuffer()
  if (!workload.prepare) return path
  const { headers, prepare } = workload
  const body = numberRows(prepare.body, prepare.rows)
  const response = await fetch(url + prepare.path, {
    method: prepare.method,
    headers: { ...JSON_TYPE, ...headers },
    body,
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${workload.name} cannot be prepared: ${response.status} ${text}`)
  return withFirstId(path, text)
}

interface Connection {
  readonly socket: Socket
  readonly template: Template
  /** When the request under way was due. */
  due: number
}

async function carryOut(order: Order): Promise<Outcome> {
  const { workload, requests, pace, sessions = 1 } = order
  const path = await prepare(order)
  let finish = () => {}
  let fail = (_error: unknown) => {}
  const finished = new Promise<void>((resolve, reject) => {
    finish = resolve
    fail = reject
  })
  let sent = 0
  let answered = 0
  const latencies: number[] = []
  const idle: Connection[] = []
  const gap = pace === undefined ? 0 : 1000 / pace
  let began = 0

  // The last reply on this connection is here, so nobody reads these bytes any more.
  const send = (connection: Connection) => {
    const { template, socket } = connection
    connection.due = began + sent * gap
    sent++
    template.enterSession(requestsSent++ % sessions)
    template.fill(workload.prepare ? 0 : rowsSent)
    rowsSent = (rowsSent + workload.rows) % 1e9
    socket.write(template.bytes)
  }
  const isDue = () => sent < requests && (pace === undefined || performance.now() >= began + sent * gap)
  const sendDue = () => {
    while (isDue()) {
      const connection = idle.pop()
      if (!connection) return
      send(connection)
    }
  }
  const connections = await Promise.all(
    Array.from({ length: order.connections }, async () => {
      const replies = new Replies(order, () => {
        if (pace !== undefined) latencies.push(performance.now() - connection.due)
        idle.push(connection)
        if (++answered === requests) finish()
        else sendDue()
      })
      const socket = await connect(new URL(order.url), (chunk) => replies.take(chunk))
      socket.once('error', fail).once('close', () => fail(new Error('the server closed a connection')))
      const connection: Connection = { socket, template: new Template({ ...order, path }), due: 0 }
      return connection
    }),
  )
  const cpuBefore = process.cpuUsage()
  began = performance.now()
  idle.push(...connections)
  sendDue()
  // Timers are too coarse for a pace of thousands a second.
  const keepPace = () => {
    sendDue()
    if (sent < requests) setImmediate(keepPace)
  }
  if (pace !== undefined) keepPace()
  await finished
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpuBefore)
  for (const { socket } of connections) socket.removeAllListeners('close').destroy()
  return {
    seconds,
    ownCpu: (user + system) / 1e6,
    ...(pace !== undefined && { latencies: latencies.sort((a, b) => a - b) }),
  }
}

process.on('message', async (order: Order) => process.send?.(await carryOut(order)))
