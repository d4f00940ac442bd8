import { CORE_SCHEMA, defineMappingTag, defineScalarTag, load, mapTag, NOT_RESOLVED, Schema } from 'js-yaml'
import { LineCounter, parseDocument } from 'yaml'
import { DocumentError } from './document-error.ts'

/**
 * Reads YAML 1.2, core schema.
 * @param name how errors call the document
 * @throws DocumentError with line and column
 */
export function parseYaml(text: string, name: string): unknown {
  return parseFast(text) ?? parseFully(text, name)
}

/** What the two parsers read differently, or what can be of any size as data: it is read by the full one. */
class Unusual extends Error {}

const STRICT = new Schema([
  ...CORE_SCHEMA.tags.filter(({ tagName }) => !/:(?:map|float)$/.test(tagName)),
  defineMappingTag(mapTag.tagName, {
    ...mapTag,
    addPair(map, key, value) {
      if (key === null) throw new Unusual()
      return mapTag.addPair(map, key, value)
    },
  }),
  ...CORE_SCHEMA.tags.flatMap((tag) => {
    if (tag.nodeKind !== 'scalar' || !tag.tagName.endsWith(':float')) return []
    const resolve: typeof tag.resolve = (source, isExplicit, tagName) => {
      const value = tag.resolve(source, isExplicit, tagName)
      if (value === NOT_RESOLVED && Math.abs(Number(source)) === Infinity) throw new Unusual()
      return value
    }
    return [defineScalarTag(tag.tagName, { ...tag, resolve })]
  }),
])

/**
 * By a parser that keeps no places and is five times faster: seconds, for a document of some megabytes.
 * @returns undefined where it finds an error, which it is not to explain, or anything that seldom stands in documents
 */
function parseFast(text: string): unknown {
  if (/^%|!!/m.test(text)) return undefined
  try {
    const data = load(text, { schema: STRICT, maxAliases: MAX_ALIASES })
    return text.includes('&') && !isSmall(data, text.length) ? undefined : data
  } catch {
    return undefined
  }
}

const MAX_ALIASES = 10_000

/** Whether a value, written out, would hold no more nodes than its text has characters: aliases can multiply it without end. */
function isSmall(data: unknown, most: number): boolean {
  let left = most
  const fits = (value: unknown): boolean => {
    if (--left < 0) return false
    return typeof value !== 'object' || value === null || Object.values(value).every(fits)
  }
  return fits(data)
}

function parseFully(text: string, name: string): unknown {
  const lines = new LineCounter()
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [error] = yaml.errors
  if (error) {
    const { line, col } = lines.linePos(error.pos[0])
    throw new DocumentError(`${name}:${line}:${col} is not valid YAML: ${error.message}`)
  }
  try {
    const data = yaml.toJS()
    JSON.stringify(data)
    return data
  } catch (error) {
    // An alias without its anchor (ReferenceError), or one inside its own anchor, which has no end as data.
    const reason = error instanceof ReferenceError ? error.message : 'an alias stands inside its own anchor'
    throw new DocumentError(`${name} is not valid YAML: ${reason}`)
  }
}
