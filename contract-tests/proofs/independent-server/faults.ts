import type { Json } from '../../../documents/read/read-document.ts'
import { parseJson, type WireCall, type WireReply } from '../../fixtures/serve-json.ts'
import type { Between } from './open-proxy.ts'
import { TOKEN } from './serve-library.ts'

/** Something that a server does wrong. */
export interface Fault {
  /** A fact: "DELETE does nothing". */
  readonly name: string
  /** Ids of the cases that are about the rule that it breaks. */
  readonly cases: RegExp
  /** What they say is broken. */
  readonly rule: RegExp
  /** Begins to do wrong; called once for each proxy. */
  readonly plant: () => Between
}

const fault = (name: string, cases: RegExp, rule: RegExp, plant: Fault['plant']): Fault => ({
  name,
  cases,
  rule,
  plant,
})

type On = (call: WireCall) => boolean

/** Paths below the base path, `*` for any segment. */
const on = (method: string, place: string): On => {
  const path = new RegExp(`^/v1${place.replaceAll('*', '[^/]+')}$`)
  return (call) => call.method === method && path.test(call.path)
}
const SHELVES = '/shelves'
const SHELF = '/shelves/*'
const BOOKS = '/shelves/*/books'
const BOOK = '/shelves/*/books/*'
const LOANS = '/shelves/*/loans'

const isOk = ({ status }: WireReply): boolean => status >= 200 && status < 300

/** The reply of these calls is another. */
const replies =
  (isOn: On, change: (reply: WireReply, call: WireCall) => WireReply) => (): Between => async (call, forward) => {
    const reply = await forward(call)
    return isOn(call) ? change(reply, call) : reply
  }

/** The JSON of these successful replies is another; the change may edit what it is given. */
const shows = (isOn: On, change: (body: Json, call: WireCall) => Json) =>
  replies(isOn, (reply, call) => {
    const body = parseJson(reply.text)
    return isOk(reply) && body !== undefined ? { ...reply, text: JSON.stringify(change(body, call) ?? body) } : reply
  })

/** These calls are mended before the server sees them: it takes what it must refuse. */
const takes = (isOn: On, change: (call: WireCall) => WireCall) => (): Between => (call, forward) =>
  forward(isOn(call) ? change(call) : call)

/** The same for a body that is a JSON object; the change may edit what it is given. */
const takesBody = (isOn: On, change: (body: Json) => void) =>
  takes(isOn, (call) => {
    const body = parseJson(call.text)
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return call
    change(body)
    return { ...call, text: JSON.stringify(body) }
  })

const withHeaders = (call: WireCall, headers: WireCall['headers']): WireCall => ({
  ...call,
  headers: { ...call.headers, ...headers },
})

const without = (reply: WireReply, name: string): WireReply => {
  const { [name]: _, ...headers } = reply.headers
  return { ...reply, headers }
}

const GOOD = `Bearer ${TOKEN}`
const KNOWN = ['label', 'room', 'capacity', 'contact', 'note']
const UUID = '00000000-0000-4000-8000-000000000000'

