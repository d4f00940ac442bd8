import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { fillPlaceholders } from '../contract-tests/suite/provoke-placeholders.ts'
import { buildContract } from '../documents/contract/build-contract.ts'
import { findOperations } from '../documents/contract/find-operations.ts'
import { METHODS } from '../documents/read/grammar.ts'
import { below, parsePointer } from '../documents/read/json-pointer.ts'
import {
  createReferences,
  type Document,
  dereference as follow,
  type Json,
  parseOpenApi,
  readDocument,
} from '../documents/read/read-document.ts'
import { holdsNames, isData } from '../documents/read/tell-keywords.ts'
import { BUILT_IN_DOCUMENTS } from '../scripts/built-in-documents.ts'

/** The operations as they are written: these checks believe no reading of them. */
const placesOf = (document: Document) =>
  findOperations(buildContract(document)).map((place) => ({
    ...place,
    parameters: place.parameters().map(({ value }) => value),
  }))

const dereference = (document: Document, value: Json): Json => follow(createReferences(document), value)

type OperationPlace = ReturnType<typeof placesOf>[number]

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
  'failures say what provokes them, with valid requests, or why nothing does': checkProvokes,
  'links lead to operations, with what these take and from what the reply has': checkLinks,
  'what a subject creates can be removed again by following the links': checkCleanUp,
} satisfies Record<string, (document: Document) => Verdict>

describe.each(BUILT_IN_DOCUMENTS)('$name', async ({ file }) => {
  const { document, diagnostics } = await readDocument(file)

  it('is read without a fault', () => {
    expect(diagnostics).toEqual([])
  })

  it.each(Object.entries(CHECKS))('%s', (_, check) => expect(check(document).faults).toEqual([]))

  it('gives the checks something to look at', () => {
    for (const check of [
      checkExamples,
      checkSchemaExamples,
      checkFailures,
      checkEvidence,
      checkResponses,
      checkProvokes,
    ]) {
      expect(check(document).seen, check.name).toBeGreaterThan(10)
    }
    for (const check of [checkOperations, checkLinks])
      expect(check(document).seen, check.name).toBeGreaterThanOrEqual(3)
    expect(checkCleanUp(document).seen).toBeGreaterThan(0)
  })
})

it('looks at the patterns and the examples of dynamic.yaml', async () => {
  const dynamic = BUILT_IN_DOCUMENTS.find(({ name }) => name === 'dynamic') as (typeof BUILT_IN_DOCUMENTS)[number]
  const { document } = await readDocument(dynamic.file)
  expect(checkPatterns(document).seen).toBeGreaterThan(15)
  expect(checkExamples(document).seen).toBeGreaterThan(25)
  expect(checkSchemaExamples(document).seen).toBeGreaterThan(40)
})

