import type { BodyLayout, Encoding, Layout } from '../contract/table.ts'
import { isScalar, readScalar, readText, withoutParts } from './read-text.ts'

/** One name with its text: a pair of a form, a part of a multipart body, a parameter of a query. */
export interface Field {
  readonly name: string
  readonly text: string
  /** Whether it says that it is JSON. */
  readonly isJson?: boolean
}

/** A field below a name: `filter[a][b]=1` is, below `filter`, the text `1` at `a`, `b`. */
interface Placed {
  readonly path: readonly string[]
  readonly field: Field
}

/** Nobody writes names with more brackets; they would only make a deep value. */
const MOST_BRACKETS = 32

/**
 * Makes an object of fields, each member of the types that its schema asks for. Names in brackets are members of members
 * and items of lists: `a[b]=1`, `a[]=1`, `a[0][b]=1`.
 */
export function readFields({ properties = {}, others, encoding = {} }: BodyLayout, fields: readonly Field[]): object {
  const byName = new Map<string, Placed[]>()
  for (const field of fields) {
    const [name, path] = placeOf(field.name, properties)
    put(byName, name, { path, field })
  }
  const members = [...byName].map(([name, placed]) => {
    const layout = (Object.hasOwn(properties, name) ? properties[name] : others) ?? ANYTHING
    return [name, readPlaced(layout, placed, Object.hasOwn(encoding, name) ? encoding[name] : undefined)] as const
  })
  return Object.fromEntries(members)
}

function put<K>(groups: Map<K, Placed[]>, key: K, one: Placed): void {
  const group = groups.get(key)
  if (group) group.push(one)
  else groups.set(key, [one])
}

const ANYTHING: Layout = { types: [] }

/** A declared name is taken as it is written, also with brackets in it. */
function placeOf(name: string, properties: Layout['properties'] = {}): [name: string, path: readonly string[]] {
  if (Object.hasOwn(properties, name)) return [name, []]
  const start = name.indexOf('[')
  if (start < 1 || !Object.hasOwn(properties, name.slice(0, start))) return [name, []]
  const path = readBrackets(name.slice(start))
  return path ? [name.slice(0, start), path] : [name, []]
}

/** @param text `[a][b]`, `[]` @returns undefined where it is something else */
export function readBrackets(text: string): string[] | undefined {
  if (!/^(?:\[[^[\]]*\])+$/.test(text)) return undefined
  const path = text.slice(1, -1).split('][')
  return path.length > MOST_BRACKETS ? undefined : path
}

/** What the fields at one place stand for. */
export function readPlaced(layout: Layout, placed: readonly Placed[], encoding: Encoding = {}): unknown {
  const deeper = placed.filter(({ path }) => path.length > 0)
  if (deeper.length === 0) {
    return readNamed(
      layout,
      placed.map(({ field }) => field),
      encoding,
    )
  }
  // Brackets are for members, and for items where these have no name or only a list is asked for.
  const index = layout.types.includes('object') ? /^$/ : /^\d*$/
  return deeper.every(({ path: [first = ''] }) => index.test(first))
    ? readItems(layout, deeper)
    : readMembers(layout, deeper)
}

const within = ({ path, field }: Placed): Placed => ({ path: path.slice(1), field })

function readMembers({ properties = {}, others = ANYTHING }: Layout, placed: readonly Placed[]): object {
  const byName = new Map<string, Placed[]>()
  for (const one of placed) put(byName, one.path[0] ?? '', within(one))
  return Object.fromEntries(
    [...byName].map(([name, own]) => {
      const layout = Object.hasOwn(properties, name) ? (properties[name] as Layout) : others
      // Of a member that comes several times the last is meant, as in most readers of brackets.
      const isSingle = !layout.types.includes('array') && own.every(({ path }) => path.length === 0)
      return [name, readPlaced(layout, isSingle ? own.slice(-1) : own)] as const
    }),
  )
}

/** Numbered items by their numbers; of the others each is a new one, or has a member more of the one before. */
function readItems({ items = ANYTHING }: Layout, placed: readonly Placed[]): unknown[] {
  const numbered = new Map<number, Placed[]>()
  const next: Placed[][] = []
  const told = new Set<string>()
  for (const one of placed) {
    const [number = '', member] = one.path
    if (number !== '') put(numbered, Number(number), within(one))
    else if (member !== undefined && told.size > 0 && !told.has(member)) next.at(-1)?.push(within(one))
    else {
      next.push([within(one)])
      told.clear()
    }
    if (number === '' && member !== undefined) told.add(member)
  }
  const sorted = [...numbered].sort(([a], [b]) => a - b).map(([, own]) => own)
  return [...sorted, ...next].map((own) => readPlaced(items, own))
}

/** What the fields of one name stand for: several are a list, whatever was asked for. */
function readNamed(layout: Layout, fields: readonly Field[], { style, explode = true }: Encoding): unknown {
  const { types, items = ANYTHING } = layout
  const [first] = fields as [Field]
  if (fields.length > 1) return fields.map((field) => readField(items, field))
  const isList = types.includes('array')
  const data = isList || types.includes('object') || types.length === 0 ? readJson(first, types) : undefined
  if (data !== undefined) return data
  if (style !== undefined && !explode) return readText(layout, first.text, { style })
  if (isList && !isScalar(withoutParts(types), first.text)) return [readField(items, first)]
  return readField(layout, first)
}

/** What one text stands for. */
export const readField = ({ types }: Layout, field: Field): unknown =>
  (types.length === 0 || types.includes('object') || types.includes('array') ? readJson(field, types) : undefined) ??
  readScalar(types, field.text)

/** Objects and lists in a text are JSON, whether it says so or not (OpenAPI 3.1, Encoding Object, "contentType"). */
function readJson({ text, isJson }: Field, types: readonly string[]): unknown {
  const start = /^\s*([[{])/.exec(text)?.[1]
  if (!isJson && !(start === '{' && types.includes('object')) && !(start === '[' && types.includes('array'))) {
    return undefined
  }
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
