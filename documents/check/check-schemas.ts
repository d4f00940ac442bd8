import type { Contract } from '../contract/contract.ts'
import { followSchema } from '../contract/follow-schema.ts'
import type { SchemaPlace } from '../contract/schema.ts'
import { createRandom } from '../patterns/random.ts'
import { DataError, makeValue, NotWorkedOutError, TooLargeError } from '../values/make-value.ts'
import type { Finding } from './finding.ts'

type Reading = 'requests' | 'replies'

/** The schemas of parameters, bodies and replies that allow no value, or none that can be made. */
export function* checkSchemas(contract: Contract): Generator<Finding | undefined> {
  const seen = new Set<string>()
  for (const { parameters, body, replies } of contract.operations) {
    const places: (readonly [Reading, SchemaPlace | undefined])[] = [
      ...parameters.map(({ schema }) => ['requests', schema] as const),
      ...(body?.content ?? []).map(({ schema }) => ['requests', schema] as const),
      ...replies.flatMap(({ content }) => content.map(({ schema }) => ['replies', schema] as const)),
    ]
    for (const [reading, place] of places) {
      if (place === undefined) continue
      const { schema, pointer } = followSchema(contract, place)
      const key = `${reading} ${pointer}`
      if (seen.has(key)) continue
      seen.add(key)
      const fault = faultOf(contract, schema, reading)
      yield fault && { ...fault, pointer }
    }
  }
}

/** What keeps a value from being made. */
function faultOf(
  contract: Contract,
  schema: SchemaPlace['schema'],
  reading: Reading,
): Omit<Finding, 'pointer'> | undefined {
  try {
    makeValue(contract, schema, createRandom('check'), '', { reading, optional: 1 })
    return undefined
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    const reason = `${error.pointer ? `at ${error.pointer} ` : ''}${error.reason}`
    if (error instanceof TooLargeError) {
      const instead = reading === 'requests' ? 'none is sent' : 'its example is sent, or nothing'
      return {
        rule: 'schema-too-large',
        message: `a value of the schema is larger than any that is made: ${reason}`,
        instead,
      }
    }
    if (error instanceof NotWorkedOutError) {
      return {
        rule: 'schema-not-worked-out',
        message: `no value of the schema was worked out: ${reason}`,
        instead: reading === 'requests' ? 'none is sent' : 'it is answered as well as it can be',
      }
    }
    return {
      rule: 'schema-unsatisfiable',
      message: `no value was found for the schema: ${reason}`,
      instead: reading === 'requests' ? 'no request can satisfy it' : 'it is answered as well as it can be',
    }
  }
}
