/** Verifies an application in its own process, over its `fetch`, with Vitest; Jest runs the same lines. */
import { createMock } from 'rollcall'
import { loadDocument, sendByFetch, verify } from 'rollcall/contract'
import { royalti } from 'rollcall/royalti'
import { expect, test } from 'vitest'

// In your project: the application under test. Here the mock stands in for it.
const application = createMock({ apis: [royalti] })

test('the application keeps the contract', async () => {
  const contract = await loadDocument('royalti')
  const send = sendByFetch({
    url: 'https://api.royalti.io',
    token: 'RWAK-a',
    badToken: 'invalid',
    fetch: (request) => application.fetch(request),
  })
  const { results } = await verify({ ...contract, send, hasBadToken: true, secrets: ['RWAK-a'] })
  expect(
    results.filter(({ outcome }) => outcome === 'fail').map((result) => [result.case.id, result.breaches]),
  ).toEqual([])
  expect(results.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(50)
})
