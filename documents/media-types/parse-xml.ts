/** An element of an XML document, its names without their prefixes. */
export interface XmlElement {
  readonly name: string
  /** Without declarations of namespaces. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: XmlElement[]
  /** All that stands directly in it. */
  text: string
  /** Whether it says that it is null (XML Schema 1, section 2.6.2). */
  readonly isNil: boolean
}

/** One piece of a document: a text, CDATA, an end, a start with its attributes, or what is for nobody. */
const PIECE =
  /(?<text>[^<]+)|<!\[CDATA\[(?<data>[\s\S]*?)\]\]>|<\/(?<end>[^\s<>/]+)\s*>|<(?<start>[\p{L}_:][^\s<>/=]*)(?<attributes>(?:\s+[^\s<>/="']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>\/)?>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^[>]*(?:\[[^\]]*\]\s*)?>/uy

const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** Those of XML itself (1.0, section 4.6): no other is ever expanded. */
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' }

/**
 * Parses an XML document (1.0). What a document type declares is not read.
 * @returns its root and how deep it is nested; undefined where it is not well-formed
 */
export function parseXml(text: string): { readonly root: XmlElement; readonly depth: number } | undefined {
  const outside = createElement('', new Map())
  const open: { readonly element: XmlElement; readonly tag: string }[] = []
  let depth = 0
  let at = text.startsWith('\ufeff') ? 1 : 0
  while (at < text.length) {
    PIECE.lastIndex = at
    const piece = PIECE.exec(text)
    if (!piece) return undefined
    at = PIECE.lastIndex
    const { text: plain, data, start, end, attributes = '', empty } = piece.groups as Record<string, string | undefined>
    const element = open.at(-1)?.element ?? outside
    if (plain !== undefined) {
      const read = decode(plain)
      if (read === undefined) return undefined
      element.text += read
    } else if (data !== undefined) element.text += data
    else if (end !== undefined && open.pop()?.tag !== end) return undefined
    else if (start !== undefined) {
      const read = readAttributes(attributes)
      if (!read) return undefined
      const own = createElement(localOf(start), read)
      element.children.push(own)
      if (empty === undefined) open.push({ element: own, tag: start })
      depth = Math.max(depth, open.length)
    }
  }
  const [root, ...others] = outside.children
  return root && others.length === 0 && open.length === 0 && outside.text.trim() === '' ? { root, depth } : undefined
}

function createElement(name: string, attributes: ReadonlyMap<string, string>): XmlElement {
  const own = [...attributes].filter(([full]) => !/^xmlns(?::|$)/.test(full))
  const isNil = own.some(([full, value]) => full.endsWith(':nil') && value === 'true')
  return {
    name,
    attributes: new Map(own.map(([full, value]) => [localOf(full), value])),
    children: [],
    text: '',
    isNil,
  }
}

const localOf = (name: string): string => name.slice(name.indexOf(':') + 1)

/** By their full names. @returns undefined where one is given twice, or is not well-formed */
function readAttributes(text: string): Map<string, string> | undefined {
  const attributes = new Map<string, string>()
  for (const [, name = '', double, single = ''] of text.matchAll(ATTRIBUTE)) {
    const value = decode(double ?? single)
    if (value === undefined || attributes.has(name)) return undefined
    attributes.set(name, value)
  }
  return attributes
}

/** @returns undefined where an ampersand begins nothing that is known */
function decode(text: string): string | undefined {
  if (!text.includes('&')) return text
  let isKnown = true
  const decoded = text.replace(/&(?:#(?:x([\da-f]{1,6})|(\d{1,7}));|(\w+);)?/gi, (_, hex, decimal, name) => {
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    const character =
      name === undefined && code <= 0x10ffff
        ? String.fromCodePoint(code)
        : Object.hasOwn(ENTITIES, name) && ENTITIES[name]
    isKnown &&= typeof character === 'string'
    return String(character)
  })
  return isKnown ? decoded : undefined
}
