import { allowOnly } from './enum.ts'
import type { Keyword } from './keyword.ts'

/**
 * JSON Schema, Validation, section 6.1.3: values are compared as JSON, the order of members aside. Broken by a text.
 */
export const constant: Keyword = {
  name: 'const',
  narrow(shape, { const: only }) {
    if (only !== undefined) allowOnly(shape, [only])
  },
  *accepts({ const: only }) {
    if (only !== undefined) yield { what: 'const', title: `is ${only}`, value: () => only }
  },
  *breaks({ const: only }) {
    if (only !== undefined) yield { what: 'const', title: 'is not what it must be', value: () => `not ${only}` }
  },
  faults: [{ accepts: 'another value than the const', noticedBy: /const/ }],
}
