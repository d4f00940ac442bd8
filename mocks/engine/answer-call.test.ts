import { beforeEach, describe, expect, it } from 'vitest'
import { parseContract } from '../../documents/contract/build-contract.ts'
import { listOperations } from '../../documents/emit/list-operations.ts'
import { compileValidators } from '../../documents/validators/compile-validators.ts'
import { MemoryStore } from '../state/memory-store.ts'
import type { SessionState, StoreOptions } from '../state/store.ts'
import { answerCall, type Setting, shapeRefusal, type Target } from './answer-call.ts'
import { buildRoutes } from './match-route.ts'
import { PatientCall } from './patience.ts'
import { Session } from './session.ts'
import {
  type Behaviours,
  type Call,
  type CollectionRules,
  type Collections,
  type Decision,
  type Judgement,
  type Operation,
  type Refusal,
  refuse,
  type Turn,
  type Work,
} from './vocabulary.ts'

const contract = parseContract(
  `
openapi: 3.1.0
info: { title: People, version: '1' }
security: [{ bearer: [] }]
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
paths:
  /people/{name}:
    put:
      operationId: putPerson
      parameters:
        - { name: name, in: path, required: true, schema: { type: string, maxLength: 20 } }
        - { name: year, in: query, schema: { type: integer, maximum: 2100 } }
      requestBody: { required: true, content: { application/json: { schema: { type: object } } } }
      responses:
        '200': { description: Kept, content: { application/json: { schema: { type: object, required: [count] } } } }
        '204': { description: Kept in silence }
        '303': { description: Kept elsewhere }
        '400': { description: Wrong, content: { application/json: { schema: { type: object, required: [problem] } } } }
        '404': { description: Gone, content: { application/json: { schema: { type: object } } } }
`,
  'people.yaml',
)
const [operation] = listOperations(contract) as [Operation]
const validators = compileValidators(contract)['putPerson'] ?? { replies: {} }

interface Records {
  readonly users: { readonly id: string }
}
type Given = Turn<Records>

/** Keeps a person of the path's name. */
const keep = ({ collections: { users }, input }: Given): Decision => {
  users.put({ id: input.path['name'] as string })
  return { status: 200, body: { count: users.size } }
}

/** A collection of users of these keys. */
const usersOf = (keysOf: CollectionRules<{ readonly id: string }>['keysOf']): Collections<Records> => ({
  users: { idOf: ({ id }) => id, keysOf },
})
let collections: Collections<Records>
let furnish: StoreOptions['furnish']
let session: Session<SessionState>
beforeEach(() => {
  collections = usersOf(() => [])
  furnish = undefined
  const store = new MemoryStore({
    collectionsOf: () => collections as unknown as Collections,
    furnish: (...given) => furnish?.(...given),
  })
  session = new Session(store.openSession(''))
})

function settingOf(
  behave: (turn: Given) => Decision,
  own: Partial<Behaviours<Records>> = {},
  more: Partial<Setting> = {},
): Setting {
  const behaviours: Behaviours<Records> = {
    tenantOf: ({ caller }) => caller.credential,
    collections,
    refuse: ({ refused, message }, status) => ({ status, body: { problem: refused, message } }),
    exampleCredential: 'acme',
    operations: { putPerson: behave },
    ...own,
  }
  const target: Target = { api: 'people', basePath: '', operation, validators, behaviours, failures: {} }
  return {
    routes: buildRoutes([target], () => 'people'),
    behavioursOf: () => behaviours,
    seed: 'rollcall',
    checksReplies: true,
    warn: () => {},
    ...more,
  }
}

const CALL: Call = {
  method: 'PUT',
  path: '/people/zoe',
  headers: { authorization: 'Bearer acme', 'content-type': 'application/json' },
  text: '{}',
}
const answer = (setting: Setting, call: Partial<Call> = {}, now = new Date(0)) =>
  answerCall(setting, session, { ...CALL, ...call }, now)
/** What is kept, and which number the next new user of acme would have. */
function stateOf() {
  const turn = session.state.open('people', 'acme')
  const number = turn.collections['users']?.fresh(String).number
  turn.rollback()
  return { snapshot: session.state.snapshot(), next: number }
}
const isUntouched = () => JSON.stringify(session.state.snapshot()) === '{"version":2,"apis":{},"outbox":[]}'

