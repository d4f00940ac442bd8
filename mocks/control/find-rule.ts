import type { Contract } from '../../documents/contract/contract.ts'
import { followSchema, keywordsOf } from '../../documents/contract/follow-schema.ts'
import type { DeclaredOperation } from '../../documents/contract/operation.ts'
import type { Schema, SchemaPlace } from '../../documents/contract/schema.ts'
import { below, type Pointer, parsePointer } from '../../documents/read/json-pointer.ts'
import type { JournalEntry } from '../journal/journal.ts'

/** Where the document says what a call broke. */
export interface BrokenRule {
  readonly pointer: Pointer
  readonly file?: string
  /** From 1. */
  readonly line?: number
  readonly column?: number
  /** As they are written. */
  readonly lines?: readonly string[]
}

/** So many lines are shown of a statement. */
const MOST_LINES = 12

/** Leads from the verdict on a call to the statement of the document. @returns undefined where no single one says it */
export function findRule(contract: Contract, { operationId = '', verdict }: JournalEntry): BrokenRule | undefined {
  const operation = contract.operation(operationId)
  const pointer = operation && findPointer(contract, operation, verdict)
  if (pointer === undefined) return undefined
  const place = contract.findPlace(contract.originOf(pointer))
  const { file, line, column, lines } = place ?? {}
  return {
    pointer,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    ...(lines && { lines: lines.slice(0, MOST_LINES) }),
  }
}

function findPointer(
  contract: Contract,
  operation: DeclaredOperation,
  { reason, at = '', rule = '' }: JournalEntry['verdict'],
): Pointer | undefined {
  const failure = operation.failures.find(({ id }) => id === rule)
  if (reason === 'failure') return failure?.pointer
  if (reason === 'no-credentials' || reason === 'bad-credentials') return operation.securityPointer
  if (reason === 'unsupported-media-type') return operation.body?.contentPointer
  if (reason !== 'invalid') return undefined
  if (at.startsWith('/')) {
    const { body } = operation
    if (!body) return undefined
    const place = body.json ?? body.content[0]?.schema
    const tokens = at === '/' ? [] : (parsePointer(at) ?? [])
    return (place && findKeyword(contract, place, tokens, rule)) ?? body.pointer
  }
  const [where, name = '', ...tokens] = at.split('/')
  const parameter = operation.parameters.find(
    (one) => one.in === where && (one.name === name || one.name.toLowerCase() === name.toLowerCase()),
  )
  if (!parameter) return undefined
  return findKeyword(contract, parameter.schema, tokens, rule) ?? parameter.pointer
}

/** How deep combinations are followed. */
const MOST_STEPS = 100

/** The place of a keyword that holds for the value at the end of a path through a schema. */
function findKeyword(
  contract: Contract,
  place: SchemaPlace,
  tokens: readonly string[],
  keyword: string,
  steps = 0,
): Pointer | undefined {
  if (steps > MOST_STEPS) return undefined
  const { schema, pointer, evidence } = followSchema(contract, place)
  const keywords = keywordsOf(schema) as Readonly<Record<string, unknown>>
  const go = (inner: unknown, rest: readonly string[], ...path: readonly (string | number)[]) =>
    inner === undefined
      ? undefined
      : findKeyword(
          contract,
          { schema: inner as Schema, pointer: below(pointer, ...path), evidence },
          rest,
          keyword,
          steps + 1,
        )
  const [token, ...rest] = tokens
  if (token === undefined) {
    if (Object.hasOwn(keywords, keyword)) return below(pointer, keyword)
  } else {
    const found =
      go(memberOf(keywords['properties'], token), rest, 'properties', token) ??
      go(memberOf(keywords['prefixItems'], token), rest, 'prefixItems', token) ??
      (/^\d+$/.test(token) ? go(keywords['items'], rest, 'items') : undefined) ??
      findPattern(keywords['patternProperties'], token, (inner, pattern) =>
        go(inner, rest, 'patternProperties', pattern),
      ) ??
      go(keywords['additionalProperties'], rest, 'additionalProperties')
    if (found) return found
  }
  for (const name of ['allOf', 'anyOf', 'oneOf']) {
    const branches = keywords[name]
    for (const [index, inner] of (Array.isArray(branches) ? branches : []).entries()) {
      const found = go(inner, tokens, name, index)
      if (found) return found
    }
  }
  return go(keywords['then'], tokens, 'then') ?? go(keywords['else'], tokens, 'else')
}

const memberOf = (holder: unknown, name: string): unknown =>
  typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name)
    ? (holder as Record<string, unknown>)[name]
    : undefined

function findPattern<T>(holder: unknown, name: string, go: (inner: unknown, pattern: string) => T | undefined) {
  for (const [pattern, inner] of Object.entries((holder as object | undefined) ?? {})) {
    try {
      if (new RegExp(pattern, 'u').test(name)) return go(inner, pattern)
    } catch {
      // A pattern that is none holds for nothing.
    }
  }
  return undefined
}
