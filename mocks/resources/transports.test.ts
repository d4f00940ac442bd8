import { join } from 'node:path'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen as listenPlain } from '../adapters/http-server.ts'
import { createHandlers } from '../adapters/msw.ts'
import { listen as listenBehindPrism } from '../adapters/prism.ts'
import { createMock } from '../create-mock.ts'
import { readApi } from '../read-api.ts'

const mock = createMock({ apis: [await readApi(join(import.meta.dirname, 'boards.yaml'))] })
const servers = [await listenPlain(mock, { port: 0 }), await listenBehindPrism(mock, { port: 0 })] as const
const intercepting = setupServer(...createHandlers(mock))
afterAll(async () => {
  for (const server of servers) await server.close()
})

describe.each([
  ['HTTP', `${servers[0].url}/v1`, `${servers[0].url}/v1`],
  ['HTTP, behind Prism', `${servers[1].url}/v1`, `${servers[1].url}/v1`],
  ['MSW', 'https://boards.example.net/v1', 'https://boards.example.net/v1'],
])('over %s', (name, url, base) => {
  const send = (method: string, path: string, body?: object) =>
    fetch(url + path, {
      method,
      headers: { 'x-rollcall-session': name, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })

  if (name === 'MSW') {
    beforeAll(() => intercepting.listen())
    afterAll(() => intercepting.close())
  }

  it('what is created is read where Location leads, listed, changed and removed', async () => {
    const created = await send('POST', '/boards', { title: 'Roof' })
    const board = await created.json()
    expect([created.status, created.headers.get('location')]).toEqual([201, `${base}/boards/3`])
    expect(await (await send('GET', '/boards/3')).json()).toEqual(board)
    expect(await (await send('GET', '/boards')).json()).toContainEqual(board)
    const card = await (await send('POST', '/boards/3/cards', { title: 'Paint' })).json()
    const path = `/boards/3/cards/${card.card.id}`
    expect((await (await send('PATCH', path, { title: 'Wash' })).json()).card.title).toBe('Wash')
    expect((await send('DELETE', '/boards/3')).status).toBe(204)
    expect([(await send('GET', path)).status, (await send('GET', '/boards/3')).status]).toEqual([404, 404])
  })
})
