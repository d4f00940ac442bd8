/**
 * `rollcall verify` does no harm: whatever a target says, no stranger is changed or deleted, and what the run made is gone
 * or listed in `leftovers`.
 *
 * A proxy (fixtures/lying-proxy) stands between the suite and a good server that holds twenty strangers, and tells one lie
 * at a time. Each lie is written once; what it must know of an API stands below in `GROUNDS`. The verdict comes from the
 * server's own state, never from what the proxy or the run says:
 *
 * - each stranger is there afterwards, byte for byte, and what somebody else made meanwhile is there too;
 * - no request that changes or removes something named a stranger, whether or not it reached the server;
 * - what else is there now is named by a leftover: by its id, by a value with the run's tag, or, where nobody can know
 *   either, by one leftover for each request that made something;
 * - where something was left that was not foreseen, the exit code is not 0.
 */
import { EventEmitter } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { run } from '../../cli/verify.ts'
import type { Contract } from '../../documents/contract/contract.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { toQuery } from '../../mocks/adapters/fetch.ts'
import { writeAnswer } from '../../mocks/adapters/write-answer.ts'
import { type Api, basePathOf } from '../../mocks/api/api.ts'
import { BUILT_IN } from '../../mocks/built-in.ts'
import { createMock } from '../../mocks/create-mock.ts'
import type { CollectionRules } from '../../mocks/engine/vocabulary.ts'
import {
  type DescribedApi,
  type Heard,
  HONEST,
  LIES,
  type Lie,
  type LyingProxy,
  namesOf,
  openLyingProxy,
  SETTLING,
} from '../fixtures/lying-proxy/index.ts'
import { pickByKeyword } from '../fixtures/pick-cases.ts'
import type { JsonServer } from '../fixtures/serve-json.ts'
import { serveOrders } from '../fixtures/serve-orders.ts'
import { servePets } from '../fixtures/serve-pets.ts'
import { withCursors, withLinks, withTextIds } from '../fixtures/vary-pets.ts'
import { loadDocument } from '../load-document.ts'
import { schemesOf } from '../suite/list-schemes.ts'
import { createSend } from '../suite/send-http.ts'
import { listCases, makeTag, type Plan, type VerifyOptions, verify } from '../suite/verify.ts'
import type { RunResult } from '../suite/vocabulary.ts'

const SEED = 'no harm'
const TAG = makeTag(SEED)
const ENVIRONMENTS = ['95b11417-f18f-457f-8804-68e361f9164f', '5c0a9d3e-7f1b-4c52-9a86-1e2d3c4b5a69'] as const

/** A server, running behind the proxy. */
interface Target extends AsyncDisposable, Pick<JsonServer, 'ask'> {
  /** Everything it holds: the text of each thing by a key that ends in its id. */
  state(): Record<string, string>
}

/** An API, and a server for it. */
interface Ground {
  readonly name: string
  /** The document's file, or its name where it is built in. */
  readonly file: string
  readonly vary?: (document: Contract) => Contract
  readonly api: DescribedApi
  readonly open: (document: Contract) => Promise<Target>
  readonly options?: Partial<VerifyOptions>
  readonly tokens: { readonly own: string; readonly second?: string }
  /** A few cases of every kind; the first creates one thing, and so do most. */
  readonly few: readonly RegExp[]
  /** The lies that it makes a difference to. Default: all. */
  readonly lies?: RegExp
  /** Of another ground, with something else about its document: only lies are told. */
  readonly isVariant?: boolean
  /** The document leaves no way to prove what is the run's: on this machine some of it stays, foreseen. */
  readonly foresees?: boolean
}

const placeOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** A built-in mock with twenty users in each tenant of the run. */
async function openMock(name: string, tokens: Ground['tokens'], reads: readonly string[]): Promise<Target> {
  const api = await (BUILT_IN[name] as () => Promise<Api>)()
  const { idOf } = api.behaviours.collections['users'] as CollectionRules<object>
  const mock = createMock({ apis: [api], users: 20, seed: 'strangers' })
  const ask: Target['ask'] = async ({ method, path, search, headers, text }) => {
    const answer = mock.serve({
      ...{ method, path: basePathOf(api) + path, headers: headers as Record<string, string> },
      ...(search !== '' && { query: toQuery(search.slice(1)) }),
      ...(text !== '' && { text }),
    })
    return { status: answer.reply.status, headers: answer.reply.headers, text: String(writeAnswer(answer) ?? '') }
  }
  for (const path of reads) {
    for (const token of [tokens.own, tokens.second ?? tokens.own]) {
      const isSearch = path.endsWith('/search')
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      // A tenant begins to exist when somebody looks at it.
      await ask({ method: isSearch ? 'POST' : 'GET', path, search: '', headers, text: isSearch ? '{}' : '' })
    }
  }
  return {
    ask,
    state: () =>
      Object.fromEntries(
        Object.entries(mock.snapshot().apis[name] ?? {}).flatMap(([tenant, { users = [] }]) =>
          users.map((user) => [`${tenant}/${idOf(user)}`, JSON.stringify(user)]),
        ),
      ),
    [Symbol.asyncDispose]: async () => {},
  }
}

const PETS: DescribedApi = {
  id: '/id',
  names: [],
  create: { method: 'POST', path: '/pets', rows: '', created: '', createdId: '/id' },
  list: {
    ...{ method: 'GET', path: '/pets', items: '/pets', total: '/total', parametersIn: 'query', size: 'limit' },
    from: { name: 'offset', counts: 'items', first: 0 },
  },
  read: { method: 'GET', path: '/pets/{petId}', item: '', idIn: 'path.petId' },
  remove: [{ method: 'DELETE', path: '/pets/{petId}', idIn: 'path.petId', done: { status: 204 } }],
}
const PETS_FEW = [
  /^createPet\/accepts\/(?:plain|all)$/,
  /^createPet\/accepts\/name\/longest$/,
  /^createPet\/accepts\/age\/minimum$/,
  /^createPet\/refuses\/required\/name$/,
  /^createPet\/guards\/none$/,
  /^replacePet\/accepts\/plain$/,
  /^changePet\/accepts\/name\/longest$/,
  /^replacePet\/refuses\/name\/type\/number$/,
  /^(?:replacePet|changePet|deletePet)\/guards\/none$/,
  /^(?:getPet|deletePet)\/accepts\/plain$/,
  /^putTag\/accepts\/plain$/,
  /^createPet\/stories\//,
]

