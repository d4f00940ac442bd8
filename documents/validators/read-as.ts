import type { Contract } from '../contract/contract.ts'
import type { Schema } from '../contract/schema.ts'
import { findAlike } from '../contract/tell-apart.ts'
import { type Direction, hasDirection, isLeftOut, namesLeftOut } from '../contract/tell-directions.ts'
import type { Json } from '../read/read-document.ts'
import { holdsNames, isData } from '../read/tell-keywords.ts'

/** Our names for the two readings of a document: what a request is held to, and what a reply is. */
export type Reading = 'requests' | 'replies'

/** What each reading leaves out of messages. */
export const LEFT_OUT: Readonly<Record<Reading, Direction>> = { requests: 'readOnly', replies: 'writeOnly' }

/**
 * A copy of a part of the document as one reading has it. `#/…` references name the reading they are meant for, so that
 * the copy can stand anywhere. In replies, patterns and formats that are only assumed are left out: nobody enforces them
 * (docs/extensions.md). A read-only member of a request is never demanded, and one that is sent is ignored; so is a
 * write-only member of a reply (JSON Schema, Validation, section 9.4).
 * @param isLiteral alternatives that nothing tells apart stay what they are by the letter
 */
export const readAs = (contract: Contract, reading: Reading, value: Json, isLiteral = false): Json =>
  copyPart(
    {
      contract,
      direction: activeDirection(contract, LEFT_OUT[reading]),
      refer: (reference) => reading + reference,
      isDropped: (schema, keyword) =>
        keyword === 'examples' || keyword === 'example' || (reading === 'replies' && isNeverEnforced(schema, keyword)),
      ignore: () => true,
      allowsSeveral: isLiteral ? 'left-out' : 'alike',
    },
    value,
  )

/** @returns undefined where the document marks nothing so */
export const activeDirection = (contract: Contract, direction: Direction): Direction | undefined =>
  hasDirection(contract, direction) ? direction : undefined

/** How a part of a document is copied for messages that leave something out. */
export interface Copying {
  readonly contract: Contract
  /** Undefined where nothing is left out. */
  readonly direction: Direction | undefined
  refer(reference: string): string
  isDropped(schema: Json, keyword: string): boolean
  /** What takes the place of a member's schema that is left out. Undefined: nothing. */
  ignore(schema: Json): Json
  /** Which alternatives may hold together: those that differ by what is left out, or also those that nothing tells apart. */
  readonly allowsSeveral?: 'left-out' | 'alike'
}

type Names = ReadonlySet<string>
const NONE: Names = new Set()

/** These hold for the same value as the schema they stand in. */
const BESIDE = new Set(['allOf', 'oneOf', 'anyOf', 'then', 'else'])
/** To ask less of a value in these would be to ask more of it around them. */
const INVERTED = new Set(['not', 'if'])

/** @param names of members that are left out by a schema around this one that holds for the same value */
export function copyPart(copying: Copying, value: Json, names: Names = NONE): Json {
  if (Array.isArray(value)) return value.map((member) => copyPart(copying, member, names))
  if (typeof value !== 'object' || value === null) return value
  const { direction } = copying
  const own = direction ? unite(names, namesLeftOut(copying.contract, value, direction)) : NONE
  const copy: Json = {}
  for (const [key, member] of Object.entries<Json>(value)) {
    if (copying.isDropped(value, key)) continue
    if (key === '$ref' && typeof member === 'string') copy[key] = copying.refer(member)
    else if (isData(key, member)) copy[key] = member
    else if (holdsNames(key)) copy[key] = copyMembers(copying, key, member, own)
    else if (INVERTED.has(key)) copy[key] = copyPart({ ...copying, direction: undefined }, member)
    else if (BESIDE.has(key)) copy[key] = copyPart(copying, member, own)
    else copy[key] = isMemberLeftOut(copying, key, member) ? copying.ignore(member) : copyPart(copying, member)
  }
  if (own.size > 0) demandLess(copy, own)
  if (Array.isArray(value.oneOf) && mayHoldTogether(copying, value.oneOf)) allowSeveral(copy)
  return copy
}

const mayHoldTogether = ({ contract, direction, allowsSeveral }: Copying, alternatives: readonly Schema[]): boolean =>
  (allowsSeveral !== undefined &&
    direction !== undefined &&
    alternatives.some((one) => namesLeftOut(contract, one, direction).size > 0)) ||
  (allowsSeveral === 'alike' && findAlike(contract, alternatives).length > 0)

const unite = (left: Names, right: Names): Names =>
  left.size === 0 ? right : right.size === 0 ? left : new Set([...left, ...right])

function copyMembers(copying: Copying, key: string, members: Json, names: Names): Json {
  if (typeof members !== 'object' || members === null) return members
  const copy: Json = Array.isArray(members) ? [] : {}
  for (const [name, member] of Object.entries<Json>(members)) {
    const isIgnored = key === 'properties' ? names.has(name) : isMemberLeftOut(copying, key, member)
    const put = isIgnored
      ? copying.ignore(member)
      : copyPart(copying, member, key === 'dependentSchemas' ? names : NONE)
    if (put !== undefined) setMember(copy, name, put)
  }
  return copy
}

const isMemberLeftOut = ({ contract, direction }: Copying, key: string, schema: Schema): boolean =>
  direction !== undefined && OF_MEMBERS.has(key) && isLeftOut(contract, schema, direction)

const OF_MEMBERS = new Set(['patternProperties', 'additionalProperties', 'unevaluatedProperties'])

function demandLess(copy: Json, names: Names): void {
  const isDemanded = (name: unknown): boolean => !names.has(name as string)
  if (Array.isArray(copy.required)) copy.required = copy.required.filter(isDemanded)
  if (typeof copy.dependentRequired === 'object') {
    copy.dependentRequired = Object.fromEntries(
      Object.entries<Json>(copy.dependentRequired).map(([name, also]) => [name, also?.filter?.(isDemanded) ?? also]),
    )
  }
}

function allowSeveral(copy: Json): void {
  const { oneOf, anyOf } = copy
  delete copy.oneOf
  if (anyOf === undefined) copy.anyOf = oneOf
  else copy.allOf = [...(copy.allOf ?? []), { anyOf: oneOf }]
}

function setMember(holder: Json, name: string, value: Json): void {
  if (name !== '__proto__') holder[name] = value
  // An assignment would set the prototype.
  else Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true })
}

/** A pattern or format of a reply that is only assumed (docs/extensions.md). @param schema that holds the keyword */
export const isNeverEnforced = (schema: Json, keyword: string): boolean =>
  (keyword === 'pattern' || keyword === 'format') && schema['x-evidence-of']?.[keyword] === 'assumed'
