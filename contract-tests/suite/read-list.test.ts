import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import { documentWith, inQuery, objectOf } from '../fixtures/inline-document.ts'
import { createKit } from './case-kit.ts'
import { readList } from './read-list.ts'
import type { CaseRequest } from './vocabulary.ts'

const NUMBER = { type: 'integer' } as const

interface Page {
  readonly body: Json
  readonly headers?: Readonly<Record<string, string>>
  readonly status?: number
}

/** What the list is asked, by name; and the query as a text. */
type Asked = Readonly<Record<string, Json>>
type Shelf = (asked: Asked, turn: number) => Page | undefined

interface Given {
  /** Of the query. */
  readonly parameters?: readonly Json[]
  /** Of the body: the list is asked for by POST. */
  readonly members?: Json
  readonly constants?: Readonly<Record<string, Json>>
  readonly mostPages?: number
}

/** Reads a list of `{ id }` from a shelf. */
async function read(shelf: Shelf, { parameters = [], members, constants = {}, mostPages = 200 }: Given = {}) {
  const operationId = members ? 'POST /things' : 'GET /things'
  const document = documentWith({ [operationId]: { parameters, ...(members && { takes: objectOf(members) }) } })
  const asked: Asked[] = []
  const question = {
    builder: createKit(document).builderOf(operationId),
    constants,
    path: {},
    identify: ({ id }: Json) => (id === undefined ? undefined : String(id)),
    async send({ path, body }: CaseRequest) {
      asked.push(
        body === undefined ? Object.fromEntries(new URL(path, 'http://localhost').searchParams) : JSON.parse(body),
      )
      const page = shelf(asked.at(-1) as Asked, asked.length - 1)
      return page && { ...{ status: 200, headers: {}, text: '', duration: 1 }, ...page }
    },
  }
  const { records, ...reading } = await readList(question, mostPages)
  return { ...reading, ids: records.map(({ id }: Json) => id), asked }
}

const things = (from: number, to: number): Json[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => ({ id: from + index }))
const numbers = (from: number, to: number): number[] => things(from, to).map(({ id }) => id)

/** A shelf of so many things, read on from an offset; says how many there are if asked to. */
const byOffset =
  (count: number, { largest = 100, total }: { largest?: number; total?: string } = {}): Shelf =>
  ({ offset = 0, limit = 20 }) => {
    const from = Number(offset)
    const page = things(from, Math.min(count, from + Math.min(Number(limit), largest)))
    return { body: { things: page, ...(total && { [total]: count }) } }
  }

describe('a list whose replies lead from page to page', () => {
  it('ends with the page that leads no further, and no page is asked for twice', async () => {
    const led: Shelf = ({ page = 1 }) => {
      const [from, to] = [Number(page) * 2 - 2, Math.min(5, Number(page) * 2)]
      const next = to < 5 ? { link: `</things?page=${Number(page) + 1}>; rel="next"` } : {}
      return { body: things(from, to), headers: next }
    }
    const { ids, isComplete, asked } = await read(led, { parameters: [inQuery('page', NUMBER)] })
    expect({ ids, isComplete }).toEqual({ ids: numbers(0, 5), isComplete: true })
    expect(asked).toEqual([{}, { page: '2' }, { page: '3' }])
  })
})

describe('a list whose replies tell of the next page in an object within another', () => {
  const TURNS = { parameters: [inQuery('limit', NUMBER), inQuery('after', {})] }
  const tells =
    (tell: (after: string) => Json): Shelf =>
    ({ after = '0' }) => {
      const [from, to] = [Number(after), Number(after) + 2]
      return { body: { things: things(from, Math.min(5, to)), ...(to < 5 && tell(String(to))) } }
    }

  it.each<[string, (after: string) => Json]>([
    ['a cursor with a link', (after) => ({ paging: { next: { after, link: `https://a.example/x?after=${after}` } } })],
    ['a link', (after) => ({ _links: { next: { href: `/things?after=${after}` }, self: { href: '/things?q' } } })],
    ['a cursor of its page', (cursor) => ({ meta: { page: { cursor } } })],
    ['cursors', (after) => ({ paging: { cursors: { before: 'b', after } } })],
  ])('is read to its end by %s', async (_, tell) => {
    const { ids, isComplete, asked } = await read(tells(tell), TURNS)
    expect({ ids, isComplete, turns: asked.length }).toEqual({ ids: numbers(0, 5), isComplete: true, turns: 3 })
  })
})

