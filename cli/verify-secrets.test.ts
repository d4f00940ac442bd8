import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { run as spawn } from './spawn-rollcall.ts'
import { run as runVerify } from './verify.ts'

const DOCUMENT = `openapi: 3.1.0
info: { title: Accounts, version: '1' }
security: [{ bearer: [] }]
paths:
  /accounts:
    post:
      operationId: addAccount
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [email, password]
              properties:
                email: { type: string, format: email }
                password: { type: string, minLength: 8, maxLength: 20 }
      responses:
        '201':
          description: Made
          content: { application/json: { schema: { type: object, properties: { id: { type: string } } } } }
        '400': { description: Refused }
        '401': { description: Who are you? }
  /accounts/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    delete:
      operationId: deleteAccount
      responses: { '204': { description: Gone }, '401': { description: Who are you? }, '404': { description: Not there } }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
`

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-secrets-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'accounts.yaml'), DOCUMENT)
})

const random = (bytes: number): string => randomBytes(bytes).toString('base64url')

/**
 * Takes whatever it is sent, mints a token, a cookie and a key for it, and tells of the token that it was asked with in
 * every way there is.
 */
async function serveAccounts() {
  const minted: string[] = []
  const ids = new Set<string>()
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      const [, id = ''] = request.url?.match(/^\/accounts\/([\w-]+)$/) ?? []
      if (request.method === 'DELETE') return response.writeHead(ids.delete(id) ? 204 : 404).end()
      if (request.method !== 'POST') return response.writeHead(404).end()
      const made = { id: `a_${minted.length}`, jwt: `eyJhbGciOiJIUzI1NiJ9.${random(40)}.${random(32)}` }
      const [cookie, apiKey, password] = [random(18), random(24), `pw-${random(9)}`]
      minted.push(made.jwt, cookie, apiKey, password)
      ids.add(made.id)
      const token = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
      const echo = {
        ...{ plain: token, header: `Bearer ${token}`, upper: token.toUpperCase(), base64: btoa(token) },
        ...{ percent: encodeURIComponent(token), basic: `Basic ${btoa(`user:${token}`)}` },
        sentence: `who is ${token.length < 8 ? 'that' : token}?`,
      }
      const made201 = { id: made.id, apiKey, account: { accessToken: made.jwt, password, tokenType: 'Bearer' }, echo }
      response
        .writeHead(201, {
          'content-type': 'application/json',
          'set-cookie': `sid=${cookie}; Path=/; HttpOnly`,
          'x-echo': token,
          location: `/accounts/${made.id}?token=${encodeURIComponent(made.jwt)}`,
        })
        .end(JSON.stringify({ ...made201, again: JSON.stringify(made201), welcome: `come in with ${made.jwt}` }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, minted }
}

type Launch = (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
) => Promise<{ code: number | null; stdout: string; stderr: string }>

const inProcess: Launch = async ([, ...args], env) => {
  const told = { stdout: '', stderr: '' }
  const outputOf = (name: keyof typeof told) => ({ write: (text: string) => void (told[name] += text) })
  const code = await runVerify(args, { env, stdout: outputOf('stdout'), stderr: outputOf('stderr') })
  return { code, ...told }
}

/** All that a run writes, by name. */
async function verifyWith(token: string, launch = inProcess) {
  const { url, minted } = await serveAccounts()
  const [output, summary] = [join(folder, 'out'), join(folder, 'summary.md')]
  await rm(output, { recursive: true, force: true })
  await rm(summary, { force: true })
  const args = ['verify', join(folder, 'accounts.yaml'), '--url', url, '--seed', '7', '--strict', 'assumed']
  const { code, stdout, stderr } = await launch(
    [...args, '--reporter', 'list,html,junit,json,github', '--output', output, '--token', token],
    { GITHUB_STEP_SUMMARY: summary },
  )
  const files = await Promise.all(
    (await readdir(output)).map(async (name) => [name, await readFile(join(output, name), 'utf8')] as const),
  )
  const texts: Record<string, string> = { stdout, stderr, summary: await readFile(summary, 'utf8') }
  return { code, minted, texts: { ...texts, ...Object.fromEntries(files) } }
}

const spellings = (secret: string): string[] => [
  ...[secret, secret.toUpperCase(), secret.toLowerCase(), encodeURIComponent(secret)],
  ...[btoa(secret), btoa(`user:${secret}`)].map((code) => code.replace(/=+$/, '')),
]

/** Every tag is closed, in the order of opening, and no character stands that must be escaped. */
function expectWellFormed(xml: string): void {
  const open: string[] = []
  const rest = xml.replace(
    /<\?xml [^<>]*\?>|<(\/?)([\w-]+)((?: [\w-]+="(?:[^"<&]|&[#\w]+;)*")*)(\/?)>|(?:[^<&]|&[#\w]+;)+/g,
    (_, slash, name, __, isEmpty) => {
      if (slash) expect(open.pop()).toBe(name)
      else if (name && !isEmpty) open.push(name)
      return ''
    },
  )
  expect({ rest: rest.slice(0, 100), open }).toEqual({ rest: '', open: [] })
}

function expectWhole(texts: Readonly<Record<string, string>>): void {
  expectWellFormed(texts['junit.xml'] as string)
  const { results } = JSON.parse(texts['ctrf-report.json'] as string)
  expect(Object.keys(results)).toEqual(['tool', 'summary', 'tests', 'environment', 'extra'])
  expect(results.tests).toHaveLength(results.summary.tests)
  expect(results.summary.failed).toBeGreaterThan(3)
  expect(Object.keys(results.summary).slice(0, 6)).toEqual(['tests', 'passed', 'failed', 'skipped', 'pending', 'other'])
  const html = texts['report.html'] as string
  expect(html).toMatch(/^<!doctype html>\n<html lang="en">[\s\S]*<\/html>\n$/)
  for (const tag of ['section', 'details', 'div', 'pre', 'table', 'p', 'button', 'main', 'style'])
    expect([tag, html.split(new RegExp(`<${tag}\\b`)).length]).toEqual([tag, html.split(`</${tag}>`).length])
  expect(texts['stdout']).toMatch(/\nFAIL {2}addAccount\//)
  expect(texts['stdout']).toMatch(/\n::error /)
  expect(texts['summary']).toContain('### Broken rules')
}

/** As a person reads it, whatever it is written in. */
const read = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/&quot;/g, '"')
    .replace(/&gt;/g, '>')
    .replace(/&lt;/g, '<')
    .replace(/\\+"/g, '"')

describe('what verify writes about a server that tells secrets', () => {
  it('shows none of them: neither the token, nor what the server minted', async () => {
    const token = 'canary-9f8e7d+6c5b/4a=='
    const { code, minted, texts } = await verifyWith(token, (args, env) =>
      spawn(args, { env: { ...process.env, ...env } }),
    )
    expect(code).toBe(1)
    expectWhole(texts)
    expect(minted.length).toBeGreaterThan(40)
    for (const [name, text] of Object.entries(texts)) {
      for (const secret of [token, ...minted])
        for (const spelling of spellings(secret))
          expect({ name, has: text.includes(spelling) && spelling }).toEqual({ name, has: false })
    }
    for (const name of ['stdout', 'junit.xml', 'ctrf-report.json', 'report.html']) {
      expect(texts[name]).toContain('$ROLLCALL_TOKEN')
      expect(texts[name]).toContain('[redacted]')
    }
    expect(texts['stdout']).toContain('no reply shows the token it was asked with')
  })

  it('can send again what a case sent: invented passwords stand in its curl line', async () => {
    const { texts } = await verifyWith('canary-9f8e7d')
    expect(texts['stdout']).toMatch(/ {2}sent {4}curl .*--data-raw '\{"email":.*"password":"[^"[]+"/)
    expect(texts['stdout']).toContain('"tokenType":"Bearer"')
  })

  it.each(['t', 'on', 'key', 'pass', 'token', 'tests', 'passed', 'outcome', 'results'])(
    'is whole where the token is a word of the reports, and shows it nowhere as a value: %s',
    async (token) => {
      const { code, texts } = await verifyWith(token)
      expect(code).toBe(1)
      expectWhole(texts)
      for (const [name, text] of Object.entries(texts)) {
        const value = new RegExp(`"(?:plain|upper)": ?"${token}"|Bearer ${token}\\b|x-echo: ${token}\\b`, 'i')
        expect({ name, found: value.exec(read(text))?.[0] }).toEqual({ name, found: undefined })
        expect(text).not.toContain(btoa(`user:${token}`))
      }
      expect(texts['report.html']).toContain('x-echo: $ROLLCALL_TOKEN')
      // A word is no sign that a reply shows the token.
      expect(texts['stdout']).not.toContain('no reply shows the token')
    },
  )
})
