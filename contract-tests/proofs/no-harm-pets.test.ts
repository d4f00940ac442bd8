/**
 * `rollcall verify` does no harm with a document as anybody writes it: without x-role, without links, and with examples
 * that name what is there already (fixtures/pets.yaml, served by fixtures/serve-pets.ts). What a lying target does is in
 * no-harm.test.ts; here the target is good.
 */
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { readContract } from '../../documents/contract/build-contract.ts'
import type { Contract } from '../../documents/contract/contract.ts'
import { type DescribedApi, type Heard, HONEST, openLyingProxy } from '../fixtures/lying-proxy/index.ts'
import { pickByKeyword } from '../fixtures/pick-cases.ts'
import { type PetsOptions, type PetsServer, servePets } from '../fixtures/serve-pets.ts'
import { withCursors, withLinks, without, withTextIds } from '../fixtures/vary-pets.ts'
import { schemesOf } from '../suite/list-schemes.ts'
import { createSend } from '../suite/send-http.ts'
import { listCases, makeTag, type VerifyOptions, verify } from '../suite/verify.ts'
import type { RunResult } from '../suite/vocabulary.ts'

const plain = await readContract(fileURLToPath(new URL('../fixtures/pets.yaml', import.meta.url)))

/** The proxy says nothing but the truth here; it keeps a record of what was sent. */
const API: DescribedApi = {
  id: '/id',
  names: [],
  create: { method: 'POST', path: '/pets', rows: '', created: '', createdId: '/id' },
  list: { method: 'GET', path: '/pets', items: '/pets', parametersIn: 'query', size: 'limit' },
  remove: [{ method: 'DELETE', path: '/pets/{petId}', idIn: 'path.petId', done: { status: 204 } }],
}

/** What changes the account, the settings or every pet, or does nobody knows what. */
const TRAPS = ['updateAccount', 'updateSettings', 'deleteAllPets', 'login']

const isTrap = ({ method, path }: Heard): boolean =>
  (method === 'PUT' && /^\/(?:user|settings)$/.test(path)) ||
  (method === 'DELETE' && /^\/pets\/?$/.test(path)) ||
  (method === 'POST' && path === '/login')

interface RunOptions extends Partial<VerifyOptions> {
  readonly server?: PetsOptions
  /** Every case there is. Default: of what is accepted and refused, one for each keyword of each operation. */
  readonly isWhole?: boolean
  /** What happens around the run, once the server is there. */
  readonly beside?: (server: PetsServer) => void
}

async function tryOn(document: Contract, { server: options, beside, ...more }: RunOptions = {}) {
  await using stack = new AsyncDisposableStack()
  const server = stack.use(await servePets(document, options))
  beside?.(server)
  const before = server.state()
  const result = await runOn(document, server, more, (disposable) => stack.use(disposable))
  return { ...result, before, after: server.state(), places: server.places }
}

async function runOn(
  document: Contract,
  target: PetsServer,
  { isWhole = false, ...options }: Omit<RunOptions, 'server' | 'beside'>,
  use: <T extends AsyncDisposable>(disposable: T) => T,
) {
  const { seed = 'pets' } = options
  const headers = { authorization: 'Bearer good' }
  const proxy = use(await openLyingProxy(target, API, HONEST, { headers, tag: makeTag(seed) }))
  const send = createSend({ url: proxy.url, token: 'good', badToken: 'invalid', scheme: schemesOf(document) })
  const derive = { document, name: 'pets', seed, tag: makeTag(seed), ...options }
  const listed = listCases(derive)
  const plan = isWhole ? listed : { ...listed, cases: pickByKeyword(listed.cases) }
  const result = await verify({
    ...{ plan, send, url: proxy.url, strict: 'assumed', hasBadToken: true, settling: 0 },
    ...derive,
  })
  return { result, heard: [...proxy.heard] }
}

type State = Readonly<Record<string, string>>

const harmedIn = ({ before, after }: { before: State; after: State }): string[] =>
  Object.keys(before).filter((key) => after[key] !== before[key])

const leftIn = ({ before, after }: { before: State; after: State }): string[] =>
  Object.keys(after).filter((key) => !Object.hasOwn(before, key))

const failuresOf = ({ results }: RunResult): string[] =>
  results
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ case: { id }, reason, breaches }) => `${id}: ${reason ?? ''}${breaches.map(({ seen }) => seen).join('; ')}`)

