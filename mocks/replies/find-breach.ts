import type { Contract } from '../../documents/contract/contract.ts'
import type { DeclaredReply, MediaType } from '../../documents/contract/operation.ts'
import type { SchemaPlace } from '../../documents/contract/schema.ts'
import { coversName, parseMediaRange } from '../../documents/media-types/choose-media-type.ts'
import { replyValidatorOf } from '../../documents/validators/compile-validators.ts'
import { sentenceOf } from '../engine/validate-call.ts'
import { readHeaderValue } from './compose-headers.ts'

/** What a behaviour replies with by itself. */
export interface OwnReply {
  readonly body?: unknown
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** The declared media type that holds what a behaviour names; undefined where none does. */
export function mediaOf(content: readonly MediaType[], named: string): MediaType | undefined {
  const { name } = parseMediaRange(named)
  const own = content.find(
    ({ type }) => type.replaceAll(' ', '').toLowerCase() === named.replaceAll(' ', '').toLowerCase(),
  )
  return own ?? content.find(({ type }) => coversName(parseMediaRange(type).name, name))
}

/** What a behaviour's own body or headers do that the document does not declare, in words that follow the status. */
export function findOwnBreach(
  contract: Contract,
  { content, headers: declared }: DeclaredReply,
  media: MediaType | undefined,
  { body, headers = {} }: OwnReply,
): string | undefined {
  const named = headers['content-type']
  if (body !== undefined && content.length === 0) return ' with a body, where none is declared'
  if (body !== undefined && named !== undefined && !mediaOf(content, named))
    return ` as ${named}, which it does not declare`
  for (const { name, schema } of declared) {
    const value = new Map(Object.entries(headers)).get(name.toLowerCase())
    const words = value === undefined ? undefined : breachOf(contract, schema, readHeaderValue(value))
    if (words !== undefined) return `, but the header ${name} ${words}`
  }
  const words = media?.schema && isData(media, body) ? breachOf(contract, media.schema, [body]) : undefined
  return words === undefined ? undefined : `, but ${words.startsWith('/') ? words : `the body ${words}`}`
}

/** A text in a type that is no JSON is written already, and bytes are. */
const isData = ({ type }: MediaType, body: unknown): boolean =>
  body !== undefined && !(body instanceof Uint8Array) && (typeof body !== 'string' || /json/i.test(type))

/** Undefined where one of the readings is valid, or the schema is none. */
function breachOf(contract: Contract, schema: SchemaPlace, readings: readonly unknown[]): string | undefined {
  try {
    const validate = replyValidatorOf(contract, schema)
    if (readings.some((reading) => validate(reading))) return undefined
    validate(readings[0])
    const [error] = validate.errors ?? []
    return error ? `${error.instancePath} ${sentenceOf(error)}`.trimStart() : 'is not valid'
  } catch {
    return undefined
  }
}
