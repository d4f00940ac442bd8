import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHere } from './run-here.ts'
import { run } from './spawn-rollcall.ts'

const PETS = `openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get: { operationId: list, responses: { '200': { $ref: '#/components/responses/Pets' } } }
    put: { operationId: list, responses: { '204': { description: Done } } }
components:
  responses:
    Pets:
      description: All
      content:
        application/json:
          schema: { type: array, items: { $ref: '#/components/schemas/Pet' } }
          example: none
`
const folder = await mkdtemp(join(tmpdir(), 'rollcall-check-'))
beforeAll(async () => {
  await writeFile(join(folder, 'pets.yaml'), PETS)
  await writeFile(
    join(folder, 'certificate.yaml'),
    `openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets: { get: { operationId: list, security: [{ own: [] }], responses: { '200': { description: All } } } }
components:
  securitySchemes: { own: { type: mutualTLS } }
`,
  )
  await writeFile(
    join(folder, 'sound.yaml'),
    PETS.replace('put: { operationId: list', 'put: { operationId: replace')
      .replace("{ $ref: '#/components/schemas/Pet' }", '{}')
      .replace('example: none', 'example: [none]'),
  )
})
afterAll(() => rm(folder, { recursive: true }))

const check = (...args: string[]) => runHere(['check', ...args], { cwd: folder })

describe('rollcall check', () => {
  it('tells each fault with its place, what is done instead and the operations it touches', async () => {
    const { code, stdout, stderr } = await run(['check', 'pets.yaml'], { cwd: folder })
    expect(stdout.trimEnd().split('\n')).toEqual([
      'pets.yaml:6:12  operation-id-twice: operationId list is given twice; it is called putPets (putPets)',
      'pets.yaml:13:34  ref-dangling: the $ref leads nowhere: #/components/schemas/Pet; any value is accepted there (list)',
      'pets.yaml:14:11  example-invalid: the example breaks its schema: it must be array; another value is shown (list)',
      'pets.yaml: 3 faults, 2 of 2 operations touched',
    ])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('tells which credentials are not asked for, and by which operations', async () => {
    const { stdout } = await check('certificate.yaml')
    expect(stdout.trimEnd().split('\n')).toEqual([
      'certificate.yaml:6:22  security-unknown: own is a client certificate, which plain HTTP does not have; it is not asked for (list)',
      'certificate.yaml: 1 fault, 1 of 1 operations touched',
    ])
  })

  it('tells the same as JSON', async () => {
    const { code, stdout } = await check('pets.yaml', '--format', 'json')
    const { document, operations, diagnostics } = JSON.parse(stdout)
    expect({ code, document, operations }).toEqual({ code: 0, document: 'pets.yaml', operations: 2 })
    expect(diagnostics).toHaveLength(3)
    expect(diagnostics[2]).toEqual({
      rule: 'example-invalid',
      message: 'the example breaks its schema: it must be array',
      instead: 'another value is shown',
      pointer: '#/components/responses/Pets/content/application~1json/example',
      file: 'pets.yaml',
      line: 14,
      column: 11,
      operations: ['list'],
    })
  })

  it('tells what makes no sense in what the document says of its resources', async () => {
    await writeFile(
      join(folder, 'resource.yaml'),
      `openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get: { operationId: list, x-resource: { role: lists }, responses: { '204': { description: None } } }
`,
    )
    expect((await check('resource.yaml')).stdout).toContain(
      'resource.yaml:5:45  resource-invalid: there is no role lists; there is list, create, read,',
    )
  })

  it('has the exit code 1 with --strict where anything is wrong', async () => {
    expect((await check('pets.yaml', '--strict')).code).toBe(1)
    expect(await check('sound.yaml', '--strict')).toMatchObject({ code: 0, stdout: 'sound.yaml: no faults\n' })
  })

  it('takes a built-in document by its name, and finds nothing', async () => {
    expect(await check('royalti', '--strict')).toMatchObject({ code: 0, stdout: 'royalti: no faults\n' })
  })

  it.each<[what: string, args: string[], code: number, message: string]>([
    ['no document', [], 2, 'check takes one document; see rollcall check --help'],
    ['two documents', ['pets.yaml', 'sound.yaml'], 2, 'check takes one document; see rollcall check --help'],
    ['another format', ['pets.yaml', '--format', 'xml'], 2, '--format must be text or json, not xml'],
    ['a file that is not there', ['nobody.yaml'], 1, 'cannot read nobody.yaml: there is no such file'],
  ])('ends in one line: %s', async (_, args, code, message) => {
    expect(await check(...args)).toMatchObject({ code, stdout: '', stderr: `rollcall: ${message}\n` })
  })
})
