import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { run } from '../cli/spawn-rollcall.ts'
import { listen } from '../mocks/adapters/http-server.ts'
import { createMock } from '../mocks/create-mock.ts'
import { dynamic } from '../mocks/dynamic.ts'
import { royalti } from '../mocks/royalti.ts'

const playwright = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js')

/** Without what the test runner around it says about itself. */
const plainEnv = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(?:VITEST|TEST|NODE_ENV|NODE_OPTIONS)/.test(name)),
)

/** @param only the tests whose names match; left out: all */
const runPlaywright = (env: Record<string, string>, only = '', cwd = import.meta.dirname) =>
  run(['test', 'contract.spec', '--reporter=line', '--grep', only], {
    command: [process.execPath, playwright],
    cwd,
    env: { ...plainEnv, NO_COLOR: '1', ...env },
  })

/** Answers each request with 200 and this as JSON. */
async function serve(answer: (request: IncomingMessage) => unknown): Promise<string> {
  const server = createServer((request, response) => {
    request.resume()
    const text = JSON.stringify(answer(request))
    request.on('end', () => response.setHeader('content-type', 'application/json').end(text))
  })
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A document of one operation; its file. @param responses as YAML, and what follows them */
async function writeDocument(responses: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-playwright-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'plans.yaml')
  await writeFile(
    file,
    `openapi: 3.1.0
info: { title: Plans, version: '1' }
components: { securitySchemes: { bearer: { type: http, scheme: bearer } } }
paths:
  /plans:
    get:
      operationId: listPlans
      responses: ${responses}
`,
  )
  return file
}

describe('describeContract', () => {
  it('declares the contract in a few lines, as the example has it', async () => {
    await using server = await listen(createMock({ apis: [dynamic] }), { port: 0 })
    const example = join(import.meta.dirname, '..', 'examples', 'contract')
    const { code, stdout } = await runPlaywright({ ROLLCALL_URL: server.url }, '(?:guards|failures)$', example)
    expect(code, stdout).toBe(0)
    expect(stdout).toMatch(/\b5 passed/)
  }, 60_000)
})

describe('npx playwright test in this folder', () => {
  it('verifies the implementation at ROLLCALL_URL: a test for each operation and kind', async () => {
    await using server = await listen(createMock({ apis: [royalti] }), { port: 0 })
    const { code, stdout } = await runPlaywright({
      ROLLCALL_URL: server.url,
      ROLLCALL_API: 'royalti',
      ROLLCALL_TOKEN: 'RWAK-example',
      ROLLCALL_BAD_TOKEN: 'invalid',
      ROLLCALL_STRICT: 'assumed',
    })
    expect(code, stdout).toBe(0)
    expect(stdout).toMatch(/\b(?:[5-9]|1\d) passed/)
  }, 60_000)

  it('fails, and names the case, where the contract is broken', async () => {
    await using server = await listen(createMock({ apis: [royalti], tokens: ['another'] }), { port: 0 })
    const env = { ROLLCALL_URL: server.url, ROLLCALL_API: 'royalti', ROLLCALL_TOKEN: 'RWAK-example' }
    const { code, stdout } = await runPlaywright(env, 'listUsers stories$')
    expect(code).toBe(1)
    expect(stdout).toContain('[listUsers/stories/default-page]')
  }, 60_000)

  it('shows no secret of a server that tells them', async () => {
    const minted = 'q8Zt3kLm9Xw2Vb7Nc4Rf6Hj1'
    const url = await serve((request) => ({ token: minted, echo: request.headers.authorization, welcome: minted }))
    const file = await writeDocument(
      "{ '200': { description: All, content: { application/json: { schema: { type: array } } } } }\n      security: [{ bearer: [] }]",
    )
    const { code, stdout } = await runPlaywright({
      ROLLCALL_URL: url,
      ROLLCALL_API: file,
      ROLLCALL_TOKEN: 'canary-9f8e7d',
    })
    expect(code).toBe(1)
    expect(stdout).toContain('"echo":"Bearer $ROLLCALL_TOKEN","welcome":"[redacted]"')
    expect(stdout).not.toContain('canary-9f8e7d')
    expect(stdout).not.toContain(minted)
  }, 60_000)

  it('skips a test in which no case passed or failed', async () => {
    const file = await writeDocument(`{ '200': { description: All of them }, '402': { description: Pay first } }
      x-failures:
        - { id: unpaid, level: request, status: 402, at: none, when: The plan is used up., evidence: documented }`)
    const { code, stdout } = await runPlaywright({ ROLLCALL_URL: await serve(() => []), ROLLCALL_API: file })
    expect(code, stdout).toBe(0)
    expect(stdout).toMatch(/\b1 skipped\n +1 passed/)
  }, 60_000)

  it('says what is missing without it', async () => {
    const { code, stdout } = await runPlaywright({})
    expect(code).toBe(1)
    expect(stdout).toContain('say what to verify: ROLLCALL_URL=')
  }, 60_000)
})
