import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import { CASE, create, leftIn, NAME, runOn, sendIn, sentAfterCase } from '../fixtures/run-things.ts'

describe('what a case made', () => {
  it('is read, removed, and seen to be gone', async () => {
    const run = runOn()
    await create(run)
    expect(await sentAfterCase(run)).toEqual(['GET /things/t1', 'DELETE /things/t1', 'GET /things/t1'])
    expect(run.names()).toEqual(['Stranger'])
    expect(await sentAfterCase(run)).toEqual([])
    await run.cleanUp.finish()
    expect(leftIn(run)).toEqual([])
  })

  it('is removed after its case, and not after another', async () => {
    const run = runOn()
    await sendIn(run, 'POST /things', { body: { name: NAME } }, 'another')
    expect(await sentAfterCase(run)).toEqual([])
    await run.cleanUp.finish()
    expect(run.names()).toEqual(['Stranger'])
  })

  it('is nothing after a refusal', async () => {
    const run = runOn({ 'POST /things': { status: 400, body: { id: 't1' } } })
    await create(run)
    expect(await sentAfterCase(run)).toEqual([])
    expect(leftIn(run)).toEqual([])
  })

  it('is removed with the credentials that made it', async () => {
    const run = runOn()
    await create(run, { name: NAME }, 'second')
    expect(await sentAfterCase(run)).toEqual([
      'second GET /things/t1',
      'second DELETE /things/t1',
      'second GET /things/t1',
    ])
  })

  it('may be gone already, if a case saw it or removed it', async () => {
    const run = runOn()
    await create(run)
    await sendIn(run, 'PUT /things/{id}', { path: { id: 't1' }, body: {} })
    run.things.delete('t1')
    // A change may have given it another id: it is looked for.
    expect(await sentAfterCase(run)).toEqual(['GET /things/t1', 'GET /things'])
    const other = runOn()
    await create(other)
    await sendIn(other, 'DELETE /things/{id}', { path: { id: 't1' } })
    expect(await sentAfterCase(other)).toEqual(['GET /things/t1'])
    await other.cleanUp.finish()
    expect(leftIn(other)).toEqual([])
  })

  it('is proven anew where a case has removed it: its id may be somebody else’s now', async () => {
    const run = runOn()
    await create(run)
    await sendIn(run, 'DELETE /things/{id}', { path: { id: 't1' } })
    run.things.set('t1', { id: 't1', name: 'Newcomer' })
    expect(await sentAfterCase(run)).toEqual(['GET /things/t1', 'GET /things'])
    expect(run.names()).toEqual(['Stranger', 'Newcomer'])
  })

  it('may have been removed though no answer came', async () => {
    const run = runOn((server) => ({
      'DELETE /things/t1'(request) {
        server(request)
        return new Error('it hung up')
      },
    }))
    await create(run)
    expect(await run.cleanUp.afterCase(CASE)).toEqual([])
    expect(leftIn(run)).toEqual([])
  })

  it('is made as long as nothing says otherwise: an id that is forgotten may come again', async () => {
    const run = runOn((server) => ({
      'POST /things'(request) {
        const { id, ...thing } = (server(request) as { body: Json }).body
        run.things.delete(id)
        run.things.set('same', { id: 'same', ...thing })
        return { status: 201, body: { id: 'same', ...thing } }
      },
    }))
    for (let turn = 0; turn < 2; turn++) {
      await create(run)
      expect(await sentAfterCase(run)).toEqual(['GET /things/same', 'DELETE /things/same', 'GET /things/same'])
    }
    expect(leftIn(run)).toEqual([])
  })
})

describe('what shows late, or stays at first', () => {
  const unnamed: Parameters<typeof runOn>[0] = (server) => ({
    'POST /things'(request) {
      server(request)
      return { status: 201 }
    },
  })

  it('is looked for once more at the end of the run', async () => {
    let looks = 0
    const run = runOn((server) => ({
      ...(typeof unnamed === 'function' && unnamed(server)),
      'GET /things/': server,
      'GET /things': (request) => (++looks <= 3 ? { body: { things: [{ id: 'old' }] } } : server(request)),
    }))
    await create(run)
    await run.cleanUp.afterCase(CASE)
    await run.cleanUp.finish()
    expect(looks).toBe(4)
    expect(run.names()).toEqual(['Stranger'])
    expect(leftIn(run)).toEqual([])
  })

  it('is nothing that may have been created once it was found, though the list has no end', async () => {
    const run = runOn((server) => ({
      'POST /things'(request) {
        server(request)
        return { status: 500 }
      },
      'GET /things/': server,
      'GET /things': () => ({ body: { things: [...run.things.values()], total: 99 } }),
    }))
    await create(run)
    await run.cleanUp.finish()
    expect(run.names()).toEqual(['Stranger'])
    expect(leftIn(run)).toEqual([])
  })

  it('is told with the reason why it stayed at first', async () => {
    const answers = [500, 403]
    const run = runOn({ DELETE: () => ({ status: answers.shift() ?? 404 }) })
    await create(run)
    await run.cleanUp.afterCase(CASE)
    await run.cleanUp.finish()
    expect(answers).toEqual([])
    expect(leftIn(run)).toEqual([expect.stringMatching(/answered 500, and it is still there$/)])
  })

  it('is told once, and does not stand for something else that was lost', async () => {
    const run = runOn({ DELETE: { status: 204 } })
    await create(run)
    await create(run)
    await sendIn(run, 'PUT /things/{id}', { path: { id: 't2' }, body: { name: 'Rex' } })
    await run.cleanUp.afterCase(CASE)
    await run.cleanUp.finish()
    expect(run.names()).toEqual(['Stranger', NAME, 'Rex'])
    expect(leftIn(run)).toEqual([expect.stringContaining('{"id":"t1"}'), expect.stringContaining('t2')])
  })

  it('is not removed again where another thing has its id by now', async () => {
    const run = runOn((server) => ({
      DELETE(request) {
        const reply = server(request)
        run.things.set('t1', { id: 't1', name: 'Somebody' })
        return reply
      },
    }))
    await create(run)
    await run.cleanUp.afterCase(CASE)
    await run.cleanUp.finish()
    expect(run.names()).toEqual(['Stranger', 'Somebody'])
    expect(run.sent.filter((line) => line.startsWith('DELETE'))).toEqual(['DELETE /things/t1'])
  })
})

describe('what would be left if the run ended now', () => {
  it('is all that is not removed yet', async () => {
    const run = runOn({ DELETE: { status: 403 } }, { leave: { isNear: true } })
    const request = run.kit.builderOf('POST /things').request({ body: { name: NAME } })
    run.cleanUp.expect(request)
    const told = () => run.cleanUp.pending().map(({ what, reason }) => `${what}: ${reason}`)
    expect(told()).toEqual(['what POST /things may have created: it was not looked for yet'])
    await run.cleanUp.unanswered(CASE, request, 'it hung up')
    expect(told()).toEqual(['what POST /things may have created: it hung up'])
    await run.cleanUp.finish()
    await create(run)
    const left = 'POST /things → DELETE /things/{id} {"id":"t1"}'
    expect(told().slice(-1)).toEqual([`${left}: it was not removed yet`])
    await run.cleanUp.afterCase(CASE)
    expect(told().slice(-1)).toEqual([`${left}: DELETE /things/t1 answered 403, and it is still there`])
  })

  it('is nothing while something is read or changed', () => {
    const run = runOn()
    for (const id of ['GET /things', 'PUT /things/{id}']) run.cleanUp.expect(run.kit.builderOf(id).request())
    expect(run.cleanUp.pending()).toEqual([])
  })
})
