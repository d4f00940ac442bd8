import { describe, expect, it } from 'vitest'
import { buildContract } from '../../documents/contract/build-contract.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { TAG } from '../fixtures/furnish-run.ts'
import { documentWith, inQuery, listOf, objectOf, TEXT } from '../fixtures/inline-document.ts'
import { type but, CASE, create, leftIn, NAME, ROWS, runOn, sendIn, sentAfterCase } from '../fixtures/run-things.ts'

describe('what is found by a search', () => {
  const SEARCHED = documentWith({
    'POST /things': {
      role: 'subject',
      takes: ROWS,
      links: {
        find: {
          operationId: 'GET /find',
          parameters: { q: '$request.body#/rows/0/name' },
          'x-each': '$request.body#/rows',
          'x-shows': { '/things/0/name': '$request.body#/rows/0/name', '/things/0/size': '$request.body#/rows/0/size' },
        },
      },
    },
    'GET /find': {
      role: 'read-back',
      parameters: [inQuery('q')],
      gives: objectOf({ things: listOf(objectOf({ id: TEXT })) }),
      links: {
        away: { operationId: 'DELETE /things/{id}', parameters: { id: '$response.body#/things/0/id' } },
        read: { operationId: 'GET /things/{id}', parameters: { id: '$response.body#/things/0/id' } },
      },
    },
    'GET /things/{id}': { role: 'read-back' },
    'DELETE /things/{id}': { role: 'clean-up' },
  })
  const rows = [{ name: NAME, size: 1 }]

  /** Its search finds everything, whatever is asked. */
  const searched = (others: Parameters<typeof but>[1] = {}, made: (row: Json) => Json = (row) => row) => {
    const run = runOn(
      (server) => ({
        'second GET /find': { body: { things: [] } },
        'GET /find': () => ({ body: { things: [...run.things.values()] } }),
        ...others,
        'POST /things'(request) {
          for (const row of JSON.parse(request.body ?? '').rows) server({ ...request, body: JSON.stringify(made(row)) })
          return { status: 201, body: {} }
        },
      }),
      { document: SEARCHED },
    )
    return run
  }

  it('is searched after its case, and removed where it shows what was sent', async () => {
    const run = searched()
    await create(run, { rows })
    expect(await sentAfterCase(run)).toEqual([
      `GET /find?q=rollcall+${TAG}`,
      ...['GET /things/t1', 'DELETE /things/t1', 'GET /things/t1'],
    ])
    expect(run.names()).toEqual(['Stranger'])
    await run.cleanUp.finish()
    expect(leftIn(run)).toEqual([])
  })

  it('is searched before something is changed, once', async () => {
    const run = searched()
    await create(run, { rows })
    run.sent.length = 0
    await run.cleanUp.catchUp('another')
    expect(run.sent).toEqual([])
    expect(run.cleanUp.pending()).toEqual([
      { what: 'what POST /things may have created', reason: 'it was not looked for yet; it said {}', foreseen: false },
    ])
    await run.cleanUp.catchUp(CASE)
    await run.cleanUp.catchUp(CASE)
    expect(run.sent).toEqual([`GET /find?q=rollcall+${TAG}`])
    expect(run.cleanUp.pending()).toMatchObject([{ what: expect.stringContaining('"t1"') }])
  })

  it('is searched by who made it', async () => {
    const run = searched({ 'second GET /find?': () => ({ body: { things: [...run.things.values()] } }) })
    await sendIn(run, 'POST /things', { body: { rows }, credentials: 'second' })
    expect((await sentAfterCase(run))[0]).toBe(`second GET /find?q=rollcall+${TAG}`)
  })

  it('is found by the list, as what is new there, where the search shows something else than was sent', async () => {
    const run = searched({}, (row) => ({ ...row, size: 2 }))
    run.things.set('like', { id: 'like', name: NAME, size: 2 })
    await create(run, { rows })
    expect((await sentAfterCase(run)).filter((line) => line.startsWith('DELETE'))).toEqual(['DELETE /things/t1'])
    expect(run.names()).toEqual(['Stranger', NAME])
    expect(leftIn(run)).toEqual([])
  })

  it('is not searched by a text without the tag, which may find anybody', async () => {
    const run = searched({}, (row) => row)
    await create(run, { rows: [{ name: 'Rex', size: 1 }] })
    expect((await sentAfterCase(run)).filter((line) => line.includes('?q='))).toEqual([])
    await run.cleanUp.finish()
    expect(run.names()).toEqual(['Stranger', 'Rex'])
    expect(leftIn(run)).toEqual([
      expect.stringMatching(/^something that POST \/things created: its reply does not name/),
    ])
  })

  it('is told where the search has no answer', async () => {
    const run = searched({ 'GET /find?q': new Error('it hung up'), 'GET /find': { status: 500 } })
    await create(run, { rows: [...rows, ...rows] })
    await run.cleanUp.afterCase(CASE)
    await run.cleanUp.finish()
    expect(leftIn(run)).toEqual([expect.stringMatching(/^2 things that POST \/things created/)])
  })

  it('is as many things as rows that the reply does not refuse', async () => {
    const failures = [
      { id: 'taken', level: 'row', at: '/refused/*', code: null, evidence: 'documented', when: 'It is taken.' },
    ]
    const model = structuredClone(SEARCHED.model) as Json
    model.paths['/things'].post['x-failures'] = failures
    const document = buildContract(model)
    const refuse = async (refused: Json) => {
      const run = runOn({ 'GET /find': { body: { things: [] } }, 'POST /things': { body: { refused } } }, { document })
      await create(run, { rows: [...rows, ...rows] })
      await run.cleanUp.afterCase(CASE)
      await run.cleanUp.finish()
      return leftIn(run).map((line) => line.slice(0, line.indexOf(' that')))
    }
    expect(await refuse([])).toEqual(['2 things'])
    expect(await refuse(['it is taken'])).toEqual(['something'])
    expect(await refuse(['it is taken', 'it is taken'])).toEqual([])
    expect(await refuse(['it is taken', 'it is taken', 'it is taken'])).toEqual([])
  })
})
