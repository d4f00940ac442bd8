import type { ErrorObject } from 'ajv'
import { createAjv, slotsOf } from '../documents/compile-validators.ts'
import { type OperationPlace, placesOf } from '../documents/list-operations.ts'
import { type Document, dereference, type Json } from '../documents/read-document.ts'
import { createSecretSearch } from './secrets/search-secrets.ts'
import type { Breach, Evidence, JudgedReply } from './vocabulary.ts'
import { evidenceIn, evidenceOf, follow, toPointer } from './walk-schema.ts'

/** Holds every reply of a run to what the document says of all replies. */
export interface ReplyJudge {
  judge(operationId: string, reply: JudgedReply): Breach[]
  /** How well it is known that an operation answers this status. */
  statusEvidence(operationId: string, status: number): Evidence
  /** Whether the document declares it. */
  declares(operationId: string, status: number): boolean
}

/** Refusals that any gateway makes need no declaration. */
const GATEWAY = new Set([405, 413, 414, 415, 431])

/** Clocks differ; a timestamp further ahead than this many milliseconds is from the future. */
const CLOCK_SKEW = 5 * 60_000

export function createReplyJudge(document: Document, secrets: readonly string[]): ReplyJudge {
  const places = new Map(placesOf(document).map((place) => [place.id, place]))
  const validatorOf = replyValidatorsOf(document)
  const secretsIn = createSecretSearch(secrets, document)

  const responseOf = (place: OperationPlace, status: number) => {
    const responses = place.operation.responses ?? {}
    const key = [String(status), `${Math.floor(status / 100)}XX`, 'default'].find((one) =>
      Object.hasOwn(responses, one),
    )
    if (key === undefined) return undefined
    const entry = responses[key]
    const operation = evidenceIn(place.operation, 'documented')
    const response = dereference(document, entry)
    return {
      key,
      response,
      evidence: evidenceIn(response, evidenceIn(entry, operation)),
      pointer: `${pointerOf(place)}/responses/${key}`,
    }
  }

  return {
    statusEvidence(operationId, status) {
      const place = places.get(operationId) as OperationPlace
      return responseOf(place, status)?.evidence ?? 'assumed'
    },
    declares: (operationId, status) => responseOf(places.get(operationId) as OperationPlace, status) !== undefined,
    judge(operationId, reply) {
      const place = places.get(operationId) as OperationPlace
      const breaches: Breach[] = []
      const found = responseOf(place, reply.status)
      for (const _ of secretsIn([reply.text, ...Object.values(reply.headers)])) {
        const rule = {
          text: 'no reply shows the token it was asked with',
          pointer: pointerOf(place),
          evidence: 'documented',
        } as const
        breaches.push({ rule, seen: 'the token is in the reply' })
      }
      if (!found) {
        if (!GATEWAY.has(reply.status)) breaches.push(undeclaredStatus(document, place, reply.status))
        return breaches
      }
      const { key, response, evidence, pointer } = found
      const declared = Object.keys(response.content ?? {})
      if (declared.length === 0) return breaches
      const mediaType = reply.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
      if (!declared.some((range) => covers(range, mediaType))) {
        const rule = { text: `content type is ${declared.join(' or ')}`, pointer: `${pointer}/content`, evidence }
        breaches.push({ rule, seen: mediaType === '' ? 'no content type' : mediaType })
      }
      const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(reply.headers['content-type'] ?? '')?.[1]
      if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
        const rule = {
          text: 'JSON is in UTF-8 (RFC 8259, section 8.1)',
          pointer: `${pointer}/content`,
          evidence,
        } as const
        breaches.push({ rule, seen: `charset ${charset}` })
      }
      const validate = validatorOf(`${operationId} ${key}`)
      if (!validate) return breaches
      const media = Object.entries<Json>(response.content).find(([type]) => type.includes('json'))
      if (reply.body === undefined) {
        breaches.push({
          rule: { text: 'the body is JSON', pointer: `${pointer}/content`, evidence },
          seen: excerpt(reply.text),
        })
        return breaches
      }
      const start = { schema: media?.[1].schema, pointer: `${pointer}/content/application~1json/schema`, evidence }
      if (!validate(reply.body)) {
        for (const error of validate.errors ?? []) breaches.push(schemaBreach(document, start, error, reply.body))
      }
      breaches.push(...strangers(document, start, reply.body))
      breaches.push(...soundness(start, reply.body))
      return breaches
    },
  }
}

