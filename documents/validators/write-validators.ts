import standalone from 'ajv/dist/standalone/index.js'
import type { Contract } from '../contract/contract.ts'
import { compactValidators } from './compact-validators.ts'
import { assemble, createAjv, slotsOf } from './compile-validators.ts'
import { keepEvaluated } from './keep-evaluated.ts'
import { importRuntime, slimRuntime } from './slim-runtime.ts'

/** The validators as one JavaScript module that imports nothing and needs no eval. */
export async function writeValidators(contract: Contract): Promise<string> {
  const { build } = await import('esbuild')
  const ajv = createAjv(contract, { source: true })
  const slots = slotsOf(contract)
  // Equal schemas, such as the error replies of all operations, share one function.
  const names = new Map<string, string>()
  for (const { schema } of slots) {
    const text = JSON.stringify(schema)
    if (names.has(text)) continue
    const name = `v${names.size}`
    names.set(text, name)
    ajv.addSchema({ ...wrap(schema), $id: name }, name)
  }
  const exported = Object.fromEntries([...names.values()].map((name) => [name, name]))
  const code = compactValidators(keepEvaluated((standalone as unknown as typeof standalone.default)(ajv, exported)))
  const table = assemble(slots, (holder, key, { schema }) =>
    Object.assign(holder, { [key]: names.get(JSON.stringify(schema)) }),
  )
  const source = `${importRuntime(code)}\nexport default ${JSON.stringify(table).replace(/"(v\d+)"/g, '$1')}\n`
  const bundle = await build({
    stdin: { contents: keepDefaultOnly(source), resolveDir: import.meta.dirname, loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    target: 'es2022',
    charset: 'utf8',
    minifySyntax: true,
    minifyWhitespace: true,
    minifyIdentifiers: true,
    legalComments: 'none',
    lineLimit: 200,
    plugins: [slimRuntime(source)],
    write: false,
  })
  return (bundle.outputFiles[0] as { text: string }).text
}

/** A boolean schema cannot carry an `$id`. */
const wrap = (schema: object | boolean): object => (typeof schema === 'boolean' ? { allOf: [schema] } : schema)

/** Only the table is exported: what nobody asks for is left out by esbuild. */
const keepDefaultOnly = (code: string): string =>
  code.replace(/^"use strict";/, '').replaceAll(/^export const (v\d+) = /gm, 'const $1 = ')

/** The text of `validators.d.ts`, the same for every document. */
export const VALIDATORS_TYPES = `/** What Ajv's standalone code exports: by operation, a validator for each place. */
export interface SchemaError {
  readonly instancePath: string
  readonly keyword: string
  readonly message?: string
  readonly params: Readonly<Record<string, unknown>>
}
export interface Validate {
  (value: unknown): boolean
  errors?: readonly SchemaError[] | null
}
declare const validators: Readonly<
  Record<
    string,
    {
      readonly path?: Validate
      readonly query?: Validate
      readonly header?: Validate
      readonly cookie?: Validate
      readonly body?: Validate
      readonly replies: Readonly<Record<string, Validate>>
    }
  >
>
export default validators
`
