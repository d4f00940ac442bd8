import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseContract } from '../../documents/contract/build-contract.ts'
import type { Contract } from '../../documents/contract/contract.ts'
import { createRandom } from '../../documents/patterns/random.ts'
import { findShipped } from '../../documents/read/find-shipped.ts'
import { below, parsePointer } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { slotsOf } from '../../documents/validators/compile-validators.ts'
import { makeValue } from '../../documents/values/make-value.ts'
import { BUILT_IN } from '../../mocks/built-in.ts'
import { readApi } from '../../mocks/read-api.ts'
import { pickByKeyword } from '../fixtures/pick-cases.ts'
import { type LoadedDocument, loadDocument } from '../load-document.ts'
import { loadFaults } from '../selftest/built-in.ts'
import { inMemoryField } from '../selftest/targets.ts'
import { createReplyJudge } from './judge-reply.ts'
import { schemesOf } from './list-schemes.ts'
import { toJudged } from './read-reply.ts'
import { createLocate } from './reporters/locate.ts'
import { listCases, verify } from './verify.ts'
import type { CaseReply, Rule, RunResult, Send } from './vocabulary.ts'

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}.yaml`, import.meta.url))

const FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(BUILT_IN).map((name) => [name, findShipped(name) as string])),
  ...Object.fromEntries(['pets', 'orders', 'corners'].map((name) => [name, fixture(name)])),
}

const DERIVE = { seed: 'pointers', tag: 'pointers' } as const

describe.each(Object.entries(FILES))('the pointer of a rule of %s', (name, file) => {
  let loaded: LoadedDocument
  let document: Contract
  let faultOf: (pointer: string) => string | undefined

  beforeAll(async () => {
    loaded = await loadDocument(file)
    document = loaded.document
    faultOf = createInspector(document, readFileSync(file, 'utf8'))
  })

  it('leads to what makes the rule, in the line that says it: each case', () => {
    const { cases } = listCases({ ...loaded, ...DERIVE })
    expect(cases.flatMap(({ id, rule }) => faultOf(rule.pointer)?.concat(` (${id})`) ?? [])).toEqual([])
  })

  it('leads there also from a wrong body of each declared reply', () => {
    const judge = createReplyJudge(document, [])
    const breaches = wrongBodies(document).flatMap(([id, reply]) => judge.judge(id, toJudged(reply)))
    const pointers = new Set(breaches.map(({ rule }) => rule.pointer))
    expect([...pointers].flatMap((pointer) => faultOf(pointer) ?? [])).toEqual([])
    expect([...pointers].filter((pointer) => /\/(?:type|required|properties)$/.test(pointer)).length).toBeGreaterThan(5)
  })

  it('leads there also from a server that lies', { timeout: 30_000 }, async () => {
    const api = await (BUILT_IN[name]?.() ?? readApi(file, { stateless: true }))
    const { makeSend, ...field } = inMemoryField(api, schemesOf(document))
    const { tenants } = await loadFaults(name)
    const common = { ...loaded, ...DERIVE, ...field, ...tenants, hasSecondToken: true, allowMail: true }
    const send = lieOften(makeSend(), field.token)
    const listed = listCases(common)
    const plan = { ...listed, cases: pickByKeyword(listed.cases) }
    const run = await verify({ ...common, plan, send, allowChanges: true, secrets: [field.token] })
    const rules = new Map(brokenRules(run).map(({ text, pointer }) => [`${pointer} ${text}`, pointer]))
    expect([...rules].flatMap(([rule, pointer]) => faultOf(pointer)?.concat(` (${rule})`) ?? [])).toEqual([])
    expect(rules.size).toBeGreaterThan(15)
  })
})

/** Everything stands behind a `$ref`, under names that a pointer must write otherwise, as media types that few use. */
const ODD = `
openapi: 3.1.0
info: { title: Odd, version: '1' }
paths:
  '/a~b/{id}/50%': { $ref: '#/components/pathItems/a thing' }
  /open: { get: { operationId: readOpen } }