describe('an answer', () => {
  it('says what the behaviour decided, and which operation gave it', () => {
    expect(answer(settingOf(keep))).toEqual({
      api: 'people',
      operationId: 'putPerson',
      reply: { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: { count: 1 } },
    })
  })

  it('has no content type without a body, and the one the behaviour gives it otherwise', () => {
    expect(answer(settingOf(() => ({ status: 204 }))).reply).toEqual({ status: 204, headers: {} })
    const headers = { 'content-type': 'application/vnd.people+json', etag: '"1"' }
    expect(answer(settingOf(() => ({ status: 200, body: { count: 0 }, headers }))).reply.headers).toEqual(headers)
  })

  it('comes from the state that earlier calls left, of the same tenant', () => {
    const setting = settingOf(keep)
    const initech = { headers: { ...CALL.headers, authorization: 'Bearer initech' } }
    const counts = [{}, { path: '/people/bob' }, {}, initech].map((call) => answer(setting, call).reply.body)
    expect(counts).toEqual([{ count: 1 }, { count: 2 }, { count: 2 }, { count: 1 }])
  })

  it('gives its behaviour the validated input, the tenant and the time', () => {
    const seen: unknown[] = []
    const behave = ({ input, tenant, world }: Given): Decision => {
      seen.push(input.path, input.body, tenant, world.timestamp)
      return { status: 204 }
    }
    answer(settingOf(behave), { path: '/people/a%2Fb' }, new Date(86_400_000))
    expect(seen).toEqual([{ name: 'a/b' }, {}, 'acme', '1970-01-02T00:00:00.000Z'])
  })

  it('furnishes a tenant before its first call', () => {
    furnish = (api, tenant, { collections }) => collections['users']?.put({ id: `${api} ${tenant}` })
    expect(answer(settingOf(keep)).reply.body).toEqual({ count: 2 })
    expect(session.state.snapshot().apis['people']?.['acme']?.users).toEqual([{ id: 'people acme' }, { id: 'zoe' }])
  })
})

describe('a reply that is too long to be written', () => {
  const endless = {
    count: 1,
    toJSON() {
      throw new RangeError('Invalid string length')
    },
  }
  const tellAll = (turn: Given): Decision => ({ ...keep(turn), status: 200, body: endless })

  it('is a refusal, and leaves no trace', () => {
    const { reply, refusal } = answer(settingOf(tellAll), { text: `{"a":"${'{'.repeat(2 ** 20)}"}` })
    expect([reply.status, refusal?.refused]).toEqual([413, 'body-too-large'])
    expect(reply.body).toMatchObject({ message: 'a text of it, or its reply, is too long; send less at once' })
    expect(isUntouched()).toBe(true)
  })

  it('is not looked for where the request is short', () => {
    expect(answer(settingOf(tellAll)).reply.body).toBe(endless)
  })
})

describe('the rooms', () => {
  const WRONG: Record<string, Partial<Call>> = {
    path: { path: '/nobody' },
    method: { method: 'GET' },
    encoding: { path: '/people/%zz' },
    credentials: { headers: { 'content-type': 'application/json' } },
    token: { headers: { ...CALL.headers, authorization: 'Bearer invalid' } },
    parameter: { path: `/people/${'x'.repeat(21)}` },
    type: { headers: { authorization: 'Bearer acme' } },
    body: { text: '{' },
  }

  it.each<[wrong: string, status: number, refused: Refusal['refused']]>([
    ['path', 404, 'no-such-path'],
    ['method', 405, 'method-not-allowed'],
    ['encoding', 400, 'invalid'],
    ['credentials', 401, 'no-credentials'],
    ['token', 403, 'bad-credentials'],
    ['parameter', 400, 'invalid'],
    ['type', 415, 'unsupported-media-type'],
    ['body', 400, 'malformed-body'],
  ])('refuse a wrong %s with %i, and no behaviour is asked', (wrong, status, refused) => {
    let asked = 0
    const behave = (turn: Given) => {
      asked++
      return keep(turn)
    }
    const { reply, refusal } = answer(settingOf(behave), WRONG[wrong])
    expect(refusal?.refused).toBe(refused)
    expect(reply).toMatchObject({ status, body: { problem: refused } })
    expect(asked).toBe(0)
    expect(isUntouched()).toBe(true)
  })

  it('stand in the order path, method, credentials, parameters, media type, body', () => {
    const order = ['path', 'method', 'token', 'parameter', 'type', 'body']
    for (const [index, first] of order.entries()) {
      for (const later of order.slice(index + 1)) {
        const both = { ...WRONG[later], ...WRONG[first] }
        if (WRONG[later]?.headers && WRONG[first]?.headers) both.headers = { authorization: 'Bearer invalid' }
        const alone = answer(settingOf(keep), WRONG[first]).refusal?.refused
        expect(answer(settingOf(keep), both).refusal?.refused, `${first} before ${later}`).toBe(alone)
      }
    }
  })

  it('say which methods are allowed', () => {
    expect(answer(settingOf(keep), WRONG['method']).reply.headers).toMatchObject({ allow: 'PUT' })
  })

  it('name the operation that refused, once there is one', () => {
    expect(answer(settingOf(keep), WRONG['path'])).not.toHaveProperty('operationId')
    expect(answer(settingOf(keep), WRONG['body'])).toMatchObject({ api: 'people', operationId: 'putPerson' })
  })
})

