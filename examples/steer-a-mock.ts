/** The state in your hands: snapshot, restore, reset, failNext, journal, outbox. */
import { createMock } from 'rollcall'
import { royalti } from 'rollcall/royalti'

const mock = createMock({ apis: [royalti] })
const create = (firstName: string, email: string) =>
  mock.answer({
    method: 'POST',
    path: '/user/bulk',
    headers: { authorization: 'Bearer RWAK-example' },
    body: { users: [{ firstName, lastName: 'Byron', email }] },
  })

create('Ada', 'ada@example.com')
console.log('invited:', mock.outbox[0]?.to)

// A test begins where another left off.
const onlyAda = mock.snapshot()
create('Ben', 'ben@example.com')
mock.restore(onlyAda)
console.log('again:', create('Ada', 'ada@example.com').body)

// An outage, before anything else; then a failure of every row.
mock.failNext({ api: 'royalti', operationId: 'bulkCreateUsers', status: 500 })
mock.failNext({ api: 'royalti', operationId: 'bulkCreateUsers', failure: 'invalid_email' })
console.log('outage:', create('Cyd', 'cyd@example.com').status)
console.log('row:', create('Cyd', 'cyd@example.com').body)

// What happened, without credentials.
for (const { verdict, reply } of mock.journal) console.log(verdict.outcome, reply.status)
mock.reset()
console.log('after reset:', mock.journal.length, mock.outbox.length)
