import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Api } from './api/api.ts'
import { createMock } from './create-mock.ts'
import { defineBehaviours, type OwnBehaviours } from './engine/define-behaviours.ts'
import { type Behaviours, isRefusal } from './engine/vocabulary.ts'
import { extendApi } from './extend-api.ts'
import { readApi } from './read-api.ts'

interface Guest {
  id?: string
  email: string
}
interface Event {
  id: string
  name: string
}

/** As `rollcall generate` writes them. */
interface operations {
  getEvent: {
    parameters: { path: { eventId: string } }
    requestBody?: never
    responses: {
      200: { content: { 'application/json': Event } }
      404: { content: { 'application/json': { message: string } } }
    }
  }
  inviteGuest: {
    failures: 'already_invited'
    parameters: { path: { eventId: string } }
    requestBody: { content: { 'application/json': Guest } }
    responses: {
      201: { content: { 'application/json': Guest } }
      404: { content: { 'application/json': { message: string } } }
    }
  }
}

let api: Api
beforeAll(async () => {
  api = await readApi(join(import.meta.dirname, 'plan/events.yaml'))
})

/** A mock with these behaviours, and one event. */
function mockOf(own: OwnBehaviours) {
  const mock = createMock({ apis: [extendApi(api, own)], warn: () => {} })
  const call = (method: string, path: string, body?: unknown) =>
    mock.answer({
      method,
      path: `/v1${path}`,
      headers: { authorization: 'Bearer any' },
      ...(body !== undefined && { body }),
    })
  const { id } = call('POST', '/events', { name: 'Night' }).body as Event
  return { mock, call, id, invite: (email: string) => call('POST', `/events/${id}/guests`, { email }) }
}

describe('behaviours of one own', () => {
  const typed = defineBehaviours<operations>()({
    inviteGuest(turn, { inherit, fail }) {
      const { email } = turn.input.body
      if (email.endsWith('@example.org')) return fail('already_invited')
      const outcome = inherit(turn)
      if (isRefusal(outcome) || outcome.status !== 201) return outcome
      return { status: 201, body: { ...outcome.body, email: email.toLowerCase() }, headers: { 'x-invited': 'yes' } }
    },
  })

  it('change what is inherited, fail by the catalogue, and leave all else to the resources', () => {
    const { call, id, invite } = mockOf(typed)
    expect(invite('ADA@example.com')).toMatchObject({
      status: 201,
      body: { email: 'ada@example.com' },
      headers: { 'x-invited': 'yes' },
    })
    expect(invite('ben@example.org')).toMatchObject({ status: 409, body: { message: 'Invited already' } })
    expect(call('GET', `/events/${id}/guests`).body).toMatchObject({ total: 1 })
    expect(call('GET', `/events/${id}`).status).toBe(200)
  })

  it('are typed by the document: input, replies by status, failures by id', () => {
    defineBehaviours<operations>()({
      // @ts-expect-error the document has no such operation
      inviteGuests: () => ({ status: 201 }),
    })
    defineBehaviours<operations>()({
      // @ts-expect-error it declares no such status
      getEvent: () => ({ status: 418 }),
    })
    defineBehaviours<operations>()({
      // @ts-expect-error the body of a 200 is an event
      getEvent: () => ({ status: 200, body: { email: 'ada@example.com' } }),
    })
    defineBehaviours<operations>()({
      // @ts-expect-error it has no such failure
      inviteGuest: (_, { fail }) => fail('nobody_knows'),
    })
    const event = defineBehaviours<operations>()({
      getEvent: ({ input }) => ({ status: 200, body: { id: input.path.eventId satisfies string, name: 'Night' } }),
    })
    expect(Object.keys(event.operations)).toEqual(['getEvent'])
  })

  it('know nothing of an input or a body where no document has typed them', () => {
    const untyped = defineBehaviours()({
      inviteGuest(turn, { inherit }) {
        // @ts-expect-error a body may be anything
        void turn.input.body.email
        const outcome = inherit(turn)
        return 'refused' in outcome ? outcome : { ...outcome, headers: { ...outcome.headers, 'x-invited': 'yes' } }
      },
    })
    expect(mockOf(untyped).invite('ada@example.com').headers).toMatchObject({ 'x-invited': 'yes' })
  })

  it('are all that an API needs where each operation has one, and what else is its own stands beside them', () => {
    const rest: Omit<Behaviours, 'operations'> = { ...api.behaviours, exampleCredential: 'any' }
    const getEvent = () => ({ status: 200, body: { id: '1', name: 'Night' } }) as const
    const inviteGuest = () => ({ status: 201, body: { email: 'ada@example.com' } }) as const
    const whole: Behaviours = defineBehaviours<operations>()({ getEvent, inviteGuest }, rest)
    // @ts-expect-error nothing answers inviteGuest
    const part: Behaviours = defineBehaviours<operations>()({ getEvent }, rest)
    expect([Object.keys(whole.operations), whole.exampleCredential]).toEqual([['getEvent', 'inviteGuest'], 'any'])
    expect(part.operations).toEqual({ getEvent })
  })

  it('answer 500 with the place of what they throw, and nothing is changed', () => {
    const { call, id, invite, mock } = mockOf({
      operations: {
        inviteGuest(turn, { inherit }) {
          inherit(turn)
          throw new TypeError('no more room')
        },
      },
    })
    const { status, body } = invite('ada@example.com')
    expect(status).toBe(500)
    expect(JSON.stringify(body)).toMatch(
      /the behaviour of inviteGuest failed at \S*mocks\/extend-api\.test\.ts:\d+:\d+: TypeError: no more room; nothing was changed/,
    )
    expect(mock.journal.at(-1)).toMatchObject({ verdict: { rule: 'behaviour' } })
    expect(call('GET', `/events/${id}/guests`).body).toMatchObject({ total: 0 })
  })

  it.each<[what: string, behave: OwnBehaviours['operations'][string], told: RegExp]>([
    ['nothing', () => undefined as never, /it must return a reply with a status, or a refusal, at once/],
    ['a promise', (async () => ({ status: 201 })) as never, /at once/],
    [
      'a failure that there is not',
      (_, { fail }) => fail('already_invitd'),
      /has no failure already_invitd; the closest is already_invited/,
    ],
    ['what breaks the document', () => ({ status: 201, body: { mail: 1 } }), /answers 201, but/],
  ])('that return %s answer 500', (_, behave, told) => {
    const { invite } = mockOf({ operations: { inviteGuest: behave } })
    const { status, body } = invite('ada@example.com')
    expect(status).toBe(500)
    expect(JSON.stringify(body)).toMatch(told)
  })

  it('for an operation that the document has not are refused, with the closest', () => {
    expect(() => extendApi(api, { operations: { getEvents: () => ({ status: 200 }) } })).toThrow(
      'there is no operation getEvents in events; the closest is getEvent',
    )
  })
})
