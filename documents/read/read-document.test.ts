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
    expect(await readDocument(join(folder, 'a.json'))).toEqual(document)
    expect(await readDocument(join(folder, 'a.yaml'))).toEqual(document)
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
    [
      'a key given twice',
      'openapi: 3.1.0\nopenapi: 3.1.0\n',
      /^a\.yaml:2:1 is not valid YAML: Map keys must be unique$/,
    ],
    ['an unknown alias', 'openapi: *nobody\n', /^a\.yaml is not valid YAML: .*nobody/],
    [
      'an alias inside its anchor',
      'openapi: &a { b: *a }\n',
      'a.yaml is not valid YAML: an alias stands inside its own anchor',
    ],
    [
      'broken JSON, with line and column',
      '{\n  "openapi": "3.1.0",\n  "info": {]\n}',
      /^a\.yaml:3:\d+ is not valid YAML: \S/,
    ],
    ['an empty file', '', 'a.yaml is not an OpenAPI document: it has no "openapi" member'],
    ['a list', '- 1', 'a.yaml is not an OpenAPI document: it has no "openapi" member'],
    ['a JSON Schema', '{"type":"object"}', 'a.yaml is not an OpenAPI document: it has no "openapi" member'],
    ['Swagger', 'swagger: "2.0"', 'a.yaml is Swagger 2.0; rollcall reads OpenAPI 3.1'],
    ['a version that is a number', 'openapi: 3.1', 'a.yaml is not an OpenAPI document: it has no "openapi" member'],
    ['OpenAPI 3.0', 'openapi: 3.0.3', 'a.yaml is OpenAPI 3.0.3; rollcall reads 3.1'],
    ['OpenAPI 3.2', 'openapi: 3.2.0', 'a.yaml is OpenAPI 3.2.0; rollcall reads 3.1'],
    ['no info', 'openapi: 3.1.0', 'a.yaml has no info.title or no info.version'],
    ['no title', 'openapi: 3.1.0\ninfo: { version: "1" }', 'a.yaml has no info.title or no info.version'],
    [
      'a version that is no text',
      'openapi: 3.1.0\ninfo: { title: A, version: 1 }',
      'a.yaml has no info.title or no info.version',
    ],
    [
      'a $ref that leads nowhere, with its pointer',
      `${HEAD}paths: { '/a/{b}': { get: { responses: { '200': { $ref: '#/components/responses/Nobody' } } } } }`,
      'a.yaml has a $ref that leads nowhere at #/paths/~1a~1%7Bb%7D/get/responses/200: #/components/responses/Nobody',
    ],
    [
      'a dangling $ref of the response called default',
      `${HEAD}paths: { /a: { get: { responses: { default: { $ref: '#/components/responses/Nobody' } } } } }`,
      'a.yaml has a $ref that leads nowhere at #/paths/~1a/get/responses/default: #/components/responses/Nobody',
    ],
    [
      'a dangling $ref of a property called value',
      `${HEAD}components: { schemas: { A: { properties: { value: { $ref: '#/components/schemas/B' } } } } }`,
      'a.yaml has a $ref that leads nowhere at #/components/schemas/A/properties/value: #/components/schemas/B',
    ],
    [
      'a $ref with a stray percent sign',
      `${HEAD}components: { schemas: { A: { $ref: '#/components/schemas/100%' } } }`,
      'a.yaml has a $ref that leads nowhere at #/components/schemas/A: #/components/schemas/100%',
    ],
    [
      'a $ref to an anchor that nobody has',
      `${HEAD}components: { schemas: { A: { $ref: '#b' }, B: { $anchor: c } } }`,
      'a.yaml:3:26 has a $ref that leads nowhere: #b: a.yaml has no anchor b',
    ],
    [
      'a $ref to another file, of which only the text is known',
      `${HEAD}components: { schemas: { A: { $ref: 'b.yaml#/B' } } }`,
      'a.yaml:3:26 has a $ref that leads nowhere: b.yaml#/B: it is in another file, and only a text was given',
    ],
    [
      'a $ref to itself',
      `${HEAD}components: { schemas: { A: { $ref: '#/components/schemas/A' } } }`,
      'a.yaml has a $ref that leads in a circle at #/components/schemas/A: #/components/schemas/A',
    ],
    [
      'two $refs to each other',
      `${HEAD}components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } }`,
      'a.yaml has a $ref that leads in a circle at #/components/schemas/A: #/components/schemas/B',
    ],
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
    [
      'a $ref inside an extension',
      `{ schemas: { A: { x-docs: { $ref: ./docs.md } } }, x-topics: { $ref: '#/nowhere' } }`,
    ],
    ['a property called $ref', `{ schemas: { A: { properties: { $ref: { type: string } } } } }`],
    ['escaped and encoded tokens', `{ schemas: { a/b~c d: {}, A: { $ref: '#/components/schemas/a~1b~0c%20d' } } }`],
  ])('takes %s', (_, components) => {
    expect(parseOpenApi(`${HEAD}components: ${components}`, 'a.yaml').info.title).toBe('Orders')
  })

  it('takes JSON that only YAML can read', () => {
    expect(parseOpenApi(`{ openapi: 3.1.0, info: { title: Orders, version: '1' }, }`, 'a.yaml').openapi).toBe('3.1.0')
  })
})

describe('the references of a document', () => {
  const document = parseOpenApi(
    `${HEAD}components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { type: string }, a/b: { type: 'null' } } }`,
    'a.yaml',
  )
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
