import { describe, expect, it } from 'vitest'
import { parseXml, type XmlElement } from './parse-xml.ts'

/** An element in short: its name, attributes, text, and what it holds. */
const show = ({ name, attributes, text, children }: XmlElement): unknown[] => [
  name,
  Object.fromEntries(attributes),
  text.trim(),
  ...children.map(show),
]
const parse = (text: string) => {
  const parsed = parseXml(text)
  return parsed && show(parsed.root)
}

describe('an XML document', () => {
  it.each<[text: string, want: unknown[]]>([
    ['<a/>', ['a', {}, '']],
    ['<a></a >', ['a', {}, '']],
    ['\ufeff<?xml version="1.0"?>\n<!-- a --><a>b</a>\n', ['a', {}, 'b']],
    ['<a b="1" c = \'2"\' />', ['a', { b: '1', c: '2"' }, '']],
    ['<a><b>1</b><b>2</b></a>', ['a', {}, '', ['b', {}, '1'], ['b', {}, '2']]],
    ['<x:a xmlns:x="u" xmlns="v" x:b="1"><x:c/></x:a>', ['a', { b: '1' }, '', ['c', {}, '']]],
    ['<a>&lt;&#65;&#x42;&amp;&quot;</a>', ['a', {}, '<AB&"']],
    ['<a b="&apos;"/>', ['a', { b: "'" }, '']],
    ['<a>1<![CDATA[<b>&amp;]]><!-- 2 -->3<?pi 4?></a>', ['a', {}, '1<b>&amp;3']],
    ['<!DOCTYPE a [<!ELEMENT a ANY>]><a/>', ['a', {}, '']],
    ['<größe-1.b/>', ['größe-1.b', {}, '']],
    ['<__proto__ constructor="1"/>', ['__proto__', { constructor: '1' }, '']],
  ])('%s is read', (text, want) => {
    expect(parse(text)).toEqual(want)
  })

  it.each([
    ...['', 'text', '<a>', '</a>', '<a></b>', '<a><b></a></b>', '<a/><b/>', '<a/>text', '<1/>', '< a/>'],
    ...['<a b/>', '<a b=1/>', '<a b="1" b="2"/>', '<a b="<"/>', '<a', '<a><!-- ', '<a><![CDATA[', '<a/>]]'],
    ...['<a>&</a>', '<a>&nbsp;</a>', '<a>&#xffffff;</a>', '<a b="&x;"/>', '<a>&toString;</a>', '{"a":1}'],
    // What a document type declares is never expanded: it may be of any size, or a file.
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  ])('%s is none', (text) => {
    expect(parseXml(text)).toBeUndefined()
  })

  it('may say that an element is null', () => {
    expect(parseXml('<a xmlns:xsi="u" xsi:nil="true"/>')?.root.isNil).toBe(true)
    expect(parseXml('<a nil="true"/>')?.root.isNil).toBe(false)
    expect(parseXml('<a xsi:nil="false"/>')?.root.isNil).toBe(false)
  })

  it('is read however deep, and in one go however long', () => {
    const deep = `${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}`
    expect(parseXml(deep)?.depth).toBe(50_000)
    expect(parseXml(`<a ${' '.repeat(100_000)}`)).toBeUndefined()
    expect(parseXml(`<a>${'<b c="d"/>'.repeat(50_000)}</a>`)?.root.children).toHaveLength(50_000)
  })
})
