/**
 * What MSW costs with a constant handler, with the floor's work in one, and with our handlers, in microseconds of CPU per
 * request, round by round.
 * `node benchmarks/msw-cost.ts <workload> <rounds> <seconds>`
 */
import { http } from 'msw'
import { setupServer } from 'msw/node'
import type { Floor } from './floors/vocabulary.ts'
import { createMock, loadApi, loadHandlers } from './load-built.ts'
import { numberRows, workloadNamed } from './workloads.ts'

const [subject = '', rounds = '5', seconds = '1'] = process.argv.slice(2)
const workload = workloadNamed(subject)
const api = await loadApi(workload.api)
const { createHandlers } = await loadHandlers()
const origin = 'http://localhost:4010'
const url = origin + workload.path
const mock = createMock({ apis: [api] })
const { method, headers, body, rows } = workload

const reply = await mock.fetch(new Request(url, { method, headers, body: numberRows(body, rows) }))
const text = await reply.text()
if (reply.status !== workload.status) throw new Error(`the mock answers ${reply.status}: ${text}`)

const { floor } = (await import(`./floors/${workload.api}.ts`)) as { floor: Floor }
const create = floor.calls[`${method} ${workload.path}`]
if (!create) throw new Error(`the floor of ${workload.api} does not answer ${method} ${workload.path}`)
const json = { 'content-type': 'application/json' }

const handlers = {
  constant: [
    http.all(url, async ({ request }) => {
      await request.json()
      return new Response(text, { status: reply.status, headers: json })
    }),
  ],
  floor: [
    http.all(url, async ({ request }) => {
      const [status, answer] = create(await request.text())
      return new Response(JSON.stringify(answer), { status, headers: json })
    }),
  ],
  ours: createHandlers(mock, { baseUrl: origin }),
}
const names = ['constant', 'floor', 'ours'] as const

let number = 0
/** A body of new rows, made before the clock runs. */
const nextBody = (): string => body.replaceAll(/#+/g, () => String(Math.floor(number++ / PLACES)).padStart(9, '0'))
const PLACES = body.split('#########').length / rows

async function costOf(name: (typeof names)[number], count: number): Promise<number> {
  mock.reset()
  floor.reset()
  server.resetHandlers(...handlers[name])
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

const server = setupServer(...handlers.constant)
server.listen()
const batch = Math.max(5, Math.ceil(200 / rows))
for (let warmUp = 0; warmUp < 30; warmUp++) for (const name of names) await costOf(name, batch)
const laps = Math.max(1, Math.round((Number(seconds) * 1e6) / (batch * (await costOf('constant', batch)))))
const found = { constant: [] as number[], floor: [] as number[], ours: [] as number[] }
for (let round = 0; round < Number(rounds); round++) {
  const sums = { constant: 0, floor: 0, ours: 0 }
  for (let lap = 0; lap < laps; lap++) for (const name of names) sums[name] += await costOf(name, batch)
  for (const name of names) found[name].push(sums[name] / laps)
}
server.close()
console.log(JSON.stringify(found))
