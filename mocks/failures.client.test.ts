import descopeSdk from '@descope/node-sdk'
import * as dynamicSdk from '@dynamic-labs/sdk-api'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Listening, listen } from './adapters/http-server.ts'
import { createMock } from './create-mock.ts'
import { descope } from './descope.ts'
import { dynamic } from './dynamic.ts'
import type { ProgrammedFailure } from './engine/force-failure.ts'

interface Client {
  bulkCreateUser(given: { environmentId: string; internalUserFields: object[] }): Promise<{
    created: { email: string }[]
    failed: { code: string }[]
  }>
}

/** The types that come with the client import without file extensions, which TypeScript does not follow under nodenext. */
const { Configuration, UsersApi } = dynamicSdk as unknown as {
  Configuration: new (given: { basePath: string; accessToken: string }) => object
  UsersApi: new (configuration: object) => Client
}

const environmentId = '95b11417-f18f-457f-8804-68e361f9164f'
let now = Date.parse('2026-11-02T09:15:30Z')
const clock = () => new Date(now)
const mock = createMock({ apis: [dynamic, descope], clock })
const limited = createMock({ apis: [dynamic, descope], clock, rateLimit: true })
let servers: readonly [Listening, Listening]

beforeAll(async () => {
  servers = [await listen(mock, { port: 0 }), await listen(limited, { port: 0 })]
})
beforeEach(() => {
  mock.reset()
  limited.reset()
})
afterAll(() => Promise.all(servers.map((server) => server.close())))

/** Statuses of what the clients asked for, by operation; without the licence that Descope's asks for first. */
const statusesOf = (operationId: string, { journal } = mock) =>
  journal.filter((entry) => entry.operationId === operationId).map(({ reply }) => reply.status)

describe("Dynamic's official client", () => {
  const connect = (server: Listening) =>
    new UsersApi(new Configuration({ basePath: `${server.url}/api/v0`, accessToken: 'dyn_example' }))
  const create = (email: string, server = servers[0]) =>
    connect(server).bulkCreateUser({ environmentId, internalUserFields: [{ email }] })
  /** It throws the response itself. */
  const refusalOf = async (answer: Promise<unknown>) => {
    const response = (await answer.then(
      () => expect.fail('the client saw no error'),
      (thrown: unknown) => thrown,
    )) as Response
    return { status: response.status, retry: response.headers.get('retry-after'), body: await response.json() }
  }
  const order = (more: Partial<ProgrammedFailure>) =>
    mock.failNext({ api: 'dynamic', operationId: 'bulkCreateUser', ...more })

  it.each<[order: Partial<ProgrammedFailure>, status: number, retry: string | null, error: unknown]>([
    [{ status: 500 }, 500, null, expect.any(String)],
    [{ status: 429 }, 429, '1', 'Too many requests. Please try again later.'],
    [{ status: 403 }, 403, null, 'Access Forbidden'],
    [{ failure: 'access_forbidden' }, 403, null, 'Access Forbidden'],
    [{ failure: 'no_jwt' }, 401, null, 'No jwt provided!'],
    [{ example: 'forbidden' }, 403, null, 'Access Forbidden'],
  ])('sees %j as ordered, once', async (given, status, retry, error) => {
    order(given)
    expect(await refusalOf(create('ada@example.com'))).toEqual({
      status,
      retry,
      body: expect.objectContaining({ error }),
    })
    expect(await create('ada@example.com')).toMatchObject({ created: [{ email: 'ada@example.com' }], failed: [] })
    expect(statusesOf('bulkCreateUser')).toEqual([status, 201])
  })

  it('sees rows that fail as ordered, and trigger rows', async () => {
    order({ failure: 'merge_accounts_invalid' })
    expect(await create('ada@example.com')).toMatchObject({ created: [], failed: [{ code: 'merge_accounts_invalid' }] })
    const trigger = await create('reassign_wallet_error@rollcall.test')
    expect(trigger).toMatchObject({ created: [], failed: [{ code: 'reassign_wallet_error' }] })
  })

  it('meets the documented limit, and is let in again a minute later', async () => {
    const headers = { authorization: 'Bearer dyn_example' }
    const path = `/api/v0/environments/${environmentId}/users/bulk`
    for (let turn = 0; turn < 149; turn++) limited.answer({ method: 'POST', path, headers, body: [{}] })
    expect(await create('ada@example.com', servers[1])).toMatchObject({ created: [{ email: 'ada@example.com' }] })
    expect(await refusalOf(create('ben@example.com', servers[1]))).toEqual({
      status: 429,
      retry: '60',
      body: { error: 'Too many requests. Please try again later.' },
    })
    now += 60_000
    expect(await create('ben@example.com', servers[1])).toMatchObject({ created: [{ email: 'ben@example.com' }] })
  })
})