describe('a list that is read on from the last record', () => {
  const AFTER = { parameters: [inQuery('limit', { ...NUMBER, maximum: 2 }), inQuery('starting_after', {})] }
  const shelf: Shelf = ({ limit, starting_after: after }) => {
    const from = after === undefined ? 0 : Number(after) + 1
    return { body: { things: things(from, Math.min(5, from + Number(limit))) } }
  }

  it('is known where a page is not full, though no reply says what comes next', async () => {
    const { ids, isComplete, asked } = await read(shelf, AFTER)
    expect({ ids, isComplete }).toEqual({ ids: [0, 1, 2, 3, 4], isComplete: true })
    expect(asked).toEqual([{ limit: '2' }, { limit: '2', starting_after: '1' }, { limit: '2', starting_after: '3' }])
  })

  it('is read on where a reply says that there is more', async () => {
    const body = { things: things(0, 1), has_more: true }
    const more: Shelf = ({ starting_after: after }) => (after === '0' ? { body: { things: things(1, 2) } } : { body })
    expect(await read(more, AFTER)).toMatchObject({ ids: [0, 1], isComplete: true })
  })

  it('is not known where a full page is all that can be asked for', async () => {
    const sized = { parameters: [inQuery('limit', { ...NUMBER, maximum: 3 })] }
    expect(await read(() => ({ body: things(0, 3) }), sized)).toMatchObject({ isComplete: false, mayBeWhole: true })
    expect(await read(() => ({ body: things(0, 2) }), sized)).toMatchObject({ isComplete: true })
  })
})

const OFFSET = { parameters: [inQuery('limit', NUMBER), inQuery('offset', NUMBER)] }

describe('a list that is not read on', () => {
  it.each<[what: string, body: Json]>([
    ['itself', things(0, 3)],
    ['in an object', { things: things(0, 3) }],
    ['with how many there are', { things: things(0, 3), total: 3 }],
    ['with an empty cursor', { things: things(0, 3), nextCursor: '' }],
    ['with no cursor', { things: things(0, 3), nextCursor: null }],
    ['with no more', { things: things(0, 3), has_more: false }],
    ['with one page', { things: things(0, 3), pageCount: 1 }],
    ['with how many the page has', { things: things(0, 3), count: 3 }],
    ['with fewer than the page has', { things: things(0, 3), count: 2 }],
    ['with a count that is no number', { things: things(0, 3), total: '9' }],
  ])('is known after one request: %s', async (_, body) => {
    expect(await read(() => ({ body }))).toEqual({ ids: [0, 1, 2], isComplete: true, pages: 1, asked: [{}] })
  })

  it.each<[what: string, body: Json]>([
    ['there are more', { things: things(0, 3), total: 4 }],
    ['there are more, an object says', { things: things(0, 3), meta: { totalCount: 4 } }],
    ['there are more than the page has', { things: things(0, 3), count: 4 }],
    ['there is a next page, and nobody knows how to ask for it', { things: things(0, 3), next: 'abc' }],
    ['there is a next page, by its number', { things: things(0, 3), next_page: 2 }],
    ['there is a next page, an object says', { things: things(0, 3), paging: { nextCursor: 'abc' } }],
    ['there are several pages', { things: things(0, 3), pageCount: 2 }],
    ['there are several pages, an object says', { things: things(0, 3), meta: { total_pages: 2 } }],
    ['the last page is another', { things: things(0, 3), lastPage: 4 }],
    ['there is more', { things: things(0, 3), has_more: true }],
    ['there is more, in another spelling', { things: things(0, 3), hasNextPage: true }],
  ])('is not known where %s', async (_, body) => {
    expect(await read(() => ({ body }))).toMatchObject({ ids: [0, 1, 2], isComplete: false, pages: 1 })
  })

  it.each<[what: string, body: Json]>([
    ['is none', { id: 1 }],
    ['is a text', 'things'],
    ['is null', null],
    ['has records that nothing tells apart', [{ id: 1 }, { name: 'a' }]],
  ])('is not known where its reply %s', async (_, body) => {
    expect(await read(() => ({ body }))).toMatchObject({ ids: [], isComplete: false, pages: 1 })
  })

  it.each([10, 15, 16, 20, 64, 100])('may be the first page of more where it has %i records', async (count) => {
    expect(await read(() => ({ body: things(0, count) }))).toMatchObject({ isComplete: false, mayBeWhole: true })
    const body = { things: things(0, count), total: count }
    expect(await read(() => ({ body }))).toMatchObject({ isComplete: true })
    expect(await read(() => ({ body }))).not.toHaveProperty('mayBeWhole')
  })

  it('may be the first page of more where it has as many records as were asked for, and nothing says what comes next', async () => {
    const parameters = [inQuery('limit', { type: 'integer', maximum: 3 }), inQuery('cursor')]
    const full = await read(() => ({ body: things(0, 3) }), { parameters })
    expect(full).toMatchObject({ isComplete: false, mayBeWhole: true, asked: [{ limit: '3' }] })
    expect(await read(() => ({ body: things(0, 2) }), { parameters })).toMatchObject({ isComplete: true })
  })

  it.each([0, 5, 8, 9, 11, 21, 99])('is all there is where it has %i records', async (count) => {
    expect(await read(() => ({ body: things(0, count) }))).toMatchObject({ isComplete: true })
  })

  it('is not known where it is not answered, which is no page', async () => {
    expect(await read(() => undefined)).toMatchObject({ ids: [], isComplete: false, pages: 0 })
  })

  it('is asked for in a body with what always goes along', async () => {
    const { asked } = await read(() => ({ body: [] }), {
      members: { limit: NUMBER, all: {} },
      constants: { all: true },
    })
    expect(asked).toEqual([{ all: true, limit: 100 }])
  })
})

