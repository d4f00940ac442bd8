import { type Operation, type Query, type Refusal, refuse } from './vocabulary.ts'

/** An operation with the values its path template found. */
export interface Route<T> {
  readonly target: T
  readonly pathValues: Readonly<Record<string, string>>
}

interface Node<T> {
  readonly literals: Map<string, Node<T>>
  /** Segments that are a template in part: `{id}.json`, `{from}-{to}`. */
  partials?: Map<string, { readonly parts: readonly string[]; readonly node: Node<T> }>
  parameter?: Node<T>
  readonly byMethod: Map<string, Leaf<T>>
}

interface Leaf<T> {
  readonly target: T
  readonly names: readonly string[]
}

interface Found<T> extends Leaf<T> {
  readonly values: readonly string[]
}

export interface Routes<T> {
  /** @param query only counts where a document tells paths apart by it */
  match(method: string, path: string, query?: Query): Route<T> | Refusal
}

/** What a route leads to must at least say which operation it is, and under which base path it is served. */
export interface Routable {
  readonly operation: Operation
  readonly basePath: string
}

const newNode = <T>(): Node<T> => ({ literals: new Map(), byMethod: new Map() })

/**
 * Builds the routes of all operations. Concrete segments win over templated ones (OpenAPI 3.1, Paths Object), however
 * either side has encoded them (RFC 3986, section 6.2.2).
 * @throws Error when two operations answer the same method and path, naming both
 */
export function buildRoutes<T extends Routable>(targets: readonly T[], nameOf: (target: T) => string): Routes<T> {
  const root = newNode<T>()
  for (const target of targets) {
    const template = target.basePath + target.operation.path
    const names: string[] = []
    let node = root
    for (const segment of template.split('/')) {
      names.push(...[...segment.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name as string))
      node = childFor(node, segment)
    }
    const taken = node.byMethod.get(target.operation.method)
    if (taken) {
      throw new Error(
        `${nameOf(target)} and ${nameOf(taken.target)} both answer ${target.operation.method} ${template}; ` +
          'mock them on separate servers',
      )
    }
    node.byMethod.set(target.operation.method, { target, names })
  }
  // Who creates users in bulk sends to the same path again and again.
  let last: { readonly method: string; readonly path: string; readonly found: Route<T> | Refusal } | undefined
  return {
    match(method, path) {
      if (last?.path !== path || last.method !== method) last = { method, path, found: match(root, method, path) }
      return last.found
    },
  }
}

export const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Percent-decoded; as it is where that cannot be. */
export function decode(segment: string): string {
  try {
    return segment.includes('%') ? decodeURIComponent(segment) : segment
  } catch {
    return segment
  }
}

function childFor<T>(node: Node<T>, segment: string): Node<T> {
  if (/^\{[^{}]+\}$/.test(segment)) {
    node.parameter ??= newNode<T>()
    return node.parameter
  }
  if (/\{[^{}]+\}/.test(segment)) {
    node.partials ??= new Map()
    let partial = node.partials.get(segment)
    if (!partial) {
      // Split at the templates, the parts between them stand for themselves.
      partial = { parts: decode(segment).split(/\{[^{}]+\}/), node: newNode<T>() }
      node.partials.set(segment, partial)
    }
    return partial.node
  }
  const literal = decode(segment)
  let next = node.literals.get(literal)
  if (!next) node.literals.set(literal, (next = newNode<T>()))
  return next
}

/**
 * What stands between the parts of a segment, some of it everywhere: each is as short as it can be, the last is what is left.
 * A regular expression would try all ways, which are as many as a power of the length has.
 */
function readParts(parts: readonly string[], segment: string): string[] | undefined {
  const last = parts.at(-1) as string
  const end = segment.length - last.length
  if (!segment.startsWith(parts[0] as string) || !segment.endsWith(last)) return undefined
  const values: string[] = []
  let start = (parts[0] as string).length
  for (const part of parts.slice(1, -1)) {
    const next = segment.indexOf(part, start + 1)
    if (next < 0) return undefined
    values.push(segment.slice(start, next))
    start = next + part.length
  }
  return start < end ? [...values, segment.slice(start, end)] : undefined
}

function match<T>(root: Node<T>, method: string, path: string): Route<T> | Refusal {
  const segments = path.split('/')
  let allowed: Set<string> | undefined

  const walk = (node: Node<T>, index: number, values: readonly string[]): Found<T> | undefined => {
    if (index === segments.length) {
      const route = node.byMethod.get(method)
      if (route) return { target: route.target, names: route.names, values }
      for (const name of node.byMethod.keys()) (allowed ??= new Set()).add(name)
      return undefined
    }
    const segment = segments[index] as string
    const decoded = decode(segment)
    const literal = node.literals.get(decoded)
    let found = literal && walk(literal, index + 1, values)
    if (found) return found
    if (node.partials) {
      for (const { parts, node: next } of node.partials.values()) {
        const read = readParts(parts, segment) ?? readParts(parts, decoded)
        found = read && walk(next, index + 1, [...values, ...read])
        if (found) return found
      }
    }
    return node.parameter && segment ? walk(node.parameter, index + 1, [...values, segment]) : undefined
  }

  const found = walk(root, 0, [])
  if (found) {
    const pathValues: Record<string, string> = {}
    let index = 0
    for (const name of found.names) {
      const raw = found.values[index++] as string
      try {
        pathValues[name] = decodeURIComponent(raw)
      } catch {
        return refuse('invalid', `path/${name} is not valid percent-encoding: ${raw}`, {
          at: `path/${name}`,
          rule: 'encoding',
        })
      }
    }
    return { target: found.target, pathValues }
  }
  if (allowed) {
    const allow = [...allowed].sort().join(', ')
    return refuse('method-not-allowed', `${method} is not allowed here; allowed: ${allow}`, { headers: { allow } })
  }
  return refuse('no-such-path', `no operation answers ${method} ${path}`)
}
