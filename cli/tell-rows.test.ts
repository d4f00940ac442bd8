import { describe, expect, it } from 'vitest'
import { createMock } from '../mocks/create-mock.ts'
import { descope } from '../mocks/descope.ts'
import { dynamic } from '../mocks/dynamic.ts'
import type { Answer } from '../mocks/engine/vocabulary.ts'
import { royalti } from '../mocks/royalti.ts'
import { tellRows } from './tell-rows.ts'

const APIS = [dynamic, royalti, descope]
const BULK = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users/bulk'
const headers = { authorization: 'Bearer any', 'content-type': 'application/json' }

const told = (answer: Answer) => tellRows(answer, APIS)

describe('what is told of the rows of a reply', () => {
  const mock = createMock({ apis: APIS })
  const create = (...emails: readonly string[]) =>
    mock.serve({ method: 'POST', path: BULK, headers, body: emails.map((email) => ({ email })) })

  it('is nothing where none failed', () => {
    expect(told(create('ada@example.com'))).toBeUndefined()
  })

  it('counts what was created and what failed, and names why', () => {
    const answer = create('bo@example.com', 'cy@example.com', 'ada@example.com', 'BO@example.com')
    expect(told(answer)).toBe('2 created, 2 failed: email_already_exists')
  })

  it('is the same of a reply that was written already', () => {
    const answer: Answer = create('di@example.com', 'ada@example.com')
    const { body, ...reply } = answer.reply
    const written = { ...answer, reply: { ...reply, body: undefined }, parts: [JSON.stringify(body)] }
    expect(told(written)).toBe('1 created, 1 failed: email_already_exists')
  })

  it('has the failure in the place of a message that names a person', () => {
    const [failure] = royalti.operations.flatMap(({ id, failures }) =>
      failures.flatMap((one) => (one.level === 'row' ? [{ ...one, operationId: id }] : [])),
    )
    const errors = [failure?.message?.replaceAll(/\{\w+\}/g, 'Ada')]
    const answer = { api: 'royalti', operationId: failure?.operationId as string, reply: reply(201, { errors }) }
    expect(told(answer)).toBe(`1 failed: ${failure?.id}`)
    expect(told({ ...answer, reply: reply(201, { errors: ['Ada Lovelace is somebody else'] }) })).toBe('1 failed')
  })

  it('is nothing where the request was refused, or no operation was asked', () => {
    expect(told(mock.serve({ method: 'POST', path: BULK, headers, body: [{}, 1] }))).toBeUndefined()
    expect(told(mock.serve({ method: 'GET', path: '/nowhere', headers }))).toBeUndefined()
  })
})

const reply = (status: number, body: object) => ({ status, headers: {}, body })
