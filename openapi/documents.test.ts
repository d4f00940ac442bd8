import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { METHODS, placesOf } from '../documents/list-operations.ts'
import {
  type Document,
  dereference,
  holdsNames,
  isData,
  type Json,
  parseOpenApi,
  readDocument,
} from '../documents/read-document.ts'
import { BUILT_IN_DOCUMENTS } from '../scripts/built-in-documents.ts'

/** What a check looked at, and what it found wrong, as `<where>: <what>`. */
interface Verdict {
  readonly seen: number
  readonly faults: readonly string[]
}

const EVIDENCE = ['documented', 'observed', 'assumed']
const ROLES = ['subject', 'read-back', 'clean-up']

const CHECKS = {
  'examples of bodies, parameters and headers satisfy their schemas in full': checkExamples,
  'examples of schemas satisfy them in full': checkSchemaExamples,
  'patterns compile with the u flag and accept their own examples': checkPatterns,
  'failures are complete, and their places are in the declared reply': checkFailures,
  'evidence is documented, observed or assumed, and each tag names what the schema says': checkEvidence,
  'operations have an id and a role': checkOperations,
  'responses with content have named examples': checkResponses,
} satisfies Record<string, (document: Document) => Verdict>

describe.each(BUILT_IN_DOCUMENTS)('$name', async ({ file }) => {
  const document = await readDocument(file)
  it.each(Object.entries(CHECKS))('%s', (_, check) => expect(check(document).faults).toEqual([]))

  it('gives the checks something to look at', () => {
    for (const check of [checkExamples, checkSchemaExamples, checkFailures, checkEvidence, checkResponses]) {
      expect(check(document).seen, check.name).toBeGreaterThan(10)
    }
    expect(checkOperations(document).seen).toBeGreaterThanOrEqual(3)
  })
})

it('looks at the patterns and the examples of dynamic.yaml', async () => {
  const dynamic = BUILT_IN_DOCUMENTS.find(({ name }) => name === 'dynamic') as (typeof BUILT_IN_DOCUMENTS)[number]
  const document = await readDocument(dynamic.file)
  expect(checkPatterns(document).seen).toBeGreaterThan(15)
  expect(checkExamples(document).seen).toBeGreaterThan(25)
  expect(checkSchemaExamples(document).seen).toBeGreaterThan(40)
})

describe('a fault planted in a document is named', () => {
  const SOUND = `
openapi: 3.1.0
info: { title: Orders, version: '1' }
paths:
  /orders:
    post:
      operationId: order
      x-role: subject
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Order' }
            example: { name: Ada }
      responses:
        '201':
          description: Some are in, some are not.
          content:
            application/json:
              schema:
                type: object
                properties: { failed: { type: array, items: { $ref: '#/components/schemas/Order' } } }
              examples: { one: { value: { failed: [{ name: Ada }] } } }
        '400': { description: The body is not valid. }
      x-failures:
        - { id: taken, level: row, at: /failed/*/name, message: Taken, when: The name is taken., evidence: documented }
        - { id: bad, level: request, status: 400, at: '400', when: The body is not valid., evidence: assumed }
components:
  schemas:
    Order:
      type: object
      properties:
        name: { type: string, pattern: '^\\p{L}+$', examples: [Ada], x-evidence-of: { type: observed } }
`
  const sound = (): Document => parseOpenApi(SOUND, 'sound.yaml')

  it('is sound before', () => {
    for (const [title, check] of Object.entries(CHECKS)) {
      const { seen, faults } = check(sound())
      expect({ title, faults }).toEqual({ title, faults: [] })
      expect(seen, title).toBeGreaterThan(0)
    }
  })

  const operationOf = (document: Json): Json => document.paths['/orders'].post
  const nameOf = (document: Json): Json => document.components.schemas.Order.properties.name
  it.each<[given: string, plant: (document: Json) => void, check: (document: Document) => Verdict, want: RegExp]>([
    [
      'a request example that breaks the schema',
      (document) => (operationOf(document).requestBody.content['application/json'].example.name = 7),
      checkExamples,
      /requestBody.*\/name must be string/,
    ],
    [
      'a response example that breaks a pattern nobody enforces',
      (document) => {
        nameOf(document)['x-evidence-of'] = { pattern: 'assumed' }
        const media = operationOf(document).responses['201'].content['application/json']
        media.examples.one.value = { failed: [{ name: '7' }] }
      },
      checkExamples,
      /one.*\/failed\/0\/name must match pattern/,
    ],
    ['a schema example that breaks it', (d) => nameOf(d).examples.push(''), checkSchemaExamples, /name.*match pattern/],
    ['a pattern that u refuses', (d) => (nameOf(d).pattern = '\\p{Nope}'), checkPatterns, /Invalid property name/],
    ['a pattern without an example', (d) => (nameOf(d).examples = []), checkPatterns, /no example/],
    ['a pattern its example breaks', (d) => (nameOf(d).pattern = '^[0-9]+$'), checkPatterns, /refuses Ada/],
    ['a failure without a cause', (d) => delete operationOf(d)['x-failures'][0].when, checkFailures, /taken.*when/],
    ['a failure without evidence', (d) => delete operationOf(d)['x-failures'][1].evidence, checkFailures, /evidence/],
    ['a failure without a message', (d) => delete operationOf(d)['x-failures'][0].message, checkFailures, /message/],
    ['a failure nowhere', (d) => (operationOf(d)['x-failures'][0].at = '/failed/*/nom'), checkFailures, /nom leads/],
    ['an undeclared status', (d) => (operationOf(d)['x-failures'][1].status = 409), checkFailures, /409 is not decl/],
    ['a misspelt evidence', (d) => (nameOf(d)['x-evidence'] = 'observd'), checkEvidence, /observd/],
    ['a tag on nothing', (d) => (nameOf(d)['x-evidence-of'] = { minimum: 'assumed' }), checkEvidence, /minimum/],
    ['a misspelt tag', (d) => (nameOf(d)['x-evidence-of'] = { pattern: 'asumed' }), checkEvidence, /asumed/],
    ['no operationId', (d) => delete operationOf(d).operationId, checkOperations, /no operationId/],
    ['no role', (d) => delete operationOf(d)['x-role'], checkOperations, /x-role/],
    [
      'an unnamed example',
      (document) => {
        const media = operationOf(document).responses['201'].content['application/json']
        delete media.examples
        media.example = {}
      },
      checkResponses,
      /201.*no named example/,
    ],
  ])('%s', (_, plant, check, want) => {
    const document = sound()
    plant(document)
    expect(check(document).faults.join('\n')).toMatch(want)
  })
})