const GROUNDS: readonly Ground[] = [
  {
    name: 'Dynamic',
    file: 'dynamic',
    api: {
      params: { environmentId: ENVIRONMENTS[0] },
      id: '/id',
      names: ['/email', '/username'],
      create: {
        ...{ method: 'POST', path: '/environments/{environmentId}/users/bulk' },
        ...{ rows: '', created: '/created', createdId: '/id' },
      },
      list: {
        ...{ method: 'GET', path: '/environments/{environmentId}/users', items: '/users', total: '/count' },
        ...{ parametersIn: 'query', size: 'limit', from: { name: 'offset', counts: 'items', first: 0 } },
      },
      read: { method: 'GET', path: '/environments/{environmentId}/users/{userId}', item: '/user', idIn: 'path.userId' },
      remove: [
        {
          ...{ method: 'DELETE', path: '/environments/{environmentId}/users/{userId}', idIn: 'path.userId' },
          done: { status: 204 },
        },
      ],
    },
    open: () =>
      openMock(
        'dynamic',
        { own: 'dyn_example' },
        ENVIRONMENTS.map((id) => `/environments/${id}/users`),
      ),
    options: { params: { environmentId: ENVIRONMENTS[0] }, secondParams: { environmentId: ENVIRONMENTS[1] } },
    tokens: { own: 'dyn_example' },
    few: [
      /accepts\/plain$/,
      /accepts\/0\/firstName\/null$/,
      /refuses\/0\/email\/type\/number$/,
      /guards\/none$/,
      /failures\/email_already_exists$/,
      /stories\/(?:getCreatedUser|deleted|upsert-false|environments)$/,
    ],
  },
  {
    name: 'Royalti',
    file: 'royalti',
    api: {
      id: '/id',
      names: ['/email', '/User/email'],
      alsoShown: { '/User/email': '/email' },
      create: {
        ...{ method: 'POST', path: '/user/bulk', rows: '/users', created: '/createdUsers' },
        createdShows: '/fullName',
      },
      list: {
        ...{
          method: 'GET',
          path: '/user/',
          items: '/Users',
          total: '/totalUsers',
          parametersIn: 'query',
          size: 'size',
        },
        from: { name: 'page', counts: 'pages', first: 1 },
      },
      read: { method: 'GET', path: '/user/{id}', item: '', idIn: 'path.id' },
      remove: [
        {
          ...{ method: 'POST', path: '/user/bulk/delete', idIn: '/ids/*' },
          done: { status: 200, body: { message: 'Done.', processedCount: 1, failedDeletions: [] } },
        },
      ],
    },
    open: () => openMock('royalti', { own: 'RWAK-example', second: 'RWAK-second' }, ['/user/']),
    options: { hasSecondToken: true },
    tokens: { own: 'RWAK-example', second: 'RWAK-second' },
    few: [
      /accepts\/plain$/,
      /accepts\/users\/0\/email\/alone$/,
      /refuses\/users\/0\/firstName\/type\/number$/,
      /guards\/none$/,
      /failures\/already_associated$/,
      /stories\/(?:findByEmail|twice|exactly|getUser|workspaces)$/,
    ],
  },
  {
    name: 'Descope',
    file: 'descope',
    api: {
      id: '/userId',
      names: ['/loginIds/*', '/email'],
      alsoShown: { '/loginIds/0': '/loginId', '/externalIds/0': '/loginId' },
      create: {
        ...{ method: 'POST', path: '/v1/mgmt/user/create/batch', rows: '/users' },
        ...{ created: '/createdUsers', createdId: '/userId' },
      },
      list: {
        ...{ method: 'POST', path: '/v2/mgmt/user/search', items: '/users', total: '/total', parametersIn: 'body' },
        ...{ size: 'limit', from: { name: 'page', counts: 'pages', first: 0 } },
      },
      read: { method: 'GET', path: '/v1/mgmt/user', item: '/user', idIn: 'query.userId' },
      remove: [
        { method: 'POST', path: '/v1/mgmt/user/delete', idIn: '/userId', done: { status: 200, body: {} } },
        { method: 'POST', path: '/v1/mgmt/user/delete/batch', idIn: '/userIds/*', done: { status: 200, body: {} } },
      ],
    },
    open: () => openMock('descope', { own: 'P2own:key', second: 'P2second:key' }, ['/v2/mgmt/user/search']),
    options: { hasSecondToken: true },
    tokens: { own: 'P2own:key', second: 'P2second:key' },
    few: [
      /^createUsersBatch\/accepts\/all$/,
      /^patchUser\/accepts\/all$/,
      /^updateUser\/accepts\/name\/null$/,
      /^createUsersBatch\/refuses\/users\/0\/phone\/type\/number$/,
      /^(?:createUsersBatch|updateUser)\/guards\/none$/,
      /failures\/login_id_exists$/,
      /^deleteUser\/failures\/E011004$/,
      /stories\/(?:loadCreatedUser|twice|gone|by-user-id|projects)$/,
    ],
  },
  {
    name: 'orders.yaml',
    file: placeOf('../fixtures/orders.yaml'),
    api: {
      id: '/id',
      names: [],
      create: { method: 'POST', path: '/orders', rows: '', created: '', createdId: '/id' },
      list: {
        ...{ method: 'GET', path: '/orders', items: '/orders', total: '/total', parametersIn: 'query', size: 'limit' },
      },
      remove: [{ method: 'DELETE', path: '/orders/{orderId}', idIn: 'path.orderId', done: { status: 204 } }],
    },
    open: () => serveOrders(),
    tokens: { own: 'a-good-key' },
    few: [
      /accepts\/(?:plain|all|customer\/longest|wantedOn\/null)$/,
      /accepts\/header\/Idempotency-Key\/pattern$/,
      /refuses\/customer\/type\/number$/,
      /guards\/none$/,
      /stories\/(?:findOrder|parcelsOfOrder)$/,
    ],
    // Neither its list nor any reading shows what was sent: a refusal is believed, and so is a reply that names what was not
    // there before.
    lies: /^(?!creation answers 4|creation replies (?:show|name the ids of) what somebody else)/,
    foresees: true,
  },
  {
    name: 'pets.yaml, without x-role',
    file: placeOf('../fixtures/pets.yaml'),
    api: PETS,
    open: (document) => servePets(document),
    tokens: { own: 'a-good-token' },
    few: PETS_FEW,
  },
  {
    name: 'pets.yaml, with plain links',
    file: placeOf('../fixtures/pets.yaml'),
    vary: withLinks,
    isVariant: true,
    api: PETS,
    open: (document) => servePets(document),
    tokens: { own: 'a-good-token' },
    few: PETS_FEW,
    // Its lists are found and read as without links.
    lies: /\bids?\b|^creation replies|Location|^removal says that/,
  },
  {
    name: 'pets.yaml, ids are texts in any case',
    file: placeOf('../fixtures/pets.yaml'),
    vary: withTextIds,
    isVariant: true,
    api: PETS,
    open: (document) => servePets(document, { ids: 'text' }),
    tokens: { own: 'a-good-token' },
    few: PETS_FEW,
    lies: /\bids?\b|^creation replies|capitals/,
  },
  {
    name: 'pets.yaml, lists behind cursors',
    file: placeOf('../fixtures/pets.yaml'),
    vary: withCursors,
    isVariant: true,
    api: {
      ...PETS,
      list: {
        ...{ method: 'GET', path: '/pets', items: '/pets', parametersIn: 'query', size: 'limit', cursor: '/next' },
        from: { name: 'cursor', counts: 'items', first: 0 },
      },
    },
    open: (document) => servePets(document, { pages: 'cursor' }),
    tokens: { own: 'a-good-token' },
    few: PETS_FEW,
    // A cursor has no meaning where the order changes from page to page.
    lies: /list|(?<!, and )page(?!s of seven in another)|look|never|creation answers (?:202|500)|disguise(?!, and pages of seven in another)/,
  },
  {
    name: 'pets.yaml, tags that the caller names',
    file: placeOf('../fixtures/pets.yaml'),
    api: {
      id: '/name',
      names: [],
      create: { method: 'PUT', path: '/tags/{name}', rows: '', created: '', createdId: '/name' },
      list: { method: 'GET', path: '/tags', items: '', parametersIn: 'query', size: 'limit' },
      read: { method: 'GET', path: '/tags/{name}', item: '', idIn: 'path.name' },
      remove: [{ method: 'DELETE', path: '/tags/{name}', idIn: 'path.name', done: { status: 204 } }],
    },
    open: (document) => servePets(document),
    tokens: { own: 'a-good-token' },
    isVariant: true,
    few: [/^(?:putTag|getTag|deleteTag)\//],
    // The one name that the document knows is a stranger's, whom no request to put or delete may reach: what can be a lie
    // is how it is read.
    lies: /\bread\b|strangers show/,
  },
]

/** What a run of a ground needs, made once. */
async function prepare(ground: Ground) {
  const loaded = await loadDocument(ground.file)
  const document = ground.vary?.(loaded.document) ?? loaded.document
  const derive = { ...loaded, document, seed: SEED, tag: TAG, ...ground.options }
  const whole = listCases(derive)
  const few = whole.cases.filter(({ id }) => ground.few.some((one) => one.test(id)))
  const headers = headersOf(ground, document)
  return {
    ...{ ground, document, derive, headers },
    few: { ...whole, cases: few },
    many: { ...whole, cases: pickByKeyword(whole.cases) },
  }
}

type Prepared = Awaited<ReturnType<typeof prepare>>

function headersOf({ tokens }: Ground, document: Contract): Record<string, string> {
  const [{ together: [scheme] = [] } = {}] = schemesOf(document).values()
  return scheme?.type === 'apiKey'
    ? { [scheme.name.toLowerCase()]: tokens.own }
    : { authorization: `Bearer ${tokens.own}` }
}

/** One run against a target of its own that lies. */
async function lieTo(prepared: Prepared, lie: Lie, plan: Plan, limits?: Limits) {
  await using target = await prepared.ground.open(prepared.document)
  return await lieAbout(target, prepared, lie, plan, limits)
}

interface Limits {
  /** Milliseconds. */
  readonly timeout?: number
  readonly maxRequests?: number
}

async function lieAbout(
  target: Target,
  { ground, document, derive, headers }: Prepared,
  lie: Lie,
  plan: Plan,
  { timeout = 10_000, ...limits }: Limits = {},
) {
  await using stack = new AsyncDisposableStack()
  const before = target.state()
  const proxy = stack.use(await openLyingProxy(target, ground.api, lie, { headers, tag: TAG }))
  const send = createSend({
    ...{ url: proxy.url, token: ground.tokens.own, badToken: 'invalid', secondToken: ground.tokens.second },
    ...{ scheme: schemesOf(document), timeout },
  })
  const settling = lie.isLate ? SETTLING : 0
  const result = await verify({
    ...derive,
    ...limits,
    plan,
    send,
    settling,
    url: proxy.url,
    strict: 'assumed',
    hasBadToken: true,
  })
  await proxy.settle()
  expect(proxy.faults).toEqual([])
  return { result, before, after: target.state(), proxy }
}

type Run = Awaited<ReturnType<typeof lieTo>>

const exitCodeOf = ({ results, interrupted, leftovers }: RunResult): number =>
  results.some(({ outcome }) => outcome === 'fail') || interrupted || leftovers.some(({ foreseen }) => !foreseen)
    ? 1
    : 0

/** What is there now and was not, but for what somebody else made meanwhile. */
function leftIn({ before, after, proxy }: Omit<Run, 'result'>): [key: string, text: string][] {
  const isNeighbour = (key: string) => proxy.neighbours.some((id) => key === id || key.endsWith(`/${id}`))
  return Object.entries(after).filter(([key]) => !Object.hasOwn(before, key) && !isNeighbour(key))
}

const idIn = (key: string): string => key.slice(key.lastIndexOf('/') + 1)

/** Texts in a record that carry the run's tag, and its id. */
const namesIn = (key: string, text: string): string[] => [
  idIn(key),
  ...new Set([...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, one = '']) => one).filter((one) => one.includes(TAG))),
]

