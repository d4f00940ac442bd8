/** The mock as a server on a free port, gone at the end of the block. */
import { createMock } from 'rollcall'
import { descope } from 'rollcall/descope'
import { listen } from 'rollcall/http'

const mock = createMock({ apis: [descope], users: 3 })
await using server = await listen(mock, { port: 0 })

const reply = await fetch(`${server.url}/v2/mgmt/user/search`, {
  method: 'POST',
  headers: { authorization: 'Bearer P2example:management-key', 'content-type': 'application/json' },
  body: '{}',
})
console.log(reply.status, ((await reply.json()) as { total: number }).total)
