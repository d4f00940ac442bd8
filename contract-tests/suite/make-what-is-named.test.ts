import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import type { Answer } from '../fixtures/furnish-run.ts'
import { documentWith, listOf, objectOf, TEXT } from '../fixtures/inline-document.ts'
import { type VerifyOptions, verify } from './verify.ts'
import type { CaseRequest, Send } from './vocabulary.ts'

const NAMED = { ...objectOf({ name: { ...TEXT, maxLength: 40 } }), required: ['name'] }
const BOARD = { ...objectOf({ id: TEXT, name: TEXT }), required: ['id', 'name'] }
const TASK = { ...objectOf({ id: TEXT, name: TEXT, done: { type: 'boolean' } }), required: ['id', 'name'] }
const BOARDS = {
  'POST /boards': { takes: NAMED, gives: BOARD },
  'GET /boards': { gives: listOf(BOARD) },
  'GET /boards/{boardId}': { gives: BOARD },
  'DELETE /boards/{boardId}': {},
  'POST /boards/{boardId}/tasks': { takes: NAMED, gives: TASK },
  'GET /boards/{boardId}/tasks': {
    gives: listOf(TASK),
    parameters: [{ name: 'done', in: 'query', schema: { type: 'boolean' } }],
  },
}
const ofTask = (path: string) => ({
  [`GET ${path}`]: { gives: TASK },
  [`PATCH ${path}`]: { takes: objectOf({ name: TEXT }), gives: TASK },
  [`DELETE ${path}`]: {},
})
/** Tasks lie below their board, and each has a path that leads over it. */
const NESTED = documentWith({ ...BOARDS, ...ofTask('/boards/{boardId}/tasks/{taskId}') })
/** Tasks are made below their board, and each has a path that leaves the board out. */
const SHALLOW = documentWith({
  ...BOARDS,
  ...ofTask('/tasks/{taskId}'),
  'POST /tasks/{taskId}/stars': { takes: NAMED, gives: objectOf({ name: TEXT }) },
})

