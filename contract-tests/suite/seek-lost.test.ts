import { describe, expect, it } from 'vitest'
import { buildContract } from '../../documents/contract/build-contract.ts'
import type { Json } from '../../documents/read/read-document.ts'
import type { Answer } from '../fixtures/furnish-run.ts'
import { THINGS } from '../fixtures/hold-things.ts'
import { documentWith, inQuery } from '../fixtures/inline-document.ts'
import {
  againIn,
  CASE,
  create,
  DRAWN,
  leftIn,
  NAME,
  ROWS,
  runOn,
  sendIn,
  sentAfterCase,
} from '../fixtures/run-things.ts'

describe('what no answer names', () => {
  const silent: [what: string, answer: Answer, told: string][] = [
    ['there is none', new Error('it hung up'), 'it hung up'],
    ['it is a failure', { status: 500, body: 'oops' }, 'it answered 500; it said "oops"'],
    ['it leads elsewhere', { status: 302 }, 'it answered 302'],
  ]

  it.each(silent)('is looked for in the list, and removed, where %s', async (_, answer) => {
    const run = runOn((server) => ({
      'POST /things'(request) {
        server(request)
        return answer
      },
    }))
    await create(run)
    expect(await sentAfterCase(run)).toEqual(['GET /things', 'GET /things/t1', 'DELETE /things/t1', 'GET /things/t1'])
    // Nobody knows how many there were; the list, read to its end, has no more.
    await run.cleanUp.finish()
    expect(leftIn(run)).toEqual([])
    expect(run.names()).toEqual(['Stranger'])
  })

  it.each(silent)('was not made where the list would show it, and %s', async (_, answer) => {
    const run = runOn({ 'POST /things': answer })
    await create(run)
    expect(await sentAfterCase(run)).toEqual(['GET /things'])
    expect(await againIn(run)).toBeUndefined()
    await run.cleanUp.finish()
    expect(leftIn(run)).toEqual([])
  })

  it.each(silent)('is told where the list would not show it, and %s', async (_, answer, told) => {
    const run = runOn({ 'POST /things': answer, 'GET /things': { body: { things: [{ id: 'old' }] } } })
    await create(run)
    await run.cleanUp.afterCase(CASE)
    expect((await againIn(run))?.flag).toBe('allow-leftovers')
    await run.cleanUp.finish()
    expect(leftIn(run)).toEqual([`what POST /things may have created: ${told}`])
  })

  it.each<[why: string, body: Json]>([
    ['what was sent would be known in nothing', { name: 'Rex' }],
    ['nothing was sent', undefined],
  ])('is told where %s', async (_, body) => {
    const run = runOn({ 'POST /things': { status: 500 } })
    await sendIn(run, 'POST /things', { body })
    await run.cleanUp.finish()
    expect(leftIn(run)).toEqual(['what POST /things may have created: it answered 500'])
  })

  it('was not made where the list is empty to its end, and is told where its end is not known', async () => {
    const empty = runOn({ 'POST /things': { status: 500 }, 'GET /things': { body: { things: [] } } })
    await create(empty, { name: 'Rex' })
    await empty.cleanUp.finish()
    expect(leftIn(empty)).toEqual([])
    const endless = runOn({ 'POST /things': { status: 500 }, 'GET /things': { body: { things: [], total: 9 } } })
    await create(endless)
    await endless.cleanUp.finish()
    expect(leftIn(endless)).toEqual(['what POST /things may have created: it answered 500'])
  })

  it('is no more than what the case has asked for: the list has things of other cases too', async () => {
    const run = runOn({ 'POST /things': { status: 500 } })
    await create(run, { name: NAME })
    run.things.set('other', { id: 'other', name: `${NAME} of another case` })
    expect(await sentAfterCase(run)).toEqual(['GET /things'])
    await run.cleanUp.finish()
    expect(run.names()).toEqual(['Stranger'])
  })

  it('is known by the values that were sent, where the tag shows nowhere', async () => {
    const body = { name: 'a name without the tag' }
    const run = runOn((server) => ({
      'POST /things'(request) {
        server(request)
        return { status: 500 }
      },
    }))
    await create(run, body)
    expect(await sentAfterCase(run)).toContain('DELETE /things/t1')
    expect(run.names()).toEqual(['Stranger'])
  })

  it('is known at the end of the run by the tag, or by values of a creation that was refused', async () => {
    const run = runOn((server) => ({
      'POST /things'(request) {
        server(request)
        return { status: 400 }
      },
    }))
    await create(run, { name: 'a name without the tag' })
    await create(run, { name: NAME })
    expect(await sentAfterCase(run)).toEqual([])
    await run.cleanUp.finish()
    expect(run.names()).toEqual(['Stranger'])
    expect(leftIn(run)).toEqual([])
  })

  it('is not known by values that a change has sent', async () => {
    const run = runOn()
    const body = { name: 'a name without the tag' }
    await sendIn(run, 'PUT /things/{id}', { path: { id: DRAWN }, body })
    run.things.set('new', { id: 'new', ...body })
    await create(run)
    await run.cleanUp.finish()
    expect([...run.things.keys()]).toContain('new')
  })

  it('is never what was there before, whatever it shows now', async () => {
    const run = runOn({ 'POST /things': { status: 500 } })
    run.things.set('like', { id: 'like', name: NAME })
    await create(run)
    await run.cleanUp.finish()
    expect(run.names()).toEqual(['Stranger', NAME])
  })

  it('is looked for in a list of the tenant that it was made in', async () => {
    const run = runOn({ 'second POST /things': { status: 500 }, 'POST /things': { status: 500 } })
    await create(run, { name: NAME }, 'second')
    expect(await sentAfterCase(run)).toEqual(['second GET /things'])
    await create(run)
    expect(await sentAfterCase(run)).toEqual(['GET /things'])
  })

  it('is looked for in a long list at the end of the run alone', async () => {
    const paths = THINGS.model.paths as Json
    const paged = {
      ...paths['/things'],
      get: { ...paths['/things'].get, parameters: [inQuery('offset', { type: 'integer' })] },
    }
    const document = buildContract({ ...THINGS.model, paths: { ...paths, '/things': paged } })
    const pages = 7
    const run = runOn(
      (server) => ({
        'GET /things/': server,
        'GET /things'({ path }) {
          const offset = Number(/offset=(\d+)/.exec(path)?.[1] ?? 0)
          const made = [...run.things.values()].filter(({ id }) => id !== 'old')
          return {
            body: { things: offset < pages ? [{ id: `old ${offset}`, name: 'Stranger' }] : made.slice(offset - pages) },
          }
        },
        'POST /things'(request) {
          server(request)
          return { status: 500 }
        },
      }),
      { document, leave: { isNear: true } },
    )
    await create(run)
    expect(await sentAfterCase(run)).toEqual([])
    await run.cleanUp.finish()
    expect(run.names()).toEqual(['Stranger'])
    expect(leftIn(run)).toEqual([])
  })

  it('is not looked for where there is no list', async () => {
    const document = documentWith({ 'POST /things': {}, 'GET /things/{id}': {}, 'DELETE /things/{id}': {} })
    const run = runOn({ 'POST /things': { status: 500 } }, { document })
    await create(run)
    await run.cleanUp.afterCase(CASE)
    await run.cleanUp.finish()
    expect(run.sent).toEqual([`POST /things {"name":"${NAME}"}`])
    expect(leftIn(run)).toEqual(['what POST /things may have created: it answered 500'])
  })

  it('is told as so many things as are missing', async () => {
    const links = {
      away: { operationId: 'DELETE /things/{id}', parameters: { id: '$response.body#/made/0/id' }, 'x-each': '/made' },
    }
    const document = documentWith({
      'POST /things': { takes: ROWS, links },
      'GET /things/{id}': {},
      'DELETE /things/{id}': {},
    })
    const run = runOn({ 'POST /things': { body: { made: 'two' } } }, { document })
    await create(run, { rows: [{ name: 'a' }, { name: 'b' }] })
    await run.cleanUp.finish()
    expect(leftIn(run)).toEqual([
      expect.stringMatching(/^2 things that POST \/things created: its reply does not name/),
    ])
  })
})
