import type { Contract } from '../../documents/contract/contract.ts'
import { partsOf } from '../../documents/contract/follow-schema.ts'
import type { Schema, SchemaObject } from '../../documents/contract/schema.ts'
import { replyValidatorOf } from '../../documents/validators/compile-validators.ts'
import { phraseOf, plainName, STATUS_NAMES } from './tell-refusal.ts'

/** What a composed body of a refusal is to say. */
export interface Wording {
  readonly status: number
  readonly message: string
}

/**
 * A body of a refusal that says nothing but what is known of it: of codes to choose from the one for its status, and none of
 * what was made up for optional members. What the document gives by an example, a default or a constant stays.
 * @param schemas all that are said of it
 * @param made as it was composed
 * @param told the same with the message in it: what differs was told, and stays as well
 */
export function wordRefusal(
  contract: Contract,
  schemas: readonly Schema[],
  made: unknown,
  told: unknown,
  wording: Wording,
): unknown {
  const parts = schemas.flatMap((schema) => partsOf(contract, schema))
  if (Array.isArray(told) && Array.isArray(made)) {
    const items = parts.flatMap((part) => part.items ?? [])
    return told.map((item, index) => wordRefusal(contract, items, made[index], item, wording))
  }
  if (!isMembers(told) || !isMembers(made)) return told
  const required = new Set(parts.flatMap((part) => part.required ?? []))
  return Object.fromEntries(
    Object.entries(told).flatMap(([name, member]) => {
      const own = parts.flatMap(({ properties = {} }) => (Object.hasOwn(properties, name) ? [properties[name]] : []))
      const of = own as readonly Schema[]
      if (member !== made[name]) return [[name, wordRefusal(contract, of, made[name], member, wording)]]
      const said = of.flatMap((one) => partsOf(contract, one))
      const known = knownWord(name, member, said, wording)
      if (known !== undefined && of.every((one) => accepts(contract, one, known))) return [[name, known]]
      if (said.some(isGiven)) return [[name, member]]
      return required.has(name) ? [[name, wordRefusal(contract, of, made[name], member, wording)]] : []
    }),
  )
}

const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a document itself has a value for it. */
const isGiven = (schema: SchemaObject): boolean =>
  ['example', 'examples', 'default', 'const'].some((keyword) => Object.hasOwn(schema, keyword)) ||
  schema.enum?.length === 1

/** Whether a word is one that the document allows in its place, by a pattern or whatever else. */
function accepts(contract: Contract, schema: Schema, word: string): boolean {
  try {
    return replyValidatorOf(contract, { schema, pointer: '', evidence: 'documented' })(word) === true
  } catch {
    // A schema that is none has been told.
    return false
  }
}

const CODE_NAMES = ['code', 'errorcode', 'errortype']

/** What a status has a member say that was made up. */
function knownWord(
  name: string,
  made: unknown,
  parts: readonly SchemaObject[],
  { status, message }: Wording,
): string | undefined {
  if (typeof made !== 'string') return undefined
  const choices = parts.flatMap((part) => part.enum ?? []).filter((one): one is string => typeof one === 'string')
  if (choices.length > 1) return chooseCode(choices, made, status, message)
  if (parts.some(isGiven)) return undefined
  const called = plainName(name)
  if (STATUS_NAMES.includes(called)) return String(status)
  if (called === 'title') return phraseOf(status)
  return CODE_NAMES.includes(called) ? phraseOf(status).toLowerCase().replaceAll(' ', '_') : undefined
}

/** How codes call what a status is for (RFC 9110, section 15; RFC 6585), without what stands between their words. */
const CALLED: Readonly<Record<number, RegExp>> = {
  400: /badrequest|invalid|malformed|validation/,
  401: /unauthori[sz]ed|unauthenticated|notauthenticated|authentication|invalidtoken/,
  402: /payment/,
  403: /forbidden|denied|permission|notallowed/,
  404: /notfound|nosuch|notexist|unknown|missing/,
  405: /method/,
  406: /notacceptable/,
  408: /timeout/,
  409: /conflict|exists|taken|duplicate|already/,
  410: /gone|deleted/,
  412: /precondition/,
  413: /toolarge/,
  415: /mediatype|contenttype/,
  422: /unprocessable|validation|invalid/,
  428: /precondition/,
  429: /toomany|rate|limit|quota|throttl/,
  500: /internal|server|unexpected/,
  501: /notimplemented/,
  503: /unavailable|overload/,
}

/** The code for a status; of several the one with most words of the message. @returns undefined where none is for it */
function chooseCode(choices: readonly string[], made: string, status: number, message: string): string | undefined {
  const fitting = choices.filter((choice) => CALLED[status]?.test(plainCode(choice)))
  const words = message.toLowerCase().match(/[a-z]{3,}/g) ?? []
  const weigh = (choice: string) => words.filter((one) => plainCode(choice).includes(one)).length
  const [best] = fitting.sort((one, other) => weigh(other) - weigh(one))
  return best === made ? undefined : best
}

const plainCode = (code: string): string => code.toLowerCase().replaceAll(/[^a-z\d]/g, '')
