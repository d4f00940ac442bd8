import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { basePathOf } from '../mocks/api/api.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import { runHere } from './run-here.ts'
import { type Running, run, start } from './spawn-rollcall.ts'

const NOTES = `openapi: 3.1.0
info: { title: Notes, version: '1' }
paths:
  /notes:
    get: { operationId: listNotes, responses: { '204': { description: None } } }
    post:
      operationId: countNotes
      requestBody: { content: { application/json: { schema: { type: object, additionalProperties: { type: integer } } } } }
      responses: { '204': { description: None } }
`

/** Everything a curl line can need: a key in the query beside a body, required parameters, characters a shell reads. */
const SHOP = `openapi: 3.1.0
info: { title: Shop, version: '1' }
servers: [{ url: https://shop.example/v1 }]
components:
  securitySchemes: { key: { type: apiKey, in: query, name: api_key } }
paths:
  /customers/{customerId}:
    get:
      operationId: getCustomer
      parameters: [{ name: customerId, in: path, required: true, schema: { type: string } }]
      responses: { '204': { description: None } }
  /orders/{orderId}/notes:
    post:
      operationId: addNote
      security: [{ key: [] }]
      parameters:
        - { name: orderId, in: path, required: true, schema: { type: string, const: 'a b/ü' }, example: 'a b/ü' }
        - { name: mode, in: query, required: true, schema: { type: string, const: "x&y's" }, example: "x&y's" }
        - { name: X-Shop, in: header, required: true, schema: { type: string, const: "O'Neill $HOME" }, example: "O'Neill $HOME" }
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { text: { const: "it's $HOME \`id\` é" } }, required: [text] }
            example: { text: "it's $HOME \`id\` é" }
      responses:
        '201': { description: Kept, content: { application/json: { schema: { type: object }, example: { kept: true } } } }
`

/** What its operations declare, no reply over HTTP can be. */
const ODD = `openapi: 3.1.0
info: { title: Odd, version: '1' }
paths:
  /four-digits: { get: { operationId: fourDigits, responses: { 2000: { description: Any } } } }
  /two-digits: { get: { operationId: twoDigits, responses: { 20: { description: Any }, 200: { description: All } } } }
  /one-digit: { get: { operationId: oneDigit, responses: { 3: { description: Any }, 202: { description: All } } } }
  /switch: { get: { operationId: switchOver, responses: { 101: { description: Any }, 201: { description: All } } } }
  /letter: { get: { operationId: getLetter, responses: { 200: { description: Any, content: { "text/plain; charset=ž": { example: a } } } } } }
  /line: { get: { operationId: getLine, responses: { 200: { description: Any, content: { "text/plain\\n": { example: a }, text/plain: { example: a } } } } } }
  /nothing: { get: { operationId: getNothing, responses: { 204: { description: None, content: { application/json: { example: a } } } } } }
`

/** A reply longer than what the kernel takes in for a client that does not read. */
const LONG = {
  openapi: '3.1.0',
  info: { title: 'Long', version: '1' },
  paths: {
    '/long': {
      get: {
        operationId: 'getLong',
        responses: { 200: { description: 'All', content: { 'text/plain': { example: 'x'.repeat(12 * 2 ** 20) } } } },
      },
    },
  },
}

const ORDERS = join(import.meta.dirname, '..', 'contract-tests', 'fixtures', 'orders.yaml')

let folder: string
const file = (name: string): string => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-mock-'))
  await writeFile(file('notes.yaml'), NOTES)
  await writeFile(file('shop.yaml'), SHOP)
  await writeFile(file('odd.yaml'), ODD)
  await writeFile(file('long.json'), JSON.stringify(LONG))
  await writeFile(file('again.yaml'), NOTES.replace('listNotes', 'findNotes').replace('countNotes', 'sumNotes'))
  await writeFile(file('broken.yaml'), 'openapi: 3.1.0\ninfo: { title: "x\n')
  await writeFile(file('compose.yaml'), 'services: {}\n')
  await writeFile(file('other.yaml'), NOTES.replace('3.1.0', '4.0.0'))
  await writeFile(file('empty.yaml'), NOTES.replace(/paths:[\s\S]*/, 'paths: {}\n'))
  await writeFile(
    file('wrong.yaml'),
    NOTES.replace(
      "{ '204': { description: None } } }",
      "{ '200': { description: All, content: { application/json: { schema: { type: array }, example: none } } } } }",
    ),
  )
  await mkdir(file('folder.d'))
})
afterAll(() => rm(folder, { recursive: true }))