describe('orders.yaml, a document of another shape', async () => {
  const { document } = await readDocument(join(import.meta.dirname, '../contract-tests/fixtures/orders.yaml'))
  it.each([checkFailures, checkProvokes, checkLinks, checkCleanUp])('passes $name', (check) => {
    const { seen, faults } = check(document)
    expect(faults).toEqual([])
    expect(seen).toBeGreaterThan(0)
  })
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
                properties:
                  placed: &orders { type: array, items: { $ref: '#/components/schemas/Order' } }
                  failed: *orders
              examples: { one: { value: { failed: [{ name: Ada }] } } }
          links:
            find:
              operationId: find
              parameters: { name: '$response.body#/placed/0/name' }
              x-each: '$response.body#/placed'
              x-shows: { /name: '$response.body#/placed/0/name' }
            cancel:
              operationId: cancel
              requestBody: { names: ['$request.body#/name'] }
        '400': { description: The body is not valid. }
      x-failures:
        - id: taken
          level: row
          at: /failed/*/name
          message: Taken
          when: The name is taken.
          evidence: documented
          provoke: [{ body: { name: Ada } }, { body: { name: Ada } }]
        - id: bad
          level: request
          status: 400
          at: '400'
          when: The body is not valid.
          evidence: assumed
          provoke: [{ operation: cancel, rows: [{ by: '{tag}' }] }, { body: { name: 7 } }]
        - id: late
          level: request
          status: 400
          at: '400'
          when: It is late.
          evidence: assumed
          provoke: Only by waiting.
  /orders/{name}:
    get:
      operationId: find
      x-role: read-back
      parameters: [{ name: name, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: Here it is.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
              examples: { one: { value: { name: Ada } } }
  /orders/cancel:
    post:
      operationId: cancel
      x-role: clean-up
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                names: { type: array, items: { type: string } }
                reasons: { type: array, items: { type: object, properties: { by: { type: string } } } }
      responses: { '204': { description: Gone. } }
components:
  schemas:
    Order:
      type: object
      properties:
        name: { type: string, pattern: '^\\p{L}+$', examples: [Ada], x-evidence-of: { type: observed } }
`
  const sound = (): Document => parseOpenApi(SOUND, 'sound.yaml').document

  it('is sound before', () => {
    for (const [title, check] of Object.entries(CHECKS)) {
      const { seen, faults } = check(sound())
      expect({ title, faults }).toEqual({ title, faults: [] })
      expect(seen, title).toBeGreaterThan(0)
    }
  })

  const operationOf = (document: Json): Json => document.paths['/orders'].post
  const failureOf = (document: Json, index: number): Json => operationOf(document)['x-failures'][index]
  const linksOf = (document: Json): Json => operationOf(document).responses['201'].links
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
    [
      'a failure without a way to it',
      (d) => delete failureOf(d, 0).provoke,
      checkProvokes,
      /taken: provoke is missing/,
    ],
    ['an empty way', (d) => (failureOf(d, 0).provoke = []), checkProvokes, /taken: provoke is missing/],
    ['no sentence', (d) => (failureOf(d, 2).provoke = 'no way'), checkProvokes, /late: provoke is no sentence/],
    ['a stranger', (d) => (failureOf(d, 1).provoke[0].operation = 'nobody'), checkProvokes, /no operation nobody/],
    ['another end', (d) => failureOf(d, 1).provoke.pop(), checkProvokes, /bad: the last request is of cancel/],
    ['a misspelt member', (d) => (failureOf(d, 0).provoke[0].bdy = {}), checkProvokes, /bdy is no member/],
    ['rows without a place', (d) => (failureOf(d, 0).provoke[0] = { rows: [] }), checkProvokes, /no place for rows/],
    ['rows nobody knows again', (d) => (failureOf(d, 1).provoke[0].rows = [{}]), checkProvokes, /no placeholder/],
    ['an address of somebody', (d) => (failureOf(d, 0).provoke[0].body.name = 'a@b.c'), checkProvokes, /a@b.c is not/],
    [
      'an invalid first request',
      (d) => (failureOf(d, 0).provoke[0].body.name = 7),
      checkProvokes,
      /\/name must be str/,
    ],
    ['an invalid last one', (d) => (failureOf(d, 0).provoke[1].body.name = '7'), checkProvokes, /\/name must match/],
    [
      'an unknown parameter',
      (d) => (failureOf(d, 0).provoke[0].query = { a: 1 }),
      checkProvokes,
      /no parameter a in q/,
    ],
    ['odd credentials', (d) => (failureOf(d, 0).provoke[0].credentials = 'x'), checkProvokes, /credentials are x/],
    [
      'an expression that the reply before cannot fill',
      (d) => (failureOf(d, 0).provoke[1].body.name = '$response.body#/placed/0/nom'),
      checkProvokes,
      /placed\/0\/nom leads nowhere/,
    ],
    [
      'an expression with no reply before',
      (d) => (failureOf(d, 0).provoke[0].body.name = '$response.body#/placed/0/name'),
      checkProvokes,
      /nothing was sent before/,
    ],
    ['a link to nobody', (d) => (linksOf(d).find.operationId = 'nobody'), checkLinks, /find: no operation nobody/],
    ['a link without its path', (d) => (linksOf(d).find.parameters = {}), checkLinks, /find: name is not given/],
    ['a link with more', (d) => (linksOf(d).find.parameters.a = 1), checkLinks, /find: find has no parameter a/],
    ['a link with a body', (d) => (linksOf(d).find.requestBody = {}), checkLinks, /find: find takes no body/],
    ['an unknown member', (d) => (linksOf(d).cancel.requestBody = { nom: 1 }), checkLinks, /\/nom is not in the body/],
    ['no list', (d) => (linksOf(d).find['x-each'] = '$response.body#/placed/0'), checkLinks, /x-each is no list/],
    ['another list', (d) => (linksOf(d).find['x-each'] = '$response.body#/failed'), checkLinks, /nothing is of its/],
    [
      'an expression of nothing',
      (d) => (linksOf(d).find.parameters.name = '$response.body#/placed/0/nom'),
      checkLinks,
      /nom leads nowhere/,
    ],
    ['no expression', (d) => (linksOf(d).cancel.requestBody.names = ['$body']), checkLinks, /\$body is no expression/],
    ['what is not shown', (d) => (linksOf(d).find['x-shows'] = { '/nom': 1 }), checkLinks, /find: \/nom leads nowhere/],
    ['no way to remove it', (d) => delete linksOf(d).cancel, checkCleanUp, /order: no clean-up/],
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
    yield* objectsOf(member, below(pointer, key), !hasNames && holdsNames(key))
  }
}

type Judge = (pointer: string, value: unknown) => string | undefined

const judges = new Map<Document, Judge>()

/** A judge of its own, apart from the mock's: everything is asserted, also what is never enforced. */
function judgeOf(document: Document): Judge {
  const known = judges.get(document)
  if (known) return known
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false, unicodeRegExp: true })
  ;(addFormats as unknown as typeof addFormats.default)(ajv)
  ajv.addSchema(document as object, 'document')
  const judge: Judge = (pointer, value) => {
    const validate = ajv.getSchema(`document${pointer}`) as ValidateFunction
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
    const found = schemasAt(document, schema, parsePointer(String(at)) ?? [])
    if (found.length === 0) yield `${at} leads nowhere in the reply ${status}`
    else if (!found.some((part) => isAllowed(document, judge, part, value))) yield `${at} cannot be ${value}`
  }
}

