import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runHere } from './run-here.ts'
import { run } from './spawn-rollcall.ts'

const DOCUMENT = `openapi: 3.1.0
info: { title: Notes, version: '1' }
paths:
  /notes:
    post:
      operationId: addNote
      requestBody:
        content: { application/json: { schema: { type: object, properties: { text: { type: string, maxLength: 9 } } } } }
      responses: { '204': { description: Kept } }
`
const FILES = ['api.ts', 'examples.ts', 'operations.ts', 'types.ts', 'validators.d.ts', 'validators.js']

let folder: string
let document: string
let out: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-generate-'))
  document = join(folder, 'notes.yaml')
  out = join(folder, 'made', 'here')
  await writeFile(document, DOCUMENT)
})
afterEach(() => rm(folder, { recursive: true }))

const contents = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(
      (await readdir(out)).map(async (name) => [name, await readFile(join(out, name), 'utf8')] as const),
    ),
  )

const ROOT = join(import.meta.dirname, '..')

describe('rollcall generate', () => {
  it('writes its files into a folder that it makes, and prints their paths', async () => {
    const { code, stdout, stderr } = await run(['generate', document, '--out', out])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect((await readdir(out)).sort()).toEqual(FILES)
    expect(stdout.trim().split('\n').sort()).toEqual(FILES.map((name) => join(out, name)))
    const files = await contents()
    for (const text of Object.values(files))
      expect(text).toMatch(/^\/\/ Written by `rollcall generate` from notes\.yaml\. /)
    expect(files['operations.ts']).toContain('"id": "addNote"')
    expect(files['types.ts']).toContain('addNote')
  })

  it('writes validators that run as they stand', async () => {
    await runHere(['generate', document, '--out', out])
    const { default: validators } = await import(join(out, 'validators.js'))
    expect(validators.addNote.body({ text: 'nine char' })).toBe(true)
    expect(validators.addNote.body({ text: 'ten chars!' })).toBe(false)
  })

  it('writes the same bytes again', async () => {
    await runHere(['generate', document, '--out', out])
    const before = await contents()
    await runHere(['generate', document, '--out', out])
    expect(await contents()).toEqual(before)
  })
})

describe('rollcall generate, of a document with faults,', () => {
  it.each<[what: string, text: string, told: string]>([
    [
      'an operationId given twice',
      DOCUMENT.replace(
        'post:',
        "get: { operationId: addNote, responses: { '204': { description: Kept } } }\n    post:",
      ),
      'operationId addNote is given twice; it is called postNotes',
    ],
    [
      'a reference that leads nowhere',
      DOCUMENT.replace('{ type: object,', "{ $ref: '#/nowhere',"),
      'the $ref leads nowhere: #/nowhere; any value is accepted there',
    ],
    [
      'a pattern that does not compile',
      DOCUMENT.replace('maxLength: 9', "pattern: '['"),
      'the pattern [ is not valid; it is ignored',
    ],
  ])('writes what can be derived all the same, and tells them: %s', async (_, text, told) => {
    await writeFile(document, text)
    const { code, stderr } = await runHere(['generate', document, '--out', out])
    expect(code).toBe(0)
    expect(stderr).toContain(`rollcall: ${document} has 1 fault, and is read all the same; rollcall check ${document}`)
    expect(stderr).toContain(told)
  })

  it('has nothing to tell of another version', async () => {
    await writeFile(document, DOCUMENT.replace('3.1.0', '3.0.3').replace('maxLength: 9', 'nullable: true'))
    const { code, stderr } = await runHere(['generate', document, '--out', out])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })
})

describe('rollcall generate --check', () => {
  it('says nothing and ends with 0 when every file is fresh', async () => {
    await runHere(['generate', document, '--out', out])
    expect(await runHere(['generate', document, '--out', out, '--check'])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: '',
    })
  })

  it('ends with 1, names every stale file in one line, and writes nothing', async () => {
    await runHere(['generate', document, '--out', out])
    await writeFile(join(out, 'types.ts'), 'export {}\n')
    await writeFile(join(out, 'operations.ts'), '')
    await rm(join(out, 'validators.js'))
    const before = await contents()
    const { code, stdout, stderr } = await runHere(['generate', document, '--out', out, '--check'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^rollcall: stale, run rollcall generate again: .*\n$/)
    for (const name of FILES) {
      const isStale = ['types.ts', 'operations.ts', 'validators.js'].includes(name)
      expect([name, stderr.includes(join(out, name))]).toEqual([name, isStale])
    }
    expect(await contents()).toEqual(before)
  })

  it('finds everything stale, and makes no folder, where nothing was ever written', async () => {
    const { code, stderr } = await runHere(['generate', document, '--out', out, '--check'])
    expect(code).toBe(1)
    for (const name of FILES) expect(stderr).toContain(join(out, name))
    await expect(stat(join(folder, 'made'))).rejects.toThrow('ENOENT')
  })
})

