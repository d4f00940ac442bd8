import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ShelvesFault, serveShelves } from '../../fixtures/serve-shelves.ts'
import { type LoadedDocument, loadDocument } from '../../load-document.ts'
import { createSend } from '../../suite/send-http.ts'
import { type VerifyOptions, verify } from '../../suite/verify.ts'
import type { CaseResult, RunResult } from '../../suite/vocabulary.ts'

let shelves: LoadedDocument
beforeAll(async () => {
  shelves = await loadDocument(fileURLToPath(new URL('../../fixtures/shelves.yaml', import.meta.url)))
})

const isOfLife = ({ id }: { id: string }) => id.includes('/stories/lifecycle/')

/** A run of the lifecycles alone, on a server far away that has one fault. */
async function live(fault?: ShelvesFault, options: Partial<VerifyOptions> = {}) {
  await using server = await serveShelves(fault)
  const before = server.state()
  const result = await verify({
    ...{ ...shelves, seed: 'shelves', select: isOfLife, send: createSend({ url: server.url, token: 'good' }) },
    ...{ url: 'http://library.example.test', settling: 0 },
    ...options,
  })
  return { result, before, after: server.state(), heard: server.heard }
}

const nameOf = ({ case: { id } }: CaseResult) => id.replace('/stories/lifecycle', '')
const outcomesOf = ({ results }: RunResult, outcome: CaseResult['outcome']) =>
  results.filter((one) => one.outcome === outcome).map(nameOf)
const told = ({ results }: RunResult) =>
  results.flatMap((one) => one.breaches.map(({ rule, seen }) => `${nameOf(one)}: ${rule.text}, but ${seen}`))

const EVERYTHING = { strict: 'assumed' } as const

describe('the lifecycle of each resource', () => {
  it('passes on a server that keeps what it is given, and leaves everything as it was', async () => {
    const { result, before, after } = await live(undefined, EVERYTHING)
    expect(told(result)).toEqual([])
    const others = result.results.filter(({ outcome }) => outcome !== 'pass')
    expect(others.map((one) => `${nameOf(one)}: ${one.outcome}: ${one.reason}`)).toEqual([
      'putLabel/replaced-whole: not-reached: nothing that was there could be left out',
    ])
    expect(after).toEqual(before)
    expect(result.leftovers).toEqual([])
  })

  it('is gone through once, whatever the number of cases that look at it', async () => {
    const { result, heard } = await live()
    const created = heard.filter((line) => line === 'POST /shelves')
    // Two of its own, two for the books: their own, and one beside it.
    expect(created).toHaveLength(4)
    expect(heard.length).toBeLessThan(3 * result.results.length)
  })

  it.each<[ShelvesFault, string]>([
    ['creation loses', 'createShelf/read-back'],
    ['list forgets', 'listShelves/listed'],
    ['list shows deleted', 'listShelves/no-deleted'],
    ['delete does nothing', 'deleteShelf/deleted'],
    ['update loses', 'changeShelf/changed'],
    ['update resets', 'changeShelf/changed-only'],
    ['replace merges', 'replaceShelf/replaced-whole'],
    ['ids repeat', 'createShelf/two-ids'],
    ['parent ignored', 'listBooks/under-parent'],
    ['parent ignored', 'createBook/missing-parent'],
    ['filter ignored', 'listShelves/filter/genre'],
    ['limit ignored', 'listShelves/limit'],
    ['page repeats', 'listShelves/pages'],
    ['500 on missing', 'readShelf/missing'],
    ['missing is shown', 'readShelf/missing'],
    ['deletes twice', 'deleteShelf/deleted-again'],
  ])('where the server has the fault "%s", wakes %s', async (fault, woken) => {
    const { result } = await live(fault, EVERYTHING)
    expect(outcomesOf(result, 'fail')).toContain(woken)
  })

  it.each<ShelvesFault>(['list forgets', 'delete does nothing', 'update loses', 'ids repeat', 'filter ignored'])(
    'only notes that "%s", which no document forbids',
    async (fault) => {
      const { result } = await live(fault)
      expect(outcomesOf(result, 'fail')).toEqual([])
      expect(outcomesOf(result, 'note')).not.toEqual([])
    },
  )
})