/** What was left and no leftover accounts for. */
function untold(left: readonly [string, string][], told: readonly string[], reached: readonly Heard[]): string[] {
  if (told.some((text) => new RegExp(`${TAG}(?![a-z0-9])`).test(text))) return []
  const isNamed = (text: string, names: readonly string[]) =>
    names.some((name) => new RegExp(`(?<![\\w-])${escapeRegExp(name)}(?![\\w-])`).test(text))
  const silent = left.filter(([key, text]) => !told.some((one) => isNamed(one, namesIn(key, text))))
  const spare = told.filter(
    (one) => left.filter(([key, text]) => isNamed(one, namesIn(key, text))).length < capacityOf(one),
  )
  // A request without a usable answer is one leftover, however many rows it had.
  const makers = new Set(
    silent.map(([key, text]) => {
      const [, ...tagged] = namesIn(key, text)
      const at = reached.findIndex((one) => one.kind === 'create' && tagged.some((name) => one.text.includes(name)))
      return at < 0 ? key : at
    }),
  )
  const room = spare.reduce((sum, one) => sum + capacityOf(one), 0)
  if (makers.size <= spare.length || silent.length <= room) return []
  const count = `made by ${makers.size} requests, and ${spare.length} leftovers have room for more than they name`
  return [count, ...silent.map(([key, text]) => `${key} ${text.slice(0, 300)}`)]
}

