import { expect, it } from 'vitest'
import { parseContract } from '../contract/build-contract.ts'
import { writeBody } from './write-body.ts'

const contractOf = (text: string) =>
  parseContract(`openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths: {}\nx-values: ${text}\n`, 'a.yaml')

const write = (text: string, value: unknown) =>
  JSON.stringify(writeBody(contractOf(text), 'application/json', value, undefined).body)

it.each<[text: string, value: unknown, want: string]>([
  ['{ id: 9007199254740993 }', { id: 2 ** 53, n: 1 }, '{"id":9007199254740993,"n":1}'],
  ['[9007199254740993]', [{ a: [2 ** 53] }], '[{"a":[9007199254740993]}]'],
  ['9007199254740992', { id: 2 ** 53 }, '{"id":9007199254740992}'],
  ['"9007199254740993"', { id: 2 ** 53 }, '{"id":9007199254740992}'],
  ['[9007199254740993, 9007199254740992]', { id: 2 ** 53 }, '{"id":9007199254740992}'],
])('a whole number is written as the document %s has it: %j', (text, value, want) => {
  expect(write(text, value)).toBe(want)
})

it('a value that is written so is the same to whoever reads it', () => {
  const { body } = writeBody(contractOf('9007199254740993'), 'application/json', { id: 2 ** 53 }, undefined)
  expect(body).toEqual({ id: 2 ** 53 })
  expect(structuredClone(body)).toEqual({ id: 2 ** 53 })
})
