import type { Layout } from '../contract/table.ts'
import { nameElement } from './name-element.ts'
import { parseXml, type XmlElement } from './parse-xml.ts'
import { readScalar, withoutParts } from './read-text.ts'

/** What an XML document stands for. */
export interface ReadXml {
  readonly value: unknown
  /** How deep it is nested: not read where that is more than was asked for. */
  readonly depth: number
  /** Whether the layout says of all of it how it is read; nothing that it does not reach can be held to a schema. */
  readonly isWhole: boolean
}

/**
 * Reads an XML document as the data that it was written from (OpenAPI 3.1, XML Object): the inverse of `writeXml`. Names
 * count without their prefixes, the root may be called anything, and attributes that are not declared are ignored.
 * @param most levels that are followed
 * @returns undefined where it is not well-formed
 */
export function readXml(layout: Layout, text: string, most: number): ReadXml | undefined {
  const parsed = parseXml(text)
  if (!parsed) return undefined
  const { root, depth } = parsed
  if (depth > most) return { value: undefined, depth, isWhole: false }
  const reader = new XmlReader()
  const value = reader.read(layout, root)
  return { value, depth, isWhole: reader.isWhole }
}

const ANYTHING: Layout = { types: [] }

/** Where the members of an object stand in an element. */
interface Places {
  readonly elements: ReadonlyMap<string, Member>
  readonly attributes: ReadonlyMap<string, Member>
  readonly text: Member | undefined
}

interface Member {
  readonly name: string
  readonly layout: Layout
}

class XmlReader {
  isWhole = true
  readonly #places = new WeakMap<Layout, Places>()

  read(layout: Layout, element: XmlElement): unknown {
    const { types, items = ANYTHING } = layout
    const { children, attributes, text, isNil } = element
    if (isNil && (types.length === 0 || types.includes('null'))) return null
    const scalars = withoutParts(types)
    const isEmpty = children.length === 0 && text.trim() === ''
    if (types.includes('array') && (children.length > 0 || (isEmpty && scalars.length === 0))) {
      return children.map((child) => this.read(items, child))
    }
    const isParent = children.length > 0 || (types.includes('object') && attributes.size > 0)
    if (isParent || (isEmpty && types.includes('object') && scalars.length === 0)) return this.#members(layout, element)
    return readTrimmed(scalars, text)
  }

  #members(layout: Layout, element: XmlElement): object {
    const { properties, others, types } = layout
    // Layouts end somewhere; schemas that name themselves do not.
    if (types.length > 0 && !properties && !others && element.children.length > 0) this.isWhole = false
    const { elements, attributes, text } = this.#placesOf(layout)
    const members = new Map<string, { readonly values: unknown[]; readonly isList: boolean }>()
    const add = (name: string, value: unknown, isList: boolean) => {
      const known = members.get(name)
      if (known) known.values.push(value)
      else members.set(name, { values: [value], isList })
    }
    for (const child of element.children) {
      const { name, layout: own }: Member = elements.get(child.name) ?? { name: child.name, layout: others ?? ANYTHING }
      const isList = own.types.includes('array') && !isWrapped(own)
      add(name, this.read(isList ? (own.items ?? ANYTHING) : own, child), isList)
    }
    for (const [attribute, value] of element.attributes) {
      const member = attributes.get(attribute)
      if (member) add(member.name, readTrimmed(member.layout.types, value), false)
    }
    if (text) add(text.name, readTrimmed(text.layout.types, element.text), false)
    // What came several times is no single value, and stays the list that it is.
    return Object.fromEntries(
      [...members].map(([name, { values, isList }]) => [name, isList || values.length > 1 ? values : values[0]]),
    )
  }

  #placesOf(layout: Layout): Places {
    const known = this.#places.get(layout)
    if (known) return known
    const elements = new Map<string, Member>()
    const attributes = new Map<string, Member>()
    let text: Member | undefined
    for (const [name, own] of Object.entries(layout.properties ?? {})) {
      const { xml = {}, types, items } = own
      const member = { name, layout: own }
      const isList = types.includes('array') && !isWrapped(own)
      // The name of a list is that of what it is wrapped in.
      const called = nameElement((isList ? items?.xml?.name : xml.name) ?? name)
      if (xml.attribute || xml.nodeType === 'attribute') attributes.set(called, member)
      else if (xml.nodeType === 'text' || xml.nodeType === 'cdata') text = member
      else elements.set(called, member)
    }
    const places = { elements, attributes, text }
    this.#places.set(layout, places)
    return places
  }
}

/** White space around what is no text says nothing (XML Schema 2, section 4.3.6). */
function readTrimmed(types: readonly string[], text: string): unknown {
  const value = readScalar(types, text.trim())
  return typeof value === 'string' ? text : value
}

const isWrapped = ({ xml = {} }: Layout): boolean => xml.wrapped === true || xml.nodeType === 'element'
