import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import { type Answer, type Answering, type FurnishedRun, furnishRun, TAG } from '../fixtures/furnish-run.ts'
import { holdThings, THINGS } from '../fixtures/hold-things.ts'
import { documentWith, inQuery, listOf, objectOf, TEXT } from '../fixtures/inline-document.ts'
import type { Trail } from './find-trails.ts'
import { Ownership } from './prove-ownership.ts'
import type { Target } from './target.ts'
import type { CaseRequest, JudgedReply } from './vocabulary.ts'

const CREATE = 'POST /things'

const trailIn = ({ targets }: FurnishedRun, from = CREATE): Trail => {
  const trail = targets.trails.get(from)
  if (!trail) throw new Error(`${from} has no trail`)
  return trail
}

const creationIn = ({ kit }: FurnishedRun, changes: Json = {}, from = CREATE): CaseRequest =>
  kit.builderOf(from).request(changes)

/** What a creation's reply names. */
function targetIn(run: FurnishedRun, body: Json, from = CREATE): Target {
  const reply: JudgedReply = { status: 201, headers: {}, text: '', duration: 1, body }
  const source = { request: creationIn(run, {}, from), reply }
  const target = run.targets.targetOf(trailIn(run, from), body, source, false)
  if (!target) throw new Error('the reply names nothing')
  return target
}

const beforeIn = (run: FurnishedRun) => run.ownership.before(trailIn(run), creationIn(run))

/** Reads what is there, claims what a creation named, and proves it against this reading of it. */
async function proofOf(reading: Answer, { rows = [], thing = { id: 't1' } }: { rows?: Json[]; thing?: Json } = {}) {
  const run = furnishRun(THINGS, ({ path }) => (path === '/things' ? { body: { things: [{ id: 'old' }] } } : reading))
  const before = await beforeIn(run)
  const target = targetIn(run, thing)
  const drawn = rows.map((values) => ({ values, drawn: Object.keys(values ?? {}) }))
  run.ownership.claim(target, drawn, before)
  return run.ownership.prove(target, before)
}