/** What the cases that are derived for every document must notice. */
export const FAULTS: readonly Fault[] = [
  // Headers.
  fault(
    'a required header is missing',
    /^listShelves\/accepts\//,
    /X-Total-Count/i,
    replies(on('GET', SHELVES), (reply) => without(reply, 'x-total-count')),
  ),
  fault(
    'a header breaks its schema',
    /^listShelves\/accepts\//,
    /X-Total-Count/i,
    replies(on('GET', SHELVES), (reply) =>
      isOk(reply) ? { ...reply, headers: { ...reply.headers, 'x-total-count': 'many' } } : reply,
    ),
  ),
  fault(
    'a creation does not say where it is',
    /^createShelf\/accepts\//,
    /Location/i,
    replies(on('POST', SHELVES), (reply) => without(reply, 'location')),
  ),
  fault(
    'a header breaks its pattern',
    /^createShelf\/accepts\//,
    /ETag/i,
    replies(on('POST', SHELVES), (reply) =>
      reply.headers['etag'] ? { ...reply, headers: { ...reply.headers, etag: 'W/"1"' } } : reply,
    ),
  ),
  fault(
    'the content type is another',
    /^listShelves\/accepts\//,
    /^content type is application\/json$/,
    replies(on('GET', SHELVES), (reply) => ({ ...reply, headers: { ...reply.headers, 'content-type': 'text/html' } })),
  ),
  // Security.
  fault(
    'who has no credentials is let in',
    /^listShelves\/guards\/none$/,
    /without credentials nobody is let in/,
    takes(on('GET', SHELVES), (call) =>
      call.headers.authorization ? call : withHeaders(call, { authorization: GOOD }),
    ),
  ),
  fault(
    'another scheme is let in',
    /^listShelves\/guards\/other-scheme$/,
    /credentials of another scheme/,
    takes(on('GET', SHELVES), (call) =>
      /^Basic /.test(call.headers.authorization ?? '') ? withHeaders(call, { authorization: GOOD }) : call,
    ),
  ),
  fault(
    'a wrong token is let in',
    /^createShelf\/guards\/bad$/,
    /a wrong token is not let in/,
    takes(on('POST', SHELVES), (call) =>
      /^Bearer /.test(call.headers.authorization ?? '') ? withHeaders(call, { authorization: GOOD }) : call,
    ),
  ),
  fault(
    'a refusal shows the token',
    /^createShelf\/refuses\//,
    /no reply shows the token/,
    replies(on('POST', SHELVES), (reply, { headers }) =>
      isOk(reply) ? reply : { ...reply, text: JSON.stringify({ error: `No, ${headers.authorization}` }) },
    ),
  ),
  // What is shown.
  fault(
    'a closed object has another member',
    /^createShelf\/accepts\//,
    /additionalProperties|has no other|no member/i,
    shows(on('POST', SHELVES), (shelf) => ({ ...shelf, rank: 1 })),
  ),
  fault(
    'an integer is shown as text',
    /^createShelf\/accepts\//,
    /capacity/,
    shows(on('POST', SHELVES), (shelf) => {
      if ('capacity' in shelf) shelf.capacity = String(shelf.capacity)
    }),
  ),
  fault(
    'null is shown where it is not allowed',
    /^createShelf\/accepts\//,
    /contact/,
    shows(on('POST', SHELVES), (shelf) => {
      shelf.contact ??= null
    }),
  ),
  fault(
    'a value outside of its enum is shown',
    /^createShelf\/accepts\//,
    /room/,
    shows(on('POST', SHELVES), (shelf) => {
      shelf.room = 'garden'
    }),
  ),
  fault(
    'a required member is not shown',
    /^listShelves\/accepts\//,
    /label/,
    shows(on('GET', SHELVES), ({ items }) => {
      for (const shelf of items) delete shelf.label
    }),
  ),
  fault(
    'a time is shown in another format',
    /^createShelf\/accepts\//,
    /createdAt/,
    shows(on('POST', SHELVES), (shelf) => {
      shelf.createdAt = new Date(shelf.createdAt).toUTCString()
    }),
  ),
  fault(
    'a page holds more than it may',
    /^listShelves\/accepts\//,
    /maxItems|at most 50/,
    shows(on('GET', SHELVES), ({ items, ...page }) => ({ ...page, items: Array.from({ length: 51 }, () => items[0]) })),
  ),
  // Statuses.
  fault(
    'a creation answers 200, which is not declared',
    /^createShelf\/accepts\//,
    /status is one of 201/,
    replies(on('POST', SHELVES), (reply) => (reply.status === 201 ? { ...reply, status: 200 } : reply)),
  ),
  fault(
    'the longest label fails with 500',
    /^createShelf\/accepts\/\/?label\//,
    /label/,
    replies(on('POST', SHELVES), (reply, { text }) =>
      parseJson(text)?.label?.length === 40 ? { ...reply, status: 500 } : reply,
    ),
  ),
  fault(
    'the largest capacity is refused',
    /^createShelf\/accepts\/\/?capacity\//,
    /capacity/,
    replies(on('POST', SHELVES), (reply, { text }) =>
      parseJson(text)?.capacity === 500 ? { ...reply, status: 400, text: '{"error":"too much"}' } : reply,
    ),
  ),
  fault(
    'an invalid request fails with 500',
    /^createShelf\/refuses\//,
    /is refused, not failed at/,
    replies(on('POST', SHELVES), (reply) => (reply.status === 400 ? { ...reply, status: 500 } : reply)),
  ),
  // What is taken.
  fault(
    'a pattern is not enforced',
    /^addBook\/refuses\/isbn\/pattern$/,
    /isbn/,
    takesBody(on('POST', BOOKS), (book) => {
      if ('isbn' in book) book.isbn = '978-3161484100'
    }),
  ),
  fault(
    'maxLength is not enforced',
    /^createShelf\/refuses\/label\/maxLength$/,
    /label/,
    takesBody(on('POST', SHELVES), (shelf) => {
      if (typeof shelf.label === 'string') shelf.label = shelf.label.slice(0, 40)
    }),
  ),
  fault(
    'a required member is not enforced',
    /^createShelf\/refuses\//,
    /room/,
    takesBody(on('POST', SHELVES), (shelf) => {
      shelf.room ??= 'hall'
    }),
  ),
  fault(
    'a format is not enforced',
    /^createShelf\/refuses\/contact\/format$/,
    /contact/,
    takesBody(on('POST', SHELVES), (shelf) => {
      if ('contact' in shelf) shelf.contact = 'someone@example.org'
    }),
  ),
  fault(
    'a closed object is not enforced',
    /^createShelf\/refuses\//,
    /additionalProperties|other member|no member/,
    takesBody(on('POST', SHELVES), (shelf) => {
      for (const name of Object.keys(shelf)) if (!KNOWN.includes(name)) delete shelf[name]
    }),
  ),
  fault(
    'an enum is not enforced',
    /^changeShelf\/refuses\/room\/enum$/,
    /room/,
    takesBody(on('PATCH', SHELF), (shelf) => {
      if (typeof shelf.room === 'string') shelf.room = 'hall'
    }),
  ),
  fault(
    'a type is not enforced',
    /^createShelf\/refuses\/capacity\/type$/,
    /capacity/,
    takesBody(on('POST', SHELVES), (shelf) => {
      if (typeof shelf.capacity !== 'number' && 'capacity' in shelf) shelf.capacity = 7
    }),
  ),
  fault(
    'a query parameter is not checked',
    /^listShelves\/refuses\/query\/size\//,
    /query size/,
    takes(on('GET', SHELVES), (call) => ({ ...call, search: '' })),
  ),
  fault(
    'a required header of the request is not checked',
    /^addBook\/refuses\/header\/X-Branch\//,
    /X-Branch/,
    takes(on('POST', BOOKS), (call) => withHeaders(call, { 'x-branch': 'ABC' })),
  ),
  fault(
    'a form is not checked',
    /^lend\/refuses\/days\/maximum$/,
    /days/,
    takes(on('POST', LOANS), (call) => ({ ...call, text: call.text.replace(/days=\d+/, 'days=7') })),
  ),
]

