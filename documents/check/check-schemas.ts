import type { Contract } from '../contract/contract.ts'
import { followSchema } from '../contract/follow-schema.ts'
import type { SchemaPlace } from '../contract/schema.ts'
import { createRandom } from '../patterns/random.ts'
import { DataError, makeValue } from '../values/make-value.ts'
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
      const reason = reasonAgainst(contract, schema, reading)
      yield reason === undefined
        ? undefined
        : {
            rule: 'schema-unsatisfiable',
            message: `no value was found for the schema: ${reason}`,
            instead: reading === 'requests' ? 'no request can satisfy it' : 'it is answered as well as it can be',
            pointer,
          }
    }
  }
}

function reasonAgainst(contract: Contract, schema: SchemaPlace['schema'], reading: Reading): string | undefined {
  try {
    makeValue(contract, schema, createRandom('check'), '', { reading, optional: 1 })
    return undefined
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    return `${error.pointer ? `at ${error.pointer} ` : ''}${error.reason}`
  }
}
