/**
 * A peer of the mock, on a document in which each operation has one reply with one example.
 * `node benchmarks/peer-server.ts openapi-backend|scalar <document.json>`
 */
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

// biome-ignore lint/suspicious/noExplicitAny: peers are installed in this folder alone, so `npm run check` may not see their types
type Foreign = any

const [kind, file = ''] = process.argv.slice(2)
const document: Foreign = JSON.parse(readFileSync(file, 'utf8'))

/** By a name that is not a literal: their types need not be there. */
const load = (name: string): Promise<Foreign> => import(name)

/** As its documentation has it: `res.status(200).json(…)` with what a handler returns. */
async function openApiBackend(): Promise<RequestListener> {
  const { OpenAPIBackend } = await load('openapi-backend')
  const { Ajv2020 } = await load('ajv/dist/2020.js')
  const { default: addFormats } = await load('ajv-formats')
  const write = (response: ServerResponse, status: number, body: unknown) => {
    const text = JSON.stringify(body)
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    response.end(text)
  }
  const isBearer = ({ request }: Foreign) => request.headers.authorization?.startsWith('Bearer ')
  const handlers: Record<string, (context: Foreign, request: Foreign, response: ServerResponse) => void> = {
    validationFail: ({ validation }, _, response) => write(response, 400, { errors: validation.errors }),
    notFound: (_, __, response) => write(response, 404, {}),
  }
  for (const item of Object.values<Foreign>(document.paths)) {
    for (const operation of Object.values<Foreign>(item)) {
      if (!operation.operationId) continue
      const [entry] = Object.entries<Foreign>(operation.responses)
      const body = entry?.[1].content?.['application/json']?.example
      handlers[operation.operationId] = (_, __, response) => write(response, Number(entry?.[0]), body)
    }
  }
  const api = new OpenAPIBackend({
    definition: document,
    // Its check of the definition knows OpenAPI 3.0 alone; without it the 3.1 document is read as well.
    quick: true,
    handlers,
    securityHandlers: Object.fromEntries(
      Object.keys(document.components.securitySchemes).map((name) => [name, isBearer]),
    ),
    apiRoot: new URL(document.servers[0].url).pathname.replace(/\/$/, ''),
    customizeAjv: () => addFormats(new Ajv2020({ strict: false, logger: false, unicodeRegExp: true })),
  })
  await api.init()
  return (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method, url = '', headers } = request
      const [path, query] = url.split('?')
      const body = JSON.parse(Buffer.concat(chunks).toString())
      void api.handleRequest({ method, path, query, headers, body }, request, response)
    })
  }
}

async function scalar(): Promise<RequestListener> {
  const { createMockServer } = await load('@scalar/mock-server')
  const { getRequestListener } = await load('@hono/node-server')
  const app = await createMockServer({ document })
  return getRequestListener(app.fetch)
}

const KINDS: Record<string, () => Promise<RequestListener>> = { 'openapi-backend': openApiBackend, scalar }
const listener = await KINDS[kind ?? '']?.()
if (!listener) throw new Error(`there is no peer ${kind}`)
const server = createServer(listener)
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
process.once('SIGTERM', () => process.exit())