/** Whether the part of a schema, which stands somewhere in the document, lets the value pass. */
function isAllowed(document: Document, judge: Judge, part: Json, value: unknown): boolean {
  const pointer = pointerOf(document, part)
  return pointer !== undefined && judge(pointer, value) === undefined
}

const pointers = new Map<Document, Map<Json, string>>()

/** Where an object of the document stands; the first place of one that stands in several. */
function pointerOf(document: Document, object: Json): string | undefined {
  let known = pointers.get(document)
  if (!known) {
    known = new Map([...objectsOf(document)].reverse().map(({ pointer, value }) => [value, pointer]))
    pointers.set(document, known)
  }
  return known.get(object)
}

/** The schemas that a pointer into a reply leads to, through references and combinations. */
function schemasAt(document: Document, reference: Json, tokens: readonly string[]): Json[] {
  const schema = dereference(document, reference)
  if (typeof schema !== 'object' || schema === null) return []
  const [token, ...rest] = tokens
  if (token === undefined) return [schema]
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  const own = token === '*' || (schema.items && /^\d+$/.test(token)) ? schema.items : schema.properties?.[token]
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
      const members = [value.enum ?? [], value.required ?? [], value.type ?? []].flat().map(String)
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

const EXPRESSION = /^\$(?:(response|request)\.body#((?:\/[^/]+)+)|request\.(path|query|header)\.([^.]+))$/

const successOf = (document: Document, operation: Json): Json =>
  dereference(document, Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1])

const schemaOf = (document: Document, holder: Json): Json =>
  Object.values<Json>(dereference(document, holder)?.content ?? {})[0]?.schema

/** The texts of a value that are runtime expressions. */
function expressionsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('$') ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(expressionsIn) : []
}

/** What is wrong with an expression about an exchange of the operation. */
function faultOfExpression(document: Document, place: OperationPlace, expression: string): string | undefined {
  const [, side, pointer, kind, name] = EXPRESSION.exec(expression) ?? []
  if (kind) {
    return place.parameters.some((one) => one.in === kind && one.name === name)
      ? undefined
      : `${expression} leads nowhere`
  }
  if (!side) return `${expression} is no expression`
  return schemasOf(document, place, expression).length > 0 ? undefined : `${pointer} leads nowhere`
}