type Validate = ReturnType<ReturnType<typeof createAjv>['compile']>

/** Compiling takes far longer than judging. */
const known = new WeakMap<Document, (key: string) => Validate | undefined>()

/** @returns by operation and declared status: `createOrder 201` */
function replyValidatorsOf(document: Document): (key: string) => Validate | undefined {
  let validatorOf = known.get(document)
  if (!validatorOf) known.set(document, (validatorOf = createReplyValidators(document)))
  return validatorOf
}

function createReplyValidators(document: Document): (key: string) => Validate | undefined {
  const ajv = createAjv(document, { source: false })
  ajv.opts.allErrors = true
  const replies = slotsOf(document).filter(({ place }) => place === 'reply')
  const slots = new Map(replies.map((slot) => [`${slot.operationId} ${slot.status}`, slot.schema]))
  const validators = new Map<string, Validate>()
  return (key) => {
    let validate = validators.get(key)
    if (!validate && slots.has(key)) validators.set(key, (validate = ajv.compile(slots.get(key))))
    return validate
  }
}

export const pointerOf = ({ path, method }: OperationPlace): string =>
  `#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method.toLowerCase()}`

export const excerpt = (text: string, length = 200): string =>
  text.length > length ? `${text.slice(0, length)}…` : text

/** Whether a declared media type, or a range of them, is this one or has it. */
export const covers = (range: string, mediaType: string): boolean => {
  const wanted = range.split(';', 1)[0]?.trim().toLowerCase()
  return (
    wanted === mediaType ||
    wanted === '*/*' ||
    (wanted?.endsWith('/*') === true && mediaType.startsWith(wanted.slice(0, -1)))
  )
}

/** An undeclared refusal contradicts the document only where it lists documented refusals; anything else always does. */
function undeclaredStatus(document: Document, place: OperationPlace, status: number): Breach {
  const operation = evidenceIn(place.operation, 'documented')
  const isKnown = Object.entries<Json>(place.operation.responses ?? {}).some(
    ([key, entry]) => key.startsWith('4') && evidenceIn(dereference(document, entry), operation) === 'documented',
  )
  const isRefusal = status >= 400 && status < 500
  const evidence: Evidence = status === 429 || (isRefusal && !isKnown) ? 'assumed' : operation
  const declared = Object.keys(place.operation.responses ?? {}).join(', ')
  return {
    rule: { text: `status is one of ${declared}`, pointer: `${pointerOf(place)}/responses`, evidence },
    seen: String(status),
  }
}

interface Place {
  readonly schema: Json
  readonly pointer: string
  readonly evidence: Evidence
}

function schemaBreach(document: Document, start: Place, error: ErrorObject, body: Json): Breach {
  const path = error.instancePath.split('/').slice(1).map(unescapeToken)
  const at = descend(document, start, path)
  const { keyword, params } = error
  const holder = at.find(({ schema }) => schema?.[keyword] !== undefined) ?? at[0] ?? start
  const statement = keyword === 'enum' ? String(valueAt(body, path)) : keyword
  const evidence = evidenceOf(holder.schema, statement, evidenceOf(holder.schema, keyword, holder.evidence))
  const what = keyword === 'required' ? `has ${params['missingProperty']}` : `${error.message ?? keyword}`
  return {
    rule: { text: `${error.instancePath || 'the body'} ${what}`, pointer: `${holder.pointer}/${keyword}`, evidence },
    seen: keyword === 'required' ? 'it is missing' : excerpt(JSON.stringify(valueAt(body, path)) ?? 'nothing'),
  }
}

const unescapeToken = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~')

function valueAt(body: Json, path: readonly string[]): Json {
  return path.reduce((value, name) => value?.[name], body)
}

