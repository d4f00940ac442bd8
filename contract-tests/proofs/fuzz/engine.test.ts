import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Api, basePathOf } from '../../../mocks/api/api.ts'
import { SESSION_HEADER } from '../../../mocks/api/mock.ts'
import { BUILT_IN } from '../../../mocks/built-in.ts'
import { createMock } from '../../../mocks/create-mock.ts'
import { descope } from '../../../mocks/descope.ts'
import { dynamic } from '../../../mocks/dynamic.ts'
import type { Answer, Call, Decision } from '../../../mocks/engine/vocabulary.ts'
import { royalti } from '../../../mocks/royalti.ts'
import type { Snapshot } from '../../../mocks/state/snapshot.ts'
import { hostileCalls, knownTexts } from './hostile-calls.ts'
import { FUZZ_TIMEOUT, fuzz, keepCalls, openCalls, pack, readCorpus, share } from './keep-corpus.ts'
import { growTree, mutate, mutations, writeTree } from './mutate-json.ts'
import { answerSoundly, insist, insistOnCleanPrototypes, insistOnSoundState, stateFor } from './stay-sound.ts'

const APIS = await Promise.all(Object.values(BUILT_IN).map((load) => load()))
const mock = createMock({ apis: APIS, clock: () => new Date('2026-11-22T12:00:00.000Z'), warn: () => {} })

const ENVIRONMENT = '95b11417-f18f-457f-8804-68e361f9164f'
const USERS = `/api/v0/environments/${ENVIRONMENT}/users`
const headersOf = (api: Api) => ({
  authorization: `Bearer ${api.behaviours.exampleCredential}`,
  'content-type': 'application/json',
})
/** How each API shows all its users, and how many it says there are. */
const LISTS: Readonly<Record<string, { call: Call; countOf: (body: never) => number }>> = {
  dynamic: {
    call: { method: 'GET', path: USERS, headers: headersOf(dynamic) },
    countOf: ({ count }: { count: number }) => count,
  },
  royalti: {
    call: { method: 'GET', path: '/user/', headers: headersOf(royalti) },
    countOf: ({ totalUsers }: { totalUsers: number }) => totalUsers,
  },
  descope: {
    call: {
      method: 'POST',
      path: '/v2/mgmt/user/search',
      headers: headersOf(descope),
      text: '{"withTestUser":true}',
    },
    countOf: ({ total }: { total: number }) => total,
  },
}

/** The users that the examples speak of. */
const loginIds = new Set(
  [...JSON.stringify(descope.examples).matchAll(/"(?:loginId|userId)":"([^"]+)"/g)].map(([, id]) => id),
)

/** The users of each bulk request's first example, and those of other examples: the state that hostile calls find. */
const furnished: Snapshot = (() => {
  for (const api of APIS) {
    const { creation } = api.behaviours
    const operation = api.operations.find(({ id }) => id === creation?.operationId)
    if (!operation) throw new Error(`${api.name} has no bulk creation`)
    const [example] = Object.values(api.examples[operation.id]?.request ?? {})
    const spokenOf = { users: [...loginIds].slice(0, 15).map((loginId) => ({ loginId })) }
    for (const body of api.name === 'descope' ? [spokenOf] : [example]) {
      const path = api === APIS[0] ? `${USERS}/bulk` : operation.path
      const { reply } = mock.serve({ method: 'POST', path, headers: headersOf(api), text: JSON.stringify(body) })
      if (reply.status >= 300) throw new Error(`${api.name} refuses its own example: ${JSON.stringify(reply.body)}`)
    }
  }
  return mock.snapshot()
})()

const knownOf = new Map(APIS.map((api) => [api.name, knownTexts(api, furnished.apis[api.name])]))
const idsOf = (api: Api) =>
  Object.values(furnished.apis[api.name] ?? {}).flatMap(({ users = [] }) =>
    users.map((user) => api.behaviours.collections['users']?.idOf(user) as string),
  )
const callsOf = (api: Api) => hostileCalls(api, knownOf.get(api.name) ?? [], idsOf(api))
const anyCall = fc.oneof(...APIS.map(callsOf))

const begin = (state = furnished): void => {
  mock.reset()
  mock.restore(state)
}

