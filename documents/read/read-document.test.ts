import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createReferences, DocumentError, dereference, parseOpenApi, readDocument } from './read-document.ts'

const HEAD = `openapi: 3.1.0\ninfo: { title: Orders, version: '1' }\n`

const folder = mkdtempSync(join(tmpdir(), 'read-document-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('readDocument', () => {
  it('reads YAML and JSON alike', async () => {
    const document = { openapi: '3.1.1', info: { title: 'Orders', version: '1' }, paths: {} }
    writeFileSync(join(folder, 'a.json'), JSON.stringify(document))
    writeFileSync(join(folder, 'a.yaml'), `openapi: 3.1.1\ninfo: { title: Orders, version: '1' }\npaths: {}\n`)
    expect((await readDocument(join(folder, 'a.json'))).document).toEqual(document)
    expect((await readDocument(join(folder, 'a.yaml'))).document).toEqual(document)
  })

  it.each([
    ['a missing file', 'nobody.yaml', 'there is no such file'],
    ['a folder', '', 'it is a folder'],
  ])('says that it cannot read %s', async (_, name, reason) => {
    const file = join(folder, name)
    await expect(readDocument(file)).rejects.toThrow(new DocumentError(`cannot read ${file}: ${reason}`))
  })
})

describe('parseOpenApi', () => {
  it.each<[given: string, text: string, want: string | RegExp]>([
    ['broken YAML, with line and column', 'openapi: 3.1.0\ninfo: [\n', /^a\.yaml:3:1 is not valid YAML: \S/],
    ['an unknown alias', 'openapi: *nobody\n', /^a\.yaml is not valid YAML: .*nobody/],
    [
      'an alias inside its anchor',
      'openapi: &a { b: *a }\n',
      'a.yaml is not valid YAML: an alias stands inside its own anchor',
    ],
    [
      'broken JSON, with line and column',
      '{\n  "openapi": "3.1.0",\n  "info": {]\n}',
      /^a\.yaml:3:\d+ is not valid JSON: \S/,
    ],
    ['an empty file', '', 'a.yaml is not an OpenAPI document: it has no "openapi" member'],
    ['a list', '- 1', 'a.yaml is not an OpenAPI document: it has no "openapi" member'],
    ['Swagger of the last age', 'swagger: "1.2"', 'a.yaml is Swagger 1.2; rollcall reads 2.0, and OpenAPI 3.0 to 3.2'],
    ['OpenAPI of another age', 'openapi: 4.0.0', 'a.yaml is OpenAPI 4.0.0; rollcall reads 3.0 to 3.2, and Swagger 2.0'],
    ['a version that is neither', 'openapi: [3]', 'a.yaml is not an OpenAPI document: it has no "openapi" member'],
    ['a JSON Schema', '{"type":"object"}', 'a.yaml is not an OpenAPI document: it has no "openapi" member'],
  ])('refuses %s, in one line', (_, text, want) => {
    const error = catchError(() => parseOpenApi(text, 'a.yaml'))
    expect(error).toBeInstanceOf(DocumentError)
    if (typeof want === 'string') expect(error.message).toBe(want)
    else expect(error.message).toMatch(want)
    expect(error.message).not.toContain('\n')
  })

  it.each<[given: string, components: string]>([
    [
      'a schema that contains itself',
      `{ schemas: { A: { properties: { child: { $ref: '#/components/schemas/A' } } } } }`,
    ],
    ['a chain', `{ schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/C' }, C: {} } }`],
    ['a $ref inside an example', `{ examples: { a: { value: { $ref: '#/nowhere' } } } }`],
    ['a $ref inside a default', `{ schemas: { A: { default: { $ref: nowhere.yaml } } } }`],
    ['a $ref inside the examples of a schema', `{ schemas: { A: { examples: [{ $ref: '#/nowhere' }] } } }`],
    ['a property called $ref', `{ schemas: { A: { properties: { $ref: { type: string } } } } }`],
    ['escaped and encoded tokens', `{ schemas: { a/b~c d: {}, A: { $ref: '#/components/schemas/a~1b~0c%20d' } } }`],
  ])('takes %s', (_, components) => {
    expect(
      parseOpenApi(
        `${HEAD}components: ${components}\npaths: { /: { get: { operationId: a, responses: { 200: {} } } } }`,
        'a.yaml',
      ).diagnostics,
    ).toEqual([])
  })

  it.each([
    ['to an anchor that nobody has', '#b', '#b: a.yaml has no anchor b'],
    [
      'to another file, of which only the text is known',
      'b.yaml#/B',
      'b.yaml#/B: it is in another file, and only a text was given',
    ],
  ])('says why a $ref %s leads nowhere', (_, reference, reason) => {
    const { diagnostics, findPlace } = parseOpenApi(
      `${HEAD}components: { schemas: { A: { $ref: '${reference}' } } }`,
      'a.yaml',
    )
    const told = diagnostics.filter(({ rule }) => rule === 'ref-dangling')
    expect(told).toMatchObject([{ message: `the $ref leads nowhere: ${reason}`, pointer: '#/components/schemas/A' }])
    expect(findPlace('#/components/schemas/A')).toMatchObject({ file: 'a.yaml', line: 3, column: 26 })
  })

  it('says of every member that is given twice, also in other files, where that is', async () => {
    writeFileSync(
      join(folder, 'twice.yaml'),
      `${HEAD}info: { title: A, version: '1' }\ncomponents: { schemas: { A: { $ref: twice-too.yaml } } }`,
    )
    writeFileSync(join(folder, 'twice-too.yaml'), 'type: object\nproperties:\n  a: {}\n  a: {}\n')
    const { diagnostics } = await readDocument(join(folder, 'twice.yaml'))
    expect(diagnostics.filter(({ rule }) => rule === 'key-twice').map(({ pointer }) => pointer)).toEqual([
      '#/info',
      '#/components/schemas/A/properties/a',
    ])
  })

  it('takes JSON that only YAML can read', () => {
    expect(parseOpenApi(`{ openapi: 3.1.0, info: { title: Orders, version: '1' }, }`, 'a.yaml').document.openapi).toBe(
      '3.1.0',
    )
  })

  it.each<[given: string, text: string]>([
    ['a byte order mark', `\uFEFF{ "openapi": "3.1.0", "info": { "title": "Orders", "version": "1" } }`],
    ['a byte order mark before YAML', `\uFEFF${HEAD}`],
    ['merge keys', `x-a: &a { title: Orders }\nopenapi: 3.1.0\ninfo: { <<: *a, version: '1' }`],
  ])('takes %s', (_, text) => {
    expect(parseOpenApi(text, 'a.yaml').document.info).toEqual({ title: 'Orders', version: '1' })
  })
})

