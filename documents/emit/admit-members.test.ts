import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, describe, expect, it } from 'vitest'
import { parseContract, readContract } from '../contract/build-contract.ts'
import type { Json } from '../read/read-document.ts'
import { compileValidators } from '../validators/compile-validators.ts'
import { generate } from './generate.ts'

const object = (properties: Json, more: Json = {}) => ({ type: 'object', properties, ...more })
const id = { type: 'integer' }
const text = { type: 'string' }

const INNER = 'application~1json'

const SCHEMAS: Record<string, Json> = {
  User: object(
    { id: { ...id, readOnly: true }, name: text, password: { ...text, writeOnly: true } },
    { required: ['id', 'name', 'password'] },
  ),
  Team: object({ lead: { $ref: '#/components/schemas/User' } }, { required: ['lead'] }),
  Source: {
    oneOf: [object({ kind: { const: 'book' }, id: { ...id, readOnly: true } }, { required: ['kind', 'id'] }), text],
  },
  Credentials: object({ secret: { ...text, writeOnly: true } }, { required: ['secret'] }),
  Extra: object({ id, note: text }, { required: ['id'], additionalProperties: { type: 'boolean' } }),
  Patterned: object({ id }, { required: ['id'], patternProperties: { '^x-': text } }),
  Narrow: object({ id }, { required: ['id'], patternProperties: { '^x-': text }, additionalProperties: false }),
  Free: { type: 'object' },
  // References into schemas, one of which stands below a path.
  Inner: object(
    {
      note: { $ref: '#/components/schemas/Extra/properties/note' },
      more: {
        type: 'array',
        items: { $ref: `#/paths/~1Inner/post/requestBody/content/${INNER}/schema/properties/note` },
      },
      self: object({ self: { $ref: '#/components/schemas/Inner/properties/self' } }),
    },
    { required: ['note'] },
  ),
  Cat: object({ kind: { const: 'cat' }, lives: id }, { required: ['kind', 'lives'] }),
  Dog: object({ kind: { const: 'dog' }, name: text }, { required: ['kind', 'name'] }),
  Pet: {
    oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
    discriminator: { propertyName: 'kind', mapping: { cat: 'Cat', dog: '#/components/schemas/Dog', cow: 'Cow' } },
  },
  // Types that hold themselves in a list, which only aliases may.
  Json: {
    anyOf: [
      { type: ['string', 'number', 'boolean', 'null'] },
      { type: 'array', items: { $ref: '#/components/schemas/Json' } },
      { type: 'object', additionalProperties: { $ref: '#/components/schemas/Json' } },
    ],
  },
  Pairs: { type: 'array', items: { anyOf: [{ $ref: '#/components/schemas/Turn' }, text] } },
  Turn: { oneOf: [{ $ref: '#/components/schemas/Pairs' }, id] },
  Beside: { $ref: '#/components/schemas/Cat', properties: { note: text }, required: ['note'] },
  valueOf: object(
    { hasOwnProperty: text, next: { $ref: '#/components/schemas/valueOf' } },
    { required: ['hasOwnProperty'] },
  ),
  Odd: object({ constructor: text, toString: id, 'include[]': text }, { required: ['constructor'] }),
}

const json = (name: string) => ({
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
})

const inline = (name: string) => ({ content: { 'application/json': { schema: SCHEMAS[name] } } })

const TEXT = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'A', version: '1' },
  paths: Object.fromEntries(
    Object.keys(SCHEMAS).map((name) => [
      `/${name}`,
      {
        post: {
          operationId: name,
          parameters: [{ name: 'include[]', in: 'query', schema: { type: 'array', items: text } }],
          requestBody: { required: true, ...(name === 'Inner' ? inline(name) : json(name)) },
          responses: name === 'Credentials' ? { 204: {} } : { 200: json(name) },
        },
      },
    ]),
  ),
  components: { schemas: SCHEMAS },
})

// Inside of the repository, where TypeScript finds its libraries.
mkdirSync(join(import.meta.dirname, '../../node_modules/.cache'), { recursive: true })
const folder = mkdtempSync(join(import.meta.dirname, '../../node_modules/.cache/types-'))
afterAll(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, 'document.json'), TEXT)
const files = await generate(await readContract(join(folder, 'document.json')), 'document.json')
writeFileSync(join(folder, 'types.ts'), files.get('types.ts') as string)

