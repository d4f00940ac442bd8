import { createHash, randomUUID } from 'node:crypto'
import { Ajv, type Options } from 'ajv'
import addFormats from 'ajv-formats'
import { type FastifyInstance, type FastifyReply, type FastifySchemaCompiler, fastify } from 'fastify'

/** A library on loopback, with shelves and books that were there before anybody called. */
export interface Library extends AsyncDisposable {
  /** With its base path. */
  readonly url: string
  /** All that it holds, as text. */
  state(): string
}

/** The only credential that is let in. */
export const TOKEN = 'reader-4711-let-me-in'

/** The id of a shelf with books on it. */
export const FIRST_SHELF = '3f1c8a52-7d0e-4b6a-9c35-1e2d3c4b5a60'

type Members = Readonly<Record<string, unknown>>
interface Shelf {
  readonly id: string
  readonly createdAt: string
  readonly [member: string]: unknown
}
interface Book {
  readonly id: number
  readonly [member: string]: unknown
}
interface Loan {
  readonly id: string
  readonly [member: string]: unknown
}
interface Held {
  shelf: Shelf
  readonly books: Map<number, Book>
  readonly loans: Map<string, Loan>
}

const closed = (properties: object, required: readonly string[] = [], more: object = {}) => ({
  ...{ type: 'object', additionalProperties: false, properties, required },
  ...more,
})

const ROOM = { type: 'string', enum: ['hall', 'attic', 'cellar'] }
const CHANGEABLE = {
  label: { type: 'string', minLength: 2, maxLength: 40 },
  room: ROOM,
  capacity: { type: 'integer', minimum: 1, maximum: 500 },
  note: { type: ['string', 'null'], maxLength: 200 },
}
const NEW_SHELF = closed({ ...CHANGEABLE, contact: { type: 'string', format: 'email' } }, ['label', 'room'])
const SHELF_CHANGE = closed(CHANGEABLE, [], { minProperties: 1 })
const NEW_BOOK = closed(
  {
    title: { type: 'string', minLength: 1, maxLength: 80 },
    isbn: { type: 'string', pattern: '^97[89]-[0-9]{10}$' },
    published: { type: 'string', format: 'date' },
    tags: { type: 'array', maxItems: 5, items: { type: 'string', minLength: 1, maxLength: 20 } },
  },
  ['title', 'isbn'],
)
const NEW_LOAN = closed(
  {
    reader: { type: 'string', minLength: 2, maxLength: 60 },
    days: { type: 'integer', minimum: 1, maximum: 60 },
    remind: { type: 'boolean' },
  },
  ['reader', 'days'],
)

const ID = { type: 'string', format: 'uuid' }
const OF_SHELF = { type: 'object', properties: { shelfId: ID } }
const OF_BOOK = { type: 'object', properties: { shelfId: ID, bookId: { type: 'integer', minimum: 1 } } }
const OF_LOAN = { type: 'object', properties: { shelfId: ID, loanId: ID } }
const PAGED = {
  page: { type: 'integer', minimum: 1, default: 1 },
  size: { type: 'integer', minimum: 1, maximum: 50, default: 20 },
}
const BRANCH = {
  type: 'object',
  required: ['x-branch'],
  properties: { 'x-branch': { type: 'string', pattern: '^[A-Z]{3}$' } },
}

interface Paged {
  readonly page: number
  readonly size: number
}

class Missing extends Error {
  readonly statusCode = 404
}

/**
 * Serves what library.yaml says, written by hand a second time: rules, state and errors share no line with the mock.
 */
