import { describe, expect, it } from 'vitest'
import { readMultipart } from './read-multipart.ts'

const lines = (...all: string[]): string => all.join('\r\n')
const namesOf = (body: string | Uint8Array, boundary = 'b') =>
  readMultipart(body, boundary)?.map(({ name, value }) => [name, value])

const PART = ['--b', 'Content-Disposition: form-data; name="a"', '', '1']

describe('a multipart body', () => {
  it('is read as Fetch writes it, whatever its bytes', async () => {
    const form = new FormData()
    form.append('note', 'grüß\r\ndich')
    form.append('quo"te', '')
    form.append('file', new Blob([Uint8Array.of(0xff, 0, 0x0d, 0x0a, 0x2d)], { type: 'image/png' }), 'größe.png')
    const response = new Response(form)
    const boundary = /boundary=(.+)/.exec(response.headers.get('content-type') ?? '')?.[1]
    const parts = readMultipart(new Uint8Array(await response.arrayBuffer()), boundary)
    expect(parts?.map(({ name, value, isText }) => [name, value, isText])).toEqual([
      ['note', 'grüß\r\ndich', true],
      ['quo"te', '', true],
      ['file', '\u00ff\u0000\r\n-', false],
    ])
    expect([...(parts?.[2]?.headers ?? [])]).toEqual([
      ['content-disposition', 'form-data; name="file"; filename="größe.png"'],
      ['content-type', 'image/png'],
    ])
  })

  it.each<[what: string, body: string, want: unknown]>([
    ['a part', lines(...PART, '--b--', ''), [['a', '1']]],
    ['no end of line at its end', lines(...PART, '--b--'), [['a', '1']]],
    ['something before and after', lines('before', ...PART, '--b--', 'after', '--b'), [['a', '1']]],
    ['padded delimiters', lines('--b \t', ...PART.slice(1), '--b-- '), [['a', '1']]],
    ['a delimiter that only begins alike', lines(...PART, '-b', '--c', '--b--'), [['a', '1\r\n-b\r\n--c']]],
    ['an empty part', lines(...PART.slice(0, 2), '', '', '--b--'), [['a', '']]],
    ['a part without headers', lines('--b', '', 'x', '--b--'), [[undefined, 'x']]],
    ['a folded header', lines('--b', 'Content-Disposition: form-data;', ' name=a', '', '1', '--b--'), [['a', '1']]],
    ['no part', '--b--', []],
  ])('may have %s', (_, body, want) => {
    expect(namesOf(body)).toEqual(want)
    expect(namesOf(new TextEncoder().encode(body))).toEqual(want)
  })

  it.each<[what: string, body: string]>([
    ['nothing', ''],
    ['no delimiter', 'nonsense'],
    ['no end', lines(...PART)],
    ['no end after a second part', lines(...PART, ...PART)],
    ['a part without an end of its headers', lines('--b', 'Content-Disposition: form-data; name="a"', '--b--')],
    ['a delimiter with something behind it', lines('--bc', ...PART.slice(1), '--b--')],
  ])('with %s is none', (_, body) => {
    expect(readMultipart(body, 'b')).toBeUndefined()
  })

  it('is none without a boundary', () => {
    expect(readMultipart(lines(...PART, '--b--'), undefined)).toBeUndefined()
    expect(readMultipart(lines('--b', ...Array(20_000).fill('x: y'), '', 'x', '--b--'), 'b')).toBeUndefined()
    expect(readMultipart(lines('--', ...PART.slice(1), '----'), '')).toBeUndefined()
  })

  it('of a hundred thousand parts takes no long time', () => {
    const body = lines(...Array.from({ length: 100_000 }, () => lines(...PART)), '--b--')
    expect(namesOf(body)).toHaveLength(100_000)
  })
})
