import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { listen } from '../../../mocks/adapters/http-server.ts'
import { type Api, basePathOf } from '../../../mocks/api/api.ts'
import type { Mock } from '../../../mocks/api/mock.ts'
import { createMock } from '../../../mocks/create-mock.ts'
import type { Operation } from '../../../mocks/engine/vocabulary.ts'
import { readApi } from '../../../mocks/read-api.ts'
import { hostileDocuments } from './hostile-documents.ts'
import { FUZZ_TIMEOUT, fuzz, readCorpus, share } from './keep-corpus.ts'
import { readReplies } from './read-replies.ts'
import { insist, PATIENCE } from './stay-sound.ts'

let folder: string
let crash: unknown
const onCrash = (error: unknown) => void (crash ??= error)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-documents-'))
  process.on('uncaughtException', onCrash).on('unhandledRejection', onCrash)
})
afterAll(async () => {
  process.off('uncaughtException', onCrash).off('unhandledRejection', onCrash)
  await rm(folder, { recursive: true })
})

/** Undefined where it cannot be served: that is told when it is read, and no request comes so far. */
async function readOrRefuse(document: object): Promise<{ api: Api; mock: Mock } | undefined> {
  const file = join(folder, 'hostile.json')
  await writeFile(file, JSON.stringify(document))
  try {
    const api = await readApi(file)
    return { api, mock: createMock({ apis: [api] }) }
  } catch {
    return undefined
  }
}

const HEADERS = { host: 'localhost', authorization: 'Basic YTpi', 'x-key': 'k', 'content-type': 'application/json' }

/** Every reply that the document names for an operation is asked for, by a header and by an order. */
function wishesOf({ examples }: Api, { id, replies, failures }: Operation) {
  const names = Object.values(examples[id]?.replies ?? {}).flatMap((byName) => Object.keys(byName))
  const headers = [...Object.keys(replies).map((key) => `code=${key}`), ...names.map((name) => `example=${name}`)]
  return {
    preferences: ['', ...headers.filter((text) => /^[\x20-\x7e]*$/.test(text))],
    orders: [
      { status: 304 },
      ...failures.map((one) => ({ failure: one.id })),
      ...names.map((example) => ({ example })),
    ],
  }
}

/** @param mayFail whether a fault is asked for, or parameters may be what nobody can read */
async function sendSoundly(
  port: number,
  method: string,
  path: string,
  preference: string,
  mayFail: boolean,
): Promise<void> {
  const body = method === 'GET' || method === 'HEAD' || method === 'TRACE' ? '' : '{"a":1}'
  const headers = { ...HEADERS, prefer: preference, 'content-length': body.length, connection: 'close' }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const socket = connect(port, '127.0.0.1').setEncoding('latin1')
  socket.setTimeout(PATIENCE, () => socket.destroy(new Error(`no answer to ${method} ${path}, ${preference}`)))
  socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
  let text = ''
  for await (const chunk of socket) text += chunk
  const replies = readReplies(text, method === 'HEAD')
  insist(replies.length === 1, `the answer is ${JSON.stringify(text)}`)
  insist(mayFail || (replies[0]?.status ?? 500) < 500, `nobody asked for ${JSON.stringify(text)}`)
}

/**
 * Whatever a document declares, each of its operations is answered, with no fault of ours unless one is asked for, and
 * nothing is thrown past an answer.
 */
async function answerSoundly(document: object): Promise<void> {
  const read = await readOrRefuse(document)
  if (!read) return
  const { api, mock } = read
  await using server = await listen(mock, { port: 0, grace: 0, warn: () => {} })
  const hasParameters = api.operations.some(({ parameters }) => parameters.length > 0)
  for (const operation of api.operations) {
    const { method } = operation
    const path = encodeURI(decodeURI(basePathOf(api)) + operation.path.replace(/\{[^}]*\}/g, '1'))
    const { preferences, orders } = wishesOf(api, operation)
    for (const preference of preferences) {
      await sendSoundly(server.port, method, path, preference, preference !== '' || hasParameters)
      // Fetch knows no TRACE.
      const init = { method: method === 'TRACE' ? 'GET' : method, headers: { ...HEADERS, prefer: preference } }
      await (await mock.fetch(new Request(`http://localhost${path}`, init))).text()
    }
    for (const order of orders) {
      mock.failNext({ api: api.name, operationId: operation.id, ...order })
      await sendSoundly(server.port, method, path, '', true)
    }
  }
  const error = crash
  crash = undefined
  insist(error === undefined, `the process would have crashed: ${error instanceof Error ? error.stack : error}`)
}

describe('the corpus', () => {
  it.each(readCorpus('documents'))('holds: %s', (_, { document }) => answerSoundly(document))
})

describe('hostile documents', () => {
  it(
    'cost answers at most, never the server',
    () =>
      fuzz(share(0.4), hostileDocuments, answerSoundly, (document) => ({ about: '', against: 'documents', document })),
    FUZZ_TIMEOUT,
  )
})
