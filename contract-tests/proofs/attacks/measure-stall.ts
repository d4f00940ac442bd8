import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** How the requests of somebody else fared meanwhile. Times in milliseconds. */
export interface Stall {
  readonly asked: number
  readonly failed: number
  readonly longest: number
}

/** Asks a server again and again from another thread while something else goes on. */
export async function measureStall(
  url: string,
  headers: Readonly<Record<string, string>>,
  meanwhile: () => Promise<unknown>,
): Promise<Stall> {
  const worker = new Worker(new URL('./probe-worker.ts', import.meta.url), { workerData: { url, headers } })
  await once(worker, 'message')
  try {
    await meanwhile()
  } finally {
    worker.postMessage('end')
  }
  const [stall] = (await once(worker, 'message')) as [Stall]
  await worker.terminate()
  return stall
}
