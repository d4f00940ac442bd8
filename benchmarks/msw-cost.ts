/**
 * What MSW costs with a constant handler and with ours, in microseconds of CPU per request, round by round.
 * `node benchmarks/msw-cost.ts <workload> <rounds> <seconds>`
 */
import { http } from 'msw'
import { setupServer } from 'msw/node'
import { createMock, loadApi, loadHandlers } from './load-built.ts'
import { numberRows, workloadNamed } from './workloads.ts'

const [name = '', rounds = '5', seconds = '1'] = process.argv.slice(2)
const workload = workloadNamed(name)
const api = await loadApi(workload.api)
const { createHandlers } = await loadHandlers()
const origin = 'http://localhost:4010'
const url = origin + workload.path
const mock = createMock({ apis: [api] })
const { method, headers, body, rows } = workload

const reply = await mock.fetch(new Request(url, { method, headers, body: numberRows(body, rows) }))
const text = await reply.text()
if (reply.status !== workload.status) throw new Error(`the mock answers ${reply.status}: ${text}`)

const constant = [
  http.all(url, async ({ request }) => {
    await request.json()
    return new Response(text, { status: reply.status, headers: { 'content-type': 'application/json' } })
  }),
]
const ours = createHandlers(mock, { baseUrl: origin })

let number = 0
/** A body of new rows, made before the clock runs. */
const nextBody = (): string => body.replaceAll(/#+/g, () => String(Math.floor(number++ / PLACES)).padStart(9, '0'))
const PLACES = body.split('#########').length / rows

async function costOf(handlers: typeof constant, count: number): Promise<number> {
  mock.reset()
  server.resetHandlers(...handlers)
  const bodies = Array.from({ length: count }, nextBody)
  const before = process.cpuUsage()
  for (const one of bodies) {
    const response = await fetch(url, { method, headers, body: one })
    if (response.status !== workload.status) throw new Error(`${response.status}: ${await response.text()}`)
    await response.text()
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / count
}

const server = setupServer(...constant)
server.listen()
const batch = Math.max(5, Math.ceil(200 / rows))
for (let warmUp = 0; warmUp < 30; warmUp++) for (const handlers of [constant, ours]) await costOf(handlers, batch)
const laps = Math.max(1, Math.round((Number(seconds) * 1e6) / (batch * (await costOf(constant, batch)))))
const found = { constant: [] as number[], ours: [] as number[] }
for (let round = 0; round < Number(rounds); round++) {
  const sums = { constant: 0, ours: 0 }
  for (let lap = 0; lap < laps; lap++) {
    sums.constant += await costOf(constant, batch)
    sums.ours += await costOf(ours, batch)
  }
  found.constant.push(sums.constant / laps)
  found.ours.push(sums.ours / laps)
}
server.close()
console.log(JSON.stringify(found))
