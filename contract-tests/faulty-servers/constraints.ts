import { parsePointer, toPointer, valuesAt, withAnyIndex } from '../../documents/json-pointer.ts'
import type { Json } from '../../documents/read-document.ts'
import type { RequestBuilder } from '../build-request.ts'
import { inspectorOf } from '../inspect-body.ts'
import type { CaseReply, CaseRequest, Send } from '../vocabulary.ts'
import { type Site, withValue } from '../walk-schema.ts'
import { isSuccess, parse } from './plant.ts'
import type { Fault, Ground } from './vocabulary.ts'

/** A fault of any API: whether it applies, and how well its rule is known, its document says. */
export interface GenericFault extends Omit<Fault, 'evidence'> {
  /** Some schema of a request must be like this. Left out: any is. */
  readonly isIn?: (schema: Json) => boolean
}

/** Every kind of constraint, not enforced and enforced too far. */
export const constraintFaults = (): GenericFault[] => [...notEnforced(), ...overEnforced()]

/** A keyword, what its breach is called, and the end of the ids of its cases. */
const KEYWORDS: readonly (readonly [keyword: string, breach: string, cases: RegExp])[] = [
  ['type', 'a value of a wrong type', /\/refuses\/(?:.*\/)?type\/(?!null$)\w+$/],
  ['enum', 'a stranger to an enum', /\/refuses\/.*\/enum$/],
  ['const', 'another value than the const', /\/refuses\/.*\/const$/],
  ['maxLength', 'a text longer than maxLength', /\/refuses\/.*\/maxLength$/],
  ['minLength', 'a text shorter than minLength', /\/refuses\/.*\/minLength$/],
  ['pattern', 'a text that breaks its pattern', /\/refuses\/.*\/pattern(?:\/\w+)?$/],
  ['format', 'a text that breaks its format', /\/refuses\/.*\/format\/[^/]+$/],
  ['minItems', 'a list shorter than minItems', /\/refuses\/(?:.*\/)?minItems$/],
  ['maxItems', 'a list longer than maxItems', /\/refuses\/(?:.*\/)?maxItems$/],
  ['uniqueItems', 'an item twice', /\/refuses\/(?:.*\/)?uniqueItems$/],
  ['required', 'an object without a required member', /\/refuses\/(?:.*\/)?required\/[^/]+$/],
  ['additionalProperties', 'an additional member', /\/refuses\/(?:.*\/)?additionalProperties$/],
  ['minProperties', 'an object with too few members', /\/refuses\/(?:.*\/)?minProperties$/],
  ['maxProperties', 'an object with too many members', /\/refuses\/(?:.*\/)?maxProperties$/],
  ['minimum', 'a number below the minimum', /\/refuses\/.*\/minimum$/],
  ['maximum', 'a number above the maximum', /\/refuses\/.*\/maximum$/],
  ['exclusiveMinimum', 'the exclusive minimum itself', /\/refuses\/.*\/exclusiveMinimum$/],
  ['exclusiveMaximum', 'the exclusive maximum itself', /\/refuses\/.*\/exclusiveMaximum$/],
  ['multipleOf', 'a number between the multiples', /\/refuses\/.*\/multipleOf$/],
]