describe('what a list held before', () => {
  it('is read once for each collection', async () => {
    const run = furnishRun(THINGS, holdThings({ id: 'A' }, { id: 7 }).answer)
    const [one, other] = await Promise.all([beforeIn(run), beforeIn(run)])
    expect([...one.ids]).toEqual(['a', '7'])
    expect(one.isComplete).toBe(true)
    expect(other).toBe(one)
    expect(run.sent).toEqual(['GET /things'])
  })

  it('is read by each tenant with its own credentials', async () => {
    const run = furnishRun(THINGS, holdThings().answer)
    await beforeIn(run)
    await run.ownership.before(trailIn(run), { ...creationIn(run), credentials: 'second' })
    await run.ownership.before(trailIn(run), { ...creationIn(run), credentials: 'none' })
    expect(run.sent).toEqual(['GET /things', 'second GET /things'])
  })

  it('is read under each parent, with what the link always asks for', async () => {
    const create = 'POST /shops/{shop}/things'
    const document = documentWith({
      [create]: {
        links: {
          away: { operationId: 'DELETE /things/{id}', parameters: { id: '$response.body#/id' } },
          all: {
            operationId: 'GET /shops/{shop}/all',
            parameters: { shop: '$request.path.shop', hidden: true, by: 'name' },
          },
        },
      },
      'GET /shops/{shop}/all': {
        gives: listOf(objectOf({ id: TEXT })),
        parameters: [inQuery('hidden', { type: 'boolean' }), inQuery('by')],
      },
      'DELETE /things/{id}': {},
    })
    const run = furnishRun(document, () => ({ body: [] }))
    for (const shop of ['a', 'b', 'a'])
      await run.ownership.before(trailIn(run, create), creationIn(run, { path: { shop } }, create))
    expect(run.sent).toEqual(['GET /shops/a/all?hidden=true&by=name', 'GET /shops/b/all?hidden=true&by=name'])
  })

  it('is asked for in a body with the members that the link gives', async () => {
    const run = furnishRun(
      documentWith({
        [CREATE]: {
          role: 'subject',
          links: {
            away: { operationId: 'DELETE /things/{id}', parameters: { id: '$response.body#/id' } },
            all: { operationId: 'POST /search', requestBody: { hidden: true } },
          },
        },
        'POST /search': { role: 'read-back', takes: objectOf({ hidden: {} }), gives: listOf(objectOf({ id: TEXT })) },
        'DELETE /things/{id}': {},
      }),
      () => ({ body: [{ id: 'a' }] }),
    )
    expect((await beforeIn(run)).isComplete).toBe(true)
    expect(run.sent).toEqual(['POST /search {"hidden":true}'])
  })

  it('is unknown where there is no list', async () => {
    const run = furnishRun(
      documentWith({ [CREATE]: {}, 'GET /things/{id}': {}, 'DELETE /things/{id}': {} }),
      () => ({}),
    )
    expect(await beforeIn(run)).toMatchObject({ records: [], isComplete: false, pages: 0 })
    expect(run.sent).toEqual([])
    expect(await run.ownership.collections()).toMatchObject([{ isShort: false }])
    expect(await run.ownership.remarks()).toEqual([])
  })

  it.each<[what: string, answer: Answer]>([
    ['is refused', { status: 403, body: [] }],
    ['leads elsewhere', { status: 302, body: [] }],
    ['is an interim one', { status: 199, body: [] }],
    ['is none', new Error('gone')],
  ])('is unknown where the answer %s', async (_, answer) => {
    const run = furnishRun(THINGS, () => answer)
    expect(await beforeIn(run)).toMatchObject({ isComplete: false, pages: 0 })
    expect(await run.ownership.remarks()).toEqual([])
  })

  it('is remarked on where its end was not reached', async () => {
    const run = furnishRun(THINGS, () => ({ body: { things: [{ id: 'a' }], total: 2 } }))
    await beforeIn(run)
    await run.ownership.before(trailIn(run), { ...creationIn(run), credentials: 'second' })
    expect(await run.ownership.remarks()).toEqual([expect.stringMatching(/^the end of GET \/things was not reached/)])
    const whole = furnishRun(THINGS, holdThings().answer)
    await beforeIn(whole)
    expect(await whole.ownership.remarks()).toEqual([])
  })

  it.each([
    [5, true],
    [6, false],
  ])('is short, to be read again, in %i requests: %j', async (pages, isShort) => {
    const document = documentWith({
      [CREATE]: {},
      'GET /things': { parameters: [inQuery('offset', { type: 'integer' })] },
      'DELETE /things/{id}': {},
    })
    let asked = 0
    const run = furnishRun(document, () => ({ body: ++asked < pages ? [{ id: asked }] : [] }))
    await beforeIn(run)
    expect(await run.ownership.collections()).toMatchObject([{ pages, isShort, trail: { from: CREATE } }])
  })
})

describe('a list that takes long to read', () => {
  it.each([
    [Number.POSITIVE_INFINITY, 200],
    [9, 4],
    [1, 1],
    [0, 1],
  ])('with %d requests left takes %i of them', async (left, pages) => {
    const document = documentWith({
      [CREATE]: {},
      'GET /things': { parameters: [inQuery('offset', { type: 'integer' })] },
      'DELETE /things/{id}': {},
    })
    const run = furnishRun(document, () => ({}))
    let asked = 0
    const endless = async (): Promise<JudgedReply> => ({
      ...{ status: 200, headers: {}, text: '', duration: 1 },
      body: [{ id: asked++ }],
    })
    const ownership = new Ownership(run.kit, endless, () => left)
    expect(await ownership.before(trailIn(run), creationIn(run))).toMatchObject({ pages, isComplete: false })
  })
})