/**
 * What only several calls in a row can show. Nothing that is derived for every document notices it yet; what does, moves
 * the fault into the table above.
 */
export const STATE_FAULTS: readonly Fault[] = [
  fault(
    'the list forgets the newest',
    /^createShelf\/stories\//,
    /list/,
    shows(on('GET', SHELVES), ({ items, ...page }) => ({
      ...page,
      items: page.page === page.pages ? items.slice(0, -1) : items,
    })),
  ),
  fault(
    'DELETE does nothing',
    /^deleteShelf\/stories\//,
    /gone/,
    () => (call, forward) => (on('DELETE', SHELF)(call) ? { status: 204, headers: {}, text: '' } : forward(call)),
  ),
  fault(
    'DELETE of a missing id fails with 500',
    /^deleteShelf\//,
    /500/,
    replies(on('DELETE', SHELF), (reply) => (reply.status === 404 ? { ...reply, status: 500 } : reply)),
  ),
  fault(
    'GET of a missing id is answered with 200',
    /^getShelf\//,
    /404/,
    replies(on('GET', SHELF), (reply) =>
      reply.status !== 404
        ? reply
        : {
            ...reply,
            status: 200,
            text: JSON.stringify({ id: UUID, label: 'Some shelf', room: 'hall', createdAt: new Date().toISOString() }),
          },
    ),
  ),
  fault(
    'an optional member is lost',
    /^createShelf\/stories\//,
    /note/,
    shows(on('GET', SHELF), (shelf) => {
      delete shelf.note
    }),
  ),
  fault(
    'every page is the first',
    /^listShelves\/stories\//,
    /page/,
    takes(on('GET', SHELVES), (call) => ({ ...call, search: call.search.replace(/page=\d+/, 'page=1') })),
  ),
  fault('two creations have one id', /^createShelf\/stories\//, /id/, () => {
    let id: string | undefined
    return shows(on('POST', SHELVES), (shelf) => ({ ...shelf, id: (id ??= shelf.id) }))()
  }),
  fault(
    'an update loses a member',
    /^changeShelf\/stories\//,
    /capacity/,
    shows(on('PATCH', SHELF), (shelf) => {
      delete shelf.capacity
    }),
  ),
  fault(
    'a filter is ignored',
    /^listShelves\/stories\//,
    /room/,
    takes(on('GET', SHELVES), (call) => ({ ...call, search: call.search.replace(/room=(?:hall|attic|cellar)/, '') })),
  ),
  fault(
    'a child is made below a missing parent',
    /^addBook\/stories\//,
    /404/,
    replies(on('POST', BOOKS), (reply) =>
      reply.status !== 404
        ? reply
        : {
            status: 201,
            headers: { ...reply.headers, location: '/v1/nowhere' },
            text: JSON.stringify({ id: 4711, title: 'A book', isbn: '978-3161484100' }),
          },
    ),
  ),
  fault('PUT keeps what it should replace', /^replaceBook\/stories\//, /replace/, () => {
    const before = new Map<string, Json>()
    return async (call, forward) => {
      const reply = await forward(call)
      if (!on('PUT', BOOK)(call) || !isOk(reply)) return reply
      const book = { ...before.get(call.path), ...parseJson(reply.text) }
      before.set(call.path, book)
      return { ...reply, text: JSON.stringify(book) }
    }
  }),
]