function notEnforced(): GenericFault[] {
  return [
    ...KEYWORDS.map(([keyword, breach, cases]) => ({
      name: `accepts ${breach}`,
      rule: `${keyword} of a request is enforced`,
      wakes: { cases, breach: new RegExp(`/${keyword}$`) },
      plant: acceptBroken((error, value) => error === keyword && (keyword !== 'type' || value !== null)),
    })),
    {
      name: 'accepts null where it is not allowed',
      rule: 'null is allowed only where the type says so',
      wakes: { cases: /\/refuses\/(?:.*\/)?type\/null$/, breach: /\/type$/ },
      plant: acceptBroken((error, value) => error === 'type' && value === null),
    },
    {
      name: 'accepts a fraction for a whole number',
      rule: 'a whole number is one',
      wakes: { cases: /\/refuses\/.*\/type\/fraction$/, breach: /\/type$/ },
      plant: acceptBroken((error, value) => error === 'type' && typeof value === 'number' && !Number.isInteger(value)),
    },
    {
      name: 'accepts numbers written as texts, and texts written as numbers',
      rule: 'types are not coerced',
      wakes: { cases: /\/refuses\/.*\/type\/(?:number|string)$/, breach: /\/type$/ },
      plant: acceptBroken(
        (error, value) => error === 'type' && (typeof value === 'number' || typeof value === 'string'),
      ),
    },
    {
      name: 'accepts only the ends of a text that matches its pattern',
      rule: 'a pattern holds for the whole text where it is anchored',
      wakes: { cases: /\/refuses\/.*\/pattern\/near$/, breach: /\/pattern$/ },
      plant: acceptBroken((error, value, site) => error === 'pattern' && matchesInside(site, value)),
    },
    {
      name: 'ignores parameters out of their schema',
      rule: 'a parameter satisfies its schema',
      wakes: { cases: /\/refuses\/(?:query|path)\//, breach: /^(?:query|path) \S+ must / },
      plant: (ground) => async (request, signal) => {
        const reply = await ground.send(request, signal)
        if (reply.status !== 400 && reply.status !== 422) return reply
        return ground.send({ ...request, path: goodPath(ground, request) }, signal)
      },
    },
    form('takes a body that is not JSON for an empty one', 'json', /body must be JSON/, (request) =>
      isBroken(request.body),
    ),
    form('does not look at the content type', 'content-type', /content type must be/, (request) =>
      Boolean(request.headers['content-type'] && !request.headers['content-type'].includes('json')),
    ),
    form('does without a body', 'empty', /body is required/, (request) => request.body === ''),
  ]
}

const isBroken = (text: string | undefined): boolean => text !== undefined && text !== '' && parse(text) === undefined

const form = (name: string, what: string, breach: RegExp, isIt: (request: CaseRequest) => boolean): GenericFault => ({
  name,
  rule: 'a request has the declared form',
  wakes: { cases: new RegExp(`/refuses/form/${what}$`), breach },
  plant: (ground) => {
    let count = 0
    return (request, signal) => {
      if (!isIt(request)) return ground.send(request, signal)
      const { bodySchema, ...builder } = anyBuilder(ground, request)
      if (!bodySchema) return ground.send(request, signal)
      const body = what === 'content-type' ? request.body : JSON.stringify(withLinked(builder.make(++count), request))
      return ground.send({ ...request, ...(body !== undefined && { body }), headers: json(request) }, signal)
    }
  },
})

const json = ({ headers }: CaseRequest) => ({ ...headers, 'content-type': 'application/json' })

function anyBuilder(ground: Ground, { operationId }: CaseRequest) {
  const builder = ground.kit.builderOf(operationId)
  return { bodySchema: builder.bodySchema, make: (count: number): Json => builder.body(`taken for good ${count}`) }
}

/** What is left of a broken text may still say whom it is about. */
function withLinked(body: Json, { body: text = '' }: CaseRequest): Json {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  const said = [...text.matchAll(/"(\w+)":"([^"]+)"/g)].filter(([, name = '']) => typeof body[name] === 'string')
  return { ...body, ...Object.fromEntries(said.map(([, name, value]) => [name, value])) }
}

function goodPath({ kit, params }: Ground, { operationId, params: own = {} }: CaseRequest): string {
  return kit.builderOf(operationId).request({ path: { ...own, ...params } }).path
}

/** A pattern without its anchors finds something in the text. */
function matchesInside(site: Site | undefined, value: Json): boolean {
  const inner = site?.schema.pattern?.replace(/^\^/, '').replace(/\$$/, '')
  return typeof value === 'string' && inner !== undefined && value !== '' && new RegExp(inner, 'u').test(value)
}

/** Whoever breaks just this rule is let in: the offending value becomes a good one before the good server sees it. */
function acceptBroken(isIgnored: (keyword: string, value: Json, site: Site | undefined) => boolean): Fault['plant'] {
  return (ground) => {
    let count = 0
    return (request, signal) => {
      const body = parse(request.body)
      const builder = ground.kit.builderOf(request.operationId)
      if (body === undefined || !builder.bodySchema || !request.headers['content-type']?.includes('json')) {
        return ground.send(request, signal)
      }
      const inspect = inspectorOf(ground.contract, request.operationId)
      let repaired = body
      for (let round = 0; round < 3; round++) {
        const broken = inspect(JSON.stringify(repaired))
        if (broken.length === 0) break
        for (const { path, keyword } of broken) {
          const at = parsePointer(path) ?? []
          const site = builder.siteAt(at.map((name) => (/^\d+$/.test(name) ? '0' : name)))
          const value = valuesAt(repaired, path)[0]
          if (!isIgnored(keyword, value, site)) return ground.send(request, signal)
          repaired = withValue(repaired, at, repair(builder, site, keyword, value, ++count))
        }
      }
      return ground.send({ ...request, body: JSON.stringify(repaired) }, signal)
    }
  }
}

function repair(builder: RequestBuilder, site: Site | undefined, keyword: string, value: Json, count: number): Json {
  const random = builder.random(`repair ${count}`)
  if (!site || site.path.length === 0) {
    if (Array.isArray(value) && keyword === 'maxItems') return value.slice(0, site?.schema.maxItems)
    return builder.body(`repair ${count}`)
  }
  const { schema } = site
  if (keyword === 'maxItems') return value.slice(0, schema.maxItems)
  if (keyword === 'uniqueItems')
    return [...new Set(value.map((one: Json) => JSON.stringify(one)))].map((one) => JSON.parse(one as string))
  if (keyword === 'minItems') return [...value, ...(builder.rows(`repair ${count}`, schema.minItems ?? 0) as Json[])]
  if (keyword === 'required') return { ...builder.value(site, random), ...value }
  if (keyword === 'additionalProperties') {
    const known = Object.entries(value).filter(([name]) => Object.hasOwn(schema.properties ?? {}, name))
    return known.length > 0 ? Object.fromEntries(known) : builder.value(site, random)
  }
  return builder.value(site, random)
}

// ------------------------------------------------------------------------------------------------- enforced too far

type Picky = (schema: Json, value: Json, site: Site) => boolean

/** What a request schema must say for the fault to be one. */
const NEEDED: Readonly<Record<string, (schema: Json) => boolean>> = {
  'letters beyond ASCII where the pattern allows them': ({ pattern }) => pattern?.includes('\\p{'),
  'what a pattern allows only when it is read with the u flag': ({ pattern }) => pattern?.includes('\\p{'),
}

const length = (text: Json): number => (typeof text === 'string' ? [...text].length : -1)

/** What a picky server refuses though it is allowed, and the end of the ids of the cases that try it. */
const PICKY: readonly (readonly [refused: string, keyword: string, cases: RegExp, isRefused: Picky])[] = [
  [
    'a text of just maxLength',
    'maxLength',
    /\/accepts\/.*\/longest$/,
    ({ maxLength }, value) => length(value) === maxLength,
  ],
  [
    'a text of just minLength',
    'minLength',
    /\/accepts\/.*\/shortest$/,
    ({ minLength }, value) => length(value) === minLength,
  ],
  ['an empty text', 'minLength', /\/accepts\/.*\/empty$/, (_, value) => value === ''],
  [
    'letters beyond ASCII where the pattern allows them',
    'pattern',
    /\/accepts\/.*\/pattern(?:\/corners)?$/,
    ({ pattern }, value) => pattern?.includes('\\p{') && typeof value === 'string' && /[^\0-\x7f]/.test(value),
  ],
  [
    'what a pattern allows only when it is read with the u flag',
    'pattern',
    /\/accepts\/.*\/pattern(?:\/corners)?$/,
    ({ pattern }, value) => pattern?.includes('\\p{') && typeof value === 'string' && !new RegExp(pattern).test(value),
  ],
  [
    'the last member of an enum',
    'enum',
    /\/accepts\/.*\/enum\/[^/]+$/,
    (schema, value) => value !== null && schema.enum?.filter((one: Json) => one !== null).at(-1) === value,
  ],
  ['null where it is allowed', 'type', /\/accepts\/.*\/null$/, (_, value) => value === null],
  ['false, as if it were nothing', 'type', /\/accepts\/.*\/false$/, (_, value) => value === false],
  [
    'a date-time with an offset',
    'format',
    /\/accepts\/.*\/format\/with an offset$/,
    ({ format }, value) => format === 'date-time' && typeof value === 'string' && !value.endsWith('Z'),
  ],
  [
    'a list of just minItems',
    'minItems',
    /\/accepts\/(?:.*\/)?minItems$/,
    ({ minItems }, value) => Array.isArray(value) && value.length === minItems,
  ],
  [
    'a list of just maxItems',
    'maxItems',
    /\/accepts\/(?:.*\/)?maxItems$/,
    ({ maxItems }, value) => Array.isArray(value) && value.length === maxItems,
  ],
  [
    'the minimum itself',
    'minimum',
    /\/accepts\/.*\/minimum$/,
    ({ minimum }, value) => minimum !== undefined && value === minimum,
  ],
  [
    'the maximum itself',
    'maximum',
    /\/accepts\/.*\/maximum$/,
    ({ maximum }, value) => maximum !== undefined && value === maximum,
  ],
  [
    'a text whose UTF-16 units exceed maxLength',
    'maxLength',
    /\/accepts\/.*\/longest(?:\/\w+)?$/,
    ({ maxLength }, value) => typeof value === 'string' && value.length > maxLength,
  ],
  [
    'a text whose bytes exceed maxLength',
    'maxLength',
    /\/accepts\/.*\/longest(?:\/\w+)?$/,
    ({ maxLength }, value) => typeof value === 'string' && Buffer.byteLength(value) > maxLength,
  ],
]

const overEnforced = (): GenericFault[] => [
  ...PICKY.map(([refused, keyword, cases, isRefused]) => ({
    name: `refuses ${refused}`,
    rule: `${keyword} of a request is enforced, and no more`,
    wakes: { cases, breach: /is accepted/ },
    ...(refused in NEEDED && { isIn: (schema: Json) => NEEDED[refused]?.(schema) === true }),
    plant: refuseWhere((body, { bodySites }) =>
      bodySites.some((site) =>
        valuesAt(body, withAnyIndex(toPointer(site.path))).some((value) => isRefused(site.schema, value, site)),
      ),
    ),
  })),
  {
    name: 'refuses a row without an optional member',
    rule: 'what is not required may be left out',
    wakes: { cases: /\/accepts\/plain$/, breach: /is accepted/ },
    plant: refuseWhere((body, builder) =>
      rowsOf(body, builder).some((row) => optionalOf(builder).some((name) => !Object.hasOwn(row, name))),
    ),
  },
  {
    name: 'refuses an optional member',
    rule: 'every declared member may be sent',
    wakes: { cases: /\/accepts\/(?!.*query)/, breach: /is accepted/ },
    plant: refuseWhere((body, builder) =>
      rowsOf(body, builder).some((row) => Object.hasOwn(row, optionalOf(builder).at(-1) ?? '')),
    ),
  },
]

const rowsOf = (body: Json, { rowPath }: RequestBuilder): Json[] =>
  valuesAt(body, withAnyIndex(toPointer(rowPath))).filter((row) => typeof row === 'object' && row !== null)

function optionalOf(builder: RequestBuilder): string[] {
  const { properties = {}, required = [] } = builder.siteAt(builder.rowPath)?.schema ?? {}
  return Object.keys(properties).filter((name) => !required.includes(name))
}

/** Refuses as the good server refuses what is no JSON. */
function refuseWhere(isRefused: (body: Json, builder: RequestBuilder) => boolean): Fault['plant'] {
  return ({ send, kit }) =>
    async (request, signal) => {
      const body = parse(request.body)
      const builder = kit.builderOf(request.operationId)
      if (body === undefined || !builder.bodySchema || !isRefused(body, builder)) return send(request, signal)
      return refusal(send, request, signal)
    }
}

/** The refusal of an invalid request, in the shape of the API. */
export async function refusal(send: Send, request: CaseRequest, signal: AbortSignal): Promise<CaseReply> {
  const reply = await send({ ...request, body: '{', headers: json(request) }, signal)
  return isSuccess(reply) ? { ...reply, status: 400, text: '{}' } : reply
}