/** The outcomes of an operation's cases, each once. */
const outcomesOf = ({ results }: RunResult, operationId: string): string[] => [
  ...new Set(results.filter((one) => one.case.operationId === operationId).map(({ outcome }) => outcome)),
]

const VARIANTS: readonly [string, Contract, PetsOptions][] = [
  ['without x-role and links', plain, {}],
  ['with plain links', withLinks(plain), {}],
  ['with texts as ids', withTextIds(plain), { ids: 'text' }],
  ['with plain links and texts as ids', withLinks(withTextIds(plain)), { ids: 'text' }],
  ['with lists behind cursors', withCursors(plain), { pages: 'cursor' }],
]

describe.each(VARIANTS)('a good server, and a document %s', (_, document, server) => {
  let run: Awaited<ReturnType<typeof tryOn>>

  beforeAll(async () => {
    run = await tryOn(document, { server, isWhole: true })
  }, 60_000)

  it('holds what it held, and nothing else', () => {
    expect(harmedIn(run)).toEqual([])
    expect(leftIn(run)).toEqual([])
    expect(run.result.leftovers).toEqual([])
    expect(failuresOf(run.result)).toEqual([])
  })

  it.each(TRAPS)('never gets %s, which would change more than a thing that the run made', (operationId) => {
    expect(run.heard.filter(isTrap)).toEqual([])
    const cases = run.result.results.filter((one) => one.case.operationId === operationId)
    expect(cases.length).toBeGreaterThan(0)
    const open = cases.filter(
      ({ outcome, reason }) => outcome !== 'not-reached' || !reason?.includes('--allow-changes'),
    )
    expect(open.map(({ outcome, reason, case: { id } }) => `${id} ${outcome} ${reason ?? ''}`)).toEqual([])
  })

  it('is asked to archive pets of the run alone', () => {
    const asked = run.heard.filter(({ path }) => path.endsWith('/archive'))
    expect(asked.filter(({ path }) => Object.hasOwn(run.before, path.replace(/\/archive$/, '')))).toEqual([])
    expect(outcomesOf(run.result, 'archivePet')).not.toContain('fail')
  })

  it.each([
    ['PUT', 'replacePet'],
    ['PATCH', 'changePet'],
    ['DELETE', 'deletePet'],
    ['GET', 'getPet'],
  ])('gets %s of a pet that the run made', (method, operationId) => {
    const isOwn = ({ path }: Heard) => run.places.includes(path) && !Object.hasOwn(run.before, path)
    expect(run.heard.filter((one) => one.method === method && isOwn(one)).length).toBeGreaterThan(0)
    expect(outcomesOf(run.result, operationId)).toContain('pass')
    expect(outcomesOf(run.result, 'createPet')).toContain('pass')
  })

  it.each([
    ['petId', server.ids === 'text' ? 'pet-0001' : '1', 'pets'],
    ['name', 'vaccinated', 'tags'],
  ] as const)('keeps the thing that --param %s=%s names', async (name, id, collection) => {
    const named = await tryOn(document, { server, params: { [name]: id } })
    expect(harmedIn(named)).toEqual([])
    const place = `/${collection}/${id}`
    // Not even where it must be refused: without credentials, or with a broken body.
    expect(named.heard.filter(({ method, path }) => method !== 'GET' && `${path}/`.startsWith(`${place}/`))).toEqual([])
  })
})

describe('four cases at a time', () => {
  it('hold to the same', async () => {
    const run = await tryOn(plain, { concurrency: 4 })
    expect(harmedIn(run)).toEqual([])
    expect(leftIn(run)).toEqual([])
    expect(run.result.leftovers).toEqual([])
    expect(run.heard.filter(isTrap)).toEqual([])
  })
})