/** Every row of a bulk request is accounted for exactly once. */
function insistOnTotals({ reply, operationId, isForced }: Answer, { text = '' }: Call): void {
  if (isForced || reply.status >= 300) return
  const lengths = (...names: string[]) =>
    names.reduce((sum, name) => sum + ((reply.body as Record<string, unknown[]>)[name]?.length ?? Number.NaN), 0)
  if (operationId === 'bulkCreateUser') {
    const { total } = reply.body as { total: number }
    const sum = lengths('created', 'updated', 'failed')
    insist(total === sum && total === JSON.parse(text).length, `a total of ${total}, but ${sum} rows`)
  }
  if (operationId === 'bulkCreateUsers') {
    insist(lengths('createdUsers', 'errors') === JSON.parse(text).users.length, 'rows are neither created nor failed')
  }
  if (operationId === 'createUsersBatch') {
    insist(
      lengths('createdUsers', 'failedUsers') === JSON.parse(text).users.length,
      'rows are neither created nor failed',
    )
  }
}

/** The next good request is answered, with as many users as there are. */
function insistOnLists(names: readonly string[] = Object.keys(LISTS)): void {
  for (const name of names) {
    const { call, countOf } = LISTS[name] as (typeof LISTS)[string]
    const { reply, refusal } = mock.serve(call)
    insist(reply.status === 200, `the next good request of ${name} is answered ${reply.status}: ${refusal?.message}`)
    const stored = mock.snapshot().apis[name] ?? {}
    const tenant = { dynamic: ENVIRONMENT, descope: 'P2example' }[name] ?? Object.keys(furnished.apis[name] ?? {})[0]
    const users = stored[tenant ?? '']?.['users']?.length ?? 0
    const count = countOf(reply.body as never)
    insist(count === users, `${name} lists ${count} users of ${users}`)
  }
}

/** Calls in a row on one mock, from the same state each time. */
function callInARow(calls: readonly Call[]): void {
  begin()
  for (const call of calls) {
    const answer = answerSoundly(mock, call)
    insistOnTotals(answer, call)
  }
  insistOnSoundState(mock, APIS)
  insistOnLists()
}

describe('the corpus', () => {
  it.each(readCorpus('engine'))('holds: %s', (_, kept) => {
    callInARow(openCalls(kept))
  })
})

describe('a hostile call', () => {
  it.each(APIS.map((api) => [api.name, api] as const))(
    'of %s is answered, changes nothing when refused, and lets the next one through',
    async (name, api) => {
      const state = { version: 2, apis: { [name]: furnished.apis[name] }, outbox: [] } as Snapshot
      // What was refused has changed nothing, which is held: to put the same state back, and to write it out before the next
      // call too, takes most of the time.
      let known: string | undefined
      const alone = (call: Call) => {
        if (known === undefined) begin(state)
        const isElsewhere = call.headers?.[SESSION_HEADER] !== undefined
        const before = isElsewhere ? undefined : (known ?? stateFor(mock, call))
        known = undefined
        const answer = answerSoundly(mock, call, before)
        insistOnTotals(answer, call)
        if (answer.reply.status < 300) insistOnSoundState(mock, [api])
        insistOnLists([name])
        if (answer.reply.status >= 400) known = before
      }
      await fuzz(share(22), callsOf(api), alone, (call) => keepCalls([call]))
    },
    FUZZ_TIMEOUT,
  )

  it('is one that operations accept and refuse in good numbers', () => {
    const statuses: Record<string, number> = {}
    for (const call of fc.sample(anyCall, { seed: 1, numRuns: 3000 })) {
      begin()
      const { operationId = 'none', reply } = mock.serve(call)
      const key = `${operationId} ${reply.status < 300 ? 'accepted' : 'refused'}`
      statuses[key] = (statuses[key] ?? 0) + 1
    }
    for (const { id } of APIS.flatMap(({ operations }) => operations)) {
      expect(statuses[`${id} accepted`] ?? 0, `${id} accepted, of ${JSON.stringify(statuses)}`).toBeGreaterThan(0)
      expect(statuses[`${id} refused`] ?? 0, `${id} refused, of ${JSON.stringify(statuses)}`).toBeGreaterThan(0)
    }
  })
})

describe('a key that every object has', () => {
  /** Every object of every example, with a member more. */
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
  const values = ['{"polluted":true}', '{"prototype":{"polluted":true}}', 'null', '"x"']

  it.each(APIS.map((api) => [api.name, api] as const))('is a key like others at every level of %s', (name, api) => {
    const state = { version: 2, apis: { [name]: furnished.apis[name] }, outbox: [] } as unknown as Snapshot
    for (const operation of api.operations) {
      const path = basePathOf(api) + operation.path.replaceAll('{environmentId}', ENVIRONMENT)
      for (const example of Object.values(api.examples[operation.id]?.request ?? {})) {
        const tree = growTree(example)
        const nodes = writeTree(tree).length / 4
        for (let at = 0; at < Math.min(nodes, 60); at++) {
          for (const [index, key] of names.entries()) {
            const raw = values[index] as string
            const text = writeTree(mutate(tree, { at, how: 'add', raw, name: key, times: 1 }))
            begin(state)
            answerSoundly(mock, { method: operation.method, path, headers: headersOf(api), text })
          }
        }
      }
    }
  })
})