describe('pages from an offset', () => {
  it('are read until one is empty', async () => {
    expect(await read(byOffset(250), OFFSET)).toEqual({
      ids: numbers(0, 250),
      isComplete: true,
      pages: 4,
      asked: [
        { limit: '100' },
        { limit: '100', offset: '100' },
        { limit: '100', offset: '200' },
        { limit: '100', offset: '250' },
      ],
    })
  })

  it.each(['total', 'total_count', 'totalUsers', 'count'])(
    'are read until there are as many as %s says',
    async (total) => {
      expect(await read(byOffset(250, { total }), OFFSET)).toMatchObject({ isComplete: true, pages: 3 })
    },
  )

  it('may be smaller than what was asked for', async () => {
    expect(await read(byOffset(20, { largest: 7 }), OFFSET)).toMatchObject({
      ids: numbers(0, 20),
      isComplete: true,
      asked: [{ limit: '100' }, { offset: '7' }, { offset: '14' }, { offset: '20' }],
    })
  })

  it('are as large as the document allows', async () => {
    const parameters = [inQuery('pageSize', { ...NUMBER, maximum: 50 }), inQuery('skip', NUMBER)]
    const { asked } = await read(() => ({ body: [] }), { parameters })
    expect(asked).toEqual([{ pageSize: '50' }])
    const larger = [inQuery('limit', { ...NUMBER, maximum: 1000 })]
    expect((await read(() => ({ body: [] }), { parameters: larger })).asked).toEqual([{ limit: '100' }])
  })

  it('end before so many as there are said to be: then nobody knows the list', async () => {
    const shelf: Shelf = (asked, turn) => ({ body: { things: byOffset(5)(asked, turn)?.body.things, total: 9 } })
    const { ids, isComplete } = await read(shelf, OFFSET)
    expect(ids).toEqual(numbers(0, 5))
    expect(isComplete).toBe(false)
  })

  it.each(['total_pages', 'totalPageCount'])('are not taken for records where %s counts them', async (name) => {
    const shelf: Shelf = (asked, turn) => ({
      body: { things: byOffset(9, { largest: 3 })(asked, turn)?.body.things, [name]: 3 },
    })
    expect(await read(shelf, OFFSET)).toMatchObject({ ids: numbers(0, 9), isComplete: true, pages: 4 })
  })

  it('are counted by what one of them said, also where the last does not', async () => {
    const shelf: Shelf = (asked, turn) => ({
      body: { things: byOffset(5)(asked, turn)?.body.things, ...(turn === 0 && { total: 9 }) },
    })
    expect(await read(shelf, OFFSET)).toMatchObject({ ids: numbers(0, 5), isComplete: false })
  })

  it('are read on where a count is that of the page alone', async () => {
    const shelf: Shelf = ({ offset = 0 }) => {
      const page = things(Number(offset), Math.min(25, Number(offset) + 10))
      return { body: { things: page, count: page.length } }
    }
    expect(await read(shelf, OFFSET)).toMatchObject({ ids: numbers(0, 25), isComplete: true })
  })

  it('are no longer believed where they show the same again and again', async () => {
    expect(await read(() => ({ body: { things: things(0, 7) } }), OFFSET)).toMatchObject({
      ids: numbers(0, 7),
      isComplete: false,
      pages: 3,
    })
  })

  it('are given up after so many', async () => {
    expect(
      await read((_, turn) => ({ body: things(turn * 5, turn * 5 + 5) }), { ...OFFSET, mostPages: 3 }),
    ).toMatchObject({
      ids: numbers(0, 15),
      isComplete: false,
      pages: 3,
    })
  })

  it('are given up after so many records, however few pages hold them', async () => {
    const huge: Shelf = (_, turn) => ({ body: { items: things(turn * 60_000, (turn + 1) * 60_000), next: `c${turn}` } })
    expect(await read(huge, { parameters: [inQuery('cursor')] })).toMatchObject({ isComplete: false, pages: 2 })
  })

  it('are given up where one is not answered', async () => {
    const shelf: Shelf = (asked, turn) => (turn === 2 ? undefined : byOffset(250)(asked, turn))
    expect(await read(shelf, OFFSET)).toMatchObject({ ids: numbers(0, 200), isComplete: false, pages: 2 })
  })

  it('are asked for in a body', async () => {
    const { asked, isComplete } = await read(byOffset(150), {
      members: { limit: NUMBER, offset: NUMBER, in: objectOf({ skip: NUMBER }) },
    })
    expect(asked).toEqual([{ limit: 100 }, { limit: 100, offset: 100 }, { limit: 100, offset: 150 }])
    expect(isComplete).toBe(true)
  })

  it('are those of a number: a text of that name is something else', async () => {
    const parameters = [inQuery('offset', { type: ['string', 'null'] }), inQuery('limit', { type: 'string' })]
    expect(await read(byOffset(30), { parameters })).toMatchObject({ asked: [{}] })
  })
})

