import { expect, it } from 'vitest'
import { buildContract } from '../../documents/contract/build-contract.ts'
import { inspectorOf } from './inspect-body.ts'

it('what one alternative names, another that refers to the same schema does not allow for that', () => {
  const kind = (name: string, member: string) => ({
    allOf: [{ $ref: '#/components/schemas/Base' }],
    properties: { kind: { const: name }, [member]: {} },
    unevaluatedProperties: false,
  })
  const schema = { oneOf: [kind('a', 'month'), kind('b', 'iban')] }
  const contract = buildContract({
    openapi: '3.1.0',
    info: { title: 'A', version: '1' },
    paths: {
      '/a': { post: { operationId: 'a', requestBody: { content: { 'application/json': { schema } } }, responses: {} } },
    },
    components: { schemas: { Base: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' } } } } },
  })
  const inspect = inspectorOf(contract, 'a')
  for (let time = 1; time <= 2; time++) {
    expect(inspect('{"kind":"a","month":1}')).toEqual([])
    expect(inspect('{"kind":"b","iban":1}')).toEqual([])
    expect(inspect('{"kind":"b","month":1}')).not.toEqual([])
  }
})