/** What TypeScript has against each value, as a request or a reply of the schema's operation. */
function compileAll(values: readonly (readonly [kind: 'request' | 'reply', name: string, value: Json])[]): boolean[] {
  const lines = values.map(
    ([kind, name, value], index) => `export const v${index}: ${kind}<'${name}'> = ${JSON.stringify(value)}`,
  )
  const file = join(folder, 'values.ts')
  writeFileSync(
    file,
    `import type { operations } from './types.ts'
type request<K extends keyof operations> = operations[K]['requestBody']['content']['application/json']
type reply<K extends keyof operations> = operations[K]['responses'] extends { 200: { content: { 'application/json': infer T } } } ? T : never
${lines.join('\n')}
`,
  )
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: true,
    allowImportingTsExtensions: true,
    module: ts.ModuleKind.NodeNext,
    types: [],
  })
  const wrong = ts
    .getPreEmitDiagnostics(program)
    .map(({ file: at, start = 0 }) => at?.getLineAndCharacterOfPosition(start).line)
  expect(wrong.filter((line) => line === undefined || line < 3)).toEqual([])
  return values.map((_, index) => !wrong.includes(index + 3))
}

const ACCEPTED: [kind: 'request' | 'reply', name: string, value: Json][] = [
  ['request', 'User', { name: 'a', password: 'b' }],
  ['request', 'User', { id: 1, name: 'a', password: 'b' }],
  ['reply', 'User', { id: 1, name: 'a' }],
  ['request', 'Team', { lead: { name: 'a', password: 'b' } }],
  ['reply', 'Team', { lead: { id: 1, name: 'a' } }],
  ['request', 'Source', { kind: 'book' }],
  ['reply', 'Source', { kind: 'book', id: 1 }],
  ['request', 'Credentials', { secret: 'a' }],
  ['request', 'Extra', { id: 1, more: true }],
  ['request', 'Extra', { id: 1, note: 'a' }],
  ['request', 'Patterned', { id: 1, 'x-a': 'b', other: [] }],
  ['request', 'Narrow', { id: 1, 'x-a': 'b' }],
  ['request', 'Free', { any: 1 }],
  ['request', 'Pet', { kind: 'cat', lives: 9 }],
  ['request', 'Inner', { note: 'a', more: ['b'] }],
  ['request', 'Json', { a: [1, ['b', null], { c: true }] }],
  ['request', 'Pairs', [[[1], 'a'], 1, 'b']],
  ['request', 'Beside', { kind: 'cat', lives: 9, note: 'a' }],
  ['request', 'valueOf', { hasOwnProperty: 'a', next: { hasOwnProperty: 'b' } }],
  ['request', 'Odd', { constructor: 'a', toString: 1, 'include[]': 'b' }],
]

const REFUSED: typeof ACCEPTED = [
  ['request', 'User', { name: 'a' }],
  ['reply', 'User', { name: 'a' }],
  ['request', 'Team', { lead: { name: 'a' } }],
  ['reply', 'Source', { kind: 'book' }],
  ['request', 'Credentials', {}],
  ['request', 'Extra', { id: 1, more: {} }],
  ['request', 'Extra', { more: true }],
  ['request', 'Narrow', { id: 1, 'x-a': {} }],
  ['request', 'Pet', { kind: 'dog', lives: 9 }],
  ['request', 'Inner', { note: 1 }],
  ['request', 'Inner', { note: 'a', more: [1] }],
  ['request', 'Pairs', [true]],
  ['request', 'Beside', { kind: 'cat', lives: 9 }],
  ['request', 'Beside', { note: 'a' }],
  ['request', 'valueOf', { next: { hasOwnProperty: 'b' } }],
  ['request', 'Odd', { toString: 1 }],
]

describe('types and validators agree', () => {
  const validators = compileValidators(parseContract(TEXT, 'document.json')) as Json
  const areValid = (values: typeof ACCEPTED) =>
    values.map(([kind, name, value]) =>
      (kind === 'request' ? validators[name].body : validators[name].replies[200])(value),
    )

  it('on what is right', () => {
    const all = ACCEPTED.map(() => true)
    expect(areValid(ACCEPTED)).toEqual(all)
    expect(compileAll(ACCEPTED)).toEqual(all)
  })

  it('on what is wrong', () => {
    const none = REFUSED.map(() => false)
    expect(areValid(REFUSED)).toEqual(none)
    expect(compileAll(REFUSED)).toEqual(none)
  })
})

it('a component has a second name only where requests and replies see it differently', () => {
  const names = [...(files.get('types.ts') as string).matchAll(/^ {8}(\w+Request): \{/gm)].map(([, name]) => name)
  expect(names.sort()).toEqual(['SourceRequest', 'TeamRequest', 'UserRequest'])
})
