import { execFile, execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createSend } from '../send-http.ts'
import type { CredentialScheme } from '../send-http-credentials.ts'
import type { CaseRequest } from '../vocabulary.ts'
import { type CurlTarget, curlOf, quote, shapesOf } from './curl.ts'
import { printable } from './sum-up.ts'

const REQUEST: CaseRequest = {
  operationId: 'add',
  method: 'POST',
  path: '/notes?a=1&b=%20',
  headers: { 'content-type': 'application/json', 'x-empty': '' },
  body: `{"name":"O'Brien $HOME \`id\`"}`,
}
const TARGET: CurlTarget = { url: 'http://h.test/api/', credentials: { own: { isPair: false, isPlain: true } } }

/** What a shell makes of a line: its words. */
const words = (line: string): string[] =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8', env: { ROLLCALL_TOKEN: 'T O' } })
    .split('\0')
    .slice(0, -1)

describe('quote', () => {
  it('keeps any text whole through a POSIX shell', () => {
    const texts = fc.sample(fc.string({ unit: 'grapheme', maxLength: 40 }), { numRuns: 300, seed: 7 })
    const given = ['', "'", "''", '\n', '$(id)', '\\', '!', '*', '-x', '~', '#', ...texts].filter(
      (text) => !text.includes('\0'),
    )
    expect(words(given.map(quote).join(' '))).toEqual(given)
  })

  it('leaves plain words as they are', () => {
    expect(['a/b-c.d', 'k=v', 'http://h:1/x'].map(quote)).toEqual(['a/b-c.d', 'k=v', 'http://h:1/x'])
  })
})

