import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { isOurMock, sendUntilGone } from './verify-target.ts'

const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api`)
}

describe('isOurMock', () => {
  it('asks for its health, whatever the base path is', async () => {
    const asked: (string | undefined)[] = []
    const url = await serve((request, response) => {
      asked.push(request.url)
      response.end('{"status":"ok","apis":[]}')
    })
    expect(await isOurMock(url)).toBe(true)
    expect(asked).toEqual(['/__rollcall/health'])
  })

  it.each<[what: string, listener: RequestListener]>([
    ['null', (_, response) => void response.end('null')],
    ['nothing that is JSON', (_, response) => void response.end('<html>')],
    ['the same with another status', (_, response) => void response.writeHead(201).end('{"status":"ok","apis":[]}')],
    ['a redirect', (_, response) => void response.writeHead(307, { location: '/__rollcall/health' }).end()],
    ['429 for ever', (_, response) => void response.writeHead(429, { 'retry-after': '1' }).end()],
  ])('is not fooled by %s', async (_, listener) => {
    expect(await isOurMock(await serve(listener))).toBe(false)
  })

  it('hears a few kB of a body without an end, and of what gzip makes of little', async () => {
    let written = 0
    const endless = await serve((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(100_000))) written++
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    const bomb = await serve((_, response) => {
      response.setHeader('content-encoding', 'gzip')
      response.end(gzipSync(`{"status":"ok","apis":[]${' '.repeat(2e6)}}`))
    })
    const began = performance.now()
    expect([await isOurMock(endless), await isOurMock(bomb)]).toEqual([false, false])
    expect(performance.now() - began).toBeLessThan(1500)
    expect(written).toBeLessThan(200)
  })

  it('hears no longer than two seconds', async () => {
    const url = await serve((_, response) => {
      response.write('{')
      const timer = setInterval(() => response.write(' '), 50)
      response.once('close', () => clearInterval(timer))
    })
    const began = performance.now()
    expect(await isOurMock(url)).toBe(false)
    expect(performance.now() - began).toBeLessThan(3000)
  })
})

describe('sendUntilGone', () => {
  it('says what it waits for, and when it waits no more', async () => {
    let asked = 0
    const url = await serve((_, response) => {
      asked++
      response.writeHead(429, { 'retry-after': asked === 1 ? '2.01' : '1' }).end()
    })
    const said: string[] = []
    const send = sendUntilGone(new AbortController(), {
      url: url.href,
      waitBudget: 2500,
      say: (line) => said.push(line),
    })
    const request = { operationId: 'read', method: 'GET', path: '/', headers: {} }
    expect((await send(request, new AbortController().signal)).status).toBe(429)
    expect(said).toEqual([
      'waiting 2 s: the target answered 429 with Retry-After',
      'not waiting any longer: the target asks for more than 2.5 s of waiting in all',
    ])
  })
})
