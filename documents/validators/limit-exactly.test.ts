import { describe, expect, it } from 'vitest'
import { parseContract } from '../contract/build-contract.ts'
import { compileValidators } from './compile-validators.ts'
import { readExactly } from './limit-exactly.ts'

const contractOf = (schema: string) =>
  parseContract(
    `{"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": {"/a": {"post": {"operationId": "a",
      "requestBody": {"content": {"application/json": {"schema": ${schema}}}}, "responses": {"200": {}}}}}}`,
    'a.json',
  )

describe('a limit that no number of JavaScript is', () => {
  it.each<[schema: string, takes: readonly string[], refuses: readonly string[]]>([
    ['{"minimum": 9007199254740993}', ['9007199254740993', '9007199254740994'], ['9007199254740992', '1']],
    ['{"maximum": 9007199254740993}', ['9007199254740993', '9007199254740992', '1'], ['9007199254740994']],
    ['{"exclusiveMinimum": 9007199254740993}', ['9007199254740994'], ['9007199254740993', '9007199254740992']],
    [
      '{"format": "int64"}',
      ['9223372036854775807', '-9223372036854775808'],
      ['9223372036854775808', '-9223372036854775809'],
    ],
    ['{"exclusiveMaximum": -9007199254740993}', ['-9007199254740994'], ['-9007199254740993', '-9007199254740992']],
  ])('is compared as it is written: %s', (schema, takes, refuses) => {
    const contract = contractOf(schema)
    const validate = compileValidators(contract)['a']?.body
    const isValid = (text: string) => readExactly(contract, text, () => validate?.(JSON.parse(text)))
    expect(takes.filter((text) => !isValid(text))).toEqual([])
    expect(refuses.filter(isValid)).toEqual([])
  })

  it('is told as it is written', () => {
    const contract = contractOf('{"minimum": 9007199254740993}')
    const validate = compileValidators(contract)['a']?.body
    expect(readExactly(contract, '9007199254740992', () => validate?.(9007199254740992))).toBe(false)
    expect(validate?.errors?.[0]).toMatchObject({ keyword: 'minimum', message: 'must be >= 9007199254740993' })
  })

  it('is compared with numbers whose text nobody has as they are', () => {
    const validate = compileValidators(contractOf('{"minimum": 9007199254740993}'))['a']?.body
    expect([9007199254740994, 9007199254740992, 9007199254740990].map((value) => validate?.(value))).toEqual([
      true,
      true,
      false,
    ])
  })
})
