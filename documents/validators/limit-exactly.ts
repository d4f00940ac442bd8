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

/** The texts that are being held to a schema: what they say of a number that no number of JavaScript is. */
const createTexts = (): { current: readonly string[] } => ({ current: [] })

/** Whatever is validated in the work is compared with limits as these texts have it written. */
export function readExactly<T>(contract: Contract, texts: readonly string[], work: () => T): T {
  const held = contract.once(createTexts)
  const outer = held.current
  held.current = texts
  try {
    return work()
  } finally {
    held.current = outer
  }
}

/**
 * Makes an Ajv compare with limits as the document has them written, where no number of JavaScript is what is written
 * (RFC 8259, section 6: nothing bounds what a number may be).
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
      const limit = BigInt(written)
      const fails = gen.scopeValue('func', { ref: (value: number) => isBeyond(exact(contract, value), limit) })
      Object.assign(context, { schemaCode: stringify(written) })
      context.fail(_`${fails}(${data})`)
    }
  }
}

function exact(contract: Contract, value: number): number | bigint {
  if (!isLargeInteger(value)) return value
  const texts = contract.once(createTexts).current
  return BigInt(findLargeIntegers(texts).get(value) ?? value)
}
