import type { Contract } from '../contract/contract.ts'
import { below, type Pointer } from '../read/json-pointer.ts'
import { dereferenceAt, type Json } from '../read/read-document.ts'
import { type VisitedPart, visitParts } from '../read/visit-parts.ts'
import { createAjv } from '../validators/compile-validators.ts'
import { type Reading, readAs } from '../validators/read-as.ts'
import type { Finding } from './finding.ts'

/** A value that a document gives as one of a schema. */
interface Shown {
  readonly rule: 'example-invalid' | 'default-invalid'
  readonly value: Json
  readonly schema: Json
  readonly pointer: Pointer
}

/** The examples and defaults of a document that break their schemas, in requests as in replies. */
export function* checkExamples(contract: Contract): Generator<Finding | undefined> {
  let isValid: ReturnType<typeof createJudge> | undefined
  for (const part of visitParts(contract.model)) {
    for (const shown of shownIn(contract, part)) {
      isValid ??= createJudge(contract)
      const fault = isValid(shown)
      yield fault === undefined ? undefined : tell(shown, fault)
    }
  }
}

const tell = ({ rule, pointer }: Shown, fault: string): Finding =>
  rule === 'example-invalid'
    ? { rule, pointer, message: `the example breaks its schema: ${fault}`, instead: 'another value is shown' }
    : { rule, pointer, message: `the default breaks its schema: ${fault}`, instead: 'it is not shown' }

function* shownIn(contract: Contract, { kind, value, pointer }: VisitedPart): Generator<Shown> {
  if (typeof value !== 'object' || value.$ref !== undefined) return
  if (kind === 'schema') {
    const one = (rule: Shown['rule'], name: string): Shown => ({
      rule,
      value: value[name],
      schema: value,
      pointer: below(pointer, name),
    })
    if (value.example !== undefined) yield one('example-invalid', 'example')
    if (value.default !== undefined) yield one('default-invalid', 'default')
    for (const [index, example] of (value.examples ?? []).entries())
      yield { rule: 'example-invalid', value: example, schema: value, pointer: below(pointer, 'examples', index) }
  }
  if (kind !== 'mediaType' && kind !== 'parameter' && kind !== 'header') return
  const { schema, example, examples = {} } = value
  if (schema === undefined) return
  if (example !== undefined)
    yield { rule: 'example-invalid', value: example, schema, pointer: below(pointer, 'example') }
  for (const [name, entry] of Object.entries<Json>(examples)) {
    const { value: found, pointer: at } = dereferenceAt(contract, {
      value: entry,
      pointer: below(pointer, 'examples', name),
    })
    if (found && 'value' in found)
      yield { rule: 'example-invalid', value: found.value, schema, pointer: below(at, 'value') }
  }
}

/** How a document is read: what is never sent in the one direction may be missing in it. */
const READINGS: readonly Reading[] = ['requests', 'replies']

/** @returns what is wrong, or undefined where a value satisfies its schema in one reading at least */
function createJudge(contract: Contract): (shown: Shown) => string | undefined {
  const ajv = createAjv(contract, { source: false, isHasty: true })
  const known = new WeakMap<object, readonly ReturnType<typeof ajv.compile>[]>()
  const validatorsOf = (schema: Json) => {
    const before = known.get(schema)
    if (before) return before
    const validators = READINGS.map((reading) => ajv.compile(readAs(contract, reading, schema)))
    known.set(schema, validators)
    return validators
  }
  return ({ schema, value }) => {
    if (typeof schema !== 'object') return schema === false ? 'it allows no value' : undefined
    let fault: string | undefined
    for (const validate of validatorsOf(schema)) {
      if (validate(value)) return undefined
      const [error] = validate.errors ?? []
      fault ??= `${error?.instancePath || 'it'} ${error?.message ?? 'is not valid'}`
    }
    return fault
  }
}
