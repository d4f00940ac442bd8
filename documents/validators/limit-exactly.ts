import type { CodeKeywordDefinition } from 'ajv'
import type { Ajv2020 } from 'ajv/dist/2020.js'
import { _, stringify } from 'ajv/dist/compile/codegen/index.js'
import type { Contract } from '../contract/contract.ts'
import { findLargeIntegers, isLargeInteger } from '../read/find-large-integers.ts'

/** When a number is beyond each limit (JSON Schema, Validation, sections 6.2.2 to 6.2.5). */
const BEYOND: Readonly<Record<string, (value: number | bigint, limit: bigint) => boolean>> = {
  minimum: (value, limit) => value < limit,
  exclusiveMinimum: (value, limit) => value <= limit,
  maximum: (value, limit) => value > limit,
  exclusiveMaximum: (value, limit) => value >= limit,
}

/** The text that is being held to a schema: what it says of a number that no number of JavaScript is. */
const createHeld = (): { text: string } => ({ text: '' })

/** Whatever is validated in the work is compared with limits as this text has it written. */
export function readExactly<T>(contract: Contract, text: string, work: () => T): T {
  const held = contract.once(createHeld)
  const outer = held.text
  held.text = text
  try {
    return work()
  } finally {
    held.text = outer
  }
}

/**
 * Makes an Ajv compare with limits as the document has them written, where no number of JavaScript is what is written
 * (RFC 8259, section 6: nothing bounds what a number may be). A number that the text does not have is compared as it is.
 */
export function limitExactly(ajv: Ajv2020, contract: Contract): void {
  for (const [keyword, isBeyond] of Object.entries(BEYOND)) {
    const rule = ajv.RULES.all[keyword]
    if (typeof rule !== 'object') throw new Error(`this Ajv knows no ${keyword}`)
    const definition = rule.definition as CodeKeywordDefinition
    const { code } = definition
    definition.code = (context) => {
      const { schema, gen, data } = context
      const written = isLargeInteger(schema) ? contract.largeIntegers.get(schema) : undefined
      if (written === undefined) return code(context)
      const fails = gen.scopeValue('func', {
        ref(value: number) {
          const own = writtenIn(contract.once(createHeld).text, value)
          return own === undefined ? isBeyond(value, BigInt(schema)) : isBeyond(BigInt(own), BigInt(written))
        },
      })
      Object.assign(context, { schemaCode: stringify(written) })
      context.fail(_`${fails}(${data})`)
    }
  }
}

/**
 * The format int64 (OpenAPI 3.1, "Data Types"). No number of JavaScript lies between 2 ** 63 - 1, which is allowed, and
 * 2 ** 63: there the text decides that is being held to a schema, where it has the number.
 */
export function isInt64(contract: Contract, value: number): boolean {
  if (!Number.isInteger(value) || Math.abs(value) !== 2 ** 63)
    return Number.isInteger(value) && Math.abs(value) < 2 ** 63
  const own = writtenIn(contract.once(createHeld).text, value)
  return own === undefined || BigInt.asIntN(64, BigInt(own)) === BigInt(own)
}

/** How a text has a number written. @returns undefined where it has not, or in several ways */
function writtenIn(text: string, value: number): string | undefined {
  if (!isLargeInteger(value)) return Number.isInteger(value) ? String(value) : undefined
  const rounded = findLargeIntegers([text]).get(value)
  return rounded ?? (new RegExp(`(?<![\\w.])${value}(?![\\w.])`).test(text) ? String(value) : undefined)
}
