import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { MAIN, run as spawnRollcall } from './spawn-rollcall.ts'
import { run } from './verify.ts'

const THING = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'string' }, name: { type: 'string', minLength: 1, maxLength: 40 } },
}
const content = (schema: object) => ({ 'application/json': { schema } })
const ITEM = { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] }
const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': {
      get: {
        operationId: 'listThings',
        responses: { 200: { description: 'All', content: content({ type: 'array', items: THING }) } },
      },
      post: {
        operationId: 'addThing',
        requestBody: {
          required: true,
          content: content({ type: 'object', required: ['name'], properties: { name: THING.properties.name } }),
        },
        responses: { 201: { description: 'Made', content: content(THING) }, 400: { description: 'Refused' } },
      },
    },
    '/things/{id}': {
      ...ITEM,
      get: {
        operationId: 'readThing',
        responses: { 200: { description: 'Found', content: content(THING) }, 404: { description: 'Not there' } },
      },
      delete: {
        operationId: 'deleteThing',
        responses: { 204: { description: 'Gone' }, 404: { description: 'Not there' } },
      },
    },
  },
}

let folder: string
let file: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-hostile-'))
  file = join(folder, 'things.json')
  await writeFile(file, JSON.stringify(DOCUMENT))
})
afterAll(() => rm(folder, { recursive: true }))

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const json = (response: ServerResponse, status: number, body: unknown = {}) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

/** It keeps what it is sent, and tells what was on its way to it. */
function keepThings(remove: (response: ServerResponse, id: string) => void): RequestListener {
  const things = new Map<string, object>()
  return (request, response) => {
    let body = ''
    request.on('data', (part) => (body += part))
    request.on('end', () => {
      const [, , id] = (request.url ?? '').split('/')
      if (request.method === 'POST') {
        const { name } = (JSON.parse(body || 'null') ?? {}) as { name?: unknown }
        if (typeof name !== 'string' || name.length < 1 || name.length > 40) return json(response, 400)
        const thing = { id: `t${things.size + 1}`, name }
        things.set(thing.id, thing)
        return json(response, 201, thing)
      }
      if (id === undefined) return json(response, 200, [...things.values()])
      if (!things.has(id)) return json(response, 404)
      return request.method === 'DELETE' ? remove(response, id) : json(response, 200, things.get(id))
    })
  }
}

const REPORTS = ['ctrf-report.json', 'junit.xml', 'report-cases.html', 'report.html']

const createOutput = () => mkdtemp(join(folder, 'out-'))
const argsOf = (url: string, output: string) => [
  ...[file, '--url', url, '--seed', '1'],
  ...['--reporter', 'list,html,junit,json,github', '--output', output],
]

/** A run with every reporter, in this process. */
async function verify(url: string, more: readonly string[] = []) {
  const output = await createOutput()
  let [stdout, stderr] = ['', '']
  const code = await run([...argsOf(url, output), '--timeout', '3000', ...more], {
    env: {},
    stdout: { write: (text) => void (stdout += text) },
    stderr: { write: (text) => void (stderr += text) },
    signals: new EventEmitter(),
  })
  const names = (await readdir(output)).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(output, name), 'utf8')))
  return { code, stdout, stderr, names, texts }
}

/** The same in one of its own. @param begin is given what sends a signal to it */
async function verifyAlone(url: string, begin: (kill: (name: NodeJS.Signals) => void) => void) {
  const output = await createOutput()
  const child = spawn(process.execPath, [MAIN, 'verify', ...argsOf(url, output)])
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text))
  begin((name) => void child.kill(name))
  const [code] = await once(child, 'close')
  return { code, stdout, stderr, names: (await readdir(output)).sort() }
}