describe('pages in another order each time', () => {
  /** Each page begins where the turn says. */
  const rotating =
    (count: number, size: number, by: number): Shelf =>
    ({ offset = 0 }, turn) => {
      const all = things(0, count)
      const rotated = [...all.slice((turn * by) % count), ...all.slice(0, (turn * by) % count)]
      return { body: { things: rotated.slice(Number(offset), Number(offset) + size), total: count } }
    }

  it('are read again until everything has shown', async () => {
    const { ids, isComplete, pages } = await read(rotating(20, 7, 11), OFFSET)
    expect(ids.toSorted((a: number, b: number) => a - b)).toEqual(numbers(0, 20))
    expect(isComplete).toBe(true)
    expect(pages).toBeGreaterThan(3)
  })

  it('are read again where they were the same for a while', async () => {
    const shelf: Shelf = (_, turn) => {
      const from = Math.floor(turn / 3) * 5
      return { body: { things: things(from, from + 5), total: 20 } }
    }
    expect(await read(shelf, OFFSET)).toMatchObject({ ids: numbers(0, 20), isComplete: true, pages: 10 })
  })

  it('are not read for ever', async () => {
    const hiding: Shelf = (asked, turn) => {
      const { body } = rotating(20, 7, 11)(asked, turn) as Page
      return { body: { ...body, things: body.things.filter(({ id }: Json) => id !== 13) } }
    }
    const { ids, isComplete, pages } = await read(hiding, OFFSET)
    expect(ids).toHaveLength(19)
    expect(isComplete).toBe(false)
    expect(pages).toBeLessThan(40)
    expect((await read(hiding, { ...OFFSET, mostPages: 4 })).pages).toBe(4)
  })

  it('are read once where nothing says how many there are', async () => {
    const shelf: Shelf = ({ offset = 0 }, turn) => ({
      body: turn < 3 ? things(Number(offset), Number(offset) + 5) : things(0, 5),
    })
    expect(await read(shelf, OFFSET)).toMatchObject({ isComplete: false, pages: 5 })
  })
})