describe('leave to change what the run did not make', () => {
  it('is given for one operation', async () => {
    const { heard, result, ...states } = await tryOn(plain, { allowChanges: ['updateSettings'] })
    expect(heard.filter(isTrap).length).toBeGreaterThan(0)
    expect(heard.filter((one) => isTrap(one) && !(one.method === 'PUT' && one.path === '/settings'))).toEqual([])
    expect(harmedIn(states).filter((key) => key !== '/settings')).toEqual([])
    expect(outcomesOf(result, 'updateSettings')).toContain('pass')
    expect(outcomesOf(result, 'updateAccount')).toEqual(['not-reached'])
  })

  it('is given for all', async () => {
    const { result } = await tryOn(plain, { allowChanges: true })
    for (const operationId of [...TRAPS, 'archivePet'])
      expect(outcomesOf(result, operationId), operationId).toContain('pass')
  })

  it('is not given by leave to leave something behind', async () => {
    const { heard, ...states } = await tryOn(plain, { allowLeftovers: true })
    expect(heard.filter(isTrap)).toEqual([])
    expect(harmedIn(states)).toEqual([])
  })
})

describe('what can be neither proven nor removed', () => {
  const document = without('deletePet', 'getPet')(plain)
  const FAR = 'http://staging.example.test'
  const isCreation = ({ method, path }: Heard) => method === 'POST' && path === '/pets'
  const isPet = (key: string) => key.startsWith('/pets/')

  it('is not created far from here', async () => {
    const { heard, result, ...states } = await tryOn(document, { url: FAR })
    expect(heard.filter(isCreation)).toEqual([])
    expect(leftIn(states)).toEqual([])
    expect(result.leftovers).toEqual([])
    const accepts = result.results.filter(
      ({ case: { operationId, kind } }) => operationId === 'createPet' && kind === 'accepts',
    )
    expect(accepts.length).toBeGreaterThan(0)
    for (const { outcome, reason } of accepts)
      expect({ outcome, reason }).toEqual({
        outcome: 'not-reached',
        reason: expect.stringContaining('--allow-leftovers'),
      })
  })

  it.each([
    ['far from here with leave', { url: FAR, allowLeftovers: true }],
    ['on this machine', {}],
  ])('is created %s, and each of it is listed as foreseen', async (_, options) => {
    const { heard, result, ...states } = await tryOn(document, options)
    expect(heard.filter(isCreation).length).toBeGreaterThan(0)
    expect(harmedIn(states)).toEqual([])
    const left = leftIn(states)
    expect(left.length).toBeGreaterThan(0)
    expect(left.filter((key) => !isPet(key))).toEqual([])
    expect(result.leftovers.filter(({ foreseen }) => !foreseen)).toEqual([])
    expect(result.leftovers).toHaveLength(left.length)
    expect(failuresOf(result)).toEqual([])
  })

  it('is no reason to leave out what can be removed, however far', async () => {
    const { heard, result, ...states } = await tryOn(plain, { url: FAR })
    expect(heard.filter(isCreation).length).toBeGreaterThan(0)
    expect(leftIn(states)).toEqual([])
    expect(result.leftovers).toEqual([])
  })
})

describe('somebody else on the same server', () => {
  it('takes in a pet for each that is given away, under the same id where ids are given again', async () => {
    const newcomers = new Map<string, string>()
    const run = await tryOn(plain, {
      server: { reusesIds: true },
      beside(server) {
        server.onAnswered = (method, path) => {
          if (method !== 'DELETE' || !/^\/pets\/\d+$/.test(path) || server.state()[path]) return
          const place = server.takeIn({ name: 'Newcomer', kind: 'cat' })
          newcomers.set(place, server.state()[place] ?? '')
        }
      },
    })
    expect(newcomers.size).toBeGreaterThan(3)
    expect([...newcomers].filter(([place, text]) => run.after[place] !== text)).toEqual([])
    expect(harmedIn(run)).toEqual([])
  })

  it('runs the same suite at the same time: neither touches what the other made', async () => {
    await using stack = new AsyncDisposableStack()
    const server = stack.use(await servePets(plain))
    const before = server.state()
    const runs = await Promise.all(
      ['one', 'two', 'three'].map((seed) => runOn(plain, server, { seed }, (disposable) => stack.use(disposable))),
    )
    expect(server.state()).toEqual(before)
    for (const { result } of runs) {
      expect(result.leftovers).toEqual([])
      expect(failuresOf(result)).toEqual([])
    }
  })

  it('has a pet with the tag of the run, left by an earlier run of the same seed: it is a stranger', async () => {
    let place = ''
    const run = await tryOn(plain, {
      beside: (server) => {
        place = server.takeIn({ name: `rollcall ${makeTag('pets')}abc`, kind: 'cat' })
      },
    })
    expect(run.before[place]).toBeDefined()
    expect(harmedIn(run)).toEqual([])
  })
})
