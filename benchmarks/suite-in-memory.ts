/** Runs the suite on a mock in this process, and prints how long it took. `node benchmarks/suite-in-memory.ts <api>` */
import { join } from 'node:path'
import { createMock, loadApi, loadContract } from './load-built.ts'

const name = process.argv[2] ?? ''
const api = await loadApi(name)
const { casesOf, loadDocument, sendByFetch, verify } = await loadContract()
const loaded = await loadDocument(join(import.meta.dirname, '..', 'openapi', `${name}.yaml`))
const [server = 'http://localhost'] = api.servers
const url = `http://localhost${new URL(server).pathname.replace(/\/$/, '')}`
const mock = createMock({ apis: [api] })

const began = performance.now()
casesOf(loaded.document)
const derived = performance.now()
const send = sendByFetch({ url, token: 'bench:token', badToken: 'invalid', fetch: (request) => mock.fetch(request) })
const { results } = await verify({ ...loaded, send, seed: 'bench', tag: 'bench234', hasBadToken: true })
const ended = performance.now()

const failed = results.filter(({ outcome }) => outcome === 'fail')
if (failed.length > 0) throw new Error(`${failed.length} cases failed, the first: ${failed[0]?.case.id}`)
const cases = results.filter(({ outcome }) => outcome === 'pass').length
console.log(JSON.stringify({ cases, deriving: (derived - began) / 1000, seconds: (ended - derived) / 1000 }))