components:
  pathItems:
    a thing:
      parameters:
        - { $ref: '#/components/parameters/id' }
        - { name: size, in: query, content: { application/json: { schema: { type: integer } } } }
      put:
        operationId: putThing
        parameters:
          - { name: any, in: query, example: [1, 2] }
          - { name: size, in: query, schema: { $ref: '#/components/schemas/Size' } }
        requestBody: { $ref: '#/components/requestBodies/Thing' }
        responses:
          2XX: { $ref: '#/components/responses/Thing' }
          4XX: { description: No. }
  parameters:
    id: { $ref: '#/components/parameters/number' }
    number: { name: id, in: path, required: true, example: 1, schema: { type: integer } }
  requestBodies:
    Thing:
      required: true
      content:
        text/plain: { schema: { type: string } }
        application/vnd.thing+json: { schema: { $ref: '#/components/schemas/Thing' } }
  responses:
    Thing:
      description: Done.
      content:
        text/html: {}
        application/vnd.thing+json; charset=utf-8: { schema: { $ref: '#/components/schemas/Thing' } }
  schemas:
    Size: { type: integer, minimum: 1 }
    Thing:
      type: object
      properties:
        n/a: { type: integer }
        users: { type: array, items: { properties: { userId: { type: string } } } }
        kind: { oneOf: [{ type: string }, { type: integer, maximum: 9 }] }
        never: false
      patternProperties:
        '^x ': { maxLength: 3 }
      propertyNames: { maxLength: 8 }
      if: { required: [a] }
      then: { required: [b] }
