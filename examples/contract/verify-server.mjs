/** Verifies a running server with node:test: ROLLCALL_URL=http://127.0.0.1:4010/api/v0 node --test examples/contract/ */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSend, loadDocument, verify } from 'rollcall/contract'

const { ROLLCALL_URL: url = 'http://127.0.0.1:4010/api/v0', ROLLCALL_TOKEN: token = 'dyn_example' } = process.env
const contract = await loadDocument('dynamic')

test('the server keeps the contract', async () => {
  const { results, leftovers } = await verify({ ...contract, send: createSend({ url, token }), secrets: [token] })
  const failed = results.filter(({ outcome }) => outcome === 'fail')
  assert.deepEqual(
    failed.map((result) => result.case.id),
    [],
  )
  assert.deepEqual(leftovers, [])
})
