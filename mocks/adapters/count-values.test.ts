import { describe, expect, it } from 'vitest'
import { countValuesOf } from './count-values.ts'

/** In pieces of one byte, and in one. */
function count(contentType: string, text: string): number {
  const bytes = new TextEncoder().encode(text)
  const inPieces = countValuesOf(contentType)
  for (const byte of bytes) inPieces?.(Uint8Array.of(byte))
  const whole = countValuesOf(contentType)?.(bytes) as number
  expect(inPieces?.(new Uint8Array())).toBe(whole)
  return whole
}

describe('the values of a body, and the names of members', () => {
  it.each<[contentType: string, text: string, values: number]>([
    ['application/json', '[1,[2],{"a":3}]', 7],
    ['Application/Problem+JSON; charset=utf-8', '{"a,:[{\\"":",","b":[]}', 7],
    ['application/json', String.raw`["\\",1]`, 2],
    ['application/x-www-form-urlencoded', 'a=1&b=2&c', 4],
    ['application/x-www-form-urlencoded', 'a=++++++++', 2],
    ['multipart/form-data; boundary=x', '--x\r\n\r\n-1\r\n--x\r\n\r\n- -\r\n--x--', 8],
    ['application/xml', '<a b="1"><c/></a>', 4],
    ['application/xml', '<a>&lt;&amp;</a>', 4],
  ])('of %s, %s, are %i, however it comes in pieces', (contentType, text, values) => {
    expect(count(contentType, text)).toBe(values)
  })

  it('are not counted where it is one', () => {
    for (const type of [undefined, 'text/plain', 'image/png']) expect(countValuesOf(type)).toBeUndefined()
  })
})