function readJson(text = '{}'): Json {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A server that has nothing but what it is sent. */
function keepBoards() {
  const boards = new Map<string, Json>()
  const tasks = new Map<string, Json>()
  const boardOf = new Map<string, string | undefined>()
  let last = 0
  const answer = ({ method, path, body }: CaseRequest): Answer => {
    const steps = (path.split('?')[0] as string).split('/').slice(1)
    const sent = readJson(body)
    if (sent === undefined) return { status: 400 }
    if (steps[0] === 'boards' && steps[1] !== undefined && !boards.has(steps[1])) return { status: 404 }
    const isOfTask = steps.includes('tasks') && steps.at(-1) !== 'tasks'
    const [kept, id] = isOfTask
      ? [tasks, steps[steps.indexOf('tasks') + 1]]
      : [steps.at(-1) === 'tasks' ? tasks : boards, steps.at(-1) === 'tasks' ? undefined : steps[1]]
    if (id !== undefined && !kept.has(id)) return { status: 404 }
    if (method === 'POST' && (typeof sent?.name !== 'string' || sent.name.length > 40)) return { status: 400 }
    if (steps.at(-1) === 'stars') return { body: sent }
    if (method === 'POST') {
      const made: Json = { id: `n${++last}`, ...sent }
      boardOf.set(made.id, kept === tasks ? steps[1] : undefined)
      kept.set(made.id, made)
      return { body: made }
    }
    if (id === undefined)
      return {
        body: [...kept.values()].filter((one) => boardOf.get(one.id) === (kept === tasks ? steps[1] : undefined)),
      }
    if (method === 'DELETE') kept.delete(id)
    if (method === 'PATCH') kept.set(id, { ...kept.get(id), ...sent })
    return method === 'DELETE' ? {} : { body: kept.get(id) }
  }
  return { boards, tasks, answer }
}

async function run(
  document: typeof NESTED,
  spoil: (answer: (request: CaseRequest) => Answer) => (request: CaseRequest) => Answer = (answer) => answer,
  options: Partial<VerifyOptions> = {},
) {
  const { boards, tasks, answer } = keepBoards()
  boards.set('mine', { id: 'mine', name: 'Somebody’s' })
  const spoiled = spoil(answer)
  const sent: string[] = []
  const send: Send = async (request) => {
    sent.push(`${request.method} ${request.path}`)
    const said = spoiled(request)
    if (said instanceof Error) throw said
    const { status = 200, body } = said
    const headers = { 'content-type': 'application/json' }
    return { status, headers, text: body === undefined ? '' : JSON.stringify(body), duration: 1 }
  }
  const run = { document, name: 'boards', seed: 's', tag: 'tagged12', send }
  const { results, leftovers } = await verify({ ...run, ...options })
  const outcomeOf = (id: string) => results.find((one) => one.case.id === id)?.outcome
  const failed = results.filter(({ outcome }) => outcome === 'fail').map((one) => one.case.id)
  return { results, outcomeOf, failed, leftovers, sent, left: { boards: [...boards.keys()], tasks: [...tasks.keys()] } }
}

describe.each([
  ['a path over its board', NESTED, '/boards/{boardId}/tasks/{taskId}'],
  ['a path of its own', SHALLOW, '/tasks/{taskId}'],
])('a thing with %s', (_, document, path) => {
  it('is made before it is read, changed and removed, and so is what it lies below', async () => {
    const { outcomeOf, leftovers, left } = await run(document)
    for (const id of [
      'GET /boards/{boardId}/accepts/plain',
      'GET /boards/{boardId}/tasks/accepts/plain',
      'GET /boards/{boardId}/tasks/accepts/query/done/true',
      'POST /boards/{boardId}/tasks/accepts/plain',
      'POST /boards/{boardId}/tasks/refuses/name/maxLength',
      `GET ${path}/accepts/plain`,
      `PATCH ${path}/accepts/plain`,
      `DELETE ${path}/accepts/plain`,
    ])
      expect([id, outcomeOf(id)]).toEqual([id, 'pass'])
    expect(leftovers).toEqual([])
    expect(left).toEqual({ boards: ['mine'], tasks: [] })
  })

  it('is seen to be shown wrongly', async () => {
    const { failed } = await run(document, (answer) => (request) => {
      const said = answer(request)
      return request.operationId === `GET ${path}` && !(said instanceof Error) && said.body !== undefined
        ? { body: { ...said.body, name: 7 } }
        : said
    })
    expect(failed).toContain(`GET ${path}/accepts/plain`)
  })

  it('may not show at once: that it is not found fails nobody who reads it', async () => {
    const { outcomeOf } = await run(
      document,
      (answer) => (request) => (request.operationId === `GET ${path}` ? { status: 404 } : answer(request)),
    )
    expect(outcomeOf(`GET ${path}/accepts/plain`)).toBe('not-reached')
  })
})

describe('what is made for a case', () => {
  it('is told by the cases of its own operation where its reply is wrong', async () => {
    const { outcomeOf } = await run(NESTED, (answer) => (request) => {
      const said = answer(request)
      return request.operationId === 'POST /boards' && !(said instanceof Error) && said.body !== undefined
        ? { body: { ...said.body, name: 7 } }
        : said
    })
    const ids = ['POST /boards', 'POST /boards/{boardId}/tasks', 'GET /boards/{boardId}/tasks', 'GET /boards/{boardId}']
    expect(ids.map((id) => outcomeOf(`${id}/accepts/plain`))).toEqual(['fail', 'pass', 'pass', 'pass'])
  })

  it('is not made where what is read is there, or the run was given it', async () => {
    const { sent } = await run(NESTED, undefined, { params: { boardId: 'mine' } })
    expect(sent.filter((line) => line.startsWith('GET /boards/mine/tasks'))).not.toEqual([])
    expect(sent.filter((line) => /^GET \/boards\/(?!mine)[^/]+\/tasks(?:\?|$)/.test(line))).toEqual([])
  })

  it('is made once for all cases of an operation that only lie their own below it', async () => {
    const { sent, results, left } = await run(NESTED)
    const cases = results.filter(({ case: { operationId } }) => operationId === 'POST /boards/{boardId}/tasks')
    const below = sent.filter((line) => /^POST .*tasks$/.test(line)).map((line) => line.split('/')[2])
    expect(cases.length).toBeGreaterThan(5)
    expect(below.length).toBeGreaterThan(cases.length)
    // One for each of four operations, and two in the story of tasks.
    expect(new Set(below).size).toBeLessThanOrEqual(6)
    expect(left.boards).toEqual(['mine'])
  })

  it('is made for each case of an operation that changes it', async () => {
    const { sent } = await run(NESTED)
    const changed = sent.filter((line) => /^PATCH /.test(line))
    expect(new Set(changed).size).toBe(changed.length)
  })
})

/** Boards that nobody creates, and tasks that are put on them. */
const LISTED = documentWith({
  'GET /boards': { gives: listOf(BOARD) },
  'GET /boards/{boardId}': { gives: BOARD },
  'PATCH /boards/{boardId}': { takes: objectOf({ name: TEXT }), gives: BOARD },
  'DELETE /boards/{boardId}': {},
  'POST /boards/{boardId}/tasks': { takes: NAMED, gives: TASK },
  'GET /boards/{boardId}/tasks': { gives: listOf(TASK) },
  'GET /boards/{boardId}/tasks/{taskId}': { gives: TASK },
  'DELETE /boards/{boardId}/tasks/{taskId}': {},
})

describe('what nobody creates', () => {
  it('is found in its list, and read', async () => {
    const { outcomeOf, results, sent, left } = await run(LISTED)
    const read = ['GET /boards/{boardId}', 'GET /boards/{boardId}/tasks']
    expect(read.map((id) => outcomeOf(`${id}/accepts/plain`))).toEqual(['pass', 'pass'])
    const ofOne = results.filter(({ case: { operationId } }) => operationId === 'GET /boards/{boardId}')
    expect(ofOne.map(({ outcome }) => outcome)).not.toContain('not-reached')
    // Nothing is put there, and nothing is changed.
    expect(sent.filter((line) => /^(?:POST|PATCH|DELETE) .*mine/.test(line))).toEqual([])
    expect(left).toEqual({ boards: ['mine'], tasks: [] })
  })

  it('holds what is put there where that is allowed, and is itself neither changed nor removed', async () => {
    const { outcomeOf, sent, left } = await run(LISTED, undefined, { allowChanges: true })
    const ids = ['POST /boards/{boardId}/tasks', 'GET /boards/{boardId}/tasks/{taskId}']
    expect(ids.map((id) => outcomeOf(`${id}/accepts/plain`))).toEqual(['pass', 'pass'])
    expect(sent.filter((line) => /^(?:PATCH|DELETE) \/boards\/mine$/.test(line))).toEqual([])
    expect(left).toEqual({ boards: ['mine'], tasks: [] })
  })
})
