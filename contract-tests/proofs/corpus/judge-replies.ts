import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { valueAt } from '../../../documents/read/json-pointer.ts'
import type { Json } from '../../../documents/read/read-document.ts'
import type { Answered, Finding } from './trial.ts'

/** Where an operation stands, and how it is asked. */
export interface Asked {
  readonly method: string
  readonly path: string
  /** A pointer to the operation, into the document. */
  readonly pointer: string
}

/** What a reply is found to be; `undeclared` and `unjudged` are no fault. */
export interface Judgement {
  readonly findings: readonly Finding[]
  readonly isUndeclared?: true
  readonly isUnjudged?: true
}

/** Judges what is answered. */
export type JudgeReply = (asked: Asked, answered: Answered) => Judgement

/**
 * Judges replies by a document alone: by an Ajv and a reading of its own, so that a mistake of the mock is not made twice.
 * @param model the document as upgraded
 */
export function createJudge(model: Json): JudgeReply {
  const ajv = createAjv(model)
  const validators = new Map<string, ReturnType<typeof ajv.compile>>()
  const follow = (pointer: string): { value: Json; pointer: string } => {
    let at = pointer
    for (let hops = 0; hops < 50; hops++) {
      const value = valueAt(model, at)
      if (typeof value?.$ref !== 'string') return { value, pointer: at }
      at = value.$ref
    }
    return { value: undefined, pointer: at }
  }
  const inside = (pointer: string, ...names: string[]) =>
    pointer + names.map((name) => `/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')

  return ({ method, path, pointer }, { status, headers, text }) => {
    const found = (kind: Finding['kind'], rule: string): Judgement => ({
      findings: [{ kind, method, path, status, rule }],
    })
    const { responses = {} } = valueAt(model, pointer) ?? {}
    const keys = Object.keys(responses)
    if (status >= 500 && !keys.every((key) => key.startsWith('5') || key.startsWith('x-'))) {
      return found('5xx', text.slice(0, 200))
    }
    const key = [`${status}`, `${`${status}`[0]}XX`, 'default'].find((one) => keys.includes(one))
    if (key === undefined) return { findings: [], isUndeclared: true }
    const response = follow(inside(pointer, 'responses', key))
    for (const [name, header] of Object.entries<Json>(response.value?.headers ?? {})) {
      const isThere = headers[name.toLowerCase()] !== undefined || name.toLowerCase() === 'content-type'
      if (!isThere && (typeof header.$ref === 'string' ? follow(header.$ref).value : header)?.required === true) {
        return found('breach', `the header ${name} is required`)
      }
    }
    const content: Json = response.value?.content ?? {}
    const declared = Object.keys(content)
    if (method === 'HEAD' || status === 204 || status === 304) return { findings: [] }
    if (text === '') return declared.length > 0 ? found('empty', `${declared[0]} is declared`) : { findings: [] }
    if (declared.length === 0) return found('breach', 'a body, where none is declared')
    const sent = headers['content-type'] ?? ''
    const range = chooseRange(declared, sent)
    if (range === undefined) return found('breach', `${sent || 'no content-type'}, where ${declared} is declared`)
    if (!isJson(sent))
      return text === '[object Object]' ? found('breach', 'an object written as text') : { findings: [] }
    let body: unknown
    try {
      body = JSON.parse(text)
    } catch {
      return found('breach', `no JSON: ${text.slice(0, 100)}`)
    }
    if (content[range]?.schema === undefined) return { findings: [] }
    const schema = inside(response.pointer, 'content', range, 'schema')
    try {
      let validate = validators.get(schema)
      if (!validate) validators.set(schema, (validate = ajv.compile({ $ref: `document${schema}` })))
      if (validate(body)) return { findings: [] }
      const error = validate.errors?.[0]
      return found('breach', `${error?.instancePath || 'the body'} ${error?.message} (${error?.schemaPath})`)
    } catch {
      return { findings: [], isUnjudged: true }
    }
  }
}

function createAjv(model: Json): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    logger: false,
    validateSchema: false,
    inlineRefs: false,
    ownProperties: true,
    multipleOfPrecision: 6,
    code: { optimize: false, regExp: Object.assign(readPattern, { code: 'readPattern' }) },
  })
  ;(addFormats as unknown as typeof addFormats.default)(ajv)
  ajv.removeKeyword('writeOnly')
  // What is write-only is never shown (JSON Schema, Validation, section 9.4).
  ajv.addKeyword({ keyword: 'writeOnly', validate: (isWriteOnly: boolean) => !isWriteOnly })
  const copy = structuredClone(model)
  demandNoWriteOnly(copy, copy)
  // What cannot be enumerated is not searched for ids: examples have some that are none.
  const hidden = Object.entries(copy).map(([name, value]) => [name, { value }] as const)
  ajv.addSchema(Object.defineProperties({}, Object.fromEntries(hidden)), 'document')
  return ajv
}

/** With the `u` flag, or where it has no meaning with it, as older tools read it (ECMA-262, Annex B); else as anything. */
function readPattern(source: string): RegExp {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(source, flags)
    } catch {}
  }
  return /(?:)/
}

function demandNoWriteOnly(model: Json, value: Json): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value.required) && typeof value.properties === 'object') {
    value.required = value.required.filter((name: string) => !isWriteOnly(model, value.properties?.[name], 0))
  }
  for (const member of Object.values<Json>(value)) demandNoWriteOnly(model, member)
}

function isWriteOnly(model: Json, schema: Json, hops: number): boolean {
  if (typeof schema !== 'object' || schema === null || hops > 20) return false
  if (schema.writeOnly === true) return true
  const parts = [...(typeof schema.$ref === 'string' ? [valueAt(model, schema.$ref)] : []), ...(schema.allOf ?? [])]
  return parts.some((part) => isWriteOnly(model, part, hops + 1))
}

const nameOf = (type: string): string => (type.split(';', 1)[0] as string).trim().toLowerCase()

const isJson = (type: string): boolean => /^application\/json$|\+json$/.test(nameOf(type))

/** The declared media type that is meant, the most specific first (OpenAPI 3.1, Response Object, "content"). */
function chooseRange(declared: readonly string[], sent: string): string | undefined {
  const name = nameOf(sent)
  const plain = (type: string) => type.toLowerCase().replaceAll(/[\s"]/g, '')
  return (
    declared.find((type) => plain(type) === plain(sent)) ??
    declared.find((type) => nameOf(type) === name) ??
    declared.find((type) => nameOf(type) === `${name.split('/')[0]}/*`) ??
    declared.find((type) => nameOf(type) === '*/*')
  )
}