describe('what a creation names', () => {
  const claimIn = async (run: FurnishedRun, thing: Json) =>
    run.ownership.claim(targetIn(run, thing), [], await beforeIn(run))

  it('cannot be what was there before, in whatever case', async () => {
    const run = furnishRun(THINGS, holdThings({ id: 'Old' }).answer)
    expect(await claimIn(run, { id: 'old' })).toBe(false)
    expect(run.ownership.isClaimed(targetIn(run, { id: 'old' }))).toBe(false)
    expect(run.ownership.hasMade(targetIn(run, { id: 'old' }))).toBe(false)
  })

  it('cannot be what another creation has named, until that is gone', async () => {
    const run = furnishRun(THINGS, holdThings().answer)
    expect(await claimIn(run, { id: 't1' })).toBe(true)
    expect(await claimIn(run, { id: 't1' })).toBe(false)
    run.ownership.forget(targetIn(run, { id: 't1' }))
    expect(await claimIn(run, { id: 't1' })).toBe(true)
  })

  it('may be what a case has removed, which left its id to the next', async () => {
    const run = furnishRun(THINGS, holdThings().answer)
    const target = targetIn(run, { id: 't1' })
    await claimIn(run, { id: 't1' })
    run.ownership.markRemoved(target)
    expect(await claimIn(run, { id: 't1' })).toBe(true)
    expect(run.ownership.wasRemoved(target)).toBe(false)
    expect(await claimIn(run, { id: 't1' })).toBe(false)
  })

  it('must be proven, though the same was proven before', async () => {
    const run = furnishRun(THINGS, ({ path }) => ({ body: path === '/things' ? [] : { id: 't1', name: TAG } }))
    const target = targetIn(run, { id: 't1' })
    expect(await run.ownership.prove(target, undefined)).toBe('own')
    await claimIn(run, { id: 't1' })
    expect(run.ownership.isProven(target)).toBe(false)
  })

  it('is claimed for the rows that were sent, until others are', async () => {
    const run = furnishRun(THINGS, holdThings().answer)
    const target = targetIn(run, { id: 't1' })
    const before = await beforeIn(run)
    const rows = [{ values: { name: 'Rex' }, drawn: ['name'] }]
    run.ownership.claim(target, rows, before)
    expect(run.ownership.isClaimedFor(target, rows)).toBe(true)
    run.ownership.markRemoved(target)
    run.ownership.claim(target, [...rows], before)
    expect(run.ownership.isClaimedFor(target, rows)).toBe(false)
  })

  it('is made by this run, and new as long as it is not gone', async () => {
    const run = furnishRun(THINGS, holdThings().answer)
    const target = targetIn(run, { id: 't1' })
    expect([run.ownership.hasMade(target), run.ownership.isNew(target)]).toEqual([false, false])
    await claimIn(run, { id: 't1' })
    expect([run.ownership.hasMade(target), run.ownership.isNew(target)]).toEqual([true, true])
    run.ownership.forget(target)
    expect([run.ownership.hasMade(target), run.ownership.isNew(target)]).toEqual([true, false])
    expect(run.ownership.hasMade({ collection: target.collection, ids: [] })).toBe(false)
  })

  it('is not known to be new where the list was not read to its end', async () => {
    const run = furnishRun(THINGS, () => ({ body: { things: [], total: 9 } }))
    await claimIn(run, { id: 't1' })
    expect(run.ownership.hasMade(targetIn(run, { id: 't1' }))).toBe(true)
    expect(run.ownership.isNew(targetIn(run, { id: 't1' }))).toBe(false)
  })

  it('is removed when a case has removed it, until it is gone and made again', async () => {
    const run = furnishRun(THINGS, holdThings().answer)
    const target = targetIn(run, { id: 't1' })
    expect(run.ownership.wasRemoved(target)).toBe(false)
    run.ownership.markRemoved(target)
    expect(run.ownership.wasRemoved(target)).toBe(true)
    run.ownership.forget(target)
    expect(run.ownership.wasRemoved(target)).toBe(false)
  })
})

