import { describe, expect, it } from 'vitest'
import type { Answer } from '../engine/vocabulary.ts'
import { writeAnswer } from './write-answer.ts'

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

/** Writes an answer to a call that added these records. */
function write(body: unknown, headers: Record<string, string> = JSON_TYPE, records: readonly object[] = []) {
  const texts = records.map((record, index) => `<${index}: ${JSON.stringify(record)}>`)
  const answer: Answer = { reply: { status: 201, headers, body }, written: { records, texts } }
  return { text: writeAnswer(answer), answer, texts }
}

describe('an answer', () => {
  it.each<[string, unknown]>([
    ['no members', {}],
    ['members that are undefined', { a: undefined, b: 1, c: undefined }],
    ['members of every type', { a: 'é"\u2028', b: -0, c: null, d: true, e: {}, f: [], g: [[]], h: 1e21 }],
    ['undefined and null in lists', { list: [undefined, null, 1, 'a', {}, { b: undefined }] }],
    ['names that need no quotes in a program, and names that do', { 'a-b': 1, '': 2, é: 3 }],
    ['a list alone', [{ a: 1 }, [2]]],
    ['a text alone', 'a'],
    ['null alone', null],
  ])('with %s is what JSON.stringify writes', (_, body) => {
    expect(write(body).text).toBe(JSON.stringify(body))
  })

  it('whose names must be escaped is what JSON.stringify writes', () => {
    const body = { 'a"b\\c\n': [1], ['__proto__']: { a: 1 } }
    expect(write(body).text).toBe(JSON.stringify(body))
  })

  it.each<[what: string, body: unknown, headers?: Record<string, string>]>([
    ['no JSON', 'plain', { 'content-type': 'text/plain' }],
    ['no object', [1]],
    ['nothing', undefined],
  ])('that is %s stays as it is for the journal', (_, body, headers = JSON_TYPE) => {
    const { text, answer } = write(body, headers)
    expect(text).toBe(typeof body === 'object' ? JSON.stringify(body) : body)
    expect([answer.reply, answer.parts]).toEqual([{ status: 201, headers, body }, undefined])
  })

  it('that is bytes is those bytes', () => {
    const bytes = Uint8Array.of(0, 255)
    expect(write(bytes, { 'content-type': 'image/png' }).text).toBe(bytes)
  })

  it('takes the text of each record that it shows, in a member or in a list of one, from the state', () => {
    const [a, b, c, d] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }]
    const { text, texts } = write({ users: [a, 'b', d, b], user: c, total: 3, none: null }, JSON_TYPE, [a, b, c])
    expect(text).toBe(`{"users":[${texts[0]},"b",{"id":"d"},${texts[1]}],"user":${texts[2]},"total":3,"none":null}`)
  })

  it('writes itself what it shows in another order than that of the state', () => {
    const [a, b] = [{ id: 'a' }, { id: 'b' }]
    const { text, texts } = write({ users: [b, a] }, JSON_TYPE, [a, b])
    expect(text).toBe(`{"users":[{"id":"b"},${texts[0]}]}`)
  })

  it('leaves the journal its text in the place of its data, in parts that the state shares', () => {
    const [a, b] = [{ id: 'a' }, { id: 'b' }]
    const { text, answer, texts } = write({ users: [a, b] }, JSON_TYPE, [a, b])
    expect(answer).toEqual({ reply: { status: 201, headers: JSON_TYPE }, written: undefined, parts: answer.parts })
    expect(answer.parts?.join('')).toBe(text)
    expect(answer.parts).toEqual(expect.arrayContaining(texts))
  })

  it('to a call that changed nothing leaves the journal its data', () => {
    const answer: Answer = { reply: { status: 200, headers: JSON_TYPE, body: { a: [1] } } }
    expect(writeAnswer(answer)).toBe('{"a":[1]}')
    expect(answer.reply.body).toEqual({ a: [1] })
  })
})
