import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'

/** How long a server that closes goes on to accept what knocks already, in milliseconds, if more and more does. */
const INTAKE = 1000

/** How long an idle connection is kept for a request that its client sends at this moment, in milliseconds. */
const CROSSING = 50

/** How long a request that is half sent when the server closes may go on to arrive, in milliseconds. */
const ARRIVAL = 500

const REFUSED = { connection: 'close', 'content-length': 0 }

/** Whether its request is still on its way. */
const isArriving = (response: ServerResponse): boolean => !response.writableEnded && !response.req.complete

interface Connection {
  /** The request that is read and decided on. */
  current?: ServerResponse | undefined
  /** Replies are written in the order of their requests: with the last one all are. */
  last?: ServerResponse
  /** What begins the requests that came after the current one. */
  readonly waiting: (() => void)[]
  /** How many requests have come. */
  count: number
}

/**
 * A server's connections: the requests of one are taken one after the other (RFC 9112, section 9.3.2), and all of them
 * can be closed without losing a reply.
 */
export class Connections {
  readonly #server: Server
  readonly #open = new Map<Socket, Connection>()
  #accepted = 0
  #isClosing = false
  #gone = () => {}

  constructor(server: Server) {
    this.#server = server
    server.on('connection', (socket: Socket) => {
      this.#open.set(socket, { waiting: [], count: 0 })
      this.#accepted++
      socket.once('close', () => {
        this.#open.delete(socket)
        if (this.#open.size === 0) this.#gone()
      })
    })
  }

  /** Begins a request, at once or when those before it are decided on. */
  enter(response: ServerResponse, begin: () => void): void {
    const connection = this.#open.get(response.req.socket)
    if (!connection) return
    connection.last = response
    connection.count++
    const beginNow = () => {
      connection.current = response
      begin()
    }
    if (connection.current) connection.waiting.push(beginNow)
    else beginNow()
  }

  /** Whether others came on its connection before it. */
  isReused(response: ServerResponse): boolean {
    return (this.#open.get(response.req.socket)?.count ?? 0) > 1
  }

  /** The request is decided on: the next one may begin. */
  leave(response: ServerResponse): void {
    const connection = this.#open.get(response.req.socket)
    if (connection?.current !== response) return
    const next = connection.waiting.shift()
    if (next) queueMicrotask(next)
    else connection.current = undefined
  }

  /** Ends a connection on which something came that is no request, behind the replies to what came before it. */
  refuse(socket: Socket, status: string): void {
    const last = this.#open.get(socket)?.last
    if (!socket.writable) socket.destroy()
    else if (last && isArriving(last)) last.writeHead(Number.parseInt(status, 10), REFUSED).end()
    else if (last && !last.writableFinished) last.once('finish', () => this.refuse(socket, status))
    else {
      socket.write(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
      socket.destroySoon()
    }
  }

  /** Ends a connection on which nothing moved for long, unless its client waits for a reply, or is still sending. */
  endIdle(socket: Socket): void {
    const last = this.#open.get(socket)?.last
    if (!last || last.writableFinished) socket.destroySoon()
  }

  /** From here on each connection ends with the reply to its last request; which one that is, is known a turn later. */
  get isClosing(): boolean {
    return this.#isClosing
  }

  endsWith(response: ServerResponse): boolean {
    return this.#isClosing && this.#open.get(response.req.socket)?.last === response
  }

  /**
   * Takes no new connections, ends the idle ones, and each other one when its last reply is written.
   * @param grace after so many milliseconds the rest is cut
   * @returns how many connections were cut
   */
  async close(grace: number): Promise<number> {
    this.#isClosing = true
    await this.#takeIn()
    // That of node:http would cut the replies that wait for their reader.
    process.getBuiltinModule('node:net').Server.prototype.close.call(this.#server)
    let cut = 0
    const timers = [
      setTimeout(() => this.#cut(isArriving), Math.min(ARRIVAL, grace)),
      setTimeout(() => (cut = this.#cut(() => true)), grace),
    ]
    if (this.#open.size > 0) await wait(Math.min(CROSSING, grace))
    await new Promise<void>((resolve) => {
      this.#gone = resolve
      if (this.#open.size === 0) resolve()
      for (const socket of this.#open.keys()) this.#endWhenWritten(socket)
    })
    for (const timer of timers) clearTimeout(timer)
    // Ends what it does beside listening.
    this.#server.close()
    return cut
  }

  /** What the kernel has, has arrived: one turn of the event loop accepts one connection, the next one reads it. */
  async #takeIn(): Promise<void> {
    const until = performance.now() + INTAKE
    let before: number
    do {
      before = this.#accepted
      await nextTurn()
      await nextTurn()
    } while (this.#accepted > before && performance.now() < until)
  }

  #endWhenWritten(socket: Socket): void {
    const last = this.#open.get(socket)?.last
    if (!last || last.writableFinished) socket.destroySoon()
    else last.once('finish', () => this.#endWhenWritten(socket))
  }

  #cut(isMeant: (last: ServerResponse) => boolean): number {
    let count = 0
    for (const [socket, { last }] of this.#open) {
      if (!last || !isMeant(last)) continue
      socket.destroy()
      count++
    }
    return count
  }
}
