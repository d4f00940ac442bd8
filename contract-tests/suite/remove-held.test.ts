import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import type { Answer } from '../fixtures/furnish-run.ts'
import { BATCHES, inBatches } from '../fixtures/hold-things.ts'
import { documentWith, listOf, objectOf, TEXT } from '../fixtures/inline-document.ts'
import { againIn, CASE, create, leftIn, NAME, runOn, sentAfterCase } from '../fixtures/run-things.ts'

describe('what stays', () => {
  it.each<[what: string, removal: Answer, reason: string]>([
    ['forbids it', { status: 403 }, 'DELETE /things/t1 answered 403, and it is still there'],
    ['breaks', { status: 500 }, 'DELETE /things/t1 answered 500, and it is still there'],
    ['leads elsewhere', { status: 302 }, 'DELETE /things/t1 answered 302, and it is still there'],
    ['gives no answer', new Error('it hung up'), 'it hung up, and it is still there'],
  ])('is listed where its removal %s', async (_, removal, reason) => {
    const run = runOn({ DELETE: removal })
    await create(run)
    expect(await run.cleanUp.afterCase(CASE)).toEqual([])
    expect(leftIn(run)).toEqual([`POST /things → DELETE /things/{id} {"id":"t1"}: ${reason}`])
    expect((await againIn(run))?.reason).toContain('could not be found or removed once')
  })

  it('is worth a note where its removal says that it is done', async () => {
    const run = runOn({ DELETE: { status: 204 } })
    await create(run)
    expect(await run.cleanUp.afterCase(CASE)).toEqual(
      [
        {
          rule: {
            text: 'what DELETE /things/{id} removed is gone',
            pointer: '#/paths/~1things~1%7Bid%7D/delete',
            evidence: 'assumed',
          },
          seen: 'DELETE /things/t1 answered 204, and it is still there',
        },
      ].map((breach) => ({ ...breach, seen: 'DELETE /things/t1 answered 204, and GET /things/t1 still finds it' })),
    )
    expect(leftIn(run)).toEqual([
      'POST /things → DELETE /things/{id} {"id":"t1"}: DELETE /things/t1 answered 204, and it is still there',
    ])
  })

  it('is listed where it cannot be read before its removal, which is not sent, and gone after it where its list says so', async () => {
    const never = runOn({ 'GET /things/t1': { status: 500 } })
    await create(never)
    expect(await sentAfterCase(never)).toEqual(['GET /things/t1'])
    expect(leftIn(never)).toEqual([expect.stringMatching(/: it could not be read, so nobody can say whose it is$/)])
    let reads = 0
    const once = runOn((server) => ({
      'GET /things/t1': (request) => (reads++ === 0 ? server(request) : { status: 500 }),
    }))
    await create(once)
    expect(await once.cleanUp.afterCase(CASE)).toEqual([])
    // Its list says that it is gone.
    expect(leftIn(once)).toEqual([])
  })

  it('goes in the order in which it can: what was made last may lie below what was made before it', async () => {
    const run = runOn()
    for (let turn = 0; turn < 3; turn++) await create(run)
    const sent = await sentAfterCase(run)
    const removed = sent.filter((line) => line.startsWith('DELETE'))
    expect(removed).toEqual(['DELETE /things/t3', 'DELETE /things/t2', 'DELETE /things/t1'])
  })

  it('goes side by side where one request made it, by as many as are free, behind the first', async () => {
    const sentBy = async (helpers: number) => {
      const run = runOn((server) => ({ 'POST /things': inBatches(server) }), { document: BATCHES, helpers })
      await create(run, { rows: [1, 2, 3, 4].map((size) => ({ name: `${NAME} ${size}`, size })) })
      await create(run, { rows: [{ name: NAME, size: 5 }] })
      const sent = await sentAfterCase(run)
      expect(run.names()).toEqual(['Stranger'])
      return sent.map((line) => line.replace('/things/', ''))
    }
    const oneByOne = ['t5', 't4', 't3', 't2', 't1'].flatMap((id) => [`GET ${id}`, `DELETE ${id}`, `GET ${id}`])
    expect(await sentBy(0)).toEqual(oneByOne)
    const atOnce = await sentBy(1)
    expect(atOnce.slice(0, 6)).toEqual(oneByOne.slice(0, 6))
    expect(atOnce.slice(6, 8)).toEqual(['GET t3', 'GET t2'])
    expect(atOnce.slice(6).toSorted()).toEqual(oneByOne.slice(6).toSorted())
    expect(atOnce.indexOf('GET t1')).toBeGreaterThan(atOnce.indexOf('DELETE t3'))
  })

  it('is not asked to go again where two removals in a row had no answer', async () => {
    const run = runOn({ DELETE: new Error('it hung up') }, { leave: { isNear: true } })
    for (let turn = 0; turn < 3; turn++) await create(run)
    const sent = await sentAfterCase(run)
    expect(sent.filter((line) => line.startsWith('DELETE'))).toEqual(['DELETE /things/t3', 'DELETE /things/t2'])
    expect(leftIn(run)[2]).toBe(
      'POST /things → DELETE /things/{id} {"id":"t1"}: DELETE /things/{id} gave no answer before, and was not asked again',
    )
  })

  it('is asked to go again after a removal that had an answer', async () => {
    let turn = 0
    const run = runOn(
      { DELETE: () => (turn++ % 2 === 0 ? new Error('it hung up') : { status: 403 }) },
      { leave: { isNear: true } },
    )
    for (let made = 0; made < 5; made++) await create(run)
    const sent = await sentAfterCase(run)
    expect(sent.filter((line) => line.startsWith('DELETE'))).toHaveLength(5)
  })
})

describe('what nobody can read alone', () => {
  const LISTED = documentWith({
    'POST /things': { takes: objectOf({ name: TEXT }) },
    'GET /things': { gives: objectOf({ things: listOf(objectOf({ id: TEXT, name: TEXT })) }) },
    'DELETE /things/{id}': {},
  })

  it('is looked for in its list, before and after its removal', async () => {
    const run = runOn({}, { document: LISTED })
    await create(run)
    expect(await sentAfterCase(run)).toEqual(['GET /things', 'DELETE /things/t1', 'GET /things'])
    expect(leftIn(run)).toEqual([])
  })

  it('stays where its list still has it', async () => {
    const run = runOn({ DELETE: { status: 204 } }, { document: LISTED })
    await create(run)
    const [note] = await run.cleanUp.afterCase(CASE)
    expect(note?.seen).toBe('DELETE /things/t1 answered 204, and GET /things still finds it')
    expect(leftIn(run)).toEqual([expect.stringMatching(/answered 204, and it is still there$/)])
  })

  it('is not removed where its list is not known to the end', async () => {
    const run = runOn(
      (server) => ({
        'GET /things': (request) => ({ body: { ...(server(request) as { body: Json }).body, total: 9 } }),
      }),
      { document: LISTED },
    )
    await create(run)
    expect(await sentAfterCase(run)).toEqual([])
    expect(leftIn(run)).toEqual([expect.stringMatching(/: it could not be read, so nobody can say whose it is$/)])
  })

  it('is not known to be gone where its list is not known to the end any more', async () => {
    let reads = 0
    const run = runOn(
      (server) => ({
        'GET /things'(request) {
          const { things } = (server(request) as { body: Json }).body
          return { body: { things, ...(reads++ > 1 && { total: 9 }) } }
        },
      }),
      { document: LISTED },
    )
    await create(run)
    await run.cleanUp.afterCase(CASE)
    expect(leftIn(run)).toEqual([expect.stringMatching(/answered 204, and nobody can say whether it is gone$/)])
  })
})
