import { describe, expect, it } from 'vitest'
import type { Answer, FurnishedRun } from '../fixtures/furnish-run.ts'
import { documentWith, type InlineOperation, listOf, objectOf, TEXT } from '../fixtures/inline-document.ts'
import { CASE, create, DRAWN, leftIn, NAME, runOn, sendIn, sentAfterCase } from '../fixtures/run-things.ts'
import type { RequestChanges } from './build-request.ts'

const TAGS: Readonly<Record<string, InlineOperation>> = {
  'GET /things/{id}': {},
  'PUT /things/{id}': { takes: objectOf({ name: TEXT }) },
  'DELETE /things/{id}': {},
}
const put = (run: FurnishedRun, id = DRAWN) => sendIn(run, 'PUT /things/{id}', { path: { id }, body: { name: NAME } })

describe('what a change made', () => {
  it('is removed as well', async () => {
    const run = runOn({}, { document: documentWith(TAGS) })
    await put(run)
    expect(await sentAfterCase(run)).toEqual([
      `GET /things/${DRAWN}`,
      `DELETE /things/${DRAWN}`,
      `GET /things/${DRAWN}`,
    ])
    expect(leftIn(run)).toEqual([])
    // It is made anew, by another change.
    await put(run)
    expect(await sentAfterCase(run)).toHaveLength(3)
  })

  it.each<[what: string, answer: Answer]>([
    ['no answer', new Error('it hung up')],
    ['a failure', { status: 500 }],
  ])('is removed after %s', async (_, answer) => {
    const run = runOn(
      (server) => ({
        PUT(request) {
          server(request)
          return answer
        },
      }),
      { document: documentWith(TAGS) },
    )
    await put(run)
    await run.cleanUp.afterCase(CASE)
    expect(run.names()).toEqual(['Stranger'])
  })

  it('is nothing after a refusal, after a removal, and where the thing was made before', async () => {
    const refusing = runOn({ PUT: { status: 422 } }, { document: documentWith(TAGS) })
    await put(refusing)
    await sendIn(refusing, 'DELETE /things/{id}', { path: { id: DRAWN } })
    expect(await sentAfterCase(refusing)).toEqual([])
    const run = runOn()
    const { id } = await create(run)
    await put(run, id)
    await put(run, id)
    expect(await sentAfterCase(run)).toHaveLength(3)
  })

  it('is nothing where it is not there afterwards', async () => {
    const run = runOn({ PUT: { status: 202 } }, { document: documentWith(TAGS) })
    await put(run)
    await run.cleanUp.finish()
    expect(leftIn(run)).toEqual([])
  })

  it('is foreseen to stay where nothing removes it', async () => {
    const { 'DELETE /things/{id}': _, ...kept } = TAGS
    const run = runOn({}, { document: documentWith(kept), leave: { isNear: true } })
    await put(run)
    await run.cleanUp.afterCase(CASE)
    expect(leftIn(run)).toEqual([
      `foreseen: PUT /things/{id} /things/${DRAWN}: the document has no operation that removes it`,
    ])
  })

  it('is followed where the reply says which id the thing has now', async () => {
    const created = { takes: objectOf({ name: TEXT }), gives: objectOf({ id: TEXT, name: TEXT }) }
    const document = documentWith({ 'POST /things': created, ...TAGS, 'PUT /things/{id}': created })
    const run = runOn(
      {
        'PUT /things/t1'() {
          run.things.delete('t1')
          run.things.set('t9', { id: 't9', name: NAME })
          return { body: run.things.get('t9') }
        },
      },
      { document },
    )
    await create(run)
    await put(run, 't1')
    expect(await sentAfterCase(run)).toEqual([
      ...['GET /things/t9', 'DELETE /things/t9', 'GET /things/t9'],
      'GET /things/t1',
    ])
    expect(run.names()).toEqual(['Stranger'])
  })

  it('is nothing where a body names what is changed', async () => {
    const run = runOn({ 'POST /rename': {} }, { document: NAMING })
    await sendIn(run, 'POST /rename', { body: { id: DRAWN } })
    expect(await sentAfterCase(run)).toEqual([])
    expect(leftIn(run)).toEqual([])
  })
})