describe('a refusal', () => {
  const refusing =
    (refusal: Partial<Refusal> = {}) =>
    (turn: Given): Decision => {
      keep(turn)
      return { refused: 'failure', message: 'no room', ...refusal }
    }

  it('by a behaviour is shaped by the API, and nothing is kept', () => {
    const { reply, refusal } = answer(settingOf(refusing()))
    expect(reply).toMatchObject({ status: 400, body: { problem: 'failure', message: 'no room' } })
    expect(refusal).toMatchObject({ refused: 'failure', message: 'no room' })
    expect(isUntouched()).toBe(true)
  })

  it('keeps its headers whatever its shape', () => {
    const refuse = () => ({ status: 404, body: {}, headers: { 'retry-after': '1', via: 'x' } })
    const { reply } = answer(settingOf(refusing({ headers: { 'retry-after': '60' } }), { refuse }))
    expect(reply.headers).toEqual({ 'content-type': 'application/json; charset=utf-8', 'retry-after': '60', via: 'x' })
  })

  it('may come from the tenancy', () => {
    const tenantOf = (): Refusal => ({ refused: 'failure', message: 'no such tenant' })
    expect(answer(settingOf(keep, { tenantOf })).refusal).toEqual({ refused: 'failure', message: 'no such tenant' })
  })

  it('whose declared shape is broken becomes a 500 that says so', () => {
    const refuse = ({ message }: Refusal, status: number) => ({ status, body: { oops: message } })
    const { reply, refusal } = answer(settingOf(refusing(), { refuse }))
    expect(reply.status).toBe(500)
    expect(refusal?.message).toContain(
      "putPerson failed: it answers 400, but the body must have required property 'problem'",
    )
  })

  it('has a plain shape where no API owns the path', () => {
    const setting = settingOf(keep, {}, { behavioursOf: () => undefined })
    expect(shapeRefusal(setting, { refused: 'body-too-large', message: 'too large' }, { ...CALL, path: '/x' })).toEqual(
      {
        status: 413,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: { error: 'too large' },
      },
    )
  })

  it.each<[status: number, body?: unknown]>([
    [400, { problem: 'x' }],
    [404, {}],
  ])('that a behaviour answers as a reply with %i keeps nothing either', (status, body) => {
    const behave = (turn: Given): Decision => ({ ...keep(turn), status, body })
    expect(answer(settingOf(behave)).reply.status).toBe(status)
    expect(isUntouched()).toBe(true)
  })

  it('is no redirection: what it did is kept', () => {
    const redirect = ({ collections: { users } }: Given) => {
      users.put({ id: users.fresh(String).id })
      return { status: 303 }
    }
    expect(answer(settingOf(redirect)).reply.status).toBe(303)
    expect(isUntouched()).toBe(false)
  })
})