describe('the references of a document', () => {
  const document = parseOpenApi(
    `${HEAD}components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { type: string }, a/b: { type: 'null' } } }`,
    'a.yaml',
  ).document
  const references = createReferences(document)

  it.each<[reference: string, want: unknown]>([
    ['#', document],
    ['#/info/title', 'Orders'],
    ['#/components/schemas/a~1b', { type: 'null' }],
    ['#/components/schemas/Nobody', undefined],
    ['#/constructor', undefined],
    ['#/info/title/length', undefined],
  ])('%s leads to %j', (reference, want) => {
    expect(references.valueAt(reference)).toEqual(want)
  })

  it('follows a chain of references to its end', () => {
    expect(dereference(references, { $ref: '#/components/schemas/A' })).toEqual({ type: 'string' })
  })

  it.each([undefined, null, 7, true, { type: 'string' }])('leaves %j as it is', (value) => {
    expect(dereference(references, value)).toBe(value)
  })

  it('gives up on a circle', () => {
    const circle = { ...document, components: { a: { $ref: '#/components/a' } } }
    const circular = () => dereference(createReferences(circle), circle.components.a)
    expect(circular).toThrow(new DocumentError('the $ref #/components/a leads in a circle'))
  })
})

function catchError(run: () => unknown): Error {
  try {
    run()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}
