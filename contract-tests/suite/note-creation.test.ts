import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import { documentWith, listOf, objectOf, TEXT } from '../fixtures/inline-document.ts'
import { againIn, CASE, create, leftIn, NAME, ROWS, runOn, sentAfterCase } from '../fixtures/run-things.ts'

describe('what a reply names', () => {
  it('is left alone where it shows nothing of the run, and what was made is found in the list', async () => {
    const run = runOn((server) => ({
      'POST /things'(request) {
        server(request)
        run.things.set('new', { id: 'new', name: 'Newcomer' })
        return { status: 201, body: { id: 'new', name: 'Newcomer' } }
      },
    }))
    await create(run)
    expect(await sentAfterCase(run)).toEqual([
      'GET /things/new',
      ...['GET /things', 'GET /things/t1', 'DELETE /things/t1', 'GET /things/t1'],
    ])
    expect(run.names()).toEqual(['Stranger', 'Newcomer'])
    expect(leftIn(run)).toEqual([])
  })

  it('is told where it shows nothing of the run, and nothing else is found', async () => {
    const run = runOn({
      'POST /things': { status: 201, body: { id: 'new' } },
      'GET /things/new': { body: { name: 'Newcomer' } },
    })
    await create(run)
    await run.cleanUp.afterCase(CASE)
    expect(run.cleanUp.leftovers).toEqual([])
    expect((await againIn(run))?.flag).toBe('allow-leftovers')
    await run.cleanUp.finish()
    expect(leftIn(run)).toEqual([
      'something that POST /things created: it named POST /things → DELETE /things/{id} {"id":"new"}, which does not show the tag of this run; it said {"id":"new"}',
    ])
  })

  it('is told where nobody ever saw it', async () => {
    const run = runOn({ 'POST /things': { status: 201, body: { id: 'nowhere' } } })
    await create(run)
    expect(await sentAfterCase(run)).toEqual(['GET /things/nowhere', 'GET /things'])
    await run.cleanUp.finish()
    expect(leftIn(run)).toEqual([expect.stringMatching(/named .*"nowhere"}, which is not there; it said/)])
  })

  it.each<[what: string, body: Json, told: string]>([
    [
      'who was there before',
      { id: 'old' },
      'its reply does not name what only this run can have made; it said {"id":"old"}',
    ],
    ['nothing', { done: true }, 'its reply does not name what only this run can have made; it said {"done"'],
    ['nothing that can be read', undefined, 'its reply cannot be read'],
  ])('is not believed where it names %s: the list is searched', async (_, body, told) => {
    const found = runOn((server) => ({
      'POST /things'(request) {
        server(request)
        return { status: 201, body }
      },
    }))
    await create(found)
    expect(await sentAfterCase(found)).toEqual(['GET /things', 'GET /things/t1', 'DELETE /things/t1', 'GET /things/t1'])
    await found.cleanUp.finish()
    expect(found.names()).toEqual(['Stranger'])
    expect(leftIn(found)).toEqual([])
    const lost = runOn({ 'POST /things': { status: 201, body } })
    await create(lost)
    await lost.cleanUp.finish()
    expect(leftIn(lost)).toEqual([expect.stringContaining(`something that POST /things created: ${told}`)])
    expect(lost.sent.filter((line) => line.startsWith('DELETE'))).toEqual([])
  })

  it('is not believed where another creation has named it', async () => {
    const run = runOn({ 'POST /things': { status: 201, body: { id: 't1' } } }, { leave: { isNear: true } })
    run.things.set('t1', { id: 't1', name: NAME })
    run.things.delete('t1')
    await create(run)
    run.things.set('t1', { id: 't1', name: NAME })
    await create(run)
    await run.cleanUp.afterCase(CASE)
    await run.cleanUp.finish()
    expect(leftIn(run)).toEqual([expect.stringContaining('its reply does not name what only this run can have made')])
  })

  it('is believed where the request names it itself, and it was the run that made it', async () => {
    const run = runOn({ 'POST /things {"id"': { body: { id: 't1' } } })
    const { id } = await create(run)
    await create(run, { id, name: NAME })
    expect(await sentAfterCase(run)).toEqual(['GET /things/t1', 'DELETE /things/t1', 'GET /things/t1'])
    expect(leftIn(run)).toEqual([])
  })

  it('are the items of the list that its link speaks of, and no others', async () => {
    const links = {
      away: { operationId: 'DELETE /things/{id}', parameters: { id: '$response.body#/made/0/id' }, 'x-each': '/made' },
    }
    const document = documentWith({
      'POST /things': { takes: ROWS, links },
      'GET /things': { gives: listOf(objectOf({ id: TEXT })) },
      'GET /things/{id}': {},
      'DELETE /things/{id}': {},
    })
    const make = async (body: (rows: Json[]) => Json) => {
      const run = runOn(
        (server) => ({
          'POST /things'(request) {
            const rows: Json[] = JSON.parse(request.body ?? '').rows
            const made = rows.map((row) => (server({ ...request, body: JSON.stringify(row) }) as { body: Json }).body)
            return { body: body(made) }
          },
        }),
        { document },
      )
      await create(run, { rows: [{ name: `${NAME} a` }, { name: `${NAME} b` }] })
      const sent = await sentAfterCase(run)
      await run.cleanUp.finish()
      return { left: leftIn(run), removed: sent.filter((line) => line.startsWith('DELETE')), names: run.names() }
    }
    const both = { left: [], removed: ['DELETE /things/t2', 'DELETE /things/t1'], names: ['Stranger'] }
    expect(await make((made) => ({ made, updated: [{ id: 'old' }] }))).toEqual(both)
    // What is looked for is removed in the order of its list.
    const looked = { ...both, removed: both.removed.toReversed() }
    expect(await make(() => ({ updated: [] }))).toEqual(looked)
    // What it does not speak of, it has not made: the end of the run looks for what carries the tag all the same.
    expect(await make(([one]) => ({ made: [one] }))).toEqual({ ...both, removed: ['DELETE /things/t1'] })
  })

  it('may be a list of what was created', async () => {
    const run = runOn((server) => ({
      'POST /things': (request) => ({
        status: 201,
        body: [(server(request) as { body: Json }).body, { done: true }],
      }),
    }))
    await create(run)
    const sent = await sentAfterCase(run)
    expect(sent.slice(0, 2)).toEqual(['GET /things/t1', 'DELETE /things/t1'])
    await run.cleanUp.finish()
    expect(leftIn(run)).toEqual([
      expect.stringMatching(/^something that POST \/things created: its reply does not name/),
    ])
  })
})

