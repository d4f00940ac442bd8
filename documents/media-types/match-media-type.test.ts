import { describe, expect, it } from 'vitest'
import { isJson, matchMediaType, parseMediaType } from './match-media-type.ts'

describe('a media type', () => {
  it('is its type in lower case, with its parameters by name', () => {
    const { essence, parameters } = parseMediaType(' Multipart/Form-Data ; Boundary="a;b\\"c" ;charset=UTF-8')
    expect([essence, ...parameters]).toEqual(['multipart/form-data', ['boundary', 'a;b"c'], ['charset', 'UTF-8']])
  })

  it.each([
    ['application/json', true],
    ['application/problem+json', true],
    ['application/*+json', true],
    ['application/json-seq', false],
    ['text/json', true],
    ['', false],
  ])('%s is JSON: %s', (essence, want) => {
    expect(isJson(essence)).toBe(want)
  })
})

describe('of several declared media types', () => {
  const match = (sent: string, ...declared: string[]) => matchMediaType(declared, parseMediaType(sent))

  it.each<[sent: string, want: string | undefined, declared: string[]]>([
    ['application/json', 'application/json', ['*/*', 'application/*', 'application/*+json', 'application/json']],
    ['application/x+json', 'application/*+json', ['*/*', 'application/*', 'application/*+json']],
    ['application/pdf', 'application/*', ['*/*', 'application/*', 'application/*+json']],
    ['image/png', '*/*', ['application/*', '*/*']],
    ['image/png', undefined, ['image/jpeg', 'text/*', 'application/*+png']],
    ['Application/JSON; charset=utf-8', 'application/json', ['application/json']],
    ['application/json', 'application/JSON; charset=utf-8', ['application/JSON; charset=utf-8']],
    ['a/b; version=2', 'a/b; version=2', ['a/b; version=1', 'a/b; version=2', 'a/b']],
    ['a/b;VERSION="2"', 'a/b; version=2', ['a/b', 'a/b; version=2']],
    ['a/b; version=3', 'a/b', ['a/b; version=1', 'a/b']],
    ['a/b; version=3', undefined, ['a/b; version=1', 'a/b; version=2']],
    ['a/b', 'a/b', ['a/b; version=1', 'a/b']],
    ['a/b', 'a/b; version=1', ['a/b; version=1', 'a/b; version=2', '*/*']],
    ['multipart/form-data; boundary=x', 'multipart/form-data; boundary=y', ['multipart/form-data; boundary=y']],
    ['text', undefined, ['text/*', '*/*']],
    ['', undefined, ['*/*']],
  ])('%s is sent as %s', (sent, want, declared) => {
    expect(match(sent, ...declared)).toBe(want)
    if (declared.length < 3) expect(match(sent, ...declared.toReversed())).toBe(want)
  })
})
