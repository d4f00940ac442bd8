import { describe, expect, it } from 'vitest'
import { decodeText } from './decode-text.ts'
import { DocumentError } from './document-error.ts'

const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from('größe: 1'), 'größe: 1'],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFa: 1'), 'a: 1'],
    ['a replacement character that was written as such', Buffer.from('a: \uFFFD'), 'a: \uFFFD'],
    ['UTF-16', utf16('größe: 1'), 'größe: 1'],
    ['UTF-16 with the big end first', utf16('größe: \uFFFD').swap16(), 'größe: \uFFFD'],
    ['nothing', Buffer.of(), ''],
  ])('reads %s', (_, bytes, text) => {
    expect(decodeText(bytes, 'a.yaml')).toBe(text)
  })

  it.each([
    ['broken UTF-16', utf16('a: 1\nb: \ud800'), 'a.yaml:2 is not UTF-16LE; save it as UTF-8'],
    ['UTF-16 of half a letter', Buffer.of(0xfe, 0xff, 0), 'a.yaml:1 is not UTF-16BE; save it as UTF-8'],
    ['UTF-32', Buffer.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0), 'a.yaml is UTF-32; save it as UTF-8'],
    ['Latin-1', Buffer.from('a: 1\nb: gr\xf6\xdfe', 'latin1'), 'a.yaml:2 is not UTF-8; save it as UTF-8'],
  ])('says that a file is %s', (_, bytes, message) => {
    expect(() => decodeText(bytes, 'a.yaml')).toThrow(new DocumentError(message))
  })
})
