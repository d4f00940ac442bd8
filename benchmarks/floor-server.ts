/**
 * The floor of an API: the least that its bulk creation can cost on node:http with our own validator. It reads, parses,
 * validates, keeps the users in one Map and answers the same bytes as the mock: no routes but the whole URL, no
 * credentials, no other unique keys, no sessions, no journal, no check of its own reply.
 * `node benchmarks/floor-server.ts <api>`
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Floor } from './floors/vocabulary.ts'

const { floor } = (await import(`./floors/${process.argv[2]}.ts`)) as { floor: Floor }
const calls = new Map(Object.entries(floor.calls))

const server = createServer((request, response) => {
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
    const [status, body] = call(Buffer.concat(chunks).toString())
    const text = JSON.stringify(body)
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
    })
    response.end(text)
  })
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
process.once('SIGTERM', () => process.exit())
