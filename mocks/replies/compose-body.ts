import type { Contract } from '../../documents/contract/contract.ts'
import { keywordsOf, targetOf } from '../../documents/contract/follow-schema.ts'
import type { DeclaredReply, MediaType } from '../../documents/contract/operation.ts'
import type { SchemaPlace } from '../../documents/contract/schema.ts'
import type { Failure, Validate } from '../../documents/contract/table.ts'
import { isJsonName, parseMediaRange } from '../../documents/media-types/choose-media-type.ts'
import { type BodyKind, nameMediaType } from '../../documents/media-types/name-media-type.ts'
import { isBinarySchema, isBytesName, sampleBytes } from '../../documents/media-types/sample-bytes.ts'
import { type WrittenBody, writeBody } from '../../documents/media-types/write-body.ts'
import { replyValidatorOf } from '../../documents/validators/compile-validators.ts'
import { type Composed, composeReply } from '../../documents/values/compose-example.ts'
import type { Refusal } from '../engine/vocabulary.ts'
import { fitMessage, type Telling } from './fit-message.ts'
import { tellFailure } from './tell-failure.ts'
import { tellMembers } from './tell-members.ts'
import { PROBLEM, problemOf } from './tell-refusal.ts'
import { wordRefusal } from './word-refusal.ts'

/** Whose body it is, and what is to be told in it. */
export interface BodyPlace {
  readonly contract: Contract
  readonly operationId: string
  readonly reply: DeclaredReply
  /** The client's, which chooses within a range. */
  readonly accept: string | undefined
  /** Of a failure; `isOurs`: the call was refused. */
  readonly telling?:
    | (Pick<Telling, 'refused' | 'message' | 'status'> &
        Pick<Refusal, 'at' | 'rule'> & {
          readonly isOurs: boolean
          /** The business failure of the document that it is. */
          readonly failure?: Failure | undefined
        })
    | undefined
}

/** What a media type's bodies are, once known: composing costs, and gives the same each time. */
const createKnown = (): WeakMap<MediaType, Composed> => new WeakMap()

/**
 * The body that a document declares in one media type, written down; undefined where there is no value for it.
 * @param tell takes what could not be kept to, each time it is so
 */
export function composeBody(
  place: BodyPlace,
  media: MediaType,
  tell: (remark: string) => void,
): WrittenBody | undefined {
  const { contract, operationId, reply, accept, telling } = place
  const kind = kindOf(contract, media)
  const type = nameMediaType(media.type, kind, accept)
  const schema = schemaOf(media)
  const isSample = kind === 'bytes' && !media.examples
  const composed = isSample
    ? { value: sampleBytes(parseMediaRange(type).name), isExample: true }
    : composeOnce(contract, operationId, reply, media)
  const { remark, isExample }: Composed = composed
  if (remark !== undefined) tell(remark)
  // What says nothing of itself may be anything of its kind.
  const { value = schema ? undefined : anyOf(kind, telling) } = composed
  if (value === undefined) return undefined
  // An example that was asked for says what the document has it say.
  const told =
    telling && (telling.isOurs || !isExample) ? tellIn(place, value, { ...telling, isExample }, schema, type) : value
  return writeBody(contract, type, told, schema?.schema)
}

/** What a reply holds in one media type, composed when it is first asked for. It is shared: nobody may change it. */
export function composeOnce(contract: Contract, operationId: string, reply: DeclaredReply, media: MediaType): Composed {
  const known = contract.once(createKnown)
  let composed = known.get(media)
  if (!composed) {
    composed = composeReply(contract, operationId, reply, { ...media, schema: schemaOf(media) })
    known.set(media, composed)
  }
  return composed
}

/** Writes a value that somebody else chose. */
export function writeChosen({ contract, accept }: BodyPlace, media: MediaType, value: unknown): WrittenBody {
  const type = nameMediaType(media.type, typeof value === 'string' ? 'text' : kindOf(contract, media), accept)
  return writeBody(contract, type, value, schemaOf(media)?.schema)
}

function tellIn(
  { contract }: BodyPlace,
  value: unknown,
  {
    failure,
    ...telling
  }: Omit<Telling, 'isProblem'> & Pick<Refusal, 'at' | 'rule'> & { readonly failure?: Failure | undefined },
  schema: SchemaPlace | undefined,
  type: string,
): unknown {
  if (value instanceof Uint8Array) return value
  let validate: Validate | undefined
  try {
    if (schema) validate = replyValidatorOf(contract, schema)
  } catch {
    // A schema that is none has been told.
  }
  const fitted = fitMessage(value, { ...telling, isProblem: parseMediaRange(type).name === PROBLEM }, validate)
  const worded = telling.isExample || !schema ? fitted : wordRefusal(contract, [schema.schema], value, fitted, telling)
  const general = validate?.(worded) === false ? fitted : worded
  const told = telling.isExample || !schema ? general : tellMembers(contract, schema.schema, general, telling, validate)
  return failure ? tellFailure(told, failure, telling.message, telling.isExample, validate) : told
}

/** A stream's are those of a list of its items (OpenAPI 3.2, Media Type Object, "itemSchema"). */
function schemaOf({ schema, itemSchema }: MediaType): SchemaPlace | undefined {
  if (schema || !itemSchema) return schema
  return { ...itemSchema, schema: { type: 'array', minItems: 2, items: itemSchema.schema } }
}

function kindOf(contract: Contract, { type, schema, examples = {} }: MediaType): BodyKind {
  const { name } = parseMediaRange(type)
  if (isBytesName(name)) return 'bytes'
  const target = schema && keywordsOf(targetOf(contract, schema.schema))
  if (target && !isJsonName(name) && isBinarySchema(target)) return 'bytes'
  if (target) return target.type === 'string' ? 'text' : 'data'
  const [example] = Object.values(examples)
  if (example !== undefined) return typeof example === 'string' ? 'text' : 'data'
  return name.startsWith('text/') && !/json|xml|yaml/.test(name) ? 'text' : 'data'
}

function anyOf(kind: BodyKind, telling: BodyPlace['telling']): unknown {
  if (kind === 'text') return telling?.message ?? 'text'
  return telling ? problemOf(telling, telling.status) : {}
}
