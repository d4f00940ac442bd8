import { describe, expect, it } from 'vitest'
import type { Api } from '../api/api.ts'
import { createMock } from '../create-mock.ts'
import { descope } from '../descope.ts'
import { dynamic } from '../dynamic.ts'
import { royalti } from '../royalti.ts'
import { type Count, limitRate } from './limit-rate.ts'
import type { Call, RateLimit } from './vocabulary.ts'

const [operation] = dynamic.operations
const two: RateLimit = { name: 'two', requests: 2, seconds: 60 }
const BACK_OFF: RateLimit = { ...two, backOff: 90 }

/** Calls at these seconds; for each, what Retry-After says, or `ok`. */
function passAt(limits: readonly RateLimit[], seconds: readonly number[], caller = (_: number) => 'ada'): unknown[] {
  const counts = new Map<string, Count>()
  return seconds.map((second, index) => {
    if (!operation) throw new Error('no operation')
    const refusal = limitRate(limits, counts, operation, caller(index), second * 1000)
    return refusal ? Number(refusal.headers?.['retry-after']) : 'ok'
  })
}

describe('a limit', () => {
  it.each<[what: string, limit: RateLimit, seconds: number[], want: unknown[]]>([
    [
      'lets as many calls pass as it says, and refuses to the end of the window',
      two,
      [0, 1, 2, 30],
      ['ok', 'ok', 58, 30],
    ],
    ['counts from the first call, not by the minute', two, [50, 70, 100, 110], ['ok', 'ok', 10, 'ok']],
    ['begins anew when its window ends', two, [0, 1, 2, 60, 61, 62], ['ok', 'ok', 58, 'ok', 'ok', 58]],
    ['begins anew after a silence', two, [0, 1, 500, 501, 502], ['ok', 'ok', 'ok', 'ok', 58]],
    ['tells at least a second', two, [0, 0, 59.9], ['ok', 'ok', 1]],
    ['rounds up to whole seconds', two, [0, 0, 58.5], ['ok', 'ok', 2]],
    [
      'with a back-off refuses so long from the call that exceeded it',
      BACK_OFF,
      [0, 1, 2, 30, 59],
      ['ok', 'ok', 90, 62, 33],
    ],
    [
      'refuses through its back-off, also when the window has ended',
      BACK_OFF,
      [0, 1, 2, 61, 91, 92],
      ['ok', 'ok', 90, 31, 1, 'ok'],
    ],
  ])('%s', (_, limit, seconds, want) => {
    expect(passAt([limit], seconds)).toEqual(want)
  })

  it('counts each caller for itself', () => {
    expect(passAt([two], [0, 0, 0, 0, 0], (index) => (index % 2 ? 'ben' : 'ada'))).toEqual(['ok', 'ok', 'ok', 'ok', 60])
  })

  it('counts its own operations alone', () => {
    expect(passAt([{ ...two, operations: ['listUsers'] }], [0, 0, 0])).toEqual(['ok', 'ok', 'ok'])
    expect(passAt([{ ...two, operations: ['listUsers', 'bulkCreateUser'] }], [0, 0, 0])).toEqual(['ok', 'ok', 60])
  })

  it('stands beside others: the tightest refuses', () => {
    const wide: RateLimit = { name: 'wide', requests: 3, seconds: 600 }
    expect(passAt([two, wide], [0, 0, 0, 60, 61, 62])).toEqual(['ok', 'ok', 60, 'ok', 539, 58])
  })

  it('is named in the refusal', () => {
    const counts = new Map<string, Count>()
    if (!operation) throw new Error('no operation')
    for (const _ of [1, 2]) limitRate([two], counts, operation, 'ada', 0)
    expect(limitRate([two], counts, operation, 'ada', 0)).toEqual({
      refused: 'rate-limited',
      message: 'more than 2 requests in 60 seconds; wait 60 seconds',
      rule: 'two',
      headers: { 'retry-after': '60' },
    })
  })
})

