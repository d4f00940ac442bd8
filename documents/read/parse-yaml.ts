import { CORE_SCHEMA, defineMappingTag, defineScalarTag, load, mapTag, mergeTag, NOT_RESOLVED, Schema } from 'js-yaml'
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { DocumentError } from './document-error.ts'
import { below, type Pointer } from './json-pointer.ts'

/**
 * Reads YAML 1.2, core schema, with the merge keys of 1.1 (`<<`), which many documents have.
 * @param name how errors call the document
 * @param onTwice is told which members were given again; the last one counts. Without it they are an error
 * @throws DocumentError with line and column
 */
export function parseYaml(text: string, name: string, onTwice?: (pointer: Pointer) => void): unknown {
  return parseFast(text) ?? parseFully(text, name, onTwice)
}

/** What the two parsers read differently, or what can be of any size as data: it is read by the full one. */
class Unusual extends Error {}

const STRICT = new Schema([
  mergeTag,
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

function parseFully(text: string, name: string, onTwice?: (pointer: Pointer) => void): unknown {
  const lines = new LineCounter()
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true })
  const error = yaml.errors.find(
    ({ code, pos: [start] }) =>
      (onTwice === undefined || code !== 'DUPLICATE_KEY') && !(code === 'MULTIPLE_DOCS' && isBlank(text.slice(start))),
  )
  if (error) {
    const { line, col } = lines.linePos(error.pos[0])
    const what =
      error.code === 'MULTIPLE_DOCS'
        ? 'begins another document; a file can hold one'
        : isOverflow(error)
          ? TOO_DEEP
          : `is not valid YAML: ${error.message}`
    throw new DocumentError(`${name}:${line}:${col} ${what}`)
  }
  try {
    const data = yaml.toJS()
    JSON.stringify(data)
    if (onTwice && yaml.errors.length > 0) for (const pointer of twiceIn(yaml.contents, '#')) onTwice(pointer)
    return data
  } catch (error) {
    if (isOverflow(error)) throw new DocumentError(`${name} ${TOO_DEEP}`)
    // An alias without its anchor (ReferenceError), or one inside its own anchor, which has no end as data.
    const reason = error instanceof ReferenceError ? error.message : 'an alias stands inside its own anchor'
    throw new DocumentError(`${name} is not valid YAML: ${reason}`)
  }
}

const TOO_DEEP = 'is nested deeper than it can be read'

const isOverflow = (error: unknown): boolean => /call stack/.test((error as Error).message)

/** Whether nothing follows but marks of documents and comments. */
const isBlank = (text: string): boolean => text.replace(/^(?:---|\.\.\.)?[ \t]*(?:#.*)?$/gm, '').trim() === ''

/** The members of maps that stand there more than once. */
function* twiceIn(node: unknown, pointer: Pointer): Generator<Pointer> {
  if (isSeq(node)) for (const [index, item] of node.items.entries()) yield* twiceIn(item, below(pointer, index))
  if (!isMap(node)) return
  const names = new Set<string>()
  for (const { key, value } of node.items) {
    const name = String(isScalar(key) ? key.value : key)
    const at = below(pointer, name)
    if (names.has(name) && name !== '<<') yield at
    names.add(name)
    yield* twiceIn(value, at)
  }
}