describe('a target that misbehaves', () => {
  const deep = `${'['.repeat(1e5)}${']'.repeat(1e5)}`
  const large = `"${'x'.repeat(9e6)}"`
  const ESCAPES = '\u001b[2J::error::x\n::error::y\n##[error]z </pre><script>'
  it.each<[what: string, listener: RequestListener, seen: RegExp, more?: string[]]>([
    [
      '100,000 lists in lists',
      (_, response) => void response.setHeader('content-type', 'application/json').end(deep),
      /nested more than 500 deep/,
    ],
    [
      '9 MB each time',
      (_, response) => void response.setHeader('content-type', 'application/json').end(large),
      /must be (?:array|object)/,
      // Some of the cases, as each is a second's work.
      ['--grep', 'addThing/'],
    ],
    [
      'escapes and commands',
      (_, response) => void response.writeHead(500, ESCAPES.replaceAll(/\W/g, ' ')).end(ESCAPES),
      /500/,
    ],
    ['resets', ({ socket }) => void socket.resetAndDestroy(), /connection was closed before a reply came/],
    ['garbage', ({ socket }) => void socket.end('\u001b[2J?\r\n\r\n'), /the reply is not HTTP/],
  ])(
    'by %s ends in findings, with exit code 1, and all reports',
    async (_, listener, seen, more) => {
      let asked = 0
      // It answers at first, as a target must to be tried at all.
      const url = await serve((request, response) => (asked++ === 0 ? response.end() : listener(request, response)))
      const { code, stdout, stderr, names, texts } = await verify(url, more)
      expect({ code, names }).toEqual({ code: 1, names: REPORTS })
      expect(stdout).toMatch(seen)
      expect(stdout).toMatch(/^\d+ findings? in \d+ of \d+ cases: /m)
      expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
      for (const text of [stdout, stderr, ...texts]) {
        expect(text).not.toContain('\u001b')
        expect(text.length).toBeLessThan(3e6)
      }
    },
    60_000,
  )
})

describe.skipIf(process.platform === 'win32')('a run that is ended by hand', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'ends within seconds while deletions hang, and says what it leaves: %s, exit code %i',
    async (signal, exit) => {
      let hanging: () => void = () => {}
      const hangs = new Promise<void>((resolve) => (hanging = resolve))
      const url = await serve(keepThings(() => hanging()))
      let began = 0
      const { code, stdout, stderr, names } = await verifyAlone(url, (kill) =>
        hangs.then(() => {
          began = performance.now()
          kill(signal)
        }),
      )
      expect(performance.now() - began).toBeLessThan(8000)
      expect({ code, names }).toEqual({ code: exit, names: REPORTS })
      expect(stderr).toContain('rollcall: stopping, and deleting what was created; once more to leave at once\n')
      expect(stdout).toContain('broken off: stopped from outside\n')
      expect(stdout).toMatch(/^left behind {2}addThing → deleteThing \{"id":"t1"\}: /m)
    },
    30_000,
  )

  it('removes what it made all the same where deletions are answered', async () => {
    const gone: string[] = []
    let kill: (name: NodeJS.Signals) => void = () => {}
    const url = await serve(
      keepThings((response, id) => {
        gone.push(id)
        kill('SIGINT')
        setTimeout(() => response.writeHead(204).end(), 300)
      }),
    )
    const { code } = await verifyAlone(url, (end) => (kill = end))
    expect(code).toBe(130)
    expect(gone.length).toBeGreaterThan(0)
  }, 30_000)
})

describe('nothing to try', () => {
  it.each<[what: string, args: readonly string[], said: RegExp]>([
    ['a document that is not there', ['no-such.yaml'], /^cannot read no-such\.yaml: there is no such file$/],
    ['a document that is none', ['README.md'], /^README\.md/],
    ['a host that nobody knows', ['FILE', '--url', 'http://host.invalid'], /host\.invalid: .*host/],
    ['a port that nobody listens at', ['FILE', '--url', 'http://127.0.0.1:1'], /connection refused/],
  ])('is said in one line: %s', async (_, args, said) => {
    const given = [...args.map((arg) => (arg === 'FILE' ? file : arg)), '--token', 't0ken']
    const error = await run(given).catch((thrown) => thrown)
    expect(error).toMatchObject({ name: 'UsageError', message: expect.stringMatching(said) })
    expect(error.message).not.toContain('\n')
  })

  it('is exit code 2: TLS is spoken to a server that does not', async () => {
    const url = await serve((_, response) => void response.end())
    const { code, stderr } = await spawnRollcall(['verify', file, '--url', url.replace('http:', 'https:')])
    expect(code).toBe(2)
    expect(stderr).toMatch(/^rollcall: https:.* cannot be reached: .*\n$/)
  })
})
