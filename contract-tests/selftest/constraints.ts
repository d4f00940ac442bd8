import { KEYWORDS, keywordOf, repairValue } from '../../documents/keywords/index.ts'
import type { Composer, Keyword, KeywordFault, Lenient, Picky } from '../../documents/keywords/keyword.ts'
import { parsePointer, toPointer, valuesAt, withAnyIndex } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import type { RequestBuilder } from '../suite/build-request.ts'
import { composerOf } from '../suite/compose-site.ts'
import { type BrokenRule, inspectorOf } from '../suite/inspect-body.ts'
import type { CaseReply, CaseRequest, Send } from '../suite/vocabulary.ts'
import { type Site, withValue } from '../suite/walk-schema.ts'
import { isSuccess, parse } from './plant.ts'
import type { Fault, Ground } from './vocabulary.ts'

/** A fault of any API: whether it applies, and how well its rule is known, its document says. */
export interface GenericFault extends Omit<Fault, 'evidence'> {
  /** Some schema of a request must be like this. Left out: any is. */
  readonly isIn?: (schema: Json) => boolean
}

/** Every kind of constraint, not enforced and enforced too far. */
export const constraintFaults = (): GenericFault[] => [...notEnforced(), ...overEnforced()]

function notEnforced(): GenericFault[] {
  return [
    ...KEYWORDS.flatMap((keyword) =>
      (keyword.faults ?? []).flatMap((fault) => ('accepts' in fault ? [lenient(keyword, fault)] : [])),
    ),
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
        const siteOf = (path: string) =>
          builder.siteAt((parsePointer(path) ?? []).map((name) => (/^\d+$/.test(name) ? '0' : name)))
        const ignored = ignoredOf(broken, ({ path, keyword }) =>
          isIgnored(keyword, valuesAt(repaired, path)[0], siteOf(path)),
        )
        if (!ignored) return ground.send(request, signal)
        for (const { path, keyword } of ignored) {
          const value = valuesAt(repaired, path)[0]
          repaired = withValue(
            repaired,
            parsePointer(path) ?? [],
            repair(builder, siteOf(path), keyword, value, ++count),
          )
        }
      }
      return ground.send({ ...request, body: JSON.stringify(repaired) }, signal)
    }
  }
}

/** Those rules, and of alternatives the rules of one, if all of them are ignored; undefined: they are not. */
function ignoredOf(
  broken: readonly BrokenRule[],
  isIgnored: (rule: BrokenRule) => boolean,
): readonly BrokenRule[] | undefined {
  const found = broken.map((rule) => {
    if (!rule.alternatives) return isIgnored(rule) ? [rule] : undefined
    for (const rules of rule.alternatives) {
      const inner = ignoredOf(rules, isIgnored)
      if (inner) return inner
    }
    return undefined
  })
  return found.some((rules) => rules === undefined) ? undefined : found.flatMap((rules) => rules ?? [])
}

/** A good value in the place of a broken one; what is about the whole body has the identity of a row. */
function repair(builder: RequestBuilder, site: Site | undefined, keyword: string, value: Json, count: number): Json {
  const caseId = `repair ${count}`
  const random = builder.random(caseId)
  if (!site) return builder.body(caseId)
  const composer: Composer = {
    ...composerOf(builder, site),
    ...(site.path.length === 0 && { value: () => builder.body(caseId) }),
  }
  const known = keywordOf(keyword)
  return known ? repairValue(known, value, site.schema, composer, random) : composer.value(random)
}

// ------------------------------------------------------------------------------------------------- enforced too far

/** A case of this kind whose id ends so. */
const endingIn = (kind: string, { noticedBy }: KeywordFault): RegExp =>
  new RegExp(`/${kind}/(?:.*/)?(?:${noticedBy.source})$`)

const lenient = ({ name }: Keyword, fault: Lenient): GenericFault => ({
  name: `accepts ${fault.accepts}`,
  rule: fault.rule ?? `${name} of a request is enforced`,
  wakes: { cases: endingIn('refuses', fault), breach: new RegExp(`/${name}$`) },
  plant: acceptBroken((error, value, site) => error === name && (fault.isIgnored?.(value, site?.schema ?? {}) ?? true)),
})

const picky = ({ name }: Keyword, fault: Picky): GenericFault => ({
  name: `refuses ${fault.refuses}`,
  rule: fault.rule ?? `${name} of a request is enforced, and no more`,
  wakes: { cases: endingIn('accepts', fault), breach: /is accepted/ },
  ...(fault.isIn && { isIn: fault.isIn }),
  plant: refuseWhere((body, { bodySites }) =>
    bodySites.some(({ path, schema }) =>
      valuesAt(body, withAnyIndex(toPointer(path))).some((value) => fault.isRefused(value, schema)),
    ),
  ),
})

const overEnforced = (): GenericFault[] => [
  ...KEYWORDS.flatMap((keyword) =>
    (keyword.faults ?? []).flatMap((fault) => ('refuses' in fault ? [picky(keyword, fault)] : [])),
  ),
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
