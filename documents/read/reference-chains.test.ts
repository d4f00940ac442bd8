import { describe, expect, it } from 'vitest'
import type { Json } from './json.ts'
import { MovedParts } from './moved-parts.ts'
import { parseOpenApi } from './read-document.ts'
import { ReferenceChains } from './reference-chains.ts'

/** `s0` refers to `s1`, that to `s2`, and the last is what is given. */
const chainOf = (length: number, holder: string, end: Json): Json =>
  Object.fromEntries(
    Array.from({ length }, (_, index) => [
      `s${index}`,
      index === length - 1 ? end : { $ref: `${holder}/s${index + 1}` },
    ]),
  )

describe('ReferenceChains', () => {
  it('follows each reference once, however many chains lead through it', () => {
    let looks = 0
    const parts: Json = chainOf(3000, '#', {})
    const document = new Proxy(parts, {
      get: (all, name) => {
        looks++
        return all[name]
      },
    })
    const chains = new ReferenceChains(document, new MovedParts())
    expect(Object.keys(parts).map((name) => chains.endOf(`#/${name}`))).toEqual(Array(3000).fill('#/s2999'))
    expect(looks).toBe(3000)
  })

  it('knows of a circle, also from outside of it', () => {
    const document = { a: { $ref: '#/b' }, b: { $ref: '#/c' }, c: { $ref: '#/b' }, d: { $ref: '#/nowhere' } }
    const chains = new ReferenceChains(document, new MovedParts())
    expect(['#/a', '#/b', '#/c', '#/d'].map((part) => chains.endOf(part))).toEqual([
      undefined,
      undefined,
      undefined,
      '#/nowhere',
    ])
  })
})

describe('a chain of 12,000 references', () => {
  const PARTS: [holder: string, end: Json, use: (first: Json) => Json, read: (operation: Json) => Json][] = [
    ['parameters', { name: 'n', in: 'query' }, (one) => ({ parameters: [one] }), ({ parameters: [one] }) => one],
    ['requestBodies', { content: {} }, (one) => ({ requestBody: one }), ({ requestBody }) => requestBody],
    ['responses', { description: 'ok' }, (one) => ({ responses: { 200: one } }), ({ responses }) => responses[200]],
    [
      'headers',
      { example: 1 },
      (one) => ({ responses: { 200: { headers: { a: one } } } }),
      ({ responses }) => responses[200].headers.a,
    ],
  ]
  it.each(PARTS)('is read to its end: %s', (holder, end, use, read) => {
    const components = { [holder]: chainOf(12_000, `#/components/${holder}`, end) }
    const paths = { '/a': { get: use({ $ref: `#/components/${holder}/s0` }) } }
    const text = JSON.stringify({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths, components })
    const { document, diagnostics } = parseOpenApi(text, 'a.json')
    expect(diagnostics.filter(({ rule }) => !/^(?:no-responses|operation-id-missing)$/.test(rule))).toEqual([])
    let part = read(document.paths?.['/a'].get)
    while (part.$ref) part = document.components[holder][part.$ref.split('/').at(-1)]
    expect(part).toEqual(end)
  })

  it('is one of path items, whose operation is served', () => {
    const end = { get: { operationId: 'a', responses: { 204: { description: 'ok' } } } }
    const components = { pathItems: chainOf(12_000, '#/components/pathItems', end) }
    const paths = { '/a': { $ref: '#/components/pathItems/s0' } }
    const text = JSON.stringify({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths, components })
    expect(parseOpenApi(text, 'a.json').document.paths?.['/a']).toEqual(end)
  })
})
