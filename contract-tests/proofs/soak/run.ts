/**
 * Eight clients call the mock for as long as it is told, each with a model of what must be there. Exit code 1 when a reply was
 * another than the model's.
 */
import { execFileSync } from 'node:child_process'
import { Agent, request } from 'node:http'
import { start } from '../../../cli/spawn-rollcall.ts'
import { createRandom } from '../../../documents/patterns/random.ts'
import { readOptions } from '../../../scripts/read-options.ts'
import { type Client, Difference, type Send } from './client.ts'
import { createDescopeClient } from './descope-client.ts'
import { createDynamicClient } from './dynamic-client.ts'

const USAGE = `Usage: npm run soak -- [options]

  --minutes <n>  default 10
  --seed <text>  which calls are made; default: others each time
  --help`

const { values } = readOptions(USAGE, {
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string', default: `${Date.now()}` } },
})
const minutes = Number(values.minutes)
if (!(minutes > 0)) {
  console.error(`--minutes must be a number above 0, not ${values.minutes}`)
  process.exit(2)
}
await using server = await start(['dynamic', 'descope', '--quiet'])
const { port } = new URL(server.url)
let calls = 0

/** By Node's own client: fetch would take more of the machine than the server does. */
function sendAs(headers: Readonly<Record<string, string>>): Send {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      calls++
      const text = body === undefined ? '' : JSON.stringify(body)
      const all = { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
      const call = request({ host: '127.0.0.1', port, method, path, headers: all, agent }, async (response) => {
        let heard = ''
        for await (const chunk of response.setEncoding('utf8')) heard += chunk
        resolve({ status: response.statusCode ?? 0, body: heard === '' ? {} : JSON.parse(heard) })
      })
      call.on('error', reject).end(text)
    })
}

/** Of every API two clients in the default session, each in a tenant of its own, and two in sessions of their own. */
const clients: Client[] = Array.from({ length: 4 }, (_, at) => at).flatMap((at) => {
  const ownsSession = at >= 2
  const session = ownsSession ? { 'x-rollcall-session': `soak-${at}` } : {}
  const other = ownsSession ? { 'x-rollcall-session': `soak-other-${at}` } : {}
  const environment = `00000000-0000-4000-8000-00000000000${at}`
  return [
    createDynamicClient(sendAs({ authorization: 'Bearer dyn', ...session }), environment, ownsSession),
    createDescopeClient(sendAs({ authorization: `Bearer P${at}:key`, ...other }), ownsSession),
  ]
})

/** Resident memory of the server, in MB. */
const readMemory = (): number => Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', `${server.pid}`])) / 1024)

const random = createRandom('soak', values.seed)
const until = performance.now() + minutes * 60_000
const differences: string[] = []
console.log(`seed ${values.seed}, ${clients.length} clients, ${minutes} minutes`)
const live = async (client: Client, chance: typeof random) => {
  for (let step = 0; performance.now() < until && differences.length === 0; step++) {
    try {
      await client.step(chance.at(step))
    } catch (error) {
      if (!(error instanceof Difference)) throw error
      differences.push(error.message)
    }
  }
}
// What it takes once all journals are full is what it may take later.
const warm = new Promise<number>((resolve) => setTimeout(() => resolve(readMemory()), (minutes * 60_000) / 5))
await Promise.all(clients.map((client, at) => live(client, random.at(at))))
const end = readMemory()
console.log(`${calls} calls, ${differences.length} differences`)
for (const difference of differences) console.log(`  ${difference}`)
console.log(`memory: ${differences.length === 0 ? await warm : '?'} MB after a fifth of the time, ${end} MB at the end`)
if (differences.length > 0) process.exitCode = 1
await server.stop()
process.exit()
