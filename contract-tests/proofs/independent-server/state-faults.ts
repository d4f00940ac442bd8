import type { Json } from '../../../documents/read/read-document.ts'
import { parseJson } from '../../fixtures/serve-json.ts'
import { type Fault, fault, isOk, on, replies, shows, takes } from './plant-fault.ts'

const SHELVES = '/shelves'
const SHELF = '/shelves/*'
const BOOKS = '/shelves/*/books'
const BOOK = '/shelves/*/books/*'
const NOBODY = '00000000-0000-4000-8000-000000000000'

/** A story must notice it, whatever it says. */
const missed = (name: string, plant: Fault['plant']): Fault => fault(name, /\/stories\//, /./, plant)

/**
 * What only several calls in a row can show. Nothing that is derived for every document notices it yet; what does, moves
 * the fault into the table above.
 */
export const STATE_FAULTS: readonly Fault[] = [
  missed(
    'the list forgets the newest',
    shows(on('GET', SHELVES), ({ items, ...page }) => ({
      ...page,
      items: page.page === page.pages ? items.slice(0, -1) : items,
    })),
  ),
  missed(
    'DELETE of a missing id fails with 500',
    replies(on('DELETE', SHELF), (reply) => (reply.status === 404 ? { ...reply, status: 500 } : reply)),
  ),
  missed(
    'GET of a missing id is answered with 200',
    replies(on('GET', SHELF), (reply) =>
      reply.status !== 404
        ? reply
        : {
            ...reply,
            status: 200,
            text: JSON.stringify({
              id: NOBODY,
              label: 'Some shelf',
              room: 'hall',
              createdAt: new Date().toISOString(),
            }),
          },
    ),
  ),
  missed(
    'an optional member is lost',
    shows(on('GET', SHELF), (shelf) => {
      delete shelf.note
    }),
  ),
  missed(
    'every page is the first',
    takes(on('GET', SHELVES), (call) => ({ ...call, search: call.search.replace(/page=\d+/, 'page=1') })),
  ),
  missed('two creations have one id', () => {
    let id: string | undefined
    return shows(on('POST', SHELVES), (shelf) => ({ ...shelf, id: (id ??= shelf.id) }))()
  }),
  missed(
    'an update loses a member',
    shows(on('PATCH', SHELF), (shelf) => {
      delete shelf.capacity
    }),
  ),
  missed(
    'a filter is ignored',
    takes(on('GET', SHELVES), (call) => ({ ...call, search: call.search.replace(/room=(?:hall|attic|cellar)/, '') })),
  ),
  missed(
    'a child is made below a missing parent',
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
  missed('PUT keeps what it should replace', () => {
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
