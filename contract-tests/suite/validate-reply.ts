import type { ErrorObject } from 'ajv'
import type { Contract } from '../../documents/contract/contract.ts'
import { below, type Pointer } from '../../documents/read/json-pointer.ts'
import { createAjv, replyReadingOf, type SchemaSlot, slotsOf } from '../../documents/validators/compile-validators.ts'
import { measure } from './read-reply.ts'
import type { JudgedReply } from './vocabulary.ts'

/** How often one rule is told of one reply. */
export const ALIKE = 20

/** Values up to which every error of a body is looked for: there may be several for each of them. */
const MANY = 10_000

/** An error, and the pointer of the schema that found it; undefined where that is `false`. */
export type SchemaError = ErrorObject & { readonly at: Pointer | undefined }

type Validate = (body: unknown) => readonly SchemaError[]

interface Validators {
  /** Tells every error. */
  every(key: string): Validate
  /** Tells the first error. */
  first(key: string): Validate
}

/** Compiling takes far longer than judging: each is compiled when it is first needed. */
function createValidators(contract: Contract): Validators {
  const replies = slotsOf(contract).filter(({ place }) => place === 'reply')
  const slots = new Map(replies.map((slot) => [`${slot.operationId} ${slot.status}`, slot]))
  const compileOnce = (allErrors: boolean) => {
    let ajv: ReturnType<typeof createAjv> | undefined
    let pointers: ReadonlyMap<unknown, Pointer> | undefined
    const validators = new Map<string, Validate>()
    const compile = (key: string): Validate => {
      // Errors bring along the very schema that found them.
      if (!ajv)
        Object.assign((ajv = createAjv(contract, { source: false, isWhole: true })).opts, { allErrors, verbose: true })
      const reading = replyReadingOf(ajv)
      const validate = ajv.compile(slots.get(key)?.schema)
      return (body) => {
        if (validate(body)) return []
        const errors = validate.errors ?? []
        // A validator keeps its last errors.
        validate.errors = null
        pointers ??= listPointers([reading, ...slots.values()])
        return errors.map((error) => ({ ...error, at: pointers?.get(error.parentSchema) }))
      }
    }
    return (key: string) => {
      let validate = validators.get(key)
      if (!validate) validators.set(key, (validate = compile(key)))
      return validate
    }
  }
  return { every: compileOnce(true), first: compileOnce(false) }
}

/** Where every object in these schemas stands. */
function listPointers(schemas: readonly Pick<SchemaSlot, 'schema' | 'pointer'>[]): ReadonlyMap<unknown, Pointer> {
  const pointers = new Map<unknown, Pointer>()
  const visit = (value: unknown, pointer: Pointer): void => {
    if (typeof value !== 'object' || value === null) return
    pointers.set(value, pointer)
    for (const [name, member] of Object.entries(value)) visit(member, below(pointer, name))
  }
  for (const { schema, pointer = '#' } of schemas) visit(schema, pointer)
  return pointers
}

/** @returns what tells what a reply's body breaks of its schema: that is compiled by then, what it refers to need not be */
export function createErrorsOf(contract: Contract, key: string, { text, body }: JudgedReply): () => SchemaError[] {
  const { every, first } = contract.once(createValidators)
  const isLarge = text.length > 2 * MANY && measure(text, Number.POSITIVE_INFINITY, MANY).values > MANY
  const validate = (isLarge ? first : every)(key)
  return () => {
    const counts = new Map<string, number>()
    return validate(body).filter(({ schemaPath, message }) => {
      const rule = `${schemaPath} ${message}`
      counts.set(rule, (counts.get(rule) ?? 0) + 1)
      return (counts.get(rule) ?? 0) <= ALIKE
    })
  }
}