describe('rollcall generate refuses', () => {
  it.each([
    ['no document', ['--out', 'x'], 'generate takes one API or document; see rollcall generate --help'],
    [
      'two documents',
      ['a.yaml', 'b.yaml', '--out', 'x'],
      'generate takes one API or document; see rollcall generate --help',
    ],
    ['no --out', ['a.yaml'], 'generate needs --out <folder>'],
    [
      'a name that is nearly one',
      ['dynamc', '--out', 'x'],
      'there is no API dynamc; did you mean dynamic?; built in: dynamic, royalti, descope; or name a document',
    ],
  ])('%s, with exit code 2', async (_, args, message) => {
    expect(await runHere(['generate', ...args], { cwd: folder })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `rollcall: ${message}\n`,
    })
    expect(await readdir(folder)).toEqual(['notes.yaml'])
  })

  it.each([
    ['a document that does not parse', 'openapi: 3.1.0\ninfo: {', /notes\.yaml:2:\d+ is not valid YAML/],
    ['another kind of document', 'services: {}', /notes\.yaml is not an OpenAPI document/],
  ])('%s, in one line with exit code 1, and leaves what is there', async (_, text, message) => {
    await writeFile(document, text)
    await mkdir(out, { recursive: true })
    await writeFile(join(out, 'types.ts'), 'as it was')
    const { code, stdout, stderr } = await runHere(['generate', document, '--out', out])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^rollcall: .*\n$/)
    expect(stderr).toMatch(message)
    expect(await contents()).toEqual({ 'types.ts': 'as it was' })
  })

  it.each([['broken YAML', 'openapi: [', /is not valid YAML/]])(
    '%s, without a stack, and writes nothing',
    async (_, text, message) => {
      await writeFile(document, text)
      const { code, stdout, stderr } = await runHere(['generate', document, '--out', out])
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^rollcall: /)
      expect(stderr).toMatch(message)
      expect(stderr).not.toMatch(/^ +at /m)
      await expect(stat(out)).rejects.toThrow('ENOENT')
    },
  )

  it('schemas that lead from one to the next too deep for code, in one line that says what to do', async () => {
    const member = (at: number) => (at < 800 ? { $ref: `#/components/schemas/S${at}` } : { type: 'string' })
    const schemas = Object.fromEntries(
      Array.from({ length: 800 }, (_, at) => [`S${at}`, { type: 'object', properties: { next: member(at + 1) } }]),
    )
    const content = { 'application/json': { schema: member(0) } }
    const paths = { '/a': { get: { operationId: 'a', responses: { 200: { description: 'One.', content } } } } }
    const chain = { openapi: '3.1.0', info: { title: 'Chain', version: '1' }, paths, components: { schemas } }
    await writeFile(document, JSON.stringify(chain))
    const { code, stdout, stderr } = await runHere(['generate', document, '--out', out])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(
      /^rollcall: .*notes\.yaml: its schemas lead from one to the next too deep .* serve it by rollcall mock.*\n$/,
    )
    await expect(stat(out)).rejects.toThrow('ENOENT')
  })

  it.skipIf(!existsSync('/dev/full'))('a full disk, in one line, and leaves neither new files nor parts', async () => {
    await mkdir(out, { recursive: true })
    await writeFile(join(out, 'types.ts'), 'as it was')
    // Every write to what this link leads to fails as on a full disk.
    await symlink('/dev/full', join(out, 'validators.js.new'))
    expect(await runHere(['generate', document, '--out', out])).toEqual({
      code: 1,
      signal: null,
      stdout: '',
      stderr: `rollcall: ${join(out, 'validators.js')} cannot be written: the disk is full\n`,
    })
    expect(await contents()).toEqual({ 'types.ts': 'as it was' })
  })

  it('a file in the place of the folder, and says so', async () => {
    expect(await runHere(['generate', document, '--out', document])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `rollcall: --out ${document} cannot be used: it is a file; name another folder\n`,
    })
  })
})

describe('rollcall generate royalti', () => {
  it('derives from the document that comes along', async () => {
    const { code, stderr } = await runHere([
      'generate',
      'royalti',
      '--out',
      join(ROOT, 'generated', 'royalti'),
      '--check',
    ])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })
})