/** How many things a leftover is about: `3 things that …`, `what POST /pets may have created`, otherwise one. */
const capacityOf = (text: string): number =>
  /^.{0,30}?\bwhat\b/i.test(text) ? Number.POSITIVE_INFINITY : Number(/^.{0,30}?(\d+) things\b/.exec(text)?.[1] ?? 1)

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** Requests that would change or remove something, and name a stranger. */
function aimedAtStrangers(proxy: LyingProxy, api: DescribedApi): string[] {
  const names = new Set(proxy.strangers.flatMap((one) => namesOf(api, one)))
  return proxy.heard
    .filter(({ kind, method }) => kind !== 'list' && kind !== 'read' && method !== 'GET')
    .filter(
      ({ path, json }) => path.split('/').some((part) => names.has(decodeURIComponent(part))) || holds(json, names),
    )
    .map(({ method, path, text }) => `${method} ${path} ${text.slice(0, 200)}`)
}

/** Whether one of these stands in it as a text; numbers are found in paths only. */
function holds(json: Json, names: ReadonlySet<string>): boolean {
  if (typeof json === 'string') return names.has(json)
  return typeof json === 'object' && json !== null && Object.values(json).some((part) => holds(part, names))
}

/** What was there before and is not as it was. */
const harmedIn = ({ before, after }: Pick<Run, 'before' | 'after'>): string[] =>
  Object.entries(before).flatMap(([key, text]) =>
    after[key] === text ? [] : [after[key] === undefined ? `${key} is gone` : `${key} is changed: ${after[key]}`],
  )

