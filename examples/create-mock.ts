/** A mock in process: no server, no waiting. */
import { createMock } from 'rollcall'
import { dynamic } from 'rollcall/dynamic'

const mock = createMock({ apis: [dynamic], seed: 'demo', clock: () => new Date('2026-11-02T09:15:30Z') })
const path = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
const headers = { authorization: 'Bearer any' }

// Plain data in, plain data out, at once.
const body = [{ email: 'ada@example.com' }, { email: 'ADA@example.com' }]
const reply = mock.answer({ method: 'POST', path: `${path}/bulk`, headers, body })
const { created, failed } = reply.body as { created: unknown[]; failed: { code: string }[] }
console.log(reply.status, created.length, failed[0]?.code)

// The same for Fetch's objects.
const response = await mock.fetch(new Request(`http://mock${path}`, { headers }))
console.log(response.status, ((await response.json()) as { count: number }).count)