describe('pages by their number', () => {
  const numbered =
    (count: number, first: 0 | 1): Shelf =>
    ({ page = first, size = 20 }) => {
      const from = (Number(page) - first) * Number(size)
      return { body: { things: things(from, Math.min(count, from + Number(size))) } }
    }
  const PAGE = { parameters: [inQuery('size', { ...NUMBER, maximum: 10 }), inQuery('page', NUMBER)] }

  it.each([0, 1] as const)('are read whether the first of them is %i', async (first) => {
    const { ids, isComplete, asked } = await read(numbered(25, first), PAGE)
    expect(ids).toEqual(numbers(0, 25))
    expect(isComplete).toBe(true)
    expect(asked.slice(0, 3)).toEqual([{ size: '10' }, { size: '10', page: '1' }, { size: '10', page: '2' }])
  })

  it('are asked for only where there is no offset', async () => {
    const { asked } = await read(byOffset(120), { parameters: [...OFFSET.parameters, inQuery('page', NUMBER)] })
    expect(asked[1]).toEqual({ limit: '100', offset: '100' })
  })
})

describe('pages behind a cursor', () => {
  const byCursor =
    (count: number, show: (next: string) => Omit<Page, 'status'> & { body: object }): Shelf =>
    ({ cursor = '0' }) => {
      const from = Number(cursor)
      const page = things(from, Math.min(count, from + 10))
      const { body, headers } = from + 10 < count ? show(String(from + 10)) : { body: {}, headers: {} }
      return { body: { things: page, ...body }, ...(headers && { headers }) }
    }
  const CURSOR = { parameters: [inQuery('limit', NUMBER), inQuery('cursor')] }

  it.each<[what: string, show: (next: string) => { body: object; headers?: Record<string, string> }]>([
    ['a member', (next) => ({ body: { nextCursor: next } })],
    ['a member one level down', (next) => ({ body: { response_metadata: { next_cursor: next } } })],
    ['a number', (next) => ({ body: { next: Number(next) } })],
    ['an address', (next) => ({ body: { next: `https://elsewhere.test/other?cursor=${next}&limit=3` } })],
    ['a link', (next) => ({ body: {}, headers: { link: `<?cursor=0>; rel="first", <?cursor=${next}>; rel="next"` } })],
    ['a link without quotes', (next) => ({ body: {}, headers: { link: `</x?cursor=${next}>; title=a; rel=next` } })],
  ])('are read from the next that the page before gave, until it gives none: %s', async (_, show) => {
    expect(await read(byCursor(25, show), CURSOR)).toMatchObject({ ids: numbers(0, 25), isComplete: true, pages: 3 })
  })

  it('take of an address its query alone, and nothing of their own', async () => {
    const show = (next: string) => ({ body: { next: `https://elsewhere.test/other?cursor=${next}&hidden=1` } })
    const { asked } = await read(byCursor(15, show), CURSOR)
    expect(asked).toEqual([{ limit: '100' }, { cursor: '10', hidden: '1' }])
    const unknown = await read(byCursor(15, show), { parameters: [] })
    expect(unknown).toMatchObject({ isComplete: true, pages: 2 })
  })

  it('are asked for where there is an offset too', async () => {
    const parameters = [...CURSOR.parameters, inQuery('offset', NUMBER)]
    const { asked } = await read(
      byCursor(15, (next) => ({ body: { next } })),
      { parameters },
    )
    expect(asked).toEqual([{ limit: '100' }, { limit: '100', cursor: '10' }])
  })

  it('may be empty before the last', async () => {
    const shelf: Shelf = ({ cursor = '0' }) => {
      const from = Number(cursor)
      return { body: { things: from === 1 ? [] : things(from, from + 1), next: from < 2 ? String(from + 1) : null } }
    }
    expect(await read(shelf, CURSOR)).toMatchObject({ ids: [0, 2], isComplete: true, pages: 3 })
  })

  it('are unknown where only that there are more is said', async () => {
    const { isComplete, pages } = await read(
      byCursor(25, () => ({ body: { has_more: true } })),
      CURSOR,
    )
    expect({ isComplete, pages }).toEqual({ isComplete: false, pages: 1 })
  })
})
