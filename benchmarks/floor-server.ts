/**
 * The floor of an API: the least that its operations can cost on node:http with our own validator. It reads, parses,
 * validates, keeps the users in one Map and answers the same bytes as the mock: no routes but the whole URL, no
 * credentials, no other unique keys, no sessions, no journal, no check of its own reply.
 * `node benchmarks/floor-server.ts <api>`
 */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Answer, Floor } from './floors/vocabulary.ts'

const { floor } = (await import(`./floors/${process.argv[2]}.ts`)) as { floor: Floor }
const calls = new Map(Object.entries(floor.calls))

function send(response: ServerResponse, [status, body]: Answer): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

const server = createServer((request, response) => {
  if (request.method === 'GET' && floor.read) {
    send(response, floor.read(request.url as string))
    return
  }
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const call = calls.get(`${request.method} ${request.url}`)
    if (!call) {
      // The load generator empties the state between laps.
      floor.reset()
      response.writeHead(204).end()
      return
    }
    send(response, call(Buffer.concat(chunks).toString()))
  })
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
process.once('SIGTERM', () => process.exit())
