import type { Contract } from '../../documents/contract/contract.ts'
import { keywordsOf, partsOf, targetOf } from '../../documents/contract/follow-schema.ts'
import type { Schema } from '../../documents/contract/schema.ts'
import type { Validate } from '../../documents/contract/table.ts'
import { parsePointer } from '../../documents/read/json-pointer.ts'
import type { Refusal } from '../engine/vocabulary.ts'
import { plainName } from './tell-refusal.ts'

/** What is known of a refusal. */
type Told = Pick<Refusal, 'refused' | 'at' | 'rule' | 'message'>

/** Of what a refusal is about: the member or parameter, from the outermost on, and what is wrong with it. */
interface Culprit {
  readonly path: readonly string[]
  readonly said: string
  /** What is told of the whole. */
  readonly message: string
}

/** What holds messages by member. */
const HOLDERS =
  /^(?:(?:field|validation|model|invalid)?errors|fields|details|violations|invalid(?:params|fields)|modelstate)$/
const FIELDS =
  /^(?:field|fieldname|path|param|parameter|property|propertyname|propertypath|name|member|key|pointer|location|source)$/
const SAYINGS = /^(?:message|errormessage|msg|detail|description|reason|error)$/

/**
 * A body of a refusal with the member that is wrong beside what is wrong with it, where its schema has a place for that: texts
 * by the members' names (`errors` of ASP.NET's ValidationProblemDetails), or a list of those with a name and a message. Where
 * nothing says which member is wrong, or the schema lets it not be there, the body itself.
 */
export function tellMembers(
  contract: Contract,
  schema: Schema,
  body: unknown,
  refusal: Told,
  validate: Validate | undefined,
): unknown {
  const culprit = findCulprit(refusal)
  if (!culprit || typeof body !== 'object' || body === null || Array.isArray(body)) return body
  const properties = partsOf(contract, schema).flatMap((part) => Object.entries(part.properties ?? {}))
  const holder = properties.find(([name]) => HOLDERS.test(plainName(name)))
  const told = holder
    ? waysToSay(contract, holder[1], culprit, (body as Record<string, unknown>)[holder[0]]).map((way) => ({
        ...body,
        [holder[0]]: way,
      }))
    : properties.length === 0 && Object.keys(body).length === 0
      ? waysToSay(contract, schema, culprit)
      : []
  return told.find((one) => validate?.(one) !== false) ?? body
}

/** `/address zip is required` is about `zip` of the address. */
function findCulprit({ refused, at = '', rule, message }: Told): Culprit | undefined {
  const [whole, pointer = ''] = /^(?:query|path|cookie)?(\/.*)?$/s.exec(at) ?? []
  if (!whole || (refused !== 'invalid' && rule !== 'duplicate')) return undefined
  const path = pointer === '/' || pointer === '' ? [] : (parsePointer(pointer) ?? [])
  const said = [`${at} `, 'body '].reduce(
    (text, start) => (text.startsWith(start) ? text.slice(start.length) : text),
    message,
  )
  const [, missing] = /^must have required property '(.*)'$/s.exec(said) ?? []
  if (missing !== undefined) return { path: [...path, missing], said: 'is required', message }
  return path.length > 0 ? { path, said, message } : undefined
}

/** What a holder of that schema may hold. @param held what it holds so far: what is told there of the whole stays */
function waysToSay(contract: Contract, schema: Schema, { path, said, message }: Culprit, held?: unknown): unknown[] {
  const parts = partsOf(contract, schema)
  const name = path.reduce((before, token) => (/^\d+$/.test(token) ? `${before}[${token}]` : `${before}.${token}`))
  const more = parts.flatMap(({ additionalProperties }) => additionalProperties ?? [])
  const isByName = more.some((one) => one !== false) && parts.every(({ properties }) => !properties)
  const byName = isByName ? [{ [name]: [said] }, { [name]: said }] : []
  const items = parts.flatMap((part) => part.items ?? []).flatMap((one) => partsOf(contract, one))
  const members = items.flatMap(({ properties }) => Object.entries(properties ?? {}))
  const isText = (one: Schema) => [keywordsOf(targetOf(contract, one)).type].flat().includes('string')
  const find = (called: RegExp) => members.find(([one, inner]) => called.test(plainName(one)) && isText(inner))?.[0]
  const [field, saying] = [find(FIELDS), find(SAYINGS)]
  if (field === undefined || saying === undefined) return byName
  const where = { [field]: plainName(field) === 'pointer' ? `/${path.join('/')}` : name }
  const [first] = Array.isArray(held) ? held : []
  const others = { ...Object(first) }
  if (others[saying] === message) return [[{ ...others, ...where }]]
  return [...byName, [{ ...where, [saying]: said }], [{ ...others, ...where, [saying]: said }]]
}