describe('the documented limits', () => {
  const ENVIRONMENT = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
  const dynamicCalls = {
    bulk: { method: 'POST', path: `${ENVIRONMENT}/bulk`, body: [{}] },
    list: { method: 'GET', path: ENVIRONMENT },
  }
  const descopeCalls = {
    create: { method: 'POST', path: '/v1/mgmt/user/create/batch', body: { users: [{ loginId: 'ada' }] } },
    update: { method: 'POST', path: '/v1/mgmt/user/update', body: { loginId: 'ada' } },
    search: { method: 'POST', path: '/v2/mgmt/user/search', body: {} },
    patch: { method: 'PATCH', path: '/v1/mgmt/user/patch', body: { loginId: 'ada' } },
    load: { method: 'GET', path: '/v1/mgmt/user', query: { loginId: 'ada' } },
  }
  const KEYS: Record<string, string> = { dynamic: 'dyn_a', royalti: 'RWAK-a', descope: 'P2a:key' }

  function drive(api: Api, rateLimit = true) {
    let now = Date.parse('2026-11-02T09:00:00Z')
    const mock = createMock({ apis: [api], rateLimit, clock: () => new Date(now) })
    const send = (call: Call, key = KEYS[api.name], session = '') =>
      mock.answer({ ...call, headers: { authorization: `Bearer ${key}`, 'x-rollcall-session': session } })
    const sendMany = (count: number, call: Call) => new Set(Array.from({ length: count }, () => send(call).status))
    return { mock, send, sendMany, wait: (seconds: number) => void (now += seconds * 1000) }
  }

  it('of Dynamic: 150 creations a minute, refused in its shape until the minute ends', () => {
    const { send, sendMany, wait } = drive(dynamic)
    expect(sendMany(150, dynamicCalls.bulk)).toEqual(new Set([201]))
    wait(20)
    expect(send(dynamicCalls.bulk)).toEqual({
      status: 429,
      headers: { 'content-type': 'application/json; charset=utf-8', 'retry-after': '40' },
      body: { error: 'Too many requests. Please try again later.' },
    })
    expect(send(dynamicCalls.list).status).toBe(200)
    wait(40)
    expect(send(dynamicCalls.bulk).status).toBe(201)
  })

  it('of Dynamic: 1,500 calls a minute of all operations', () => {
    const { send, sendMany } = drive(dynamic)
    sendMany(100, dynamicCalls.bulk)
    expect(sendMany(1400, dynamicCalls.list)).toEqual(new Set([200]))
    expect(send(dynamicCalls.list)).toMatchObject({ status: 429, headers: { 'retry-after': '60' } })
    expect(send(dynamicCalls.bulk).status).toBe(429)
  })

  it.each<[limit: string, count: number, calls: (keyof typeof descopeCalls)[], retry: string]>([
    ['100 batch creations a minute, with a minute of back-off', 100, ['create'], '60'],
    ['200 updates and searches a minute together, with a minute of back-off', 100, ['update', 'search'], '60'],
    ['100 other calls a minute together', 50, ['patch', 'load'], '50'],
  ])('of Descope: %s', (_, count, names, retry) => {
    const { send, sendMany, wait } = drive(descope)
    for (const name of names) sendMany(count - (name === names[0] ? 1 : 0), descopeCalls[name])
    const [first = 'load'] = names
    const inTime = send(descopeCalls[first])
    expect(inTime.status).not.toBe(429)
    wait(10)
    expect(send(descopeCalls[first])).toMatchObject({
      status: 429,
      headers: { 'retry-after': retry },
      body: {
        errorCode: 'E130429',
        errorDescription: 'Too many requests',
        errorMessage: expect.stringContaining(`wait ${retry} seconds`),
      },
    })
    wait(Number(retry) - 1)
    expect(send(descopeCalls[first]).headers['retry-after']).toBe('1')
    wait(1)
    expect(send(descopeCalls[first]).status).toBe(inTime.status)
  })

  it('are none of Royalti', () => {
    const { sendMany } = drive(royalti)
    expect(sendMany(2000, { method: 'GET', path: '/user/' })).toEqual(new Set([200]))
  })

  it('count each caller and each session for itself', () => {
    const { send, sendMany } = drive(dynamic)
    sendMany(151, dynamicCalls.bulk)
    expect(
      [send(dynamicCalls.bulk), send(dynamicCalls.bulk, 'dyn_b'), send(dynamicCalls.bulk, 'dyn_a', 's')].map(
        ({ status }) => status,
      ),
    ).toEqual([429, 201, 201])
  })

  it('come after the credentials, before validation, and refused callers do not count', () => {
    const { send, sendMany } = drive(dynamic)
    for (let turn = 0; turn < 200; turn++) send(dynamicCalls.bulk, 'invalid')
    const invalid = { ...dynamicCalls.bulk, body: 'no rows' }
    expect(sendMany(150, invalid)).toEqual(new Set([400]))
    expect([send(invalid).status, send(invalid, 'invalid').status]).toEqual([429, 403])
  })

  it('change nothing but the answer: what is refused is not kept', () => {
    const { mock, send, sendMany } = drive(dynamic)
    sendMany(150, dynamicCalls.bulk)
    const before = mock.snapshot()
    expect(send(dynamicCalls.bulk).status).toBe(429)
    expect(mock.snapshot()).toEqual(before)
    mock.reset()
    expect(send(dynamicCalls.bulk).status).toBe(201)
  })

  it('are off unless asked for', () => {
    const { sendMany } = drive(dynamic, false)
    expect(sendMany(1600, dynamicCalls.list)).toEqual(new Set([200]))
  })
})