/** Names things in bodies as well; what it gives away by POST may be followed by another. */
const NAMING = documentWith({
  'POST /things': {
    role: 'subject',
    takes: objectOf({ name: TEXT }),
    links: {
      away: { operationId: 'DELETE /things/{id}', parameters: { id: '$response.body#/id' } },
      rename: { operationId: 'POST /rename', requestBody: { id: '$response.body#/id' } },
      change: { operationId: 'PUT /things/{id}', requestBody: { id: '$response.body#/id' } },
    },
  },
  'GET /things': { role: 'read-back', gives: objectOf({ things: listOf(objectOf({ id: TEXT })) }) },
  'GET /things/{id}': { role: 'read-back' },
  'DELETE /things/{id}': { role: 'clean-up' },
  'PUT /things/{id}': { role: 'subject', takes: objectOf({ id: TEXT }) },
  'POST /things/{id}/give-away': { role: 'clean-up' },
  'POST /rename': { role: 'subject', takes: objectOf({ id: TEXT }) },
  'PUT /settings': { takes: objectOf({ name: TEXT }) },
})

describe('what is removed', () => {
  it('makes nothing, whatever the reply names', async () => {
    const run = runOn(
      { 'POST /things/t1/give-away': () => ({ body: run.things.set('next', { id: 'next', name: NAME }).get('next') }) },
      { document: NAMING },
    )
    await create(run)
    await sendIn(run, 'POST /things/{id}/give-away', { path: { id: 't1' } })
    await run.cleanUp.afterCase(CASE)
    expect(run.names()).toEqual(['Stranger', NAME])
    const drawn = runOn({ 'POST /things/': {} }, { document: NAMING })
    await sendIn(drawn, 'POST /things/{id}/give-away', { path: { id: DRAWN } })
    expect(await sentAfterCase(drawn)).toEqual([])
  })
})

describe('what is changed or removed by leave, and is not known to be of the run', () => {
  const REASON = 'it is not known to be of this run, and --allow-changes allows'
  /** What is told after a request; with its name, or that of another thing. */
  async function toldAfter(id: string, changes: RequestChanges, answer?: Answer): Promise<string[]> {
    const run = runOn(answer ? { [id.split('{')[0] as string]: answer } : {}, {
      document: NAMING,
      leave: { allowChanges: true },
    })
    await create(run)
    await sendIn(run, id, changes)
    await run.cleanUp.afterCase(CASE)
    await run.cleanUp.finish()
    return leftIn(run)
  }

  it.each<[what: string, id: string, changes: RequestChanges, answer?: Answer]>([
    ['something that PUT /things/old changed', 'PUT /things/{id}', { path: { id: 'old' }, body: {} }],
    ['something that DELETE /things/old removed', 'DELETE /things/{id}', { path: { id: 'old' } }],
    ['id old, which POST /rename changed', 'POST /rename', { body: { id: ['old', 't1'] } }, {}],
    ['id old, id other, which POST /rename changed', 'POST /rename', { body: { id: ['old', 'other'] } }, {}],
    ['id old, which PUT /things/t1 changed', 'PUT /things/{id}', { path: { id: 't1' }, body: { id: 'old' } }, {}],
    ['something that PUT /settings changed', 'PUT /settings', { body: {} }, {}],
  ])('is told: %s', async (what, id, changes, answer) => {
    expect(await toldAfter(id, changes, answer)).toEqual([`foreseen: ${what}: ${REASON} ${id}`])
  })

  it('is told as much as can be read', async () => {
    const [told] = await toldAfter(
      'POST /rename',
      { body: { id: Array.from({ length: 500 }, (_, at) => `n${at}`) } },
      {},
    )
    expect(told).toMatch(/^foreseen: id n0, id n1, .*…, which POST \/rename changed: /)
    expect(told?.length).toBeLessThan(400)
  })

  it.each<[what: string, id: string, changes: RequestChanges, answer?: Answer]>([
    ['is of the run, by its path', 'PUT /things/{id}', { path: { id: 't1' }, body: {} }],
    ['is of the run, by a body', 'POST /rename', { body: { id: 't1' } }, {}],
    ['is removed, and was of the run', 'DELETE /things/{id}', { path: { id: 't1' } }],
    ['is nothing that a body names', 'POST /rename', { body: {} }, {}],
    ['was refused', 'POST /rename', { body: { id: 'old' } }, { status: 404 }],
    ['had a failure', 'POST /rename', { body: { id: 'old' } }, { status: 500 }],
    ['had no answer', 'POST /rename', { body: { id: 'old' } }, new Error('it hung up')],
  ])('is not told where it %s', async (_, id, changes, answer) => {
    expect(await toldAfter(id, changes, answer)).toEqual([])
  })

  it('is left as it is', async () => {
    const run = runOn({}, { document: documentWith(TAGS), leave: { allowChanges: true } })
    await put(run, 'old')
    await run.cleanUp.afterCase(CASE)
    await run.cleanUp.finish()
    expect(run.sent).toEqual([`PUT /things/old {"name":"${NAME}"}`])
  })
})
