import type { Contract } from '../contract/contract.ts'
import type { SchemaError } from '../contract/table.ts'
import type { Json } from '../read/read-document.ts'
import { createAjv } from '../validators/compile-validators.ts'
import { type Reading, readAs } from '../validators/read-as.ts'

/** What Ajv compiles a schema to, without Ajv's own types: they are not installed where the package is. */
export interface Validate {
  (value: unknown): boolean
  /** With the way through the schemas to the broken keyword: `#/oneOf/0/type`. */
  errors?: readonly (SchemaError & { readonly schemaPath: string })[] | null
}

/** What compiles the schemas of a contract, and has compiled. */
interface Compiler {
  readonly ajv: ReturnType<typeof createAjv>
  readonly isLiteral: boolean
  /** By the schema's text: in large documents the same rules stand in many places. */
  readonly known: Map<string, Validate>
  /** By the schema itself, and by what is read; it spares writing the text. */
  readonly seen: WeakMap<object, Map<string, Validate>>
}

const createCompiler = (contract: Contract, isLiteral: boolean): Compiler => ({
  ajv: createAjv(contract, { source: false, isHasty: true, isLiteral }),
  isLiteral,
  known: new Map(),
  seen: new WeakMap(),
})

const createMeant = (contract: Contract): Compiler => createCompiler(contract, false)
const createLiteral = (contract: Contract): Compiler => createCompiler(contract, true)

/**
 * The validator of any schema of a contract, compiled once.
 * @param isLiteral alternatives that nothing tells apart stay what they are by the letter
 * @throws Error where Ajv cannot compile it
 */
export function compileSchema(contract: Contract, schema: Json, reading: Reading, isLiteral = false): Validate {
  const compiler = contract.once(isLiteral ? createLiteral : createMeant)
  if (typeof schema !== 'object' || schema === null) return compile(contract, compiler, schema, reading)
  let seen = compiler.seen.get(schema)
  if (!seen) compiler.seen.set(schema, (seen = new Map()))
  let validate = seen.get(reading)
  if (!validate) seen.set(reading, (validate = compile(contract, compiler, schema, reading)))
  return validate
}

function compile(contract: Contract, { ajv, isLiteral, known }: Compiler, schema: Json, reading: Reading): Validate {
  const read = readAs(contract, reading, schema, isLiteral)
  const text = JSON.stringify(read)
  let validate = known.get(text)
  if (!validate) known.set(text, (validate = ajv.compile(read)))
  return validate
}
