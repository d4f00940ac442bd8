import type { Json } from '../../../documents/read/read-document.ts'
import { parseJson, type WireCall } from '../../fixtures/serve-json.ts'
import { type Fault, fault, on, replies, shows, takes } from './plant-fault.ts'

const SHELVES = '/shelves'
const SHELF = '/shelves/*'
const BOOKS = '/shelves/*/books'
const BOOK = '/shelves/*/books/*'
const NOBODY = '00000000-0000-4000-8000-000000000000'

/** What a story notices. No document says it: it is a note, and a failure under --strict assumed. */
const noticed = (...members: Parameters<typeof fault>): Fault => ({ ...fault(...members), evidence: 'assumed' })

/** What only several calls in a row can show. */
export const STATE_FAULTS: readonly Fault[] = [
  noticed(
    'the list forgets the newest',
    /^listShelves\/stories\/lifecycle\/listed$/,
    /is listed by listShelves/,
    shows(on('GET', SHELVES), ({ items, ...page }) => ({
      ...page,
      items: page.page === page.pages ? items.slice(0, -1) : items,
    })),
  ),
  noticed(
    'DELETE of a missing id fails with 500',
    /^deleteShelf\/stories\/lifecycle\/deleted-again$/,
    /refused, not answered with 5xx/,
    replies(on('DELETE', SHELF), (reply) => (reply.status === 404 ? { ...reply, status: 500 } : reply)),
  ),
  noticed(
    'GET of a missing id is answered with 200',
    /^getShelf\/stories\/lifecycle\/missing$/,
    /is not there is refused/,
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
  noticed(
    'every page is the first',
    /^listShelves\/stories\/lifecycle\/pages$/,
    /on one page/,
    takes(on('GET', SHELVES), (call) => ({ ...call, search: call.search.replace(/page=\d+/, 'page=1') })),
  ),
  noticed('two creations have one id', /^createShelf\/stories\/lifecycle\/two-ids$/, /have two ids/, () => {
    let id: string | undefined
    return shows(on('POST', SHELVES), (shelf) => ({ ...shelf, id: (id ??= shelf.id) }))()
  }),
  noticed(
    'a filter is ignored',
    /^listShelves\/stories\/lifecycle\/filter\/room$/,
    /lists what has it as its room/,
    takes(on('GET', SHELVES), (call) => ({ ...call, search: call.search.replace(/room=(?:hall|attic|cellar)/, '') })),
  ),
  noticed(
    'a child is made below a missing parent',
    /^addBook\/stories\/lifecycle\/missing-parent$/,
    /is gone is refused/,
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
  noticed(
    'PUT keeps what it should replace',
    /^replaceBook\/stories\/lifecycle\/replaced-whole$/,
    /replaces all of it/,
    () => {
      const kept = new Map<string, Json>()
      const isBook = (call: WireCall): boolean => on('PUT', BOOK)(call) || on('GET', BOOK)(call)
      return shows(isBook, (book, { path }) => {
        kept.set(path, { ...kept.get(path), ...book })
        return kept.get(path)
      })()
    },
  ),
  noticed(
    'an optional member is lost',
    /^createShelf\/stories\/lifecycle\/read-back$/,
    /is read back with what was sent: note is/,
    shows(on('GET', SHELF), (shelf) => {
      delete shelf.note
    }),
  ),
  noticed(
    'an update loses a member',
    /^changeShelf\/stories\/lifecycle\/changed-only$/,
    /nothing else: capacity stays/,
    () => {
      const updated = new Set<string>()
      const isUpdated = (call: WireCall): boolean => {
        if (on('PATCH', SHELF)(call) && parseJson(call.text)?.capacity === undefined) updated.add(call.path)
        return updated.has(call.path)
      }
      return shows(isUpdated, (shelf) => {
        delete shelf.capacity
      })()
    },
  ),
]