`

describe('the pointer of a rule', () => {
  const document = parseContract(ODD, 'odd.yaml')
  const faultOf = createInspector(document, ODD)
  const { cases } = listCases({ document, ...DERIVE })
  const of = (id: string) => cases.find((one) => one.id === id)?.rule.pointer

  it.each([
    ['readOpen/accepts/plain', '#/paths/~1open/get'],
    ['putThing/accepts/plain', '#/components/schemas/Thing'],
    ['putThing/refuses/n~1a/type/string', '#/components/schemas/Thing/properties/n~1a/type'],
    ['putThing/refuses/path/id/type', '#/components/parameters/number/schema/type'],
    ['putThing/refuses/query/size/minimum', '#/components/schemas/Size/minimum'],
    ['putThing/accepts/query/any/example', '#/paths/~1a~0b~1%7Bid%7D~150%25/put/parameters/0/example'],
    ['putThing/refuses/form/json', '#/components/requestBodies/Thing/content'],
    ['putThing/refuses/form/empty', '#/components/requestBodies/Thing/required'],
  ])('leads through $refs to the statement: %s', (id, pointer) => {
    expect(of(id)).toBe(pointer)
    expect(faultOf(pointer)).toBeUndefined()
  })

  it('leads to the statement for every case', () => {
    expect(cases.flatMap(({ rule }) => faultOf(rule.pointer) ?? [])).toEqual([])
  })

  const { judge, statusPointer } = createReplyJudge(document, ['a-long-secret'])
  const told = (body: Json, { status: code = 200, type: mediaType = 'application/vnd.thing+json' } = {}) => {
    const headers = { 'content-type': mediaType }
    const reply = toJudged({ status: code, headers, text: JSON.stringify(body), duration: 1 })
    return judge('putThing', reply).map(({ rule }) => rule.pointer)
  }
  const THING = '#/components/schemas/Thing'
  const CONTENT = '#/components/responses/Thing/content'

  it.each<[what: string, pointers: string[], wanted: string[]]>([
    ['a member', told({ 'n/a': 'x' }), [`${THING}/properties/n~1a/type`]],
    [
      'each alternative',
      told({ kind: 10.5 }),
      ['0/type', '1/type', '1/maximum', ''].map((end) => `${THING}/properties/kind/oneOf${end && `/${end}`}`),
    ],
    ['what may never be', told({ never: 1 }), [`${THING}/properties/never`]],
    [
      'a name that matches',
      told({ 'x y': 'long' }),
      [`${THING}/patternProperties/%5Ex%20/maxLength`, `${THING}/properties`],
    ],
    [
      'a name itself',
      told({ muchtoolong: 1 }),
      [`${THING}/propertyNames/maxLength`, `${THING}/propertyNames`, `${THING}/properties`],
    ],
    ['a condition', told({ a: 1 }), [`${THING}/then/required`, `${THING}/if`, `${THING}/properties`]],
    [
      'ids that are alike',
      told({ users: [{ userId: '' }, { userId: 'a' }, { userId: 'a' }] }),
      [`${THING}/properties/users/items/properties/userId`],
    ],
    ['a media type', told({}, { type: 'image/png' }), [CONTENT]],
    ['a charset', told({}, { type: 'text/html; charset=latin1' }), [CONTENT]],
    ['a status', told({}, { status: 500 }), ['#/paths/~1a~0b~1%7Bid%7D~150%25/put/responses']],
  ])('leads from a wrong reply to what it breaks: %s', (_, pointers, wanted) => {
    expect(pointers).toEqual(wanted)
    expect(pointers.flatMap((pointer) => faultOf(pointer) ?? [])).toEqual([])
  })

  it('leads to the response that a status is declared by, and else as near as can be', () => {
    const put = '#/paths/~1a~0b~1%7Bid%7D~150%25/put'
    expect([statusPointer('putThing', 404), statusPointer('putThing', 500)]).toEqual([
      `${put}/responses/4XX`,
      `${put}/responses`,
    ])
    // It declares no response: what is read instead of that was written nowhere.
    expect(createLocate(document)(statusPointer('readOpen', 200)).pointer).toBe('#/paths/~1open/get')
  })
})

/** Says what is wrong with a pointer; it is not where the pointer leads nowhere, or to a line that says something else. */
function createInspector(document: Contract, text: string): (pointer: string) => string | undefined {
  const locate = createLocate(document)
  const lines = text.split('\n')
  return (pointer) => {
    const tokens = parsePointer(pointer)
    if (tokens === undefined || document.valueAt(pointer) === undefined) return `${pointer} leads nowhere`
    if (below('#', ...tokens) !== pointer) return `${pointer} is not written as a URI fragment`
    const { line, isMissing } = locate(pointer)
    if (isMissing || line === undefined) return `${pointer} has no line`
    const said = lines[line - 1] as string
    const holder = document.valueAt(below('#', ...tokens.slice(0, -1)))
    const wanted = Array.isArray(holder) ? startOf(document.valueAt(pointer)) : (tokens.at(-1) as string)
    return said.includes(wanted) ? undefined : `${pointer} is at line ${line}, which is ${said.trim()}`
  }
}

/** What the line of a list's item begins with. */
const startOf = (item: Json): string => (typeof item === 'object' ? (Object.keys(item)[0] ?? '{') : String(item))

const JSON_TYPE = { 'content-type': 'application/json' }

/** Of each declared reply a good body, and bodies that are wrong in all their parts at once. */
function wrongBodies(document: Contract): [operationId: string, reply: CaseReply][] {
  return slotsOf(document).flatMap(({ operationId, place, status = '', pointer = '' }) => {
    if (place !== 'reply') return []
    const schema = document.valueAt(pointer)
    const good = makeValue(document, schema, createRandom('pointers', pointer), '', {
      optional: 1,
      reading: 'replies',
    })
    return spoiled(good).map((body): [string, CaseReply] => [
      operationId,
      { status: statusOf(status), headers: JSON_TYPE, text: JSON.stringify(body), duration: 1 },
    ])
  })
}

const statusOf = (key: string): number => Number(key === 'default' ? 599 : key.replaceAll('X', '9'))

const WRONG: readonly Json[] = [null, 7.5, -1, 'odd', '', [], {}, [[]], true]

const spoiled = (good: Json): Json[] => [
  ...WRONG,
  ...WRONG.map((wrong) => change(good, (part) => (isHolder(part) ? part : wrong))),
  ...[0, 1, 2, 3, 4].map((level) => change(good, (part, at) => (isHolder(part) && at === level ? {} : part))),
  change(good, (part) => (Array.isArray(part) ? [...part, ...part] : isHolder(part) ? { ...part, ...STRANGE } : part)),
]

const STRANGE = { rollcallExtra: 1, createdAt: '2999-01-01T00:00:00Z' }

const isHolder = (value: Json): boolean => typeof value === 'object' && value !== null

/** A copy with each part changed, the innermost first. */
function change(value: Json, how: (part: Json, level: number) => Json, level = 0): Json {
  if (!isHolder(value)) return how(value, level)
  const members = Object.entries(value).map(([name, member]) => [name, change(member, how, level + 1)] as const)
  return how(Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members), level)
}

type Lie = (reply: CaseReply, token: string) => CaseReply

const status =
  (wrong: number): Lie =>
  (reply) => ({ ...reply, status: wrong })
const type =
  (wrong: string): Lie =>
  (reply) => ({ ...reply, headers: { ...reply.headers, 'content-type': wrong } })
const body =
  (wrong: string): Lie =>
  (reply) => ({ ...reply, text: wrong })

const LIES: readonly Lie[] = [
  ...[200, 201, 204, 206, 302, 400, 401, 403, 404, 409, 418, 422, 429, 500, 503].map(status),
  ...['text/html', 'application/json; charset=iso-8859-1', ''].map(type),
  ...['', '{', '{}', '[]', 'null', '7', '[{"id":"a"},{"id":"a"}]'].map(body),
  (reply) => ({ ...reply, isUtf8: false }),
  (reply, token) => ({ ...reply, headers: { ...reply.headers, 'x-token': token } }),
]

/** One lie after the other, with some true replies between them. */
function lieOften(send: Send, token: string): Send {
  let count = 0
  return async (request, signal) => {
    const reply = await send(request, signal)
    const turn = count++ / 4
    return Number.isInteger(turn) ? (LIES[turn % LIES.length] as Lie)(reply, token) : reply
  }
}

const brokenRules = ({ results }: RunResult): Rule[] =>
  results.flatMap(({ breaches }) => breaches.map(({ rule }) => rule))
