import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { parse } from 'yaml'

// Files of one worker share their modules: here they are read anew, and nobody else sees what is watched.
vi.resetModules()
vi.doMock('js-yaml', { spy: true })
const { load } = await import('js-yaml')
const { DocumentError } = await import('./document-error.ts')
const { parseYaml } = await import('./parse-yaml.ts')
afterAll(() => {
  vi.doUnmock('js-yaml')
  vi.resetModules()
})

/** Whether the fast parser gave what was read. */
const wasFast = () => vi.mocked(load).mock.results.at(-1)?.type === 'return'

describe('parseYaml', () => {
  it.each(['dynamic', 'royalti', 'descope'])('reads %s.yaml as the full parser does, by the fast one', (name) => {
    const text = readFileSync(join(import.meta.dirname, '../..', 'openapi', `${name}.yaml`), 'utf8')
    vi.mocked(load).mockClear()
    expect(parseYaml(text, name)).toStrictEqual(parse(text))
    expect(wasFast()).toBe(true)
  })

  it.each([
    ...['200: x', 'true: x', '1.0: x', '0x1F: y', '.5: d', '.inf: e', '-1: b', '00: r', '"": 1', '"200": x'],
    ...['a: 0o17', 'a: 017', 'a: 0x1f', 'a: 1_000', 'a: +12', 'a: .5', 'a: 1.', 'a: 1e3', 'a: -.INF', 'a: .nan'],
    ...['a: -0', 'a: 9007199254740993', 'a: 0b11', 'a: 1.2.3', 'a: 0.1e-7', 'a: 12:30:45', 'a: 2026-01-01'],
    ...['a: yes', 'a: No', 'a: on', 'a: True', 'a: TRUE', 'a: Null', 'a: ~', 'a:', 'a: {b, c}', 'a: [b: c]'],
    ...['a: "\\u00e9\\n\\x41\\U0001F600\\/"', "a: 'it''s'", 'a: "x\n  y"', 'a: x\n  y', 'a: "multi\n\n  line"'],
    ...['a: |\n  x\n   y\n\nb: 1', 'a: >\n  x\n  y\n\n  z\n', 'a: >-\n  x\n  y\n', 'a: |+\n  x\n\n', 'a: |2\n   x\n'],
    ...[
      'a: &x [1]\nb: *x',
      'a: &x 1\nb: [*x, *x]',
      '? a\n: b',
      '? |\n  k\n: v',
      '<<: {a: 1}\nb: 2',
      'constructor: 1',
      'a: b#c',
      'a: b #c',
      'a: 1\r\nb: 2\r\n',
    ],
    ...['---\na: 1\n...\n', '\uFEFFa: 1', '{"a": 1, "b": [true,null]}', '{a: 1, }', 'a: - 1\n', 'a:\n- 1\n- 2'],
  ])('reads %j as the full parser does', (text) => {
    const full = () => parse(text, { merge: true })
    let wanted: unknown
    try {
      wanted = full()
    } catch {
      expect(() => parseYaml(text, 'a')).toThrow(/^a:\d+:\d+ is not valid YAML: /)
      return
    }
    expect(parseYaml(text, 'a')).toStrictEqual(wanted)
  })

  it.each([
    ['a null as a name', 'null: x', { '': 'x' }],
    ['a null as a name in a flow', 'a: { ~: x }', { a: { '': 'x' } }],
    ['a number beyond all numbers', 'a: 1e999', { a: Infinity }],
    ['a tag', 'a: !!str 1', { a: '1' }],
    ['a directive', '%YAML 1.1\n---\na: yes', { a: true }],
  ])('leaves %s to the full parser', (_, text, wanted) => {
    vi.mocked(load).mockClear()
    expect(parseYaml(text, 'a')).toStrictEqual(wanted)
    expect(wasFast()).toBe(false)
  })

  it('keeps a member called __proto__', () => {
    expect(Object.keys(parseYaml('__proto__: 1\na: 2', 'a') as object)).toEqual(['__proto__', 'a'])
  })

  it('refuses aliases that multiply', () => {
    const lines = Array.from(
      { length: 12 },
      (_, n) =>
        `a${n}: &a${n} [${Array(9)
          .fill(n ? `*a${n - 1}` : 'x')
          .join()}]`,
    )
    expect(() => parseYaml(lines.join('\n'), 'a')).toThrow('Excessive alias count')
  })

  it('expands merge keys, as YAML 1.1 has them, by both parsers', () => {
    const text = 'a: &a { x: 1, y: 1 }\nb: &b { z: 1 }\nc: { <<: [*a, *b], y: 2 }'
    expect(parseYaml(text, 'a')).toMatchObject({ c: { x: 1, y: 2, z: 1 } })
    expect(parseYaml(`${text}\nd: !!str 1`, 'a')).toMatchObject({ c: { x: 1, y: 2, z: 1 } })
  })

  it('tells which members are given twice, or refuses them where nobody is told', () => {
    const text = 'a: { b: 1, b: 2 }\nc: [{ d/e: 1, d/e: 1 }]\na: { b: 3 }'
    const twice: string[] = []
    expect(parseYaml(text, 'a', (pointer) => twice.push(pointer))).toEqual({ a: { b: 3 }, c: [{ 'd/e': 1 }] })
    expect(twice).toEqual(['#/a/b', '#/c/0/d~1e', '#/a'])
    expect(() => parseYaml(text, 'a')).toThrow('a:1:12 is not valid YAML: Map keys must be unique')
    expect(() => parseYaml('a: 1\na: [', 'a', () => {})).toThrow(/^a:2:5 is not valid YAML/)
  })

  it('refuses an alias inside its own anchor', () => {
    expect(() => parseYaml('a: &x [*x]', 'a')).toThrow('a is not valid YAML: an alias stands inside its own anchor')
  })

  it('says of a text without a bottom that it is too deep', () => {
    const text = `a: ${'['.repeat(50_000)}${']'.repeat(50_000)}`
    expect(() => parseYaml(text, 'a')).toThrow(/^a(?::1:\d+)? is nested deeper than it can be read$/)
  })
})

it('reads the first document of a file, where nothing but marks and comments comes after it', () => {
  expect(parseYaml('---\na: 1\n---\n', 'a')).toEqual({ a: 1 })
  expect(parseYaml('a: 1\n...\n---\n# b\n...\n', 'a')).toEqual({ a: 1 })
  expect(() => parseYaml('a: 1\n---\nb: 1\n', 'a.yaml')).toThrow(
    new DocumentError('a.yaml:2:1 begins another document; a file can hold one'),
  )
})