/** Requests whose path leads elsewhere than to one thing, or whose ids are none. */
const oddRequests = ({ heard }: LyingProxy): string[] =>
  heard
    .filter(
      ({ kind, method, path, ids, json }) =>
        /\/(?:\.|%2e){1,2}(?:\/|$)|%2f|\.\.|\/\/|%5Bobject|\/(?:undefined|null)(?:\/|$)|%ED%[AB]/i.test(path) ||
        (kind === 'remove' && (ids.some((id) => ODD.has(id)) || holdsOdd(json))) ||
        (method === 'DELETE' && /^\/[^/]+\/?$/.test(path)),
    )
    .map(({ method, path, text }) => `${method} ${path} ${text.slice(0, 200)}`)

const ODD: ReadonlySet<string> = new Set(['', '.', '..', 'undefined', 'null', '[object Object]', 'true', 'false'])

/** Whether a body that says what to remove says it by something else than texts, or names nothing. */
const holdsOdd = (json: Json): boolean =>
  typeof json === 'object' &&
  json !== null &&
  Object.values<Json>(json).some(
    (one) => [one].flat().length === 0 || [one].flat().some((id) => typeof id !== 'string'),
  )

function expectNoHarm(run: Run, { api, foresees = false }: Ground): void {
  const { before, after, proxy, result } = run
  expect(Object.keys(before).length).toBeGreaterThanOrEqual(20)
  expect(harmedIn(run), 'strangers that were harmed').toEqual([])
  expect(aimedAtStrangers(proxy, api), 'requests that name a stranger').toEqual([])
  const gone = proxy.neighbours.filter((id) => !Object.keys(after).some((key) => key === id || key.endsWith(`/${id}`)))
  expect(gone, 'what somebody else made, and is gone').toEqual([])
  const left = leftIn(run)
  const told = result.leftovers.map(({ what, reason }) => `${what}: ${reason}`)
  expect(untold(left, told, proxy.reached), `left, but not among ${JSON.stringify(told)}`).toEqual([])
  if (left.length > 0 && !(foresees && result.leftovers.every(({ foreseen }) => foreseen)))
    expect(exitCodeOf(result), 'the exit code').not.toBe(0)
}

describe.each(GROUNDS)('$name', (ground) => {
  let prepared: Promise<Prepared> | undefined
  const ready = () => (prepared ??= prepare(ground))

  it('no lie: nothing is left, and nothing is harmed', async () => {
    const { few, ...rest } = await ready()
    expect(few.cases.length).toBeGreaterThanOrEqual(7)
    const run = await lieTo({ few, ...rest }, HONEST, few)
    expectNoHarm(run, ground)
    if (ground.foresees) return
    expect(leftIn(run)).toEqual([])
    expect(run.result.leftovers).toEqual([])
    expect(exitCodeOf(run.result)).toBe(0)
  })

  it.each(fitting(LIES, ground))('%s', async (_, lie) => {
    const { few, ...rest } = await ready()
    const isSlow = /has no answer$|never ends$/.test(lie.name)
    const cases = isSlow ? few.cases.slice(0, 3) : few.cases
    const limits = lie.name.endsWith('has no answer') ? { timeout: 250 } : isSlow ? { maxRequests: 150 } : {}
    const run = await lieTo({ few, ...rest }, lie, { ...few, cases }, limits)
    expectNoHarm(run, ground)
    expect(oddRequests(run.proxy), 'requests for what is no id').toEqual([])
  })

  if (ground.isVariant) return

  it('what an earlier run of the same seed could not remove is a stranger to the next', async () => {
    const prepared = await ready()
    await using target = await ground.open(prepared.document)
    await lieAbout(target, prepared, lieCalled('removal says that it is done, and does nothing'), prepared.few)
    const { before, after } = await lieAbout(target, prepared, HONEST, prepared.few)
    expect(Object.keys(before).filter((key) => !Object.hasOwn(after, key))).toEqual([])
  })

  it('strangers in disguise: nobody is harmed by a case of any kind', { timeout: 60_000 }, async () => {
    const prepared = await ready()
    const run = await lieTo(
      prepared,
      lieCalled('creation replies name strangers, who then show what the run has sent'),
      prepared.many,
    )
    expect(run.result.results.length).toBe(prepared.many.cases.length)
    expectNoHarm(run, ground)
  })

  it('Ctrl-C in the middle of a creation: what was made is gone or told', async () => {
    const { code, atEnd, exits } = await interrupt(await ready(), HONEST, 1)
    expect(code).toBe(130)
    expect(exits).toEqual([])
    expectTold(atEnd)
  })

  it('Ctrl-C twice, the second time while it cleans up: what is there still is told before it leaves', async () => {
    const { code, atEnd, atExit, exits } = await interrupt(await ready(), lieCalled('removal has no answer'), 2)
    expect(exits[0] ?? code).toBe(130)
    expectTold(atExit ?? atEnd)
  })
})

