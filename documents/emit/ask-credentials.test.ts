import { describe, expect, it } from 'vitest'
import { buildContract } from '../contract/build-contract.ts'
import { listUnasked } from './ask-credentials.ts'
import { listOperations } from './list-operations.ts'

const contractOf = (...security: Record<string, string[]>[]) =>
  buildContract({
    openapi: '3.1.0',
    info: { title: 'Keys', version: '1' },
    paths: { '/a': { get: { operationId: 'a', security } } },
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
        bearer: { type: 'http', scheme: 'bearer' },
        oauth: { type: 'oauth2', flows: {} },
        oidc: { type: 'openIdConnect', openIdConnectUrl: 'https://example.com' },
        mtls: { type: 'mutualTLS' },
        odd: { type: 'hoba' },
        body: { type: 'apiKey', in: 'body', name: 'k' },
        nameless: { type: 'apiKey', in: 'query' },
      },
    },
  })
const namesOf = (...security: Record<string, string[]>[]) =>
  listOperations(contractOf(...security))[0]?.security.map((schemes) => schemes.map(({ name }) => name))

describe('the credentials that are asked for', () => {
  it.each<[what: string, given: Record<string, string[]>[], want: string[][]]>([
    ['all of an alternative', [{ key: [], bearer: [] }], [['key', 'bearer']]],
    ['either of two', [{ key: [] }, { oauth: [] }, { oidc: [] }], [['key'], ['oauth'], ['oidc']]],
    ['none where one alternative is empty', [{ key: [] }, {}], []],
    ['none where there are no alternatives', [], []],
    ['none of a client certificate', [{ mtls: [] }], []],
    ['what stands beside a client certificate', [{ mtls: [], key: [] }, { bearer: [] }], [['key'], ['bearer']]],
    ['none where a client certificate would do', [{ mtls: [] }, { bearer: [] }], []],
    ['none of a type that nobody knows', [{ odd: [] }], []],
    ['none of a key that has no place or no name', [{ body: [], nameless: [] }], []],
  ])('are %s', (_, given, want) => {
    expect(namesOf(...given)).toEqual(want)
  })

  it('are told where they are not, each scheme once', () => {
    const told = listUnasked(contractOf({ mtls: [], key: [] }, { odd: [], mtls: [] }, { body: [] }, { nameless: [] }))
    expect(told.map(({ message, instead, pointer }) => [message, instead, pointer])).toEqual(
      [
        ['mtls', 'is a client certificate, which plain HTTP does not have'],
        ['odd', 'is of the type "hoba", which OpenAPI does not know'],
        ['body', 'is an API key in body'],
        ['nameless', 'is an API key without a name'],
      ].map(([name, reason]) => [`${name} ${reason}`, 'it is not asked for', `#/components/securitySchemes/${name}`]),
    )
  })
})