export async function serveLibrary(): Promise<Library> {
  const shelves = new Map<string, Held>()
  let lastBook = 0

  const putUp = (members: Members): Shelf => {
    const shelf = {
      id: shelves.size === 0 ? FIRST_SHELF : randomUUID(),
      ...members,
      createdAt: new Date().toISOString(),
    }
    shelves.set(shelf.id, { shelf, books: new Map(), loans: new Map() })
    return shelf
  }
  const putOn = ({ books }: Held, members: Members): Book => {
    const book = { id: ++lastBook, ...members }
    books.set(book.id, book)
    return book
  }
  for (let number = 1; number <= 25; number++) putUp({ label: `Old shelf ${number}`, room: 'hall', capacity: 100 })
  const [first] = shelves.values() as unknown as [Held]
  for (let number = 1; number <= 25; number++) putOn(first, { title: `Old book ${number}`, isbn: '978-3161484100' })

  const app = fastify()
  app.setValidatorCompiler(compileFor((part) => (part === 'body' ? STRICT : COERCING)))
  app.setErrorHandler((error: Error & { statusCode?: number }, _, reply) => {
    reply.code(error.statusCode ?? 500).send({ error: error.message })
  })
  app.setNotFoundHandler((_, reply) => reply.code(404).send({ error: 'There is no such place.' }))

  app.register(
    async (open) => {
      open.get('/health', () => ({ status: 'open' }))
      open.register(async (guarded) => {
        guarded.addHook('onRequest', async ({ headers }, reply) => {
          if (headers.authorization === `Bearer ${TOKEN}`) return
          return reply.code(401).header('www-authenticate', 'Bearer').send({ error: 'Who are you?' })
        })
        serveShelves(guarded, shelves, putUp)
        serveBooks(guarded, shelves, putOn)
        guarded.register(async (forms) => serveLoans(forms, shelves))
      })
    },
    { prefix: '/v1' },
  )

  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    url: `${address}/v1`,
    state: () =>
      JSON.stringify([...shelves.values()].map(({ shelf, books, loans }) => [shelf, [...books], [...loans]])),
    async [Symbol.asyncDispose]() {
      app.server.closeAllConnections()
      await app.close()
    },
  }
}

const ajvOf = (options: Options): Ajv => {
  const ajv = new Ajv({ useDefaults: true, allowUnionTypes: true, ...options })
  ;(addFormats as unknown as typeof addFormats.default)(ajv)
  return ajv
}
const STRICT = ajvOf({})
/** Parameters and forms are texts. */
const COERCING = ajvOf({ coerceTypes: true })

const compileFor =
  (choose: (part: string | undefined) => Ajv): FastifySchemaCompiler<object> =>
  ({ schema, httpPart }) =>
    choose(httpPart).compile(schema)

const find = <K, V>(all: ReadonlyMap<K, V>, key: K): V => {
  const found = all.get(key)
  if (found === undefined) throw new Missing('There is no such thing.')
  return found
}

const tagOf = (shelf: Shelf): string =>
  `"${createHash('sha256').update(JSON.stringify(shelf)).digest('hex').slice(0, 8)}"`

function sendPage(reply: FastifyReply, all: readonly unknown[], { page, size }: Paged): FastifyReply {
  return reply.header('x-total-count', all.length).send({
    items: all.slice((page - 1) * size, page * size),
    page,
    pages: Math.max(1, Math.ceil(all.length / size)),
  })
}

function serveShelves(app: FastifyInstance, shelves: Map<string, Held>, putUp: (members: Members) => Shelf): void {
  app.get<{ Querystring: Paged & { room?: string } }>(
    '/shelves',
    { schema: { querystring: { type: 'object', properties: { ...PAGED, room: ROOM } } } },
    ({ query }, reply) => {
      const all = [...shelves.values()].map(({ shelf }) => shelf)
      return sendPage(reply, query.room === undefined ? all : all.filter(({ room }) => room === query.room), query)
    },
  )
  app.post<{ Body: Members }>('/shelves', { schema: { body: NEW_SHELF } }, ({ body }, reply) => {
    const shelf = putUp(body)
    return reply.code(201).header('location', `/v1/shelves/${shelf.id}`).header('etag', tagOf(shelf)).send(shelf)
  })
  type OfShelf = { Params: { shelfId: string } }
  app.get<OfShelf>('/shelves/:shelfId', { schema: { params: OF_SHELF } }, ({ params }, reply) => {
    const { shelf } = find(shelves, params.shelfId)
    return reply.header('etag', tagOf(shelf)).send(shelf)
  })
  app.patch<OfShelf & { Body: Members }>(
    '/shelves/:shelfId',
    { schema: { params: OF_SHELF, body: SHELF_CHANGE } },
    ({ params, body }, reply) => {
      const held = find(shelves, params.shelfId)
      held.shelf = { ...held.shelf, ...body }
      return reply.header('etag', tagOf(held.shelf)).send(held.shelf)
    },
  )
  app.delete<OfShelf>('/shelves/:shelfId', { schema: { params: OF_SHELF } }, ({ params }, reply) => {
    find(shelves, params.shelfId)
    shelves.delete(params.shelfId)
    return reply.code(204).send()
  })
}