interface Node {
  readonly pointer: string
  readonly value: Json
}

/** Every object of a document that is not inside an example or a value, and is no map of names. */
function* objectsOf(value: Json, pointer = '#', hasNames = false): Generator<Node> {
  if (typeof value !== 'object' || value === null) return
  if (!hasNames && !Array.isArray(value)) yield { pointer, value }
  for (const [key, member] of Object.entries<Json>(value)) {
    if (!hasNames && (isData(key, member) || key === 'x-evidence-of')) continue
    yield* objectsOf(member, `${pointer}/${escapeToken(key)}`, !hasNames && holdsNames(key))
  }
}

const escapeToken = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

type Judge = (pointer: string, value: unknown) => string | undefined

const judges = new WeakMap<Document, Judge>()

/** A judge of its own, apart from the mock's: everything is asserted, also what is never enforced. */
function judgeOf(document: Document): Judge {
  const known = judges.get(document)
  if (known) return known
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false, unicodeRegExp: true })
  ;(addFormats as unknown as typeof addFormats.default)(ajv)
  ajv.addSchema(document as object, 'document')
  const judge: Judge = (pointer, value) => {
    const reference = pointer.slice(1).split('/').map(encodeURIComponent).join('/')
    const validate = ajv.getSchema(`document#${reference}`) as ValidateFunction
    if (validate(value)) return undefined
    const [error] = validate.errors ?? []
    return `${error?.instancePath} ${error?.message}`
  }
  judges.set(document, judge)
  return judge
}

/** Media types, parameters and headers: what has a schema and examples beside it. */
function checkExamples(document: Document): Verdict {
  const judge = judgeOf(document)
  const faults: string[] = []
  let seen = 0
  for (const { pointer, value } of objectsOf(document)) {
    if (typeof value.schema !== 'object' || /\/x-[^/]*$/.test(pointer)) continue
    const named = Object.entries<Json>(value.examples ?? {})
    const examples = named.map(([name, entry]) => [name, dereference(document, entry)?.value] as const)
    for (const [name, example] of 'example' in value ? [...examples, ['example', value.example]] : examples) {
      seen++
      const fault = judge(`${pointer}/schema`, example)
      if (fault) faults.push(`${pointer} ${name}: ${fault}`)
    }
  }
  return { seen, faults }
}

function checkSchemaExamples(document: Document): Verdict {
  const judge = judgeOf(document)
  const faults: string[] = []
  let seen = 0
  for (const { pointer, value } of objectsOf(document)) {
    if (!Array.isArray(value.examples) && !('default' in value)) continue
    const examples = [...(value.examples ?? []), ...('default' in value && isSchema(value) ? [value.default] : [])]
    for (const example of examples) {
      seen++
      const fault = judge(pointer, example)
      if (fault) faults.push(`${pointer} ${JSON.stringify(example)}: ${fault}`)
    }
  }
  return { seen, faults }
}

const isSchema = (value: Json): boolean => 'type' in value || 'enum' in value || '$ref' in value

function checkPatterns(document: Document): Verdict {
  const faults: string[] = []
  let seen = 0
  for (const { pointer, value } of objectsOf(document)) {
    if (typeof value.pattern !== 'string') continue
    seen++
    try {
      const pattern = new RegExp(value.pattern, 'u')
      const texts = (value.examples ?? []).filter((example: unknown) => typeof example === 'string')
      if (texts.length === 0) faults.push(`${pointer}: the pattern has no example`)
      for (const text of texts) if (!pattern.test(text)) faults.push(`${pointer}: the pattern refuses ${text}`)
    } catch (error) {
      faults.push(`${pointer}: ${(error as Error).message}`)
    }
  }
  return { seen, faults }
}