describe('a behaviour that breaks its contract', () => {
  const untyped = (behave: (turn: Given) => unknown) => behave as (turn: Given) => Decision

  it.each<[how: string, behave: (turn: Given) => Decision, what: string]>([
    ['by an undeclared status', () => ({ status: 201, body: {} }), 'answers 201, which it does not declare'],
    ['by its body', () => ({ status: 200, body: {} }), "answers 200, but the body must have required property 'count'"],
    ['by no body', () => ({ status: 200 }), 'answers 200, but the body must be object'],
    ['by a body where none is', () => ({ status: 204, body: {} }), 'answers 204 with a body, where none is declared'],
    [
      'by an error',
      () => {
        throw new TypeError('oops')
      },
      'threw TypeError: oops',
    ],
    [
      'by throwing a text',
      () => {
        throw 'oops'
      },
      'threw oops',
    ],
    [
      'by throwing nothing',
      () => {
        throw undefined
      },
      'threw undefined',
    ],
    [
      'by taking a key twice',
      ({ collections: { users } }) => {
        users.put({ id: 'twin' })
        return { status: 204 }
      },
      'threw Error: email "zoe" belongs to zoe of users, not to twin',
    ],
    ['by returning nothing', untyped(() => undefined), 'threw Error: a behaviour must return a reply with a status'],
    ['by returning null', untyped(() => null), 'threw Error: a behaviour must return a reply with a status'],
    [
      'by a promise',
      untyped(async () => ({ status: 204 })),
      'threw Error: a behaviour must return a reply with a status',
    ],
    [
      'by a status that is text',
      untyped(() => ({ status: '204' })),
      'threw Error: a behaviour must return a reply with a status',
    ],
  ])('%s answers 500, says so, and leaves no trace', (_, behave, what) => {
    collections = usersOf(({ id }) => [['email', id === 'twin' ? 'zoe' : id]])
    // A tenant is kept from its first change on: of one that nobody touched, no trace would show.
    answer(settingOf(keep), { path: '/people/ada' })
    const before = stateOf()
    const setting = settingOf((turn) => {
      keep(turn)
      turn.collections.users.remove('ada')
      turn.collections.users.fresh(String)
      turn.invite({ to: 'zoe@example.com', at: '', userId: 'zoe' })
      return behave(turn)
    })
    const { reply, refusal, operationId } = answer(setting)
    const message = expect.stringContaining(`the behaviour of putPerson failed: it ${what}`)
    expect(reply).toMatchObject({ status: 500, body: { problem: 'broken-reply', message } })
    expect(refusal).toMatchObject({ refused: 'broken-reply', rule: 'check-reply' })
    expect(operationId).toBe('putPerson')
    expect(stateOf()).toEqual(before)
  })

  it('is let through by its reply where replies are not checked, and throwing still leaves no trace', () => {
    const unchecked = { checksReplies: false }
    const broken = { status: 201, body: { anything: true } }
    expect(answer(settingOf(() => broken, {}, unchecked)).reply).toMatchObject(broken)
    answer(settingOf(keep, {}, unchecked), { path: '/people/ada' })
    const before = stateOf()
    const fails = (turn: Given) => {
      keep(turn)
      throw new Error('oops')
    }
    expect(answer(settingOf(fails, {}, unchecked)).reply.status).toBe(500)
    expect(stateOf()).toEqual(before)
  })

  it('is told with what it threw', () => {
    const error = new Error('oops')
    const behave = () => {
      throw error
    }
    expect(answer(settingOf(behave)).refusal?.cause).toBe(error)
  })

  it('has no behaviour for an operation', () => {
    expect(answer(settingOf(keep, { operations: {} })).refusal?.message).toContain(
      'no behaviour for operation putPerson',
    )
  })

  it('is none where the call can be made again later: that is thrown', () => {
    const work = [][Symbol.iterator]() as Work
    const patience = new PatientCall()
    const setting = settingOf((turn) => {
      keep(turn)
      patience.furnish(turn as never, work, 1_000_000, ['', 'people', 'acme'])
      return { status: 200 }
    })
    expect(() => answerCall(setting, session, CALL, new Date(0), undefined, patience)).toThrow(
      expect.objectContaining({ key: '["","people","acme"]', isShared: true }),
    )
    expect(isUntouched()).toBe(true)
    expect(answer(setting).reply.status).toBe(500)
  })

  it('has a tenancy that throws', () => {
    const tenantOf = () => {
      throw new Error('whose?')
    }
    expect(answer(settingOf(keep, { tenantOf }))).toMatchObject({ reply: { status: 500 }, operationId: 'putPerson' })
    expect(isUntouched()).toBe(true)
  })

  it('does not stop the next call', () => {
    let times = 0
    const setting = settingOf((turn) => {
      if (++times === 1) throw new Error('oops')
      return keep(turn)
    })
    expect([answer(setting).reply.status, answer(setting).reply.body]).toEqual([500, { count: 1 }])
  })
})

