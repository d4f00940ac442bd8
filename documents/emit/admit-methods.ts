import type TypeScript from 'typescript'
import type { Document, Json } from '../read/read-document.ts'

/** Between a path and a method, a character that nobody has: it is for private use (Unicode, section 23.5). */
const MARK = '\uf8e6'

/**
 * Gives each operation of OpenAPI 3.2's methods a path of its own, where openapi-typescript writes a type for it.
 * @param document is changed
 */
export function setMethodsApart(document: Document): void {
  const paths: Json = document.paths ?? {}
  for (const [path, item] of Object.entries<Json>(paths)) {
    if (path.startsWith('x-')) continue
    const { query, additionalOperations, parameters = [] } = item
    const all = { ...(query !== undefined && { query }), ...additionalOperations }
    for (const [method, operation] of Object.entries<Json>(all))
      paths[`${path}${MARK}${method}`] = { parameters, post: operation }
    delete item.query
    delete item.additionalOperations
  }
}

/** Puts what was written for these paths where it belongs: a member of their path that is called as the method is. */
export function bringMethodsBack(ts: typeof TypeScript, nodes: readonly TypeScript.Node[]): TypeScript.Node[] {
  return nodes.map((node) =>
    ts.isInterfaceDeclaration(node) && node.name.text === 'paths' ? bringMethodsBackIn(ts, node) : node,
  )
}

function bringMethodsBackIn(
  ts: typeof TypeScript,
  node: TypeScript.InterfaceDeclaration,
): TypeScript.InterfaceDeclaration {
  const { factory } = ts
  const moved = new Map<string, TypeScript.PropertySignature[]>()
  const kept: TypeScript.PropertySignature[] = []
  for (const member of node.members.filter(ts.isPropertySignature)) {
    const [path = '', method] = nameOf(ts, member).split(MARK)
    const type = membersOf(ts, member).find((one) => nameOf(ts, one) === 'post')?.type
    if (method === undefined) kept.push(member)
    else if (type)
      moved.set(path, [
        ...(moved.get(path) ?? []),
        factory.createPropertySignature(undefined, keyOf(ts, method), undefined, type),
      ])
  }
  if (moved.size === 0) return node
  const members = kept.map((member) => {
    const more = moved.get(nameOf(ts, member))
    if (!more) return member
    const type = factory.createTypeLiteralNode([...membersOf(ts, member), ...more])
    return factory.updatePropertySignature(member, member.modifiers, member.name, member.questionToken, type)
  })
  return factory.updateInterfaceDeclaration(
    node,
    node.modifiers,
    node.name,
    node.typeParameters,
    node.heritageClauses,
    members,
  )
}

const membersOf = (ts: typeof TypeScript, { type }: TypeScript.PropertySignature): TypeScript.PropertySignature[] =>
  type && ts.isTypeLiteralNode(type) ? type.members.filter(ts.isPropertySignature) : []

const nameOf = (ts: typeof TypeScript, { name }: TypeScript.PropertySignature): string =>
  ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : ''

const keyOf = (ts: typeof TypeScript, name: string): TypeScript.PropertyName =>
  /^[A-Za-z]\w*$/.test(name) ? ts.factory.createIdentifier(name) : ts.factory.createStringLiteral(name)