/** The schemas of what an expression of a body stands for. */
function schemasOf(document: Document, { operation }: OperationPlace, expression: string): Json[] {
  const [, side, pointer = ''] = EXPRESSION.exec(expression) ?? []
  const holder = side === 'request' ? operation.requestBody : successOf(document, operation)
  return schemasAt(document, schemaOf(document, holder), parsePointer(pointer) ?? [])
}

function checkProvokes(document: Document): Verdict {
  const faults: string[] = []
  let seen = 0
  const places = placesOf(document)
  for (const place of places) {
    for (const entry of place.operation['x-failures'] ?? []) {
      seen++
      const failure = dereference(document, entry)
      for (const fault of faultsOfProvoke(document, places, place, failure)) {
        faults.push(`${place.id} ${failure.id}: ${fault}`)
      }
    }
  }
  return { seen, faults }
}

function* faultsOfProvoke(
  document: Document,
  places: readonly OperationPlace[],
  own: OperationPlace,
  { id, status, provoke }: Json,
): Generator<string> {
  if (typeof provoke === 'string') {
    if (!/^[A-Z].*\.$/.test(provoke)) yield 'provoke is no sentence'
    return
  }
  if (!Array.isArray(provoke) || provoke.length === 0) return yield 'provoke is missing'
  let before: OperationPlace | undefined
  for (const [index, request] of provoke.entries()) {
    const isLast = index === provoke.length - 1
    const name = request.operation ?? own.id
    const place = places.find((one) => one.id === name)
    if (!place) return yield `no operation ${name}`
    if (isLast && name !== own.id) yield `the last request is of ${name}`
    for (const text of textsIn([request.rows, request.body, request.query])) {
      if (text.includes('@') && !/^\{tag\}[a-z]?@example\.com$/.test(text)) yield `${text} is not an address of the run`
    }
    for (const expression of expressionsIn(request)) {
      yield* [before ? faultOfExpression(document, before, expression) : 'nothing was sent before'].filter(
        (one) => one !== undefined,
      )
    }
    const filled = fillPlaceholders(request, { tag: 'k3x9q2ab', unique: `${own.id} ${id}` })
    // What is refused with 400 may break the schema, and often has to.
    yield* faultsOfRequest(document, place, filled, isLast && status === 400)
    for (const row of request.rows ?? []) {
      if (!/\{(?:tag|hex:|digits:)/.test(JSON.stringify(row))) yield `no placeholder in ${JSON.stringify(row)}`
    }
    before = place
  }
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : []

const REQUEST_MEMBERS = ['operation', 'rows', 'body', 'text', 'query', 'path', 'credentials']

function* faultsOfRequest(
  document: Document,
  { operation, parameters }: OperationPlace,
  request: Json,
  mayBreak: boolean,
): Generator<string> {
  for (const member of Object.keys(request)) {
    if (!REQUEST_MEMBERS.includes(member)) yield `${member} is no member of a request`
  }
  if (!['none', 'bad', undefined].includes(request.credentials)) yield `credentials are ${request.credentials}`
  const judge = judgeOf(document)
  for (const kind of ['query', 'path']) {
    for (const [name, value] of Object.entries(request[kind] ?? {})) {
      const parameter = parameters.find((one) => one.in === kind && one.name === name)
      if (!parameter) yield `no parameter ${name} in ${kind}`
      else if (!mayBreak) {
        const fault = judge(pointerOf(document, parameter.schema) as string, value)
        if (fault) yield `${kind}/${name}${fault}`
      }
    }
  }
  const schema = schemaOf(document, operation.requestBody)
  const bodies = ['rows', 'body', 'text'].filter((member) => member in request)
  if (schema === undefined) return bodies.length > 0 ? yield 'the operation takes no body' : undefined
  if (bodies.length !== 1) return yield `a request has one body, this one has ${bodies.length}`
  if (request.text !== undefined && !mayBreak) return yield 'the text is no valid body'
  const body = request.rows ? bodyAround(document, schema, request.rows) : request.body
  if (request.rows && body === undefined) return yield 'there is no place for rows in the body'
  const fault = mayBreak ? undefined : judge(pointerOf(document, schema) as string, body)
  if (fault) yield `body${fault}`
}

/** The rows as the body, or as its only list of objects. */
function bodyAround(document: Document, reference: Json, rows: unknown): unknown {
  const schema = dereference(document, reference)
  if (schema.type === 'array') return rows
  const lists = Object.entries<Json>(schema.properties ?? {}).filter(
    ([, list]) => list.items && dereference(document, list.items).properties,
  )
  return lists.length === 1 ? { [lists[0]?.[0] as string]: rows } : undefined
}

function checkLinks(document: Document): Verdict {
  const faults: string[] = []
  let seen = 0
  const places = placesOf(document)
  for (const place of places) {
    for (const [name, link] of linksFrom(document, place)) {
      seen++
      for (const fault of faultsOfLink(document, places, place, link)) faults.push(`${place.id} ${name}: ${fault}`)
    }
  }
  return { seen, faults }
}

const linksFrom = (document: Document, { operation }: OperationPlace): [name: string, link: Json][] =>
  Object.entries<Json>(successOf(document, operation)?.links ?? {}).map(([name, link]) => [
    name,
    dereference(document, link),
  ])

function* faultsOfLink(
  document: Document,
  places: readonly OperationPlace[],
  from: OperationPlace,
  link: Json,
): Generator<string> {
  const target = places.find(({ id }) => id === link.operationId)
  if (!target) return yield `no operation ${link.operationId}`
  for (const name of Object.keys(link.parameters ?? {})) {
    if (!target.parameters.some((one) => one.name === name)) yield `${target.id} has no parameter ${name}`
  }
  for (const { name, required } of target.parameters) {
    if (required && link.parameters?.[name] === undefined) yield `${name} is not given`
  }
  if (link.requestBody !== undefined) {
    const schema = schemaOf(document, target.operation.requestBody)
    if (schema === undefined) yield `${target.id} takes no body`
    for (const name of Object.keys(link.requestBody)) {
      if (schema && schemasAt(document, schema, [name]).length === 0)
        yield `/${name} is not in the body of ${target.id}`
    }
  }
  const each: string | undefined = link['x-each']
  const shows: Json = link['x-shows'] ?? {}
  const expressions = expressionsIn([link.parameters, link.requestBody, shows])
  for (const expression of each === undefined ? expressions : [...expressions, each]) {
    const fault = faultOfExpression(document, from, expression)
    if (fault) yield fault
  }
  if (each !== undefined) {
    const lists = schemasOf(document, from, each)
    if (!lists.some((list) => [list.type].flat().includes('array'))) yield 'x-each is no list'
    if (!expressions.some((one) => one.startsWith(`${each}/0`))) yield 'nothing is of its first item'
  }
  const reply = schemaOf(document, successOf(document, target.operation))
  for (const pointer of Object.keys(shows)) {
    if (schemasAt(document, reply, parsePointer(pointer) ?? []).length === 0) yield `${pointer} leads nowhere`
  }
}

/** A subject that creates nothing is fed by another one, whose links lead to it and to a clean-up. */
function checkCleanUp(document: Document): Verdict {
  const places = placesOf(document)
  const targetsOf = (place: OperationPlace) =>
    linksFrom(document, place).flatMap(([, { operationId }]) => places.filter(({ id }) => id === operationId))
  const isCleaned = (place: OperationPlace, seen: readonly OperationPlace[] = []): boolean =>
    targetsOf(place)
      .filter((target) => !seen.includes(target))
      .some((target) => target.operation['x-role'] === 'clean-up' || isCleaned(target, [...seen, place]))
  const subjects = places.filter(({ operation }) => operation['x-role'] === 'subject')
  const faults = subjects
    .filter((one) => !isCleaned(one) && !subjects.some((other) => targetsOf(other).includes(one) && isCleaned(other)))
    .map(({ id }) => `${id}: no clean-up`)
  return { seen: subjects.length, faults }
}
