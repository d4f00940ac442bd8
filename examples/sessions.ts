/** One server, many tests at once: whoever sends a session's name has a state of their own. */
import { createMock } from 'rollcall'
import { dynamic } from 'rollcall/dynamic'
import { listen } from 'rollcall/http'

const mock = createMock({ apis: [dynamic] })
await using server = await listen(mock, { port: 0 })

async function createAda(session: string): Promise<number> {
  const reply = await fetch(`${server.url}/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users/bulk`, {
    method: 'POST',
    headers: { authorization: 'Bearer any', 'content-type': 'application/json', 'x-rollcall-session': session },
    body: JSON.stringify([{ email: 'ada@example.com' }]),
  })
  return ((await reply.json()) as { created: unknown[] }).created.length
}

console.log(await Promise.all([createAda('one'), createAda('two'), createAda('three')]), await createAda('one'))
console.log(mock.session('one').readJournal().length, mock.session('two').readJournal().length, mock.journal.length)
