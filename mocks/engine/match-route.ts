import { type Operation, type Refusal, refuse } from './vocabulary.ts'

/** An operation with the values its path template found. */
export interface Route<T> {
  readonly target: T
  readonly pathValues: Readonly<Record<string, string>>
}

interface Node<T> {
  readonly literals: Map<string, Node<T>>
  /** Segments that are a template in part: `{id}.json`, `{from}-{to}`. */
  readonly partials: { readonly segment: string; readonly expression: RegExp; readonly node: Node<T> }[]
  parameter?: Node<T>
  readonly byMethod: Map<string, { target: T; names: readonly string[]; template: string }>
}

export interface Routes<T> {
  match(method: string, path: string): Route<T> | Refusal
}

/** What a route leads to must at least say which operation it is, and under which base path it is served. */
export interface Routable {
  readonly operation: Operation
  readonly basePath: string
}

const newNode = <T>(): Node<T> => ({ literals: new Map(), partials: [], byMethod: new Map() })

/**
 * Builds the routes of all operations. Concrete segments win over templated ones (OpenAPI 3.1, Paths Object).
 * @throws Error when two operations answer the same method and path, naming both
 */
export function buildRoutes<T extends Routable>(targets: readonly T[], nameOf: (target: T) => string): Routes<T> {
  const root = newNode<T>()
  for (const target of targets) {
    const template = target.basePath + target.operation.path
    const names: string[] = []
    let node = root
    for (const segment of template.split('/').slice(1)) {
      names.push(...[...segment.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name))
      node = childFor(node, segment)
    }
    const taken = node.byMethod.get(target.operation.method)
    if (taken) {
      throw new Error(
        `${nameOf(target)} and ${nameOf(taken.target)} both answer ${target.operation.method} ${template}; ` +
          'mock them on separate servers',
      )
    }
    node.byMethod.set(target.operation.method, { target, names, template })
  }
  return { match: (method, path) => match(root, method, path) }
}

function childFor<T>(node: Node<T>, segment: string): Node<T> {
  if (/^\{[^{}]+\}$/.test(segment)) {
    node.parameter ??= newNode<T>()
    return node.parameter
  }
  if (/\{[^{}]+\}/.test(segment)) {
    const known = node.partials.find((partial) => partial.segment === segment)
    if (known) return known.node
    // Split at the templates, the parts between them stand for themselves.
    const parts = segment.split(/\{[^{}]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    const partial = { segment, expression: new RegExp(`^${parts.join('(.+?)')}$`), node: newNode<T>() }
    node.partials.push(partial)
    return partial.node
  }
  let next = node.literals.get(segment)
  if (!next) node.literals.set(segment, (next = newNode<T>()))
  return next
}

function match<T>(root: Node<T>, method: string, path: string): Route<T> | Refusal {
  const segments = path.split('/')
  let allowed: Set<string> | undefined
  let found: { target: T; names: readonly string[]; values: string[] } | undefined

  const walk = (node: Node<T>, index: number, values: readonly string[]): boolean => {
    if (index === segments.length) {
      if (node.byMethod.size === 0) return false
      const route = node.byMethod.get(method)
      if (route) {
        found = { target: route.target, names: route.names, values: values as string[] }
        return true
      }
      allowed ??= new Set()
      for (const name of node.byMethod.keys()) allowed.add(name)
      return false
    }
    const segment = segments[index] as string
    const literal = node.literals.get(segment)
    if (literal && walk(literal, index + 1, values)) return true
    for (const { expression, node: next } of node.partials) {
      const parts = expression.exec(segment)
      if (parts && walk(next, index + 1, [...values, ...parts.slice(1)])) return true
    }
    return node.parameter !== undefined && segment !== '' && walk(node.parameter, index + 1, [...values, segment])
  }

  if (segments[0] === '' && walk(root, 1, []) && found) {
    const pathValues: Record<string, string> = {}
    for (const [index, name] of found.names.entries()) {
      const raw = found.values[index] as string
      try {
        pathValues[name] = raw.includes('%') ? decodeURIComponent(raw) : raw
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
