import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MAIN, type Running, run, start } from '../cli/spawn-rollcall.ts'

const ROOT = join(import.meta.dirname, '..')
const read = (file: string) => load(readFileSync(join(ROOT, file), 'utf8')) as Record<string, never>
const action = read('action.yml') as unknown as Action
const { contract } = read('examples/ci/gitlab-ci.yml') as unknown as { contract: Job }

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>
  readonly runs: { readonly steps: readonly { run?: string; env?: Record<string, string>; shell?: string }[] }
}
interface Job {
  readonly script: readonly string[]
  readonly variables: Readonly<Record<string, string>>
  readonly artifacts: { readonly reports: { readonly junit: string } }
}

let project: string
let server: Running
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'rollcall-ci-'))
  // As npm links it, in a project that has rollcall.
  const bin = join(project, 'node_modules', '.bin')
  mkdirSync(bin, { recursive: true })
  const script = `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`
  writeFileSync(join(bin, 'rollcall'), script, { mode: 0o755 })
  writeFileSync(join(project, 'openapi.yaml'), readFileSync(join(ROOT, 'examples', 'todos', 'todos.yaml')))
  server = await start([join(project, 'openapi.yaml'), '--quiet'])
})
afterAll(async () => {
  await server.stop('SIGKILL')
  await rm(project, { recursive: true })
})

const paste = (line: string, env: Readonly<Record<string, string>>) =>
  run(['-e', '-c', line], { command: ['bash'], cwd: project, env: { ...process.env, ...env } })

describe('action.yml', () => {
  const inputs = (given: Readonly<Record<string, string>>) => (text: string) =>
    text.replace(/\$\{\{ inputs\.(\w+) \}\}/g, (_, name) => given[name] ?? action.inputs[name]?.default ?? '')

  it('has an input for each that a step names', () => {
    const named = [...readFileSync(join(ROOT, 'action.yml'), 'utf8').matchAll(/inputs\.(\w+)/g)].map(([, name]) => name)
    expect(new Set(named)).toEqual(new Set(Object.keys(action.inputs)))
  })

  it('takes no input into a script but by the environment, where it cannot be a command', () => {
    for (const { run = '' } of action.runs.steps) expect(run).not.toContain('${{')
  })

  it('verifies, writes a report and a summary, and fails where the server does', async () => {
    const fill = inputs({ document: 'openapi.yaml', url: server.url })
    const summary = join(project, 'summary.md')
    for (const { run: line, env = {} } of action.runs.steps) {
      if (!line) continue
      const filled = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)]))
      const { code, stderr } = await paste(line, { ...filled, GITHUB_STEP_SUMMARY: summary })
      expect({ code, stderr }).toMatchObject({ code: 0 })
    }
    expect(readdirSync(join(project, 'rollcall-report')).join(' ')).toMatch(/report\.html/)
    expect(readFileSync(summary, 'utf8')).toContain('125 cases')
    const [, verify] = action.runs.steps
    const broken = inputs({ document: 'openapi.yaml', url: 'http://127.0.0.1:1', wait: '0' })
    const filled = Object.fromEntries(Object.entries(verify?.env ?? {}).map(([name, value]) => [name, broken(value)]))
    expect((await paste(verify?.run ?? '', filled)).code).toBe(2)
  })
})

describe('examples/ci/gitlab-ci.yml', () => {
  it('verifies, and leaves a report where GitLab looks for it', async () => {
    const { code } = await paste(contract.script.join('\n'), { ...contract.variables, VERIFY_TARGET: server.url })
    expect(code).toBe(0)
    const [folder = '', pattern = ''] = contract.artifacts.reports.junit.split('/')
    expect(pattern).toBe('*.xml')
    expect(readdirSync(join(project, folder)).filter((name) => name.endsWith('.xml'))).toHaveLength(1)
  })
})
