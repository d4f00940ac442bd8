import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * What Ajv's standalone code requires, as texts, by the names it is required by. The build writes the texts in the place of
 * this reading: what is installed has no Ajv beside it.
 */
export const RUNTIME_TEXTS: Readonly<Record<string, string>> = Object.fromEntries(
  ['ajv-formats/dist/formats', 'ajv/dist/runtime/ucs2length', 'ajv/dist/runtime/equal', 'fast-deep-equal'].map(
    (name) => [name, readFileSync(require.resolve(name), 'utf8')],
  ),
)
