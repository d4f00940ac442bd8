import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'

const { url, headers } = workerData as { url: string; headers: Record<string, string> }
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
let isEnding = false
parentPort?.on('message', () => {
  isEnding = true
})

const ask = (): Promise<number> =>
  new Promise((resolve, reject) => {
    request(url, { agent, headers }, (response) => response.resume().on('end', () => resolve(response.statusCode ?? 0)))
      .on('error', reject)
      .end()
  })

const times: number[] = []
let failed = 0
await ask()
parentPort?.postMessage('ready')
while (!isEnding) {
  const began = performance.now()
  try {
    if ((await ask()) >= 300) failed++
  } catch {
    failed++
  }
  times.push(performance.now() - began)
  await wait(2)
}
agent.destroy()
parentPort?.postMessage({ asked: times.length, failed, longest: Math.max(0, ...times) })