const fitting = (all: readonly Lie[], { api, lies }: Ground): [string, Lie][] =>
  all.filter(({ name, fits }) => (fits?.(api) ?? true) && (lies?.test(name) ?? true)).map((lie) => [lie.name, lie])

function lieCalled(name: string): Lie {
  const lie = LIES.find((one) => one.name === name)
  if (!lie) throw new Error(`there is no lie "${name}"`)
  return lie
}

/** What is in the target and in the output at one moment. */
type Moment = Omit<Run, 'result'> & { readonly output: string }

/** The command, with one or two signals: the first in the middle of the third creation or change, the second at the next request. */
async function interrupt({ ground, document, headers, few }: Prepared, lie: Lie, times: 1 | 2) {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-no-harm-'))
  stack.defer(() => rm(folder, { recursive: true }))
  const isBuiltIn = BUILT_IN[ground.file] !== undefined
  const file = join(folder, 'other.yaml')
  if (!isBuiltIn) await writeFile(file, JSON.stringify(document.model))
  const target = stack.use(await ground.open(document))
  const before = target.state()
  const proxy = stack.use(await openLyingProxy(target, ground.api, lie, { headers, tag: TAG }))
  const signals = new EventEmitter()
  const exits: number[] = []
  let output = ''
  const now = (): Moment => ({ before, after: target.state(), proxy, output })
  let atExit: Moment | undefined
  let changes = 0
  let interrupted = 0
  proxy.onHeard = ({ kind, method }) => {
    if (kind !== 'list' && kind !== 'read' && method !== 'GET') changes++
    if (interrupted < times && changes >= 3) {
      interrupted++
      signals.emit('SIGINT')
    }
  }
  const { params = {}, secondParams = {} } = ground.options ?? {}
  const code = await run(
    [
      ...[
        isBuiltIn ? ground.file : file,
        '--url',
        proxy.url,
        '--seed',
        SEED,
        '--timeout',
        '400',
        '--strict',
        'assumed',
      ],
      ...['--token', ground.tokens.own, '--bad-token', 'invalid'],
      ...Object.entries(params).flatMap(([name, value]) => ['--param', `${name}=${value}`]),
      ...Object.entries(secondParams).flatMap(([name, value]) => ['--second-param', `${name}=${value}`]),
    ],
    {
      env: {},
      stdout: { write: (text) => void (output += text) },
      stderr: { write: (text) => void (output += text) },
      signals,
      suite: { listCases: () => few, verify: (options) => verify({ ...options, plan: few, settling: 0 }) },
      exit: (status) => {
        exits.push(status)
        atExit ??= now()
        // A process that has left sends nothing more.
        void proxy[Symbol.asyncDispose]()
      },
    },
  )
  expect(proxy.faults).toEqual([])
  expect(interrupted).toBeGreaterThan(0)
  return { code, exits, atEnd: now(), atExit }
}

/** No stranger is harmed, and each thing of the run that is there is told in a line about what is left. */
function expectTold(moment: Moment): void {
  expect(harmedIn(moment)).toEqual([])
  const lines = moment.output.split('\n').filter((line) => /\bleft\b|may have created/i.test(line))
  expect(untold(leftIn(moment), lines, moment.proxy.reached), `left, but not told in:\n${moment.output}`).toEqual([])
}