describe('curlOf', () => {
  it('says the request word by word, with the credential from the environment', () => {
    expect(words(curlOf(REQUEST, TARGET))).toEqual([
      ...['curl', '-sS', '-i', '-g', '--path-as-is', '-X', 'POST', '-H', 'authorization: Bearer T O'],
      ...['-H', 'content-type: application/json', '-H', 'x-empty;', '--data-raw', REQUEST.body],
      'http://h.test/api/notes?a=1&b=%20',
    ])
  })

  it('adds the headers of the run that the request does not replace', () => {
    const line = curlOf(REQUEST, { ...TARGET, headers: { 'X-Trace': '7', 'Content-Type': 'text/plain' } })
    expect(line).toContain("-H 'x-trace: 7'")
    expect(line).not.toContain('text/plain')
  })

  it('keeps curl from naming a content type of its own', () => {
    expect(words(curlOf({ ...REQUEST, headers: {} }, TARGET))).toContain('content-type:')
  })

  it.each([
    ['none', undefined],
    ['bad', '-H "authorization: Bearer $ROLLCALL_BAD_TOKEN"'],
    ['second', '-H "authorization: Bearer $ROLLCALL_SECOND_TOKEN"'],
    ['other-scheme', '-u "user:$ROLLCALL_TOKEN"'],
  ] as const)('with %s credentials sends %s', (credentials, flag) => {
    const line = curlOf({ ...REQUEST, credentials }, TARGET)
    if (flag) expect(line).toContain(flag)
    else expect(line).not.toMatch(/uthorization|-u /)
  })

  it('sends bytes that no report shows as they are: line ends of multipart, control characters, turned text', () => {
    const texts = fc.sample(fc.string({ unit: 'binary', maxLength: 40 }), { numRuns: 100, seed: 7 })
    for (const body of [
      "--b\r\nx: %s 'y' \\n\r\n\r\n\0\u202E\t€",
      ...texts.map((text) => `\r${text.toWellFormed()}`),
    ]) {
      const line = curlOf({ ...REQUEST, body }, TARGET)
      expect(printable(line)).toBe(line)
      expect(line).toMatch(/^printf -- '[\s\S]*' \| curl .* --data-binary @- '?http/)
      const format = line.slice(0, line.indexOf(' | curl '))
      expect(execFileSync('sh', ['-c', format], { encoding: 'utf8' })).toBe(body)
    }
  })

  it('sends a body that is no text byte by byte', () => {
    const body = '\x89PNG\r\n\x1a\n\0é%'
    const line = curlOf({ ...REQUEST, body, isBytes: true }, TARGET)
    const format = line.slice(0, line.indexOf(' | curl '))
    expect(execFileSync('sh', ['-c', format])).toEqual(Buffer.from(body, 'latin1'))
  })

  it('sends no credential where the run had none', () => {
    expect(curlOf(REQUEST, { url: TARGET.url })).not.toContain('ROLLCALL')
  })

  it('puts a credential in the place of what stands for it, wherever that is', () => {
    const headers = { Authorization: 'Bearer $ROLLCALL_TOKEN' }
    const body = `{"password":"$ROLLCALL_TOKEN","name":"O'Brien"}`
    const said = words(curlOf({ ...REQUEST, body }, { url: TARGET.url, headers }))
    expect(said).toContain('authorization: Bearer T O')
    expect(said).toContain(`{"password":"T O","name":"O'Brien"}`)
    // A credential given as a header is left out of what was sent without one.
    expect(curlOf({ ...REQUEST, credentials: 'none' }, { url: TARGET.url, headers })).not.toContain('ROLLCALL')
  })
})

/** What a server hears of the same request, sent by a run and by the line of a report. */
describe('the request of a curl line is the one that was sent', () => {
  const schemes = {
    bearer: { type: 'http', scheme: 'Bearer' },
    basic: { type: 'http', scheme: 'Basic' },
    header: { type: 'apiKey', in: 'header', name: 'X-Key' },
    query: { type: 'apiKey', in: 'query', name: 'api key' },
    cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
  } as const satisfies Record<string, CredentialScheme>
  const heard: unknown[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part) => (body += part))
    request.on('end', () => {
      const { authorization, cookie, 'x-key': key, 'content-type': type, accept, 'x-empty': empty } = request.headers
      const { method, url } = request
      const { pathname, searchParams } = new URL(url ?? '', 'http://h.test')
      heard.push({ method, pathname, query: [...searchParams], authorization, cookie, key, type, accept, empty, body })
      response.end('heard')
    })
  })
  beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
  afterAll(() => void server.close())

  const all = Object.keys(schemes) as (keyof typeof schemes)[]
  const pairs = all.flatMap((name) => ['t0ken', 'user:pa ss&w=rd', 'a+b/c='].map((token) => [name, token] as const))

  it.each([
    ...pairs.map(([name, token]) => [[name], token] as const),
    [['basic', 'header', 'cookie'], 'user:x'] as const,
  ])('%j, %s', async (names, token) => {
    const { port } = server.address() as AddressInfo
    const url = `http://127.0.0.1:${port}/api`
    const scheme = new Map([['add', { together: names.map((name) => schemes[name]), foreign: 'Basic' as const }]])
    heard.length = 0
    const tokens = { token, badToken: 'bad&token', secondToken: `second:${token}` }
    const target = { url, schemes: scheme, credentials: shapesOf(tokens) }
    const [ROLLCALL_TOKEN, ROLLCALL_BAD_TOKEN, ROLLCALL_SECOND_TOKEN] = Object.values(tokens)
    const env = { ...process.env, ROLLCALL_TOKEN, ROLLCALL_BAD_TOKEN, ROLLCALL_SECOND_TOKEN }
    for (const credentials of ['own', 'none', 'bad', 'second', 'other-scheme', 'without header x'] as const) {
      const request = { ...REQUEST, credentials }
      await createSend({ url, scheme, ...tokens })(request, new AbortController().signal)
      await promisify(execFile)('sh', ['-c', curlOf(request, target)], { env })
      const [sent, again] = heard.splice(0)
      expect(again).toEqual(sent)
    }
  })

  it('digest, which answers a challenge', async () => {
    const answers: string[] = []
    const challenge = createServer((request, response) => {
      const { authorization } = request.headers
      if (authorization !== undefined) answers.push(authorization)
      const header = { 'www-authenticate': 'Digest realm="r", nonce="n1", qop="auth", algorithm=SHA-256' }
      response.writeHead(authorization === undefined ? 401 : 200, header).end()
    })
    await new Promise<void>((resolve) => void challenge.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void challenge.close())
    const url = `http://127.0.0.1:${(challenge.address() as AddressInfo).port}`
    const scheme = { type: 'http', scheme: 'Digest' } as const
    const token = 'user:pa ss'
    const request = { operationId: 'add', method: 'GET', path: '/notes?a=1', headers: {} }
    await createSend({ url, scheme, token })(request, new AbortController().signal)
    const line = curlOf(request, { url, schemes: scheme, credentials: shapesOf({ token }) })
    await promisify(execFile)('sh', ['-c', line], { env: { ...process.env, ROLLCALL_TOKEN: token } })
    const whom = answers.map((answer) =>
      ['username', 'uri', 'nonce'].map((name) => new RegExp(`${name}="([^"]*)"`).exec(answer)?.[1]),
    )
    expect(whom).toEqual([
      ['user', '/notes?a=1', 'n1'],
      ['user', '/notes?a=1', 'n1'],
    ])
  })
})
