import { describe, expect, it } from 'vitest'
import type { Document, Json } from '../documents/read-document.ts'
import type { Leave } from './admit-request.ts'
import type { RequestChanges } from './build-request.ts'
import { type Answer, type Answering, type FurnishedRun, furnishRun, lineOf, TAG } from './fixtures/furnish-run.ts'
import { holdThings, THINGS } from './fixtures/hold-things.ts'
import { documentWith, type InlineOperation, inQuery, listOf, objectOf, TEXT } from './fixtures/inline-document.ts'
import { fillPlaceholders } from './provoke-placeholders.ts'
import type { CaseRequest } from './vocabulary.ts'

const CASE = 'create/accepts/plain'
const NAME = `rollcall ${TAG}`
const ROWS = { ...objectOf({ rows: listOf(objectOf({ name: TEXT, size: {} })) }), required: ['rows'] }
const DRAWN = fillPlaceholders('{uuid}', { tag: TAG, unique: CASE })

/** A request of a case: it is let out, sent, and its answer is noted. */
async function sendIn(run: FurnishedRun, id: string, changes: RequestChanges = {}, by = CASE): Promise<Json> {
  const request = run.kit.builderOf(id).request(changes)
  expect(await run.gate.refuse(request, { id: by })).toBeUndefined()
  run.cleanUp.expect(request)
  const reply = await run.send(request)
  if ('failure' in reply) await run.cleanUp.unanswered(by, request, reply.failure)
  else await run.cleanUp.note(by, request, reply)
  return 'failure' in reply ? undefined : reply.body
}

const create = (run: FurnishedRun, body: Json = { name: NAME }, credentials?: CaseRequest['credentials']) =>
  sendIn(run, 'POST /things', { body, ...(credentials && { credentials }) })

/** What the clean-up sends after a case. */
async function sentAfterCase(run: FurnishedRun): Promise<string[]> {
  run.sent.length = 0
  await run.cleanUp.afterCase(CASE)
  return [...run.sent]
}

const leftIn = ({ cleanUp }: FurnishedRun) =>
  cleanUp.pending().map(({ what, reason, foreseen }) => `${foreseen ? 'foreseen: ' : ''}${what}: ${reason}`)

/** The server, but for what it says to some requests, by the beginning of their lines. */
const but =
  (server: Answering, others: Readonly<Record<string, Answer | ((request: CaseRequest) => Answer)>>): Answering =>
  (request) => {
    const other = Object.entries(others).find(([beginning]) => lineOf(request).startsWith(beginning))?.[1]
    if (other === undefined) return server(request)
    return typeof other === 'function' ? other(request) : other
  }

/** A run on a server with one stranger, which may answer something else here and there. */
function runOn(
  others: Parameters<typeof but>[1] | ((server: Answering) => Parameters<typeof but>[1]) = {},
  { document = THINGS, leave = {} }: { document?: Document; leave?: Partial<Leave> } = {},
) {
  const { things, answer } = holdThings({ id: 'old', name: 'Stranger' })
  const run = furnishRun(document, but(answer, typeof others === 'function' ? others(answer) : others), leave)
  return { ...run, things, names: () => [...things.values()].map(({ name }) => name) }
}

/** Why the next creation is not sent; undefined where it is. */
const againIn = (run: FurnishedRun) =>
  run.gate.refuse(run.kit.builderOf('POST /things').request({ body: { name: TAG } }), { id: CASE })

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

  it('is not asked to go again where two removals in a row had no answer', async () => {
    const run = runOn({ DELETE: new Error('it hung up') }, { leave: { isNear: true } })
    for (let turn = 0; turn < 3; turn++) await create(run)
    const sent = await sentAfterCase(run)
    expect(sent.filter((line) => line.startsWith('DELETE'))).toEqual(['DELETE /things/t1', 'DELETE /things/t2'])
    expect(leftIn(run)[2]).toBe(
      'POST /things → DELETE /things/{id} {"id":"t3"}: DELETE /things/{id} gave no answer before, and was not asked again',
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
      'something that POST /things created: it named POST /things → DELETE /things/{id} {"id":"new"}, which shows nothing of this run; it said {"id":"new"}',
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
    const both = { left: [], removed: ['DELETE /things/t1', 'DELETE /things/t2'], names: ['Stranger'] }
    expect(await make((made) => ({ made, updated: [{ id: 'old' }] }))).toEqual(both)
    expect(await make(() => ({ updated: [] }))).toEqual(both)
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
    await run.cleanUp.afterCase(CASE)
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
    const paths = THINGS.paths as Json
    const paged = {
      ...paths['/things'],
      get: { ...paths['/things'].get, parameters: [inQuery('offset', { type: 'integer' })] },
    }
    const document = { ...THINGS, paths: { ...paths, '/things': paged } }
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

describe('what a change made', () => {
  const TAGS: Readonly<Record<string, InlineOperation>> = {
    'GET /things/{id}': {},
    'PUT /things/{id}': { takes: objectOf({ name: TEXT }) },
    'DELETE /things/{id}': {},
  }
  const put = (run: FurnishedRun, id = DRAWN) => sendIn(run, 'PUT /things/{id}', { path: { id }, body: { name: NAME } })

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

  it('by leave is told once it is done: nobody knows what was there before', async () => {
    const run = runOn({}, { document: documentWith(TAGS), leave: { allowChanges: true } })
    await put(run, 'old')
    await run.cleanUp.afterCase(CASE)
    await run.cleanUp.finish()
    expect(run.sent).toEqual([`PUT /things/old {"name":"${NAME}"}`])
    expect(leftIn(run)).toEqual([
      expect.stringMatching(/^foreseen: something that PUT \/things\/old created: it may have changed what was there/),
    ])
    const failing = runOn({ PUT: { status: 500 } }, { document: documentWith(TAGS), leave: { allowChanges: true } })
    await put(failing, 'old')
    await failing.cleanUp.finish()
    expect(leftIn(failing)).toEqual([])
  })

  it('of its id is followed, if the reply says which it has now', async () => {
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
      'GET /things/t1',
      ...['GET /things/t9', 'DELETE /things/t9', 'GET /things/t9'],
    ])
    expect(run.names()).toEqual(['Stranger'])
  })

  it('to what a body names is nothing new', async () => {
    const document = documentWith({
      'POST /things': {
        role: 'subject',
        links: {
          away: { operationId: 'DELETE /things/{id}', parameters: { id: '$response.body#/id' } },
          rename: { operationId: 'POST /rename', requestBody: { id: '$response.body#/id' } },
        },
      },
      'POST /rename': { role: 'subject', takes: objectOf({ id: TEXT }) },
      'GET /things/{id}': { role: 'read-back' },
      'DELETE /things/{id}': { role: 'clean-up' },
    })
    for (const leave of [{}, { allowChanges: true }]) {
      const run = runOn({ 'POST /rename': {} }, { document, leave })
      await sendIn(run, 'POST /rename', { body: { id: DRAWN } })
      expect(await sentAfterCase(run)).toEqual([])
      expect(leftIn(run)).toEqual([])
    }
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
    const document = structuredClone(SEARCHED)
    document.paths?.['/things'].post && (document.paths['/things'].post['x-failures'] = failures)
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