/** The curl lines, once as many are printed as there are APIs. */
async function curlLines(server: Running): Promise<string[]> {
  const { apis } = await (await fetch(`${server.url}/__rollcall/health`)).json()
  const whole = new RegExp(`(?:^  curl .*\\n[^]*?){${apis.length}}`, 'm')
  const [text] = await server.printed(whole)
  return text.split('\n').filter((line) => line.startsWith('  curl '))
}

const paste = (line: string, env: NodeJS.ProcessEnv = process.env) => run(['-c', line], { command: ['bash'], env })

/** Bytes as they are, over a connection that stays open; resolves with the first that come back. */
function sendRaw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  return new Promise((resolve, reject) => {
    socket.once('error', reject).once('data', (data) => resolve(data.toString('latin1')))
    socket.write(Buffer.from(bytes, 'latin1'))
  })
}

function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  return new Promise((resolve) => {
    socket.once('error', () => resolve(false)).once('connect', () => resolve(true))
  })
}

describe('what rollcall mock prints when it starts', () => {
  describe('of every built-in API', () => {
    let server: Running
    beforeAll(async () => {
      server = await start([])
    })
    afterAll(() => server.stop())

    it('names every operation as a full URL', async () => {
      await curlLines(server)
      const apis = await Promise.all(Object.values(BUILT_IN).map((load) => load()))
      for (const api of apis) {
        for (const { id, method, path } of api.operations) {
          const url = (server.url + basePathOf(api) + path).replace(/[.?/]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/{}]+')
          expect(server.stdout()).toMatch(new RegExp(`^  ${method} +${url}  ${id}$`, 'm'))
        }
      }
    })

    it('holds a curl line per API, each of them for its own, that works when pasted', async () => {
      const lines = await curlLines(server)
      expect(lines).toHaveLength(Object.keys(BUILT_IN).length)
      for (const line of lines) {
        const { code, stdout, stderr } = await paste(line)
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
        expect(JSON.parse(stdout)).toEqual(expect.any(Object))
      }
      const pattern = new RegExp(`(?:^2\\d\\d (?:POST|PUT|PATCH|GET) \\S+ {2}[\\d.]+ ms\\n){${lines.length}}`, 'm')
      await server.printed(pattern)
    })
  })

  it('creates the user that the curl line of Dynamic sends', async () => {
    await using server = await start(['dynamic'])
    const [line = ''] = await curlLines(server)
    const { stdout } = await paste(line)
    expect(JSON.parse(stdout)).toMatchObject({ total: 1, created: [{ firstName: 'Inès' }], failed: [] })
    expect(JSON.parse((await paste(line)).stdout)).toMatchObject({
      created: [],
      failed: [{ code: 'email_already_exists' }],
    })
  })

  it('holds a curl line that works for a document with a key in the query, and quotes and dollars everywhere, and for a stranger beside it', async () => {
    await using server = await start([file('shop.yaml'), ORDERS])
    const [line = '', ofStranger = ''] = await curlLines(server)
    expect(line).toContain('/v1/orders/')
    const { code, stdout, stderr } = await paste(line)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ kept: true, text: "it's $HOME `id` é" })
    expect(await paste(ofStranger)).toMatchObject({ code: 0, stderr: '' })
    await server.printed(/(?:^2\d\d [A-Z]+ .* ms\n){2}/m)
  })

  it('is its address alone with --quiet, and stays so', async () => {
    await using server = await start(['notes.yaml', '--quiet'], { cwd: folder })
    await fetch(`${server.url}/notes`)
    expect((await server.stop()).stdout).toBe(`${server.url}\n`)
  })
})

