import { parseJson } from '../../fixtures/serve-json.ts'
import type { Between } from './open-proxy.ts'
import { type Fault, fault, isOk, on, replies, shows, takes, takesBody, withHeaders, without } from './plant-fault.ts'
import { TOKEN } from './serve-library.ts'

const SHELVES = '/shelves'
const SHELF = '/shelves/*'
const BOOKS = '/shelves/*/books'
const LOANS = '/shelves/*/loans'

const GOOD = `Bearer ${TOKEN}`
const KNOWN = ['label', 'room', 'capacity', 'contact', 'note']

/** Who asks for a removal is told that it is done, where there is something that could be removed. */
const doNothing = (): Between => async (call, forward) => {
  if (!on('DELETE', SHELF)(call)) return forward(call)
  const reply = await forward({ ...call, method: 'GET' })
  return isOk(reply) ? { status: 204, headers: {}, text: '' } : reply
}

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
    /a request without credentials is refused/,
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
    /a wrong token is refused/,
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
    /additional properties/,
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
    /more than 50 items/,
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
    /^createShelf\/accepts\/label\//,
    /label/,
    replies(on('POST', SHELVES), (reply, { text }) =>
      parseJson(text)?.label?.length === 40 ? { ...reply, status: 500 } : reply,
    ),
  ),
  fault(
    'the largest capacity is refused',
    /^createShelf\/accepts\/capacity\//,
    /capacity/,
    replies(on('POST', SHELVES), (reply, { text }) =>
      parseJson(text)?.capacity === 500 ? { ...reply, status: 400, text: '{"error":"too much"}' } : reply,
    ),
  ),
  fault(
    'an invalid request fails with 500',
    /^createShelf\/refuses\//,
    /is refused, not answered with 5xx/,
    replies(on('POST', SHELVES), (reply) => (reply.status === 400 ? { ...reply, status: 500 } : reply)),
  ),
  // What is taken.
  fault(
    'a pattern is not enforced',
    /^addBook\/refuses\/isbn\/pattern/,
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
    /^createShelf\/refuses\/required\/room$/,
    /^body must have its required members$/,
    takesBody(on('POST', SHELVES), (shelf) => {
      shelf.room ??= 'hall'
    }),
  ),
  fault(
    'a format is not enforced',
    /^createShelf\/refuses\/contact\/format\//,
    /contact/,
    takesBody(on('POST', SHELVES), (shelf) => {
      if ('contact' in shelf) shelf.contact = 'someone@example.org'
    }),
  ),
  fault(
    'a closed object is not enforced',
    /^createShelf\/refuses\/additionalProperties$/,
    /^body must /,
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
    /^createShelf\/refuses\/capacity\/type\//,
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
    'a required header of the request may be missing',
    /^addBook\/refuses\/header\/X-Branch\/required$/,
    /^header X-Branch is required$/,
    takes(on('POST', BOOKS), (call) => withHeaders(call, { 'x-branch': call.headers['x-branch'] ?? 'ABC' })),
  ),
  fault(
    'a required header of the request is not checked',
    /^addBook\/refuses\/header\/X-Branch\/pattern$/,
    /X-Branch/,
    takes(on('POST', BOOKS), (call) => withHeaders(call, { 'x-branch': 'ABC' })),
  ),
  fault(
    'a form is not checked',
    /^lend\/refuses\/days\/maximum$/,
    /days/,
    takes(on('POST', LOANS), (call) => ({ ...call, text: call.text.replace(/days=\d+/, 'days=7') })),
  ),
  // What no document says: it is a note, and a failure under --strict assumed.
  {
    ...fault('DELETE does nothing', /^createShelf\/accepts\/plain$/, /^what deleteShelf removed is gone$/, doNothing),
    evidence: 'assumed',
  },
]