describe('what can be neither proven nor removed', () => {
  const document = documentWith({ 'POST /things': { takes: objectOf({ name: TEXT }) }, 'GET /things/{id}': {} })

  it('is told as foreseen, each of it, where it was known to stay', async () => {
    const run = runOn({}, { document, leave: { isNear: true } })
    await create(run)
    expect(await sentAfterCase(run)).toEqual([])
    await create(run)
    await run.cleanUp.finish()
    expect(leftIn(run)).toEqual(
      ['t1', 't2'].map((id) =>
        expect.stringMatching(
          new RegExp(
            `^foreseen: something that POST /things created: nothing in the document leads to its removal; .*"${id}"`,
          ),
        ),
      ),
    )
  })

  it('is foreseen by leave also where a way leads to it', async () => {
    const run = runOn(
      { DELETE: { status: 403 }, 'POST /things {"name":"lost"': { status: 500 } },
      { leave: { allowLeftovers: true } },
    )
    await create(run)
    await create(run, { name: 'lost' })
    await run.cleanUp.afterCase(CASE)
    await run.cleanUp.finish()
    expect(leftIn(run)).toEqual([
      expect.stringMatching(/^POST \/things → .*answered 403, and it is still there$/),
      'foreseen: what POST /things may have created: it answered 500',
    ])
  })
})