describe('rollcall mock', () => {
  it('takes a free port with --port 0, another one each time, of the host it is given', async () => {
    await using one = await start(['--quiet', file('notes.yaml')])
    await using other = await start(['--quiet', '--host', 'localhost', file('notes.yaml')])
    expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/)
    expect(other.url).toMatch(/^http:\/\/localhost:[1-9]\d+$/)
    expect(new URL(other.url).port).not.toBe(new URL(one.url).port)
    expect((await fetch(`${other.url}/notes`)).status).toBe(204)
  })

  it('composes a reply where the example of a document breaks its schema, and says so; what takes longer to find it tells when it has been serving for a while', async () => {
    await using server = await start(['--quiet', file('wrong.yaml')])
    const response = await fetch(`${server.url}/notes`)
    expect(response.status).toBe(200)
    expect(await response.json()).toBeInstanceOf(Array)
    await expect
      .poll(server.stderr, { timeout: 10_000 })
      .toBe(
        'rollcall: listNotes 200 application/json has an example that breaks its schema; a composed one is sent\n' +
          `rollcall: ${file('wrong.yaml')} has 1 fault, and is served all the same; rollcall check ${file('wrong.yaml')} tells all of them\n` +
          `rollcall:   ${file('wrong.yaml')}:5:132: the example breaks its schema: it must be array; another value is shown\n`,
      )
  })

  it('answers what a document declares and no reply can be with the rest, and says so when it starts', async () => {
    await using server = await start(['--quiet', file('odd.yaml')])
    const statusOf = async (path: string) => [path, (await fetch(server.url + path)).status]
    const paths = ['/four-digits', '/two-digits', '/one-digit', '/switch', '/letter', '/line', '/nothing']
    expect(await Promise.all(paths.map(statusOf))).toEqual([
      ['/four-digits', 200],
      ['/two-digits', 200],
      ['/one-digit', 202],
      ['/switch', 201],
      ['/letter', 200],
      ['/line', 200],
      ['/nothing', 204],
    ])
    const { code, stderr } = await server.stop()
    expect(code).toBe(0)
    const lines = stderr.trimEnd().split('\n')
    expect(lines[0]).toBe(
      `rollcall: ${file('odd.yaml')} has 7 faults, and is served all the same; rollcall check ${file('odd.yaml')} tells all of them`,
    )
    expect(lines.slice(1).map((line) => line.slice(line.indexOf(': ', 12) + 2))).toEqual([
      'no final reply can have the status "2000"; it is left out',
      'no final reply can have the status "20"; it is left out',
      'no final reply can have the status "3"; it is left out',
      'no final reply can have the status "101"; it is left out',
      'no content-type can be "text/plain; charset=ž"; it is left out',
      String.raw`no content-type can be "text/plain\n"; it is left out`,
      'a reply of 204 has no body; what is declared for it is left out',
    ])
  })

  it('starts on a document without operations, and says that there is nothing to serve', async () => {
    await using server = await start([file('empty.yaml')])
    expect((await fetch(`${server.url}/notes`)).status).toBe(404)
    const { stdout, stderr } = await server.stop()
    expect(stdout).toContain('Notes (empty)')
    expect(stderr).toContain('it has no operations; there is nothing to serve')
  })

  it('serves several documents together, every API below --base-path, and tells its operations there', async () => {
    await using server = await start(['--base-path', '/here/', 'royalti', file('notes.yaml')])
    const { apis } = await (await fetch(`${server.url}/__rollcall/health`)).json()
    expect(apis.map(({ name }: { name: string }) => name)).toEqual(['royalti', 'notes'])
    const statusOf = async (path: string) => (await fetch(server.url + path)).status
    const paths = ['/here/notes', '/notes', '/here/user/', '/user/']
    expect(await Promise.all(paths.map(statusOf))).toEqual([204, 404, 401, 404])
    expect(server.stdout()).toContain(`${server.url}/here/notes  listNotes`)
  })

  it('gives the same ids in two processes of one seed, and others under another', async () => {
    const idOf = async (seed: string): Promise<string> => {
      await using server = await start(['dynamic', '--seed', seed])
      const [line = ''] = await curlLines(server)
      const { created } = JSON.parse((await paste(line)).stdout)
      return created[0].id
    }
    const [first, again, other] = await Promise.all([idOf('spring'), idOf('spring'), idOf('autumn')])
    expect(first).toMatch(/^[0-9a-f-]{36}$/)
    expect(again).toBe(first)
    expect(other).not.toBe(first)
  })

  it('goes on serving when the reader of its log goes away', async () => {
    await using server = await start([file('notes.yaml')])
    server.stopReading()
    for (let turn = 0; turn < 3; turn++) expect((await fetch(`${server.url}/notes`)).status).toBe(204)
    expect(await server.stop()).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('--token', () => {
  const SECRETS = ['sesame-4711', 'open+sesame/0815=']

  let server: Running
  beforeAll(async () => {
    server = await start(['dynamic', file('shop.yaml'), ...SECRETS.flatMap((token) => ['--token', token])])
  })
  afterAll(() => server.stop())

  it('lets in each of those given and nobody else', async () => {
    const statusWith = async (token: string) => {
      const url = `${server.url}/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users`
      return (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status
    }
    expect(await Promise.all([...SECRETS, 'sesame', 'dyn_example'].map(statusWith))).toEqual([200, 200, 403, 403])
  })

  it('is left out of the curl line, which takes it from the environment', async () => {
    const [line = ''] = await curlLines(server)
    const { stdout } = await paste(line, { ...process.env, ROLLCALL_TOKEN: SECRETS[0] })
    expect(JSON.parse(stdout)).toMatchObject({ created: [{ firstName: 'Inès' }] })
  })

  it('never shows on stdout or stderr, however it is sent', async () => {
    const wrong = 'wrong-but-private'
    const users = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
    for (const credential of [...SECRETS, wrong]) {
      await fetch(server.url + users, { headers: { authorization: `Bearer ${credential}` } })
      await fetch(`${server.url}${users}?token=${credential}`, { headers: { authorization: credential } })
      await fetch(`${server.url}/v1/orders/1/notes?api_key=${credential}`, { method: 'POST' })
      await fetch(`${server.url}/nowhere?api_key=${credential}`)
      await sendRaw(server.url, `GET http://user:${credential}@localhost/nowhere HTTP/1.1\r\nhost: localhost\r\n\r\n`)
    }
    await server.printed(/(?:^404 GET \/nowhere .*\n[\s\S]*){3}/m)
    const { stdout, stderr } = await server.stop()
    expect(stdout).toContain('200 GET')
    expect(stdout).toContain('403 GET')
    for (const secret of [...SECRETS, wrong]) expect(stdout + stderr).not.toContain(secret)
  })

  it.each([
    ['a flag is mistyped', ['--tokn=sesame-4711']],
    ['another flag is mistyped', ['--token', 'sesame-4711', '--pot', '1']],
    ['the document is missing', ['--token=sesame-4711', 'nowhere.yaml']],
  ])('never shows when %s', async (_, args) => {
    const { code, stdout, stderr } = await runHere(['mock', ...args])
    expect(code).toBeGreaterThan(0)
    expect(stdout + stderr).not.toContain('sesame')
  })
})

describe('a request line in the log', () => {
  let server: Running
  beforeAll(async () => {
    server = await start(['dynamic', file('notes.yaml')])
    await curlLines(server)
  })
  afterAll(() => server.stop())

  it('holds status, method, path, duration, and the reason of a refusal', async () => {
    await fetch(`${server.url}/notes?page=2`)
    await server.printed(/^204 GET \/notes {2}\d+\.\d ms$/m)
    await fetch(`${server.url}/nowhere`)
    await server.printed(/^404 GET \/nowhere {2}\d+\.\d ms {2}no operation answers GET \/nowhere$/m)
  })

  it('tells which failure a row most likely meant, and that no reply was given', async () => {
    const path = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
    const headers = { authorization: 'Bearer dyn_example', 'content-type': 'application/json' }
    const body = '[{"email":"email_exists@rollcall.test"}]'
    const reply = await fetch(`${server.url}${path}/bulk`, { method: 'POST', headers, body })
    const note = 'bulkCreateUser has no failure email_exists; the closest is email_already_exists'
    expect(reply.headers.get('x-rollcall-note')).toBe(note)
    await server.printed(new RegExp(`^201 POST .*/bulk {2}\\d+\\.\\d ms {2}${note}$`, 'm'))
    const order = JSON.stringify({ operationId: 'listUsers', drop: true })
    expect((await fetch(`${server.url}/__rollcall/failures`, { method: 'POST', body: order })).status).toBe(204)
    await expect(fetch(server.url + path, { headers })).rejects.toThrow(TypeError)
    await server.printed(/^0 GET .*\/users {2}\d+\.\d ms {2}the connection was dropped, as ordered$/m)
  })

  it('holds no control character from outside: in a path, a value, the name of a member', async () => {
    const before = server.stdout().length
    const post = (body: string) =>
      fetch(`${server.url}/notes`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    await fetch(`${server.url}/%1b[2J%0d%0aFAKE`)
    expect(await sendRaw(server.url, 'GET /\x1b[2J HTTP/1.1\r\nhost: localhost\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
    await post('\u001b[2J\nFAKE')
    // One character of the C1 range, U+009B, is as good as ESC [.
    await post(JSON.stringify({ '\u001b[2J\r\nFAKE\u009b2J\u2028': '\u001b[2J' }))
    await server.printed(/^(?:4\d\d .*\n){3}/m)
    const stdout = (await server.stop()).stdout.slice(before)
    expect(stdout.match(/^4\d\d .*$/gm)).toEqual([
      expect.stringMatching(/^404 GET \/%1b\[2J%0d%0aFAKE {2}/),
      expect.stringMatching(/^400 POST \/notes {2}/),
      expect.stringMatching(/^400 POST \/notes {2}.* \/\\x1b\[2J\\xd\\xaFAKE\\x9b2J\\x2028 must be integer$/),
    ])
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
    expect(stdout).not.toMatch(/^FAKE/m)
  })
})

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  const REQUEST = 'GET /notes HTTP/1.1\r\nhost: localhost\r\n\r\n'

  it('ends the server with code 0, while clients hold on: at rest, with a connection kept alive, with a request half sent', async () => {
    await using server = await start(['--quiet', file('notes.yaml')])
    const { hostname, port } = new URL(server.url)
    const atRest = connect(Number(port), hostname)
    onTestFinished(() => void atRest.destroy())
    await once(atRest, 'connect')
    const half = `${REQUEST}POST /notes HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\nhalf`
    for (const bytes of [REQUEST, half]) expect(await sendRaw(server.url, bytes)).toMatch(/^HTTP\/1\.1 204 /)
    // A server that waited for the rest of the request would not end before the test does.
    expect(await server.stop(signal)).toMatchObject({ code: 0, signal: null, stderr: '' })
  })
})

describe('a server that is stopped while replies are under way', () => {
  const REQUEST = 'GET /long HTTP/1.1\r\nhost: localhost\r\n\r\n'

  /** Sends a request and reads nothing before it is told to; resolves with all that came. */
  function readSlowly(url: string, request: string) {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname).setEncoding('latin1').pause()
    onTestFinished(() => void socket.destroy())
    socket.write(request)
    return async () => {
      let text = ''
      // A connection that is cut is read to there.
      socket.on('error', () => {})
      socket.on('data', (chunk: string) => {
        text += chunk
      })
      await once(socket.resume(), 'close')
      return text
    }
  }

  it('lets every client read its reply to the end, as slowly as --grace lets it', async () => {
    await using server = await start(['--quiet', '--grace', '60s', file('long.json')])
    const clients = Array.from({ length: 3 }, () => readSlowly(server.url, REQUEST))
    await sendRaw(server.url, 'GET /nowhere HTTP/1.1\r\nhost: localhost\r\n\r\n')
    const stopped = server.stop('SIGTERM')
    await wait(300)
    const lengths = await Promise.all(clients.map(async (read) => (await read()).split('\r\n\r\n')[1]?.length))
    expect(lengths).toEqual(clients.map(() => 12 * 2 ** 20))
    expect(await stopped).toMatchObject({ code: 0, signal: null, stderr: '' })
  })

  it('cuts what is left after --grace, and says in one line how many', async () => {
    await using server = await start(['--quiet', '--delay', '60000', '--grace', '200ms', file('notes.yaml')])
    const clients = Array.from({ length: 3 }, () => readSlowly(server.url, REQUEST.replace('long', 'notes')))
    await wait(100)
    const stderr = 'rollcall: cut 3 connections whose replies took longer than 200 ms\n'
    expect(await server.stop('SIGINT')).toEqual({ code: 0, signal: null, stdout: `${server.url}\n`, stderr })
    expect(await Promise.all(clients.map((read) => read()))).toEqual(['', '', ''])
  })

  describe.each(['SIGINT', 'SIGTERM'] as const)('by %s', (signal) => {
    it('gives what --delay holds back, and counts once where it comes twice within a moment, from the terminal and from npm', async () => {
      await using server = await start(['--quiet', '--delay', '500', file('notes.yaml')])
      const clients = Array.from({ length: 3 }, () => readSlowly(server.url, REQUEST.replace('long', 'notes')))
      await wait(100)
      server.stop(signal)
      await wait(5)
      const stopped = server.stop(signal)
      for (const text of await Promise.all(clients.map((read) => read()))) {
        expect(text).toMatch(/^HTTP\/1\.1 204 [\s\S]*\r\nconnection: close\r\n/)
      }
      expect(await stopped).toMatchObject({ code: 0, signal: null, stderr: '' })
    })

    it.each(['SIGINT', 'SIGTERM'] as const)('ends at once with a %s after it', async (second) => {
      await using server = await start(['--quiet', '--delay', '60000', '--grace', '60s', file('notes.yaml')])
      readSlowly(server.url, REQUEST.replace('long', 'notes'))
      await wait(100)
      server.stop(signal)
      await expect.poll(() => isListening(server.url), { interval: 20 }).toBe(false)
      // What comes within a moment is the same one again.
      await wait(100)
      expect(await server.stop(second)).toMatchObject({ code: null, signal: second })
    })
  })
})

describe('what rollcall mock cannot serve is one line on stderr with exit code 1', () => {
  it.each([
    ['a missing file', ['nowhere.yaml'], 'cannot read nowhere.yaml: there is no such file'],
    ['a folder', ['folder.d'], 'cannot read folder.d: it is a folder'],
    ['broken YAML', ['broken.yaml'], /^broken\.yaml:\d+:\d+ is not valid YAML: /],
    [
      'another kind of document',
      ['compose.yaml'],
      'compose.yaml is not an OpenAPI document: it has no "openapi" member',
    ],
    ['another OpenAPI', ['other.yaml'], 'other.yaml is OpenAPI 4.0.0; rollcall reads 3.0 to 3.2, and Swagger 2.0'],
    ['one bad document beside good ones', ['dynamic', 'notes.yaml', 'nowhere.yaml'], /^cannot read nowhere\.yaml: /],
    [
      'two documents whose paths collide',
      ['notes.yaml', 'again.yaml'],
      'again findNotes and notes listNotes both answer GET /notes; mock them on separate servers',
    ],
    ['a host that nobody knows', ['notes.yaml', '--host', 'nobody.invalid'], 'the host nobody.invalid is not known'],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await runHere(['mock', '--port', '0', ...args], { cwd: folder })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^rollcall: .*\n$/)
    const said = stderr.slice('rollcall: '.length, -1)
    if (typeof message === 'string') expect(said).toBe(message)
    else expect(said).toMatch(message)
  })

  it.each([
    [['dynamic', 'notes.yaml', 'dynamic'], 'dynamic is named twice'],
    [['dynamic', '--token', ''], '--token must not be empty'],
    [['dynamic', '--token', 'a', '--token', ''], '--token must not be empty'],
    [['dynamic', '--control-token', ''], '--control-token must not be empty'],
    [
      ['dynamic', '--control-token', 'sésame'],
      '--control-token is sent in a header: it must be of ASCII letters, digits and signs, without spaces',
    ],
    [['dynamic', '--base-path', 'x'], '--base-path must be a path such as /api, not x'],
    [['dynamic', '--base-path', '/x?y'], '--base-path must be a path such as /api, not /x?y'],
    [['dynamic', '--grace', '5h'], '--grace must be a time like 500ms or 5s, at most 600s, not 5h'],
    [['dynamic', '--grace', '11m'], '--grace must be a time like 500ms or 5s, at most 600s, not 11m'],
  ])('and with 2 where the command line makes no sense: %j', async (args, message) => {
    expect(await runHere(['mock', '--port', '0', ...args], { cwd: folder })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `rollcall: ${message}\n`,
    })
  })

  it('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const port = String((other.address() as AddressInfo).port)
    expect(await runHere(['mock', '--port', port, file('notes.yaml')])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `rollcall: port ${port} of 127.0.0.1 is taken; choose another with --port, or --port 0 for a free one\n`,
    })
  })
})