describe('a thing', () => {
  it('is foreign if it was there before, whatever it shows', async () => {
    const run = furnishRun(THINGS, holdThings({ id: 'Old', name: TAG }).answer)
    const before = await beforeIn(run)
    expect(await run.ownership.prove(targetIn(run, { id: 'old' }), before)).toBe('foreign')
    expect(run.sent).toEqual(['GET /things'])
  })

  it('is unknown where nothing reads it', async () => {
    const run = furnishRun(documentWith({ [CREATE]: {}, 'DELETE /things/{id}': {} }), () => ({}))
    expect(await run.ownership.prove(targetIn(run, { id: 't1' }), undefined)).toBe('unknown')
  })

  it.each<[what: string, reading: Answer]>([
    ['no answer', new Error('gone')],
    ['401', { status: 401, body: { name: TAG } }],
    ['500', { status: 500, body: { name: TAG } }],
    ['302', { status: 302, body: { name: TAG } }],
    ['100', { status: 100, body: { name: TAG } }],
  ])('is unknown after %s', async (_, reading) => expect(await proofOf(reading)).toBe('unknown'))

  it.each([400, 404, 410, 422])('is absent after %i', async (status) => {
    expect(await proofOf({ status, body: { name: TAG } })).toBe('absent')
  })

  it.each<[why: string, reading: Answer, given?: { rows?: Json[]; thing?: Json }]>([
    ['shows the tag of the run', { body: { id: 't1', name: `Rollcall ${TAG.toUpperCase()}` } }],
    [
      'shows the values that were sent',
      { body: { id: 't1', name: 'Some long name' } },
      { rows: [{ name: 'Some long name' }] },
    ],
    [
      'shows the values of one of the rows',
      { body: { id: 't1', size: 1e6 } },
      { rows: [{ size: 2e6 }, { size: 1e6 }] },
    ],
    ['is new, and nothing is known of what was sent', { body: { id: 't1' } }],
    ['is new, and does not contradict what was sent', { body: { id: 't1', age: 1 } }, { rows: [{ name: 'Rex' }] }],
    [
      'is new, and contradicts but one of the rows',
      { body: { name: 'Rex' } },
      { rows: [{ name: 'Ace' }, { name: 'Rex' }] },
    ],
    ['is new, and has no body', {}],
  ])('is the run’s own if it %s', async (_, reading, given) => expect(await proofOf(reading, given)).toBe('own'))

  it('is foreign if it is new and contradicts what was sent', async () => {
    expect(await proofOf({ body: { id: 't1', name: 'Stranger' } }, { rows: [{ name: 'Rex' }] })).toBe('foreign')
  })

  it('is looked for in what the reply shows of it, wherever that stands', async () => {
    const beside = { by: { name: TAG } }
    const rows = [{ name: 'Rex' }]
    const stranger = { id: 'T1', name: 'Stranger' }
    const deep = JSON.parse(`${'{"a":'.repeat(99)}${JSON.stringify(stranger)}${'}'.repeat(99)}`)
    for (const body of [{ ...beside, thing: stranger }, { ...beside, ...deep }, [beside, [stranger]]])
      expect(await proofOf({ body }, { rows })).toBe('foreign')
    const own = { id: 't1', name: TAG }
    expect(await proofOf({ body: { meta: { of: { owner: 't1' } }, thing: own } }, { rows })).toBe('own')
    expect(await proofOf({ body: { ...beside, thing: { id: 7, name: 'Stranger' } } }, { rows, thing: { id: 7 } })).toBe(
      'foreign',
    )
  })

  describe('that nobody has claimed', () => {
    const prove = (body: Json) => {
      const run = furnishRun(THINGS, () => ({ body }))
      return run.ownership.prove(targetIn(run, { id: 't1' }), undefined)
    }

    it('is the run’s own if it shows its tag, and foreign otherwise', async () => {
      expect(await prove({ id: 't1', name: TAG })).toBe('own')
      expect(await prove({ id: 't1', name: 'Some long name' })).toBe('foreign')
    })
  })

  it('that is claimed without a whole list is foreign if it shows nothing of the run', async () => {
    const run = furnishRun(THINGS, ({ path }) => ({
      body: path === '/things' ? { things: [], total: 9 } : { id: 't1' },
    }))
    const before = await beforeIn(run)
    run.ownership.claim(targetIn(run, { id: 't1' }), [], before)
    expect(await run.ownership.prove(targetIn(run, { id: 't1' }), before)).toBe('foreign')
    expect(run.ownership.isProven(targetIn(run, { id: 't1' }))).toBe(false)
  })

  it('that a case has removed is foreign if what has its id now shows nothing of the run', async () => {
    const run = furnishRun(THINGS, ({ path }) => ({ body: path === '/things' ? [] : { id: 't1' } }))
    const before = await beforeIn(run)
    const target = targetIn(run, { id: 't1' })
    run.ownership.claim(target, [], before)
    run.ownership.markRemoved(target)
    expect(await run.ownership.prove(target, before)).toBe('foreign')
  })

  it.each<[proof: string, list: string, now: number]>([
    ['own', 'grew: it was all there was', 11],
    ['foreign', 'stays as long as it is: it may be the first page of more', 10],
  ])('that shows nothing of the run is %s where a list of ten %s', async (proof, _, now) => {
    const listed = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `old-${index}` }))
    let count = 10
    const run = furnishRun(THINGS, ({ path }) => ({ body: path === '/things' ? listed(count) : { id: 't1' } }))
    const before = await beforeIn(run)
    expect(before).toMatchObject({ isComplete: false, mayBeWhole: true })
    run.ownership.claim(targetIn(run, { id: 't1' }), [], before)
    count = now
    expect(await run.ownership.prove(targetIn(run, { id: 't1' }), before)).toBe(proof)
  })

  it('once proven is the run’s own whatever a case has made of it, as long as it is there', async () => {
    let body: Json = { id: 't1', name: TAG }
    const answer: Answering = () => (body ? { body } : { status: 404 })
    const run = furnishRun(THINGS, answer)
    const target = targetIn(run, { id: 't1' })
    expect(run.ownership.isProven(target)).toBe(false)
    await run.ownership.prove(target, undefined)
    expect(run.ownership.isProven(target)).toBe(true)
    body = { id: 't1', name: 'changed' }
    expect(await run.ownership.prove(target, undefined)).toBe('own')
    body = undefined
    expect(await run.ownership.prove(target, undefined)).toBe('absent')
  })

  it.each(['forget', 'markRemoved'] as const)('is proven anew after %s', async (end) => {
    let name = TAG
    const run = furnishRun(THINGS, () => ({ body: { id: 't1', name } }))
    const target = targetIn(run, { id: 't1' })
    await run.ownership.prove(target, undefined)
    run.ownership[end](target)
    expect(run.ownership.isProven(target)).toBe(false)
    name = 'Stranger'
    expect(await run.ownership.prove(target, undefined)).toBe('foreign')
  })

  it('is proven under each name that its record shows', async () => {
    const document = documentWith({
      [CREATE]: {
        role: 'subject',
        links: {
          away: { operationId: 'POST /delete', requestBody: { id: '$response.body#/id' } },
          read: { operationId: 'GET /things/{id}', parameters: { id: '$response.body#/id' } },
          rename: { operationId: 'POST /rename', requestBody: { loginId: '$response.body#/loginId' } },
        },
      },
      'GET /things/{id}': { role: 'read-back' },
      'POST /delete': { role: 'clean-up', takes: objectOf({ id: TEXT }) },
      'POST /rename': { role: 'subject', takes: objectOf({ loginId: TEXT }) },
    })
    const run = furnishRun(document, () => ({ body: { id: 't1', loginId: `rex-${TAG}` } }))
    const rename = (loginId: string) => {
      const [named] =
        run.targets.namedBy(run.kit.builderOf('POST /rename').request({ body: { loginId } })).byMembers ?? []
      return named as Target
    }
    const before = await beforeIn(run)
    expect(await run.ownership.prove(targetIn(run, { id: 't1' }), before)).toBe('own')
    expect(run.ownership.isProven(rename(`rex-${TAG}`))).toBe(true)
    expect(run.ownership.isProven(rename('rex'))).toBe(false)
  })

  it('that goes by several names is proven only if each of them is, and claimed if one of them is', async () => {
    const document = documentWith({
      [CREATE]: {
        role: 'subject',
        links: {
          away: {
            operationId: 'POST /delete',
            requestBody: { id: '$response.body#/id', loginId: '$response.body#/loginId' },
          },
        },
      },
      'POST /delete': { role: 'clean-up', takes: objectOf({ id: TEXT, loginId: TEXT }) },
      'POST /other': { role: 'clean-up', takes: objectOf({ id: TEXT }) },
    })
    const run = furnishRun(document, () => ({ body: { id: 't1', name: TAG } }))
    const [one] = run.targets.namedBy(run.kit.builderOf('POST /other').request({ body: { id: 't1' } })).byMembers ?? []
    const both = targetIn(run, { id: 't1', loginId: 'rex' })
    expect(both.keys).toEqual(['id=t1', 'loginid=rex'])
    expect(run.ownership.claim(both, [], { ids: new Set(['rex']), isComplete: true })).toBe(false)
    expect(run.ownership.claim(one as Target, [], { ids: new Set(), isComplete: true })).toBe(true)
    expect(run.ownership.isClaimed(both)).toBe(true)
    expect(run.ownership.claim(both, [], { ids: new Set(), isComplete: true })).toBe(false)
    expect([run.ownership.hasMade(both), run.ownership.isNew(both)]).toEqual([false, false])
    expect(
      await run.ownership.prove({ ...(one as Target), reading: run.kit.builderOf(CREATE).request() }, undefined),
    ).toBe('own')
    expect([run.ownership.isProven(one as Target), run.ownership.isProven(both)]).toEqual([true, false])
    run.ownership.markRemoved(one as Target)
    expect(run.ownership.wasRemoved(both)).toBe(true)
  })
})
