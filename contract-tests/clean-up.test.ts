import { describe, expect, it } from 'vitest'
import type { Json } from '../documents/read-document.ts'
import { createKit } from './case-kit.ts'
import { CleanUp, toJudged } from './clean-up.ts'
import { documentOf } from './fixtures/inline-document.ts'
import type { CaseReply, CaseRequest } from './vocabulary.ts'

const OK = { '200': { description: 'Good' } }
const PATHS = {
  '/things/{id}': {
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
    delete: { operationId: 'remove', 'x-role': 'clean-up', responses: OK },
  },
  '/find': {
    get: {
      operationId: 'find',
      'x-role': 'read-back',
      parameters: [{ name: 'q', in: 'query', schema: { type: 'string' } }],
      responses: {
        '200': {
          description: 'Found',
          links: { away: { operationId: 'remove', parameters: { id: '$response.body#/things/0/id' } } },
        },
      },
    },
  },
}
const DIRECT = {
  away: { operationId: 'remove', parameters: { id: '$response.body#/created/0/id' }, 'x-each': '/created' },
}
const SEARCH = {
  byName: {
    operationId: 'find',
    parameters: { q: '$request.body#/rows/0/name' },
    'x-each': '$request.body#/rows',
    'x-shows': { '/things/0/name': '$request.body#/rows/0/name', '/things/0/size': '$request.body#/rows/0/size' },
  },
}

const request: CaseRequest = {
  operationId: 'create',
  method: 'POST',
  path: '/things',
  params: {},
  headers: {},
  body: JSON.stringify({ rows: [{ name: 'thing tagged12', size: 1 }] }),
}
const replyOf = (body: Json, status = 201): CaseReply => ({
  status,
  headers: {},
  text: JSON.stringify(body),
  duration: 1,
})

async function clean(links: Json, said: CaseReply, answers: Readonly<Record<string, CaseReply>> = {}, asked = request) {
  const document = documentOf({ type: 'object' }, { responses: { '201': { description: 'Created', links } } }, PATHS)
  const sent: string[] = []
  const cleanUp = new CleanUp(createKit(document, { tag: 'tagged12' }), async ({ method, path, credentials }) => {
    sent.push(`${method} ${path}${credentials ? ` ${credentials}` : ''}`)
    if (path.includes('broken')) throw new Error('it hung up')
    return answers[path] ?? replyOf({}, 200)
  })
  await cleanUp.after(asked, toJudged(said))
  return { sent, leftovers: cleanUp.leftovers.map(({ what, reason }) => `${what}: ${reason}`), cleanUp }
}

describe('clean-up', () => {
  it('removes each thing that a reply says was created, and nothing else', async () => {
    const { sent, leftovers } = await clean(
      DIRECT,
      replyOf({ created: [{ id: 'a' }, { id: 'b' }], updated: [{ id: 'c' }] }),
    )
    expect(sent).toEqual(['DELETE /things/a', 'DELETE /things/b'])
    expect(leftovers).toEqual([])
  })

  it('removes nothing after a refusal', async () => {
    expect((await clean(DIRECT, replyOf({ created: [{ id: 'a' }] }, 400))).sent).toEqual([])
  })

  it('uses the credentials that created it', async () => {
    const { sent } = await clean(DIRECT, replyOf({ created: [{ id: 'a' }] }), {}, { ...request, credentials: 'second' })
    expect(sent).toEqual(['DELETE /things/a second'])
  })

  it('is content with what is gone already, and lists what stays', async () => {
    const said = replyOf({ created: [{ id: 'gone' }, { id: 'stays' }, { id: 'broken' }] })
    const { leftovers } = await clean(DIRECT, said, {
      '/things/gone': replyOf({}, 404),
      '/things/stays': replyOf({}, 403),
    })
    expect(leftovers).toEqual([
      'create → remove {"id":"stays"}: DELETE /things/stays answered 403',
      'create → remove {"id":"broken"}: it hung up',
    ])
  })

  it('finds what has no id in the reply, and removes only what shows to be it', async () => {
    const things = [
      { id: 'other', name: 'thing of others', size: 1 },
      { id: 'ours', name: 'thing tagged12', size: 1 },
    ]
    const { sent, leftovers } = await clean(SEARCH, replyOf({}), { '/find?q=thing+tagged12': replyOf({ things }, 200) })
    expect(sent).toEqual(['GET /find?q=thing+tagged12', 'DELETE /things/ours'])
    expect(leftovers).toEqual([])
  })

  it('leaves, and lists, what carries the tag but is not what was sent', async () => {
    const things = [{ id: 'like', name: 'thing tagged12', size: 2 }]
    const { sent, leftovers } = await clean(SEARCH, replyOf({}), { '/find?q=thing+tagged12': replyOf({ things }, 200) })
    expect(sent).toEqual(['GET /find?q=thing+tagged12'])
    expect(leftovers).toEqual([expect.stringContaining('{"id":"like"}: it is not quite what was created')])
  })

  it('lists what a request without an answer may have created', async () => {
    const { cleanUp } = await clean(DIRECT, replyOf({}, 400))
    cleanUp.unanswered(request, 'it hung up')
    cleanUp.unanswered({ ...request, operationId: 'remove' }, 'it hung up')
    expect(cleanUp.leftovers).toEqual([
      { what: 'what POST /things may have created', reason: 'it hung up', foreseen: false },
    ])
  })
})
