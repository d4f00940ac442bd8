import { describe, expect, it } from 'vitest'
import { parseContract } from '../documents/contract/build-contract.ts'
import { listOperations } from '../documents/emit/list-operations.ts'
import { leaveOutUnsendable } from './leave-out-unsendable.ts'

/** @param responses of `GET /a`, in YAML's flow style */
const leaveOut = (responses: string, more = '') =>
  leaveOutUnsendable(
    parseContract(
      `
openapi: 3.1.0
info: { title: Odd, version: '1' }
paths:
  /a:
    get: { operationId: getA, responses: ${responses}${more} }
    post: { operationId: postA, responses: { '201': { description: Made } } }
components:
  responses:
    Text: { description: Text, content: { 'text/plain; charset=ž': { example: 1 }, text/plain: { example: 2 } } }
`,
      'odd.yaml',
    ),
  )

const repliesOf = (responses: string) => listOperations(leaveOut(responses).contract)[0]?.replies

describe('what no reply can be', () => {
  it.each([
    ["{ 2000: {}, '200': {} }", 'the status "2000", which no final reply can have', ['200']],
    ["{ 20: {}, '404': {} }", 'the status "20", which no final reply can have', ['404']],
    ['{ 3: {}, default: {} }', 'the status "3", which no final reply can have', ['default']],
    ['{ 101: {}, 4XX: {} }', 'the status "101", which no final reply can have', ['4XX']],
    ["{ 1XX: {}, '204': {} }", 'the status "1XX", which no final reply can have', ['204']],
    ['{ 2xx: {}, 2XX: {} }', 'the status "2xx", which no final reply can have', ['2XX']],
    ["{ '600': {}, '599': {} }", 'the status "600", which no final reply can have', ['599']],
    ["{ '204': { content: { text/plain: {} } }, '304': {} }", 'a body of 204, which has none', ['204', '304']],
    [
      String.raw`{ '200': { content: { "text/plain\n": {} } } }`,
      String.raw`"text/plain\n" of 200, which no content-type can be`,
      ['200'],
    ],
    ["{ '200': { content: { '': {} } } }", '"" of 200, which no content-type can be', ['200']],
  ])('is left out of %s, and told with the operation', (responses, what, left) => {
    expect(leaveOut(responses).remarks).toEqual([`getA declares ${what}; it is left out`])
    expect(Object.keys(repliesOf(responses) as object)).toEqual(left)
  })

  it('is left out behind a reference, for this operation', () => {
    const { contract, remarks } = leaveOut("{ '200': { $ref: '#/components/responses/Text' } }")
    expect(remarks).toEqual([
      'getA declares "text/plain; charset=ž" of 200, which no content-type can be; it is left out',
    ])
    expect(listOperations(contract)[0]?.replies).toEqual({ 200: { mediaTypes: ['text/plain'] } })
  })

  it('is left out of the failures too', () => {
    const { contract, remarks } = leaveOut(
      "{ '400': {} }",
      ", x-failures: [{ id: full, level: request, at: '/', status: 4000 }]",
    )
    expect(remarks).toEqual(['getA declares the status 4000 of full, which no final reply can have; it is left out'])
    expect(listOperations(contract)[0]?.failures).toMatchObject([{ id: 'full', at: '/' }])
    expect(listOperations(contract)[0]?.failures[0]).not.toHaveProperty('status')
  })

  it('may be all there is: then any reply is as good as another, without a body', () => {
    expect(repliesOf('{ 2000: {} }')).toEqual({ default: { mediaTypes: [] } })
    expect(repliesOf('{}')).toEqual({ default: { mediaTypes: [] } })
  })
})

describe('what a reply can be', () => {
  it('is left as it is, and its document is not changed', () => {
    const responses =
      "{ '200': { content: { '*/*': {}, 'text/plain; charset=utf-8': {} } }, 5XX: {}, default: {}, x-note: 1 }"
    const { contract, remarks } = leaveOut(responses)
    expect(remarks).toEqual([])
    expect(listOperations(contract)).toMatchObject([
      { id: 'getA', replies: { 200: { mediaTypes: ['*/*', 'text/plain; charset=utf-8'] }, '5XX': {}, default: {} } },
      { id: 'postA', replies: { 201: { mediaTypes: [] } } },
    ])
  })
})