describe('a call that another reader has judged', () => {
  const INVALID = refuse('invalid', 'it says so', { at: '/a', rule: 'theirs' })
  const serve = (setting: Setting, call: Partial<Call>, judged: Judgement) =>
    answerCall(setting, session, { ...CALL, ...call }, new Date(0), judged)
  const tell = (turn: Given): Decision => {
    keep(turn)
    return { status: 200, body: { count: 1, input: turn.input } }
  }

  it('is not checked again: only given its types', () => {
    const name = 'x'.repeat(21)
    const call = { path: `/people/${name}`, query: { year: '2101' }, text: '[1]' }
    expect(answer(settingOf(tell), call)).toMatchObject({ refusal: { refused: 'invalid' } })
    const { reply, refusal } = serve(settingOf(tell), call, {})
    expect(refusal).toBeUndefined()
    expect(reply.body).toMatchObject({ input: { path: { name }, query: { year: 2101 }, body: [1] } })
  })

  it('is refused as it was judged, in the shape of its API, and leaves no trace', () => {
    const { reply, refusal } = serve(settingOf(keep), {}, { refusal: INVALID })
    expect(reply).toMatchObject({ status: 400, body: { problem: 'invalid', message: 'it says so' } })
    expect(refusal).toEqual(INVALID)
    expect(isUntouched()).toBe(true)
  })

  it('still needs a body that can be read, of a media type that is declared', () => {
    expect(serve(settingOf(keep), { text: '{' }, {}).refusal?.refused).toBe('malformed-body')
    const headers = { ...CALL.headers, 'content-type': 'text/plain' }
    expect(serve(settingOf(keep), { headers }, {}).refusal?.refused).toBe('unsupported-media-type')
    expect(isUntouched()).toBe(true)
  })

  it('is refused for its credentials first, then for its token, then as it was judged', () => {
    const missing: Judgement = { refusal: refuse('no-credentials', 'none') }
    const invalid = { headers: { ...CALL.headers, authorization: 'Bearer invalid' } }
    const wrong = settingOf(keep, { tenantOf: () => refuse('bad-credentials', 'no tenant') })
    expect(serve(settingOf(keep), invalid, missing).reply.status).toBe(401)
    expect(serve(settingOf(keep), {}, missing).reply.status).toBe(401)
    expect(serve(settingOf(keep), invalid, { refusal: INVALID }).reply.status).toBe(403)
    expect(serve(settingOf(keep), { headers: {} }, {}).reply.status).toBe(401)
    expect(serve(wrong, {}, { refusal: INVALID }).reply.status).toBe(403)
    expect(isUntouched()).toBe(true)
  })

  it('is counted by a rate limit before it is refused as it was judged', () => {
    const limits = [{ name: 'one', operations: ['putPerson'], requests: 1, seconds: 60 }]
    const limited = settingOf(keep, { limits }, { limitsRate: true })
    const judged = { refusal: INVALID }
    expect([serve(limited, {}, judged), serve(limited, {}, judged)].map(({ reply }) => reply.status)).toEqual([
      400, 429,
    ])
  })

  it('has no say where no operation answers, or a failure was ordered', () => {
    expect(serve(settingOf(keep), { path: '/nobody' }, { refusal: INVALID }).reply.status).toBe(404)
    session.program({ api: 'people', operationId: 'putPerson', status: 400 })
    expect(serve(settingOf(keep), {}, { refusal: INVALID })).toMatchObject({ isForced: true })
    expect(serve(settingOf(keep), {}, { refusal: INVALID }).isForced).toBeUndefined()
  })

  it('is refused as it was judged before a preferred reply is given', () => {
    const headers = { ...CALL.headers, prefer: 'code=404' }
    expect(serve(settingOf(keep), { headers }, { refusal: INVALID }).refusal).toEqual(INVALID)
    expect(serve(settingOf(keep), { headers }, {}).refusal).not.toEqual(INVALID)
  })

  it('has a reply that is held to the document all the same', () => {
    const { reply } = serve(
      settingOf((turn) => ({ ...keep(turn), status: 200, body: { total: 1 } })),
      {},
      {},
    )
    expect(reply.status).toBe(500)
    expect(isUntouched()).toBe(true)
  })
})