function checkFailures(document: Document): Verdict {
  const faults: string[] = []
  let seen = 0
  for (const { id: operationId, operation } of placesOf(document)) {
    for (const entry of operation['x-failures'] ?? []) {
      seen++
      const failure = dereference(document, entry)
      for (const fault of faultsOf(document, operation, failure)) faults.push(`${operationId} ${failure.id}: ${fault}`)
    }
  }
  return { seen, faults }
}

function* faultsOf(document: Document, operation: Json, failure: Json): Generator<string> {
  for (const name of ['id', 'level', 'at', 'when', 'evidence']) {
    if (typeof failure[name] !== 'string' || failure[name] === '') yield `${name} is missing`
  }
  if (!['row', 'request'].includes(failure.level)) yield `level is ${failure.level}`
  if (!EVIDENCE.includes(failure.evidence)) yield `evidence is ${failure.evidence}`
  const status = String(failure.status ?? Object.keys(operation.responses).find((key) => key.startsWith('2')))
  const response = dereference(document, operation.responses[status])
  if (!response) return yield `status ${status} is not declared`
  if (failure.level === 'request' && failure.status === undefined) yield 'status is missing'
  if (/^\d{3}$/.test(failure.at)) {
    if (failure.level === 'row') yield 'a row failure shows in the reply, not in its status'
    if (failure.at !== status) yield `at is ${failure.at}, but the status is ${status}`
    return
  }
  if (typeof failure.message !== 'string') yield 'message is missing'
  const schema = Object.values<Json>(response.content ?? {})[0]?.schema
  const judge = judgeOf(document)
  const says = failure.code === null ? failure.message : (failure.code ?? failure.id)
  for (const [at, value] of [
    [failure.at, says],
    [failure.messageAt, failure.message],
  ]) {
    if (at === undefined) continue
    const found = schemasAt(document, schema, String(at).split('/').slice(1))
    if (found.length === 0) yield `${at} leads nowhere in the reply ${status}`
    else if (!found.some((part) => isAllowed(document, judge, part, value))) yield `${at} cannot be ${value}`
  }
}

/** Whether the part of a schema, which stands somewhere in the document, lets the value pass. */
function isAllowed(document: Document, judge: Judge, part: Json, value: unknown): boolean {
  for (const { pointer, value: object } of objectsOf(document)) {
    if (object === part) return judge(pointer, value) === undefined
  }
  return false
}

/** The schemas that a pointer into a reply leads to, through references and combinations. */
function schemasAt(document: Document, reference: Json, tokens: readonly string[]): Json[] {
  const schema = dereference(document, reference)
  if (typeof schema !== 'object' || schema === null) return []
  const [token, ...rest] = tokens
  if (token === undefined) return [schema]
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  const own = token === '*' ? schema.items : schema.properties?.[token]
  return [
    ...(own === undefined ? [] : schemasAt(document, own, rest)),
    ...parts.flatMap((part) => schemasAt(document, part, tokens)),
  ]
}

function checkEvidence(document: Document): Verdict {
  const faults: string[] = []
  let seen = 0
  for (const { pointer, value } of objectsOf(document)) {
    if ('x-evidence' in value) {
      seen++
      if (!EVIDENCE.includes(value['x-evidence'])) faults.push(`${pointer}: x-evidence is ${value['x-evidence']}`)
    }
    for (const [name, evidence] of Object.entries<string>(value['x-evidence-of'] ?? {})) {
      seen++
      const members = [...(value.enum ?? []), ...(value.required ?? [])].map(String)
      if (!EVIDENCE.includes(evidence)) faults.push(`${pointer}: x-evidence-of ${name} is ${evidence}`)
      if (!Object.hasOwn(value, name) && !members.includes(name)) faults.push(`${pointer}: x-evidence-of names ${name}`)
    }
  }
  return { seen, faults }
}

function checkOperations(document: Document): Verdict {
  const faults: string[] = []
  let seen = 0
  for (const [path, item] of Object.entries<Json>(document.paths ?? {})) {
    for (const method of METHODS.filter((name) => name in item)) {
      seen++
      const operation = item[method]
      if (typeof operation.operationId !== 'string') faults.push(`${method} ${path}: no operationId`)
      if (!ROLES.includes(operation['x-role'])) faults.push(`${method} ${path}: x-role is ${operation['x-role']}`)
    }
  }
  return { seen, faults }
}

function checkResponses(document: Document): Verdict {
  const faults: string[] = []
  let seen = 0
  for (const { id, operation } of placesOf(document)) {
    for (const [status, response] of Object.entries(operation.responses ?? {})) {
      for (const [mediaType, media] of Object.entries<Json>(dereference(document, response).content ?? {})) {
        seen++
        const names = Object.keys(media.examples ?? {})
        if (names.length === 0) faults.push(`${id} ${status} ${mediaType}: no named example`)
      }
    }
  }
  return { seen, faults }
}
