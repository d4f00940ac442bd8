import { describe, expect, it } from 'vitest'
import type { Answer, Kept } from '../engine/vocabulary.ts'
import { writeAnswer } from './write-answer.ts'

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

function write(body: unknown, headers: Record<string, string> = JSON_TYPE) {
  const told: [unknown, string][] = []
  const reply = { status: 201, headers, body }
  const kept: Kept = { keep: (shown, text) => told.push([shown, text]), entry: { reply } }
  return { text: writeAnswer({ reply, kept }), told, entry: kept.entry, reply }
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

  it('that is no JSON is its text, and nobody is told of it', () => {
    const { text, told, entry, reply } = write('plain', { 'content-type': 'text/plain' })
    expect([text, told, entry?.reply]).toEqual(['plain', [], reply])
  })

  it('without a body is written as nothing', () => {
    const { text, told, entry, reply } = write(undefined)
    expect([text, told, entry?.reply]).toEqual([undefined, [], reply])
  })

  it('tells the state the text of each object in a member or in a list of one', () => {
    const [a, b, c] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
    expect(write({ users: [a, 'b', b], user: c, total: 3, none: null }).told).toEqual([
      [a, '{"id":"a"}'],
      [b, '{"id":"b"}'],
      [c, '{"id":"c"}'],
    ])
  })

  it('leaves the journal its text in the place of its data, in parts that the state shares', () => {
    const { text, told, entry } = write({ users: [{ id: 'a' }, { id: 'b' }] })
    const parts = entry && 'parts' in entry.reply ? entry.reply.parts : []
    expect(entry?.reply).toEqual({ status: 201, headers: JSON_TYPE, parts })
    expect(parts.join('')).toBe(text)
    expect(parts).toEqual(expect.arrayContaining(told.map(([, shared]) => shared)))
  })

  it('that changed nothing leaves the journal its data', () => {
    const answer: Answer = { reply: { status: 200, headers: JSON_TYPE, body: { a: [1] } } }
    expect(writeAnswer(answer)).toBe('{"a":[1]}')
  })
})
