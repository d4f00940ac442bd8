import type { Contract } from '../contract/contract.ts'
import { keywordsOf } from '../contract/follow-schema.ts'
import type { Schema, XmlNote } from '../contract/schema.ts'
import { parsePointer } from '../read/json-pointer.ts'
import { findMember } from './find-member.ts'
import { nameElement } from './name-element.ts'

/**
 * Data as an XML document, by the `xml` members of its schema. The root is called as its schema says, or else by the
 * name of the component that it is. Libraries that write XML know no such members.
 */
export function writeXml(contract: Contract, value: unknown, schema: Schema = {}): string {
  const name = nameOf(contract, schema) ?? 'root'
  // A document has one root: a list has to be wrapped.
  const root = Array.isArray(value)
    ? tag(name, noteOf(contract, schema), '', writeItems(contract, value, schema, undefined))
    : writeElement(contract, name, value, schema)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`
}

function writeElement(contract: Contract, name: string, value: unknown, schema: Schema): string {
  const note = noteOf(contract, schema)
  if (Array.isArray(value)) {
    const isWrapped = note.wrapped || note.nodeType === 'element'
    const around = isWrapped ? (note.name ?? name) : name
    const items = writeItems(contract, value, schema, around)
    return isWrapped ? tag(around, note, '', items) : items
  }
  if (typeof value !== 'object' || value === null) return tag(name, note, '', value === null ? '' : textOf(value))
  let attributes = ''
  let content = ''
  for (const [key, member] of Object.entries(value)) {
    const ofMember = findMember(contract, schema, key) ?? {}
    const own = noteOf(contract, ofMember)
    if (own.attribute || own.nodeType === 'attribute') {
      attributes += ` ${prefixed(own, own.name ?? key)}="${textOf(member).replaceAll('"', '&quot;')}"`
    } else if (own.nodeType === 'text' || own.nodeType === 'cdata') content += textOf(member)
    else content += writeElement(contract, Array.isArray(member) ? key : (own.name ?? key), member, ofMember)
  }
  return tag(name, note, attributes, content)
}

/** @param around what the list is called; the root's own name says nothing of its items */
function writeItems(contract: Contract, items: readonly unknown[], schema: Schema, around: string | undefined): string {
  const ofItems = keywordsOf(findKeyword(contract, schema, 'items') as Schema | undefined)
  const name = noteOf(contract, ofItems).name ?? around ?? nameOf(contract, ofItems) ?? 'item'
  return items.map((item) => writeElement(contract, name, item, ofItems)).join('')
}

function tag(name: string, note: XmlNote, attributes: string, content: string): string {
  const full = prefixed(note, name)
  const space = note.namespace ? ` xmlns${note.prefix ? `:${note.prefix}` : ''}="${textOf(note.namespace)}"` : ''
  return content === '' ? `<${full}${space}${attributes}/>` : `<${full}${space}${attributes}>${content}</${full}>`
}

const prefixed = ({ prefix }: XmlNote, name: string): string =>
  prefix ? `${nameElement(prefix)}:${nameElement(name)}` : nameElement(name)

/** Control characters are none of XML's (1.0, section 2.2). */
function textOf(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
  return text
    .toWellFormed()
    .replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** The `xml` member beside a `$ref`, or of what it leads to, or of a part that it combines: what stands nearest, as `readXml` has it. */
const noteOf = (contract: Contract, schema: Schema): XmlNote =>
  (findKeyword(contract, schema, 'xml') as XmlNote | undefined) ?? {}

function nameOf(contract: Contract, schema: Schema): string | undefined {
  const { $ref } = keywordsOf(schema)
  return noteOf(contract, schema).name ?? ($ref === undefined ? undefined : parsePointer($ref)?.at(-1))
}

function findKeyword(contract: Contract, schema: Schema, keyword: 'xml' | 'items'): unknown {
  const parts = new Set<Schema>([schema])
  for (const part of parts) {
    const { $ref, allOf = [], anyOf = [], oneOf = [], [keyword]: found } = keywordsOf(part)
    if (found !== undefined) return found
    if ($ref !== undefined) parts.add(contract.valueAt($ref) as Schema)
    for (const one of [...allOf, ...anyOf, ...oneOf]) parts.add(one)
  }
  return undefined
}
