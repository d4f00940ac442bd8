import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFolder } from '../contract-tests/fixtures/create-folder.ts'
import { runHere } from './run-here.ts'
import { start } from './spawn-rollcall.ts'

const NOTES = `openapi: 3.1.0
info: { title: Notes, version: '1' }
paths:
  /notes:
    post:
      operationId: addNote
      requestBody: { content: { application/json: { schema: { $ref: SCHEMA } } } }
      responses: { '201': { description: Kept } }
`
const SCHEMA = 'type: object\nproperties: { text: { const: rollcall } }\nrequired: [text]\n'

const folder = createFolder()
let server: Server
let origin: string
beforeAll(async () => {
  const files: Record<string, string> = {
    '/api/notes.yaml': NOTES.replace('SCHEMA', 'schemas/note.yaml'),
    '/api/schemas/note.yaml': SCHEMA,
    '/note.yaml': SCHEMA,
  }
  server = createServer((request, response) => response.end(files[request.url as string]))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  folder.remove()
})

const several = () =>
  folder.write({
    'api/notes.yaml': NOTES.replace('SCHEMA', '../schemas/note.yaml'),
    'schemas/note.yaml': SCHEMA,
    'package.json': '{}',
  })

describe('a document', () => {
  it('may be in several files', async () => {
    expect(await runHere(['data', several()])).toMatchObject({ stdout: '{"text":"rollcall"}\n', code: 0 })
  })

  describe('given by its URL, with what lies below it, is called as its file is', () => {
    it('by data and generate', async () => {
      const url = `${origin}/api/notes.yaml`
      expect(await runHere(['data', url])).toMatchObject({ stdout: '{"text":"rollcall"}\n', code: 0 })
      const out = join(dirname(several()), 'out')
      expect(await runHere(['generate', url, '--out', out])).toMatchObject({ code: 0 })
    })

    it('by verify and mock', async () => {
      const url = `${origin}/api/notes.yaml`
      expect((await runHere(['verify', url, '--list'])).stdout).toContain('addNote/accepts/plain')
      const mock = await start([url])
      expect(await mock.stop()).toMatchObject({ stdout: expect.stringContaining('Notes (notes)') })
    })
  })
})

describe('--allow-files', () => {
  it('lets a $ref lead out of the repository or package of the document', async () => {
    const document = folder.write({ 'api/notes.yaml': NOTES.replace('SCHEMA', '../note.yaml'), 'note.yaml': SCHEMA })
    const api = dirname(document)
    const mock = await start([document])
    expect((await mock.stop()).stderr).toContain(
      `  ${document}:7:53: the $ref leads nowhere: ../note.yaml: it is a file outside of ${api}; --allow-files <folder> allows it; any value`,
    )
    expect((await runHere(['data', document, '--allow-files', dirname(api)])).stdout).toBe('{"text":"rollcall"}\n')
  })

  it.each(['', 'nowhere'])('must be a folder, and not %j', async (name) => {
    const { stderr, code } = await runHere(['data', several(), '--allow-files', name])
    expect({ stderr, code }).toEqual({
      stderr: `rollcall: --allow-files must be a folder, not ${name || 'empty'}\n`,
      code: 2,
    })
  })
})

describe('--allow-remote', () => {
  it('lets a $ref lead to any URL', async () => {
    const document = folder.write({ 'notes.yaml': NOTES.replace('SCHEMA', `${origin}/note.yaml`) })
    const mock = await start([document])
    expect((await mock.stop()).stderr).toContain('nothing is fetched; --allow-remote allows it')
    expect((await runHere(['data', document, '--allow-remote'])).stdout).toBe('{"text":"rollcall"}\n')
  })
})

it.each(['mock', 'prism', 'verify', 'check', 'infer', 'selftest', 'data', 'generate'])(
  'rollcall %s --help names all',
  async (command) => {
    const { stdout } = await runHere([command, '--help'])
    expect(stdout).toMatch(/^ {2}--allow-files <dir> .*\n {2}--allow-remote {2}/m)
    expect(stdout).toMatch(/^ {2}--overlay <file> /m)
  },
)
