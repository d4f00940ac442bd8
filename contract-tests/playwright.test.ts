import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
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

const runPlaywright = (env: Record<string, string>, cwd = import.meta.dirname) =>
  run(['test', 'contract.spec', '--reporter=line'], {
    command: [process.execPath, playwright],
    cwd,
    env: { ...plainEnv, NO_COLOR: '1', ...env },
  })

describe('describeContract', () => {
  it('declares the contract in a few lines, as the example has it', async () => {
    await using server = await listen(createMock({ apis: [dynamic] }), { port: 0 })
    const example = join(import.meta.dirname, '..', 'examples', 'contract')
    const { code, stdout } = await runPlaywright({ ROLLCALL_URL: server.url }, example)
    expect(code, stdout).toBe(0)
    expect(stdout).toMatch(/\b(?:[5-9]|1\d) passed/)
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
    const { code, stdout } = await runPlaywright({
      ROLLCALL_URL: server.url,
      ROLLCALL_API: 'royalti',
      ROLLCALL_TOKEN: 'RWAK-example',
    })
    expect(code).toBe(1)
    expect(stdout).toContain('[bulkCreateUsers/accepts/plain]')
  }, 60_000)

  it('says what is missing without it', async () => {
    const { code, stdout } = await runPlaywright({})
    expect(code).toBe(1)
    expect(stdout).toContain('say what to verify: ROLLCALL_URL=')
  }, 60_000)
})