describe('a behaviour that fails after its work', () => {
  /** What is put back is read, so that it fails only once it is there. */
  let isSabotaged = false
  const sabotage = (api: Api, ending: (decision: Decision) => Decision): Api => {
    const operations = Object.entries(api.behaviours.operations).map(([id, behave]) => {
      const fail = (turn: Parameters<typeof behave>[0]) => (isSabotaged ? ending(behave(turn)) : behave(turn))
      return [id, fail] as const
    })
    return { ...api, behaviours: { ...api.behaviours, operations: Object.fromEntries(operations) } }
  }

  it.each<[how: string, ending: (decision: Decision) => Decision]>([
    ['refuses', () => ({ refused: 'failure', message: 'after all' })],
    ['replies what it does not declare', () => ({ status: 299, body: {} })],
    ['replies a failure', () => ({ status: 400, body: {} })],
    [
      'throws',
      () => {
        throw new Error('after all')
      },
    ],
  ])('changes nothing: it %s', async (_, ending) => {
    const broken = createMock({ apis: APIS.map((api) => sabotage(api, ending)), warn: () => {} })
    const change = (call: Call) => {
      isSabotaged = false
      broken.reset()
      broken.restore(furnished)
      isSabotaged = true
      const before = JSON.stringify(broken.snapshot())
      const { reply, isForced } = broken.serve({ ...call, headers: { ...call.headers, 'x-rollcall-session': '' } })
      insist(reply.status >= 400 || isForced === true, `a failure is answered ${reply.status}`)
      insist(JSON.stringify(broken.snapshot()) === before, 'what failed changed the state')
    }
    await fuzz(share(1), anyCall, change, (call) => keepCalls([call]))
  })
})

describe('hostile calls in a row', () => {
  it(
    'leave a sound state',
    () => fuzz(share(1), fc.array(anyCall, { minLength: 5, maxLength: 25 }), callInARow, keepCalls),
    FUZZ_TIMEOUT,
  )
})

describe('a hostile state', () => {
  const texts = APIS.flatMap((api) => knownOf.get(api.name) ?? [])
  const states = fc
    .array(mutations(texts), { minLength: 1, maxLength: 3 })
    .map((changes) => writeTree(changes.reduce(mutate, growTree(furnished))))

  it(
    'is refused, and the state stays; or is taken as it is, and no call throws',
    async () => {
      const take = (text: string) => {
        let state: Snapshot
        try {
          state = JSON.parse(text)
        } catch {
          return
        }
        begin()
        const before = JSON.stringify(mock.snapshot())
        try {
          mock.restore(state)
        } catch (error) {
          insist(error instanceof Error && error.message !== '', 'a state is refused without a word')
          insist(JSON.stringify(mock.snapshot()) === before, 'a refused state changed the state')
          return
        }
        insistOnSoundState(mock, APIS)
        for (const { call } of Object.values(LISTS)) mock.serve(call)
        insistOnCleanPrototypes()
      }
      await fuzz(share(7), states, take, (text) => ({ state: pack(text) }))
    },
    FUZZ_TIMEOUT,
  )
})

describe('a hostile order of failures', () => {
  const tree = growTree({ api: 'dynamic', operationId: 'bulkCreateUser', status: 503, times: 2 })
  const known = [
    'dynamic',
    'descope',
    'royalti',
    'bulkCreateUser',
    'patchUser',
    'email_already_exists',
    'status',
    'failure',
  ]
  const orders = fc
    .array(mutations(known), { minLength: 1, maxLength: 3 })
    .map((changes) => writeTree(changes.reduce(mutate, tree)))

  it(
    'is refused or obeyed, and can be cleared',
    async () => {
      const obey = (text: string) => {
        begin()
        try {
          mock.failNext(JSON.parse(text))
        } catch (error) {
          insist(error instanceof Error && error.message !== '', 'an order is refused without a word')
          return insistOnLists()
        }
        const bulk: Call = { method: 'POST', path: `${USERS}/bulk`, headers: headersOf(dynamic), text: '[{}]' }
        for (let times = 0; times < 3; times++) answerSoundly(mock, bulk)
        mock.session('').clearFailures()
        insist(answerSoundly(mock, bulk).reply.status === 201, 'a cleared order is still obeyed')
      }
      await fuzz(share(7), orders, obey, (text) => ({ order: pack(text) }))
    },
    FUZZ_TIMEOUT,
  )
})
