import type TypeScript from 'typescript'

/**
 * Gives a name of its own to every schema's type that holds itself where TypeScript looks at once, in a list, a tuple or a
 * union: a member of an interface may not (TS2502), a type alias may, as long as it is called by its own name.
 * @param nodes of a module in which `components["schemas"]` has a member for each schema
 */
export function nameRecursiveTypes(ts: typeof TypeScript, nodes: readonly TypeScript.Node[]): TypeScript.Node[] {
  const members = schemasIn(ts, nodes)
  const recursive = findRecursive(ts, members)
  if (recursive.size === 0) return [...nodes]
  const aliases = new Map<string, string>()
  const taken = new Set<string>()
  for (const name of recursive) {
    let alias = `Recursive${name.replace(/[^\w$]+/g, '_')}`
    while (taken.has(alias)) alias += '_'
    taken.add(alias)
    aliases.set(name, alias)
  }
  const { factory } = ts
  const call = (name: string) => factory.createTypeReferenceNode(aliases.get(name) as string)
  const declarations = [...recursive].map((name) => {
    const { type } = members.get(name) as Member
    return factory.createTypeAliasDeclaration(
      undefined,
      aliases.get(name) as string,
      undefined,
      callAll(ts, type, recursive, call),
    )
  })
  const named = new Map<TypeScript.Node, string>(
    [...recursive].map((name) => [(members.get(name) as Member).signature, name]),
  )
  const visit = (node: TypeScript.Node): TypeScript.Node => {
    const name = named.get(node)
    if (name === undefined) return ts.visitEachChild(node, visit, undefined)
    const { signature } = members.get(name) as Member
    return factory.updatePropertySignature(
      signature,
      signature.modifiers,
      signature.name,
      signature.questionToken,
      call(name),
    )
  }
  return [...nodes.map((node) => (isComponents(ts, node) ? visit(node) : node)), ...declarations]
}

interface Member {
  readonly signature: TypeScript.PropertySignature
  readonly type: TypeScript.TypeNode
}

const isComponents = (ts: typeof TypeScript, node: TypeScript.Node): node is TypeScript.InterfaceDeclaration =>
  ts.isInterfaceDeclaration(node) && node.name.text === 'components'

/** The types of schemas by their names. */
function schemasIn(ts: typeof TypeScript, nodes: readonly TypeScript.Node[]): Map<string, Member> {
  const members = new Map<string, Member>()
  for (const part of nodes.filter((node) => isComponents(ts, node)).flatMap(({ members }) => [...members])) {
    if (
      !ts.isPropertySignature(part) ||
      nameOf(ts, part) !== 'schemas' ||
      !part.type ||
      !ts.isTypeLiteralNode(part.type)
    )
      continue
    for (const signature of part.type.members) {
      if (!ts.isPropertySignature(signature) || !signature.type) continue
      members.set(nameOf(ts, signature) as string, { signature, type: signature.type })
    }
  }
  return members
}

const nameOf = (ts: typeof TypeScript, { name }: TypeScript.PropertySignature): string | undefined =>
  ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name) ? name.text : undefined

/** Those that lead back to themselves where TypeScript looks at once. */
function findRecursive(ts: typeof TypeScript, members: ReadonlyMap<string, Member>): Set<string> {
  const targets = new Map([...members].map(([name, { type }]) => [name, namesAtOnce(ts, type)] as const))
  const isRecursive = (name: string): boolean => {
    const seen = new Set(targets.get(name))
    for (const one of seen) for (const next of targets.get(one) ?? []) seen.add(next)
    return seen.has(name)
  }
  return new Set([...members.keys()].filter(isRecursive))
}

/** The schemas that a type needs as soon as it is looked at: what stands in the members of an object can wait. */
function namesAtOnce(ts: typeof TypeScript, type: TypeScript.Node, found = new Set<string>()): Set<string> {
  const name = schemaIn(ts, type)
  if (name !== undefined) found.add(name)
  else if (!ts.isTypeLiteralNode(type)) ts.forEachChild(type, (child) => void namesAtOnce(ts, child, found))
  return found
}

/** A type in which schemas are called by their names. */
function callAll(
  ts: typeof TypeScript,
  type: TypeScript.TypeNode,
  names: ReadonlySet<string>,
  call: (name: string) => TypeScript.TypeNode,
): TypeScript.TypeNode {
  const visit = (node: TypeScript.Node): TypeScript.Node => {
    const name = schemaIn(ts, node)
    return name !== undefined && names.has(name) ? call(name) : ts.visitEachChild(node, visit, undefined)
  }
  return visit(type) as TypeScript.TypeNode
}

/** The name in `components["schemas"]["name"]`. */
function schemaIn(ts: typeof TypeScript, node: TypeScript.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return undefined
  const { objectType: holder, indexType: kind } = node.objectType
  const isHolder =
    ts.isTypeReferenceNode(holder) && ts.isIdentifier(holder.typeName) && holder.typeName.text === 'components'
  return isHolder && textIn(ts, kind) === 'schemas' ? textIn(ts, node.indexType) : undefined
}

const textIn = (ts: typeof TypeScript, type: TypeScript.TypeNode): string | undefined =>
  ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? type.literal.text : undefined