/** The schemas that hold at an instance path, each with what is known of it there. */
function descend(document: Document, start: Place, path: readonly string[]): Place[] {
  let places = spread(document, start)
  for (const name of path) {
    places = places.flatMap((place) => {
      const { schema, pointer, evidence } = place
      const children: [Json, string][] = []
      if (Array.isArray(schema?.items) === false && schema?.items !== undefined && /^\d+$/.test(name))
        children.push([schema.items, 'items'])
      if (schema?.properties && Object.hasOwn(schema.properties, name))
        children.push([schema.properties[name], `properties/${name}`])
      else if (typeof schema?.additionalProperties === 'object')
        children.push([schema.additionalProperties, 'additionalProperties'])
      return children.flatMap(([child, key]) =>
        spread(document, { schema: child, pointer: `${pointer}/${key}`, evidence }),
      )
    })
  }
  return places
}

/** A schema with the parts of its combinations. */
function spread(document: Document, place: Place): Place[] {
  const here = follow(document, place.schema, place.pointer, place.evidence)
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((keyword) =>
    (here.schema?.[keyword] ?? []).map((schema: Json, index: number) => ({
      schema,
      pointer: `${here.pointer}/${keyword}/${index}`,
      evidence: here.evidence,
    })),
  )
  return [here, ...parts.flatMap((part: Place) => spread(document, part))]
}

/** Members that the document does not know: worth telling, never wrong by it. */
function strangers(
  document: Document,
  start: Place,
  body: Json,
  path: readonly string[] = [],
  found: Breach[] = [],
): Breach[] {
  if (found.length > 20 || typeof body !== 'object' || body === null) return found
  if (Array.isArray(body)) {
    for (const [index, item] of body.entries()) strangers(document, start, item, [...path, String(index)], found)
    return found
  }
  const at = descend(document, start, path)
  const known = at.filter(({ schema }) => schema?.properties)
  const isOpen =
    known.length === 0 ||
    at.some(({ schema }) => schema?.additionalProperties !== undefined && schema.additionalProperties !== false)
  for (const [name, member] of Object.entries(body)) {
    if (!isOpen && !known.some(({ schema }) => Object.hasOwn(schema.properties, name))) {
      const rule = {
        text: `${toPointer([...path, name])} is declared`,
        pointer: `${known[0]?.pointer}/properties`,
        evidence: 'assumed',
      } as const
      found.push({ rule, seen: 'a member that the document does not name' })
    }
    strangers(document, start, member, [...path, name], found)
  }
  return found
}

const ID = /^(?:id|userId)$/
const TIME = /(?:At|Time|Visit)$/

/** Ids are told apart, and nothing happened in the future. */
function soundness(start: Place, body: Json, path: readonly string[] = [], found: Breach[] = []): Breach[] {
  if (typeof body !== 'object' || body === null) return found
  if (Array.isArray(body)) {
    const ids = body.flatMap((item) =>
      Object.entries(item ?? {}).filter(([name, id]) => ID.test(name) && typeof id === 'string' && id !== ''),
    )
    const values = ids.map(([, id]) => id)
    if (new Set(values).size < values.length) {
      const rule = {
        text: `ids in ${toPointer(path) || 'the body'} are told apart`,
        pointer: start.pointer,
        evidence: start.evidence,
      }
      found.push({ rule, seen: 'one id twice' })
    }
  }
  for (const [name, member] of Object.entries<Json>(body)) {
    const at = [...path, name]
    const time = TIME.test(name) ? timeOf(member) : undefined
    if (time !== undefined && time > Date.now() + CLOCK_SKEW) {
      const rule = { text: `${toPointer(at)} is not from the future`, pointer: start.pointer, evidence: start.evidence }
      found.push({ rule, seen: String(member) })
    }
    soundness(start, member, at, found)
  }
  return found
}

/** A timestamp as milliseconds: ISO 8601, or seconds since 1970. */
function timeOf(value: Json): number | undefined {
  if (typeof value === 'number') return value > 1e9 ? value * 1000 : undefined
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d[T ]/.test(value)) return undefined
  const time = Date.parse(value)
  return Number.isNaN(time) ? undefined : time
}
