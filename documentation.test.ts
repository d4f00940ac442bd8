import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { linesToPaste } from './cli/lines-to-paste.ts'
import { run, start } from './cli/spawn-rollcall.ts'

const ROOT = import.meta.dirname
const require = createRequire(import.meta.url)
const README = readFileSync(join(ROOT, 'README.md'), 'utf8')
const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'))
const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

const blocksOf = (language: string): string[] =>
  [...README.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm'))].map(([, code = '']) => code)
const isFixture = (code: string): boolean => /rollcall\/(?:vitest|playwright)/.test(code)
/** Into the file that its first line names. */
const isPasted = (code: string): boolean => /^\/\/ src\/\S+\.tsx?\b/.test(code)
/** What a project has, beside its document: it is tried with one of ours. */
const isOfProject = (code: string): boolean => /^\/\/ (?:rollcall\.config|pets\.behaviours)\.ts\b/.test(code)

/** A line to paste, and what its comment says of the answer. */
const curlLines = blocksOf('sh')
  .flatMap((block) => block.split('\n'))
  .filter((line) => line.startsWith('curl '))
  .map((line) => {
    const [command = '', said = ''] = line.split(/ {2,}# /)
    return { command, said }
  })

/** The sources in the place of the package, which is built later than they are; other packages where they are installed. */
const fromSources = (code: string): string =>
  code
    .replace(/from '(rollcall[^']*)'/g, (_, name) => {
      const [path] = compilerOptions.paths[name]
      return `from '${pathToFileURL(join(ROOT, path))}'`
    })
    .replace(/from '(msw[^']*)'/g, (_, name) => `from '${pathToFileURL(require.resolve(name))}'`)

const PETS = `openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200': { description: All, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } }
    post:
      operationId: createPet
      x-failures: [{ id: name_taken, status: 409, message: The name is taken, evidence: documented }]
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses:
        '201': { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
        '409': { description: Taken, content: { application/json: { schema: { type: object } } } }
components:
  schemas:
    Pet: { type: object, required: [name], properties: { id: { type: integer, readOnly: true }, name: { type: string } } }
`

describe('the README', () => {
  it('has curl lines whose answers hold what is said beside them, one after the other', async () => {
    expect(curlLines.length).toBeGreaterThan(5)
    expect(curlLines.filter(({ said }) => said).length).toBeGreaterThan(4)
    await using server = await start(['--quiet'])
    for (const { command, said } of curlLines) {
      expect(command).toContain('http://127.0.0.1:4010/')
      const line = command.replaceAll('http://127.0.0.1:4010', server.url)
      const { code, stdout, stderr } = await run(['-c', line], { command: ['bash'] })
      expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' })
      expect(stdout, command).toContain(said)
      if (!said) expect(stdout, command).toBe('')
    }
  })

  it('has the files of a project, which a mock goes by', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-project-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    for (const [name, text] of Object.entries({
      'openapi.yaml': PETS,
      'pets.overlay.yaml':
        'overlay: 1.0.0\ninfo: { title: None, version: "1" }\nactions: [{ target: $.info, update: {} }]\n',
      'pets.behaviours.ts': 'export default { operations: {} }',
    }))
      await writeFile(join(folder, name), text)
    for (const code of blocksOf('ts').filter(isOfProject)) {
      const [, name = ''] = /^\/\/ (\S+)/.exec(code) ?? []
      await writeFile(join(folder, name), code)
    }
    await using server = await start([], { cwd: folder })
    const headers = { authorization: 'Bearer let-me-in', 'x-rollcall-session': 'mine' }
    const list = await fetch(`${server.url}/pets`, { headers })
    expect([list.status, (await list.json()).length]).toEqual([200, 30])
  })

  it.each(blocksOf('ts').filter((code) => !isFixture(code) && !isPasted(code) && !isOfProject(code)))(
    'has a program that prints what its comments say: %#',
    async (code) => {
      const folder = await mkdtemp(join(tmpdir(), 'rollcall-readme-'))
      onTestFinished(() => rm(folder, { recursive: true }))
      await writeFile(join(folder, 'program.mts'), fromSources(code))
      const { stdout, stderr } = await run(['--no-warnings', join(folder, 'program.mts')], {
        command: [process.execPath],
      })
      const said = [...code.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, text]) => `${text}\n`)
      expect(said.length).toBeGreaterThan(0)
      expect({ stdout, stderr }).toEqual({ stdout: said.join(''), stderr: '' })
    },
  )

  it.each(blocksOf('ts').filter(isFixture))('has a test that stands among the examples, which are run: %#', (code) => {
    const examples = readdirSync(join(ROOT, 'examples'), { recursive: true, withFileTypes: true })
      .filter(({ name, parentPath }) => /\.(?:test|spec)\.ts$/.test(name) && !parentPath.includes('node_modules'))
      .map(({ name, parentPath }) => readFileSync(join(parentPath, name), 'utf8'))
    expect(examples).toContain(code)
  })

  it('has the files of a Vite app as `rollcall init` prints them; `npm run try` runs them', () => {
    const lines = linesToPaste('vite', { name: 'dynamic', operationId: '', mswMajor: 2 })
    expect(blocksOf('ts').filter(isPasted)).toEqual(lines)
  })

  it('names commands and flags that exist', async () => {
    for (const line of blocksOf('sh')
      .flatMap((block) => block.split('\n'))
      .filter((text) => text.startsWith('npx rollcall'))) {
      const [, , command = ''] = line.split(/\s+/)
      const { code, stdout } = await run([command, '--help'])
      expect({ command, code }).toEqual({ command, code: 0 })
      for (const [flag] of line.matchAll(/--[a-z-]+/g)) expect(stdout).toContain(flag)
    }
    const { stdout } = await run(['mock', '--help'])
    for (const flag of ['--rate-limit', '--delay', '--max-sessions', '--control-token', '--token']) {
      expect(README).toContain(`\`${flag}`.replace('`--rate-limit', '--rate-limit'))
      expect(stdout).toContain(flag)
    }
  })

  it('imports what the package exports, and links to what is there', () => {
    for (const [, name = ''] of README.matchAll(/from 'rollcall([^']*)'/g)) expect(exports).toHaveProperty([`.${name}`])
    for (const [, path = ''] of README.matchAll(/\]\((?!https?:)([^)#]+)/g))
      expect(existsSync(join(ROOT, path)), path).toBe(true)
  })
})
