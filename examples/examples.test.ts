import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { runHere } from '../cli/run-here.ts'
import { run } from '../cli/spawn-rollcall.ts'
import { type Listening, listen } from '../mocks/adapters/http-server.ts'
import { SESSION_HEADER } from '../mocks/api/mock.ts'
import { createMock } from '../mocks/create-mock.ts'
import { dynamic } from '../mocks/dynamic.ts'

const HERE = import.meta.dirname
const require = createRequire(import.meta.url)

describe('the program', () => {
  afterEach(() => void vi.restoreAllMocks())

  const PROGRAMS: Record<string, unknown[][]> = {
    'create-mock.ts': [
      [201, 1, 'email_already_exists'],
      [200, 1],
    ],
    'listen.ts': [[200, 3]],
    'sessions.ts': [
      [[1, 1, 1], 0],
      [2, 1, 0],
    ],
    'typed-client.ts': [['ada@example.com', 'email_already_exists']],
    'own-api/use-api.ts': [
      ['users:', 201, 1, 'email_taken'],
      ['row:', 201, 1, 'email_taken'],
      ['orders:', 500, 0, 201, 0, 'email_taken', 201, 1],
      ['commit:', '+loans', 'bea@example.com'],
      ['commit:', '+loans', 'bea@example.com'],
      ['snapshot:', 2, '4 members', '2 loans'],
      ['commit:', '-loans', '-loans', '-members'],
      ['removed:', 204, 404],
      ['commit:', 'all'],
      ['restored:', 'Emma', 'Middlemarch'],
      ['stories:', 'pass', 'pass'],
      ['contract:', true, 0, 0],
    ],
    'steer-a-mock.ts': [
      ['invited:', 'ada@example.com'],
      ['again:', expect.objectContaining({ errors: ['User Ada Byron already associated with workspace!'] })],
      ['outage:', 500],
      ['row:', expect.objectContaining({ errors: ['Invalid email format for Cyd Byron'] })],
      ['accepted', 201],
      ['accepted', 201],
      ['accepted', 201],
      ['forced', 500],
      ['forced', 201],
      ['after reset:', 0, 0],
    ],
  }

  it.each(Object.entries(PROGRAMS))('%s prints what it says', async (file, printed) => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    await import(join(HERE, file))
    expect(log.mock.calls).toEqual(printed)
  })

  it('is each one of this folder', () => {
    const files = readdirSync(HERE).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    expect(files.sort()).toEqual(
      Object.keys(PROGRAMS)
        .filter((file) => !file.includes('/'))
        .sort(),
    )
  })

  it('of an API of its own has what is generated of the document that stands beside it', async () => {
    const args = ['generate', 'members.yaml', '--out', 'generated', '--check']
    const outcome = await runHere(args, { cwd: join(HERE, 'own-api') })
    expect(outcome).toMatchObject({ code: 0, stdout: '', stderr: '' })
  })
})

/** A server for others, and the sessions that its answers belonged to, in their order. */
async function serve(): Promise<{ server: Listening; sessions: string[] }> {
  const sessions: string[] = []
  const mock = createMock({ apis: [dynamic] })
  const onAnswer: Parameters<typeof listen>[1] = {
    port: 0,
    onAnswer: ({ headers }) => void sessions.push(headers?.[SESSION_HEADER] ?? ''),
  }
  return { server: await listen(mock, onAnswer), sessions }
}

/** Without what the test runner around it says about itself. */
const envWith = (url: string): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:VITEST|TEST|NODE_ENV|NODE_OPTIONS)/.test(name)),
  ),
  ROLLCALL_URL: url,
  NO_COLOR: '1',
})

describe('the fixture', () => {
  it('of Vitest lets test files share one server at once, a session for each test', {
    timeout: 120_000,
  }, async () => {
    const { server, sessions } = await serve()
    await using _ = server
    const vitest = join(require.resolve('vitest/package.json'), '..', 'vitest.mjs')
    const args = [vitest, 'run', '--root', join(HERE, 'vitest'), '--reporter', 'tap-flat', '--maxWorkers', '2']
    const outcome = await run(args, { command: [process.execPath], env: envWith(server.url) })
    const passed = [...outcome.stdout.matchAll(/^ok \d+ - (\S+)\.test\.ts /gm)].map(([, file]) => file)
    expect(outcome.stdout).not.toMatch(/^not ok/m)
    expect(passed.sort()).toEqual([...Array(2).fill('find-users'), ...Array(3).fill('import-users'), 'survive-outage'])
    expect(new Set(sessions).size).toBe(6)
    expect(sessions).not.toContain('')
  })

  it('of Playwright gives each test a session', { timeout: 120_000 }, async () => {
    const { server, sessions } = await serve()
    await using _ = server
    const playwright = join(require.resolve('playwright/package.json'), '..', 'cli.js')
    const args = [playwright, 'test', '--config', join(HERE, 'playwright'), '--reporter', 'json', '--workers', '2']
    const outcome = await run(args, { command: [process.execPath], env: envWith(server.url), cwd: join(HERE, '..') })
    const report = JSON.parse(outcome.stdout.slice(outcome.stdout.indexOf('{')))
    expect(report.errors).toEqual([])
    expect(report.stats).toMatchObject({ expected: 3, unexpected: 0, flaky: 0, skipped: 0 })
    expect(new Set(sessions).size).toBe(3)
    expect(sessions).not.toContain('')
  })

  it.each(['vitest', 'playwright'])(
    'of %s says how to start the server, when there is none',
    { timeout: 120_000 },
    async (name) => {
      const { server } = await serve()
      await server.close()
      const args =
        name === 'vitest'
          ? [
              join(require.resolve('vitest/package.json'), '..', 'vitest.mjs'),
              'run',
              '--root',
              join(HERE, 'vitest'),
              'find',
            ]
          : [
              join(require.resolve('playwright/package.json'), '..', 'cli.js'),
              'test',
              '--config',
              join(HERE, 'playwright'),
              '-g',
              'refused',
            ]
      const { code, stdout, stderr } = await run(args, {
        command: [process.execPath],
        env: envWith(server.url),
        cwd: join(HERE, '..'),
      })
      expect(code).toBe(1)
      expect(stdout + stderr).toContain(`no rollcall mock answers at ${server.url}; start one with: npx rollcall mock`)
    },
  )
})