describe("Descope's official client", () => {
  const connect = (server = servers[0]) =>
    descopeSdk({ projectId: 'P2failures', managementKey: 'key', baseUrl: server.url }).management.user
  const LEA = { loginIdOrUserId: 'lea@example.com' }
  const order = (more: Partial<ProgrammedFailure>) =>
    mock.failNext({ api: 'descope', operationId: 'createUsersBatch', ...more })

  it('retries 503 by itself: its caller sees a success, and the journal both answers', async () => {
    order({ status: 503 })
    expect(await connect().createBatch([LEA])).toMatchObject({
      ok: true,
      data: { createdUsers: [{}], failedUsers: [] },
    })
    expect(statusesOf('createUsersBatch')).toEqual([503, 200])
  })

  it.each<[order: Partial<ProgrammedFailure>, code: number, error: object]>([
    [{ status: 500 }, 500, { errorCode: 'E010000' }],
    [{ status: 502 }, 502, {}],
    [{ status: 429 }, 429, { errorCode: 'E130429' }],
    [{ failure: 'E130429' }, 429, { errorCode: 'E130429' }],
    [{ failure: 'E111119' }, 401, { errorCode: 'E111119' }],
    [{ example: 'missingToken' }, 401, { errorCode: 'E111119' }],
  ])('sees %j as ordered, and does not retry', async (given, code, error) => {
    order(given)
    expect(await connect().createBatch([LEA])).toMatchObject({ ok: false, code, error })
    expect(statusesOf('createUsersBatch')).toEqual([code])
    expect(await connect().createBatch([LEA])).toMatchObject({ ok: true })
  })

  it('sees rows that fail as ordered, and trigger rows', async () => {
    order({ failure: 'password_conflict' })
    const want = { ok: true, data: { createdUsers: [], failedUsers: [{}] } }
    expect(await connect().createBatch([LEA])).toMatchObject(want)
    expect(await connect().createBatch([{ loginIdOrUserId: 'login_id_exists@rollcall.test' }])).toMatchObject(want)
  })

  it('meets the documented limit with how long to wait, and is let in after that', async () => {
    const headers = { authorization: 'Bearer P2failures:key' }
    const path = '/v1/mgmt/user/create/batch'
    const body = { users: [{ loginId: 'ada' }] }
    for (let turn = 0; turn < 99; turn++) limited.answer({ method: 'POST', path, headers, body })
    const user = connect(servers[1])
    expect(await user.createBatch([LEA])).toMatchObject({ ok: true })
    const refused = await user.createBatch([{ loginIdOrUserId: 'ben' }])
    expect(refused).toMatchObject({ ok: false, code: 429, error: { errorCode: 'E130429', retryAfter: 60 } })
    now += 60_000
    expect(await user.createBatch([{ loginIdOrUserId: 'ben' }])).toMatchObject({
      ok: true,
      data: { createdUsers: [{}] },
    })
    expect(statusesOf('createUsersBatch', limited).slice(-3)).toEqual([200, 429, 200])
  })
})
