import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Running, start } from '../../cli/spawn-rollcall.ts'

/** A secret comes under plain names too: `code` of the query, the header `x-plain` and the cookie `sid` are API keys. */
const DOCUMENT = `
openapi: 3.1.0
info: { title: Vault, version: '1' }
components:
  securitySchemes:
    query: { type: apiKey, in: query, name: code }
    header: { type: apiKey, in: header, name: x-plain }
    cookie: { type: apiKey, in: cookie, name: sid }
    basic: { type: http, scheme: basic }
    bearer: { type: http, scheme: bearer }
  schemas:
    Item:
      type: object
      properties:
        id: { type: string, readOnly: true }
        note: { type: string, maxLength: 60 }
        password: { type: string, writeOnly: true }
        token: {}
paths:
  /items:
    get:
      operationId: listItems
      security: [{ query: [] }, { header: [] }, { cookie: [] }, { basic: [] }, { bearer: [] }]
      parameters: [{ name: note, in: query, schema: { type: string, maxLength: 60 } }]
      responses:
        '200': { description: All, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Item' } } } } }
    post:
      operationId: addItem
      security: [{ query: [] }, { header: [] }, { cookie: [] }, { basic: [] }, { bearer: [] }]
      requestBody:
        content:
          application/json: { schema: { $ref: '#/components/schemas/Item' } }
          application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/Item' } }
      responses:
        '201': { description: Added, content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } } }
`

interface Sent {
  readonly what: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly canary: string
}

const USERS = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
const JSON_TYPE = { 'content-type': 'application/json' }
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** Where a credential is, and where its value stands once more. Each has a canary of its own. */
function listCanaries(): Sent[] {
  const all: Sent[] = []
  const nextOf = () => `c4n4ry-${String(all.length).padStart(3, '0')}-x7f3`
  const add = (what: string, make: (canary: string) => Omit<Sent, 'what' | 'canary'>) => {
    const canary = nextOf()
    all.push({ what, canary, ...make(canary) })
  }
  const long = 'x'.repeat(80)
  const credentials: readonly [
    what: string,
    query: (c: string) => string,
    headers: (c: string) => Record<string, string>,
  ][] = [
    ['the key of the query', (c) => `code=${c}`, () => ({})],
    ['the header', () => '', (c) => ({ 'x-plain': c })],
    ['the cookie', () => '', (c) => ({ cookie: `theme=dark; sid=${c}` })],
    ['basic', () => '', (c) => ({ authorization: `Basic ${btoa(`user:${c}`)}` })],
    ['bearer', () => '', (c) => ({ authorization: `Bearer ${c}` })],
    ['a header of no meaning', () => 'code=anything', (c) => ({ 'x-debug-auth': c })],
  ]
  for (const [what, query, headers] of credentials) {
    const target = (c: string, more = '') => `/items?${[query(c), more].filter(Boolean).join('&')}`
    add(`${what}, alone`, (c) => ({ method: 'GET', path: target(c), headers: headers(c) }))
    add(`${what}, and in a declared parameter`, (c) => ({
      method: 'GET',
      path: target(c, `note=${c}`),
      headers: headers(c),
    }))
    add(`${what}, and in a parameter that is refused`, (c) => ({
      method: 'GET',
      path: target(c, `note=${c}${long}`),
      headers: headers(c),
    }))
    add(`${what}, and in the path`, (c) => ({
      method: 'GET',
      path: target(c).replace('/items', `/items/${c}`),
      headers: headers(c),
    }))
    for (const [where, body] of [
      ['under another name', (c: string) => ({ note: c })],
      ['inside a longer text', (c: string) => ({ note: `it is ${c}, as you know` })],
      ['as the name of a member', (c: string) => ({ [c]: 1 })],
      ['in a value that is refused', (c: string) => ({ note: c + long })],
    ] as const) {
      add(`${what}, and in the body ${where}`, (c) => ({
        method: 'POST',
        path: target(c),
        headers: { ...headers(c), ...JSON_TYPE },
        body: JSON.stringify(body(c)),
      }))
    }
  }
  const bearer = { authorization: 'Bearer P2vault:dyn-any', ...JSON_TYPE }
  const bodies: readonly [what: string, body: (c: string) => unknown][] = [
    ['a password', (c) => ({ password: c })],
    ['a password and the same under another name', (c) => ({ password: c, note: c })],
    ['a password and the same inside a text', (c) => ({ password: c, note: `it is ${c}` })],
    ['a password and the same in a refused text', (c) => ({ password: c, note: `${c}${long}` })],
    ['a list called token', (c) => ({ token: [c], note: c })],
    ['an object called token', (c) => ({ token: { deep: [{ er: c }] }, note: c })],
    ['a list of objects called token', (c) => ({ token: [{ value: c }, { value: 'b' }], note: c })],
    ['a password in a list that is refused', (c) => [{ password: c }, c]],
    ['a password deep inside', (c) => ({ note: 1, more: [{ inner: { apiKey: c } }, c] })],
    ['a password as a name', (c) => ({ password: c, [c]: c })],
  ]
  for (const [what, body] of bodies) {
    const text = (c: string) => JSON.stringify(body(c))
    add(what, (c) => ({ method: 'POST', path: '/items?code=anything', headers: bearer, body: text(c) }))
    add(`${what}, of the environment`, (c) => ({
      method: 'POST',
      path: `${USERS}/bulk`,
      headers: bearer,
      body: text(c),
    }))
    add(`${what}, of the project`, (c) => ({
      method: 'POST',
      path: '/v1/mgmt/user/create/batch',
      headers: bearer,
      body: JSON.stringify({ users: [{ loginId: `l${all.length}`, ...Object(body(c)) }] }),
    }))
  }
  add('a bearer with signs, and encoded in the path', (c) => ({
    method: 'GET',
    path: `/items/${encodeURIComponent(`SE/${c}`)}`,
    headers: { authorization: `Bearer SE/${c}` },
  }))
  for (const [how, encode] of [
    ['twice', (text: string) => encodeURIComponent(encodeURIComponent(text))],
    ['in small letters', (text: string) => text.replaceAll('/', '%2f')],
    ['where it need not be', (text: string) => text.replaceAll('-', '%2D')],
  ] as const) {
    add(`a bearer with signs, and encoded ${how} in the path`, (c) => ({
      method: 'GET',
      path: `/items/${encode(`SE/${c}`)}`,
      headers: { authorization: `Bearer SE/${c}` },
    }))
  }
  add('a form, and in the path', (c) => ({
    method: 'POST',
    path: `/items/${c}`,
    headers: { ...bearer, ...FORM },
    body: `note=a&password=${c.replaceAll('-', '%2D')}&password=b`,
  }))
  add('a password, and in the path', (c) => ({
    method: 'POST',
    path: `/items/${c}`,
    headers: bearer,
    body: JSON.stringify({ password: c }),
  }))
  add('a JSON Patch', (c) => ({
    method: 'POST',
    path: '/items?code=anything',
    headers: bearer,
    body: JSON.stringify([{ op: 'add', path: '/password', value: c }, { note: c }]),
  }))
  add('a form', (c) => ({
    method: 'POST',
    path: '/items',
    headers: { ...bearer, ...FORM },
    body: `password=${c}&note=a`,
  }))
  add('a broken text', (c) => ({ method: 'POST', path: '/items', headers: bearer, body: `{"password":"${c}"` }))
  return all
}