function serveBooks(
  app: FastifyInstance,
  shelves: ReadonlyMap<string, Held>,
  putOn: (held: Held, members: Members) => Book,
): void {
  const path = '/shelves/:shelfId/books'
  app.get<{ Params: { shelfId: string }; Querystring: Paged }>(
    path,
    { schema: { params: OF_SHELF, querystring: { type: 'object', properties: PAGED } } },
    ({ params, query }, reply) => sendPage(reply, [...find(shelves, params.shelfId).books.values()], query),
  )
  app.post<{ Params: { shelfId: string }; Body: Members }>(
    path,
    { schema: { params: OF_SHELF, headers: BRANCH, body: NEW_BOOK } },
    ({ params, body }, reply) => {
      const book = putOn(find(shelves, params.shelfId), body)
      return reply.code(201).header('location', `/v1/shelves/${params.shelfId}/books/${book.id}`).send(book)
    },
  )
  type OfBook = { Params: { shelfId: string; bookId: number } }
  app.get<OfBook>(`${path}/:bookId`, { schema: { params: OF_BOOK } }, ({ params }) =>
    find(find(shelves, params.shelfId).books, params.bookId),
  )
  app.put<OfBook & { Body: Members }>(
    `${path}/:bookId`,
    { schema: { params: OF_BOOK, body: NEW_BOOK } },
    ({ params, body }) => {
      const { books } = find(shelves, params.shelfId)
      const { id } = find(books, params.bookId)
      const book = { id, ...body }
      books.set(id, book)
      return book
    },
  )
  app.delete<OfBook>(`${path}/:bookId`, { schema: { params: OF_BOOK } }, ({ params }, reply) => {
    const { books } = find(shelves, params.shelfId)
    find(books, params.bookId)
    books.delete(params.bookId)
    return reply.code(204).send()
  })
}

/** The only forms: whoever sends JSON here is answered 415. */
function serveLoans(app: FastifyInstance, shelves: ReadonlyMap<string, Held>): void {
  app.setValidatorCompiler(compileFor(() => COERCING))
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, text, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(text)))),
  )
  const path = '/shelves/:shelfId/loans'
  app.get<{ Params: { shelfId: string } }>(path, { schema: { params: OF_SHELF } }, ({ params }) => [
    ...find(shelves, params.shelfId).loans.values(),
  ])
  app.post<{ Params: { shelfId: string }; Body: Members }>(
    path,
    { schema: { params: OF_SHELF, body: NEW_LOAN } },
    ({ params, body }, reply) => {
      const { loans } = find(shelves, params.shelfId)
      const loan = { id: randomUUID(), remind: false, ...body }
      loans.set(loan.id, loan)
      return reply.code(201).header('location', `/v1/shelves/${params.shelfId}/loans/${loan.id}`).send(loan)
    },
  )
  type OfLoan = { Params: { shelfId: string; loanId: string } }
  app.get<OfLoan>(`${path}/:loanId`, { schema: { params: OF_LOAN } }, ({ params }) =>
    find(find(shelves, params.shelfId).loans, params.loanId),
  )
  app.delete<OfLoan>(`${path}/:loanId`, { schema: { params: OF_LOAN } }, ({ params }, reply) => {
    const { loans } = find(shelves, params.shelfId)
    find(loans, params.loanId)
    loans.delete(params.loanId)
    return reply.code(204).send()
  })
}