const CANARIES = listCanaries()

let folder: string
let server: Running
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-canaries-'))
  const file = join(folder, 'vault.yaml')
  writeFileSync(file, DOCUMENT)
  server = await start([file, 'dynamic', 'descope'])
})
afterAll(async () => {
  await server.stop('SIGKILL')
  rmSync(folder, { recursive: true })
})

/** What the server tells of one call that alone is in its session. */
async function askAll(session: string): Promise<Record<string, string>> {
  const headers = { 'x-rollcall-session': session }
  const ask = async (name: string) => await (await fetch(`${server.url}/__rollcall/${name}`, { headers })).text()
  const journal = await ask('journal')
  const [entry] = JSON.parse(journal) as { id: number }[]
  const end = new AbortController()
  const events = await fetch(`${server.url}/__rollcall/events?since=0`, { headers, signal: end.signal })
  let heard = ''
  for (const reader = events.body?.getReader(); reader && !heard.includes('"status"'); ) {
    heard += Buffer.from((await reader.read()).value ?? [])
  }
  end.abort()
  return { journal, entry: await ask(`journal/${entry?.id}`), events: heard, outbox: await ask('outbox') }
}

describe('a secret', () => {
  it(`shows nowhere in journal, log or control API: ${CANARIES.length} of them`, { timeout: 60_000 }, async () => {
    expect(CANARIES.length).toBeGreaterThanOrEqual(80)
    // What calls change is noted from when somebody first looks.
    await (await fetch(`${server.url}/__rollcall/events`)).body?.cancel()
    const statuses = new Set<number>()
    const shown: string[] = []
    const lookFor = (sent: Sent, places: Record<string, string>) => {
      for (const [place, text] of Object.entries(places)) {
        const decoded = text.replaceAll('%2D', '-')
        for (const secret of [sent.canary, btoa(`user:${sent.canary}`)]) {
          if (decoded.includes(secret)) shown.push(`${sent.what}: ${place}`)
        }
      }
    }
    for (const [at, sent] of CANARIES.entries()) {
      const { method, path, headers, body } = sent
      const session = { 'x-rollcall-session': `s${at}` }
      const init = { method, headers: { ...headers, ...session }, ...(body !== undefined && { body }) }
      const reply = await fetch(server.url + path, init)
      statuses.add(reply.status)
      await reply.arrayBuffer()
      lookFor(sent, await askAll(`s${at}`))
    }
    expect([...statuses].toSorted()).toEqual(expect.arrayContaining([200, 201, 400, 404]))
    const names = ['failures', 'sessions', 'documents', 'operations', 'nothing']
    const others = await Promise.all(
      names.map(async (name) => (await fetch(`${server.url}/__rollcall/${name}`)).text()),
    )
    for (const sent of CANARIES)
      lookFor(sent, { log: server.stdout() + server.stderr(), others: String(await Promise.all(others)) })
    expect(shown).toEqual([])
  })
})
