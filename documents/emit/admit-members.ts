import type TypeScript from 'typescript'
import type { Json } from '../read/read-document.ts'
import { holdsNames, isData } from '../read/tell-keywords.ts'

/**
 * The document, where an object that names no members, or patterns of names, says that any other member may be there
 * (JSON Schema, Core, section 10.3.2.3): else its type has none. Types know no patterns, so any name may have any value.
 */
export function openObjects(value: Json, hasNames = false): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => openObjects(item))
  const open: Json = Object.fromEntries(
    Object.entries<Json>(value).map(([key, member]) => [
      key,
      !hasNames && isData(key, member) ? member : openObjects(member, !hasNames && holdsNames(key)),
    ]),
  )
  if (!hasNames && isOpen(value)) open.additionalProperties = true
  return open
}

function isOpen({ type, properties, patternProperties, additionalProperties = true, maxProperties }: Json): boolean {
  if (additionalProperties !== true || maxProperties === 0) return false
  return patternProperties !== undefined || (properties === undefined && [type].flat().includes('object'))
}

/**
 * `{ id: number } & { [key: string]: string }` has no value at all: the index signature speaks of `id` too. It becomes
 * `{ id: number } & { [key: string]: string | number }`, to which everything can be assigned that the schema allows.
 * @returns undefined for any other type, which stays as it is
 */
export function admitNamedMembers(ts: typeof TypeScript, type: TypeScript.TypeNode): TypeScript.TypeNode | undefined {
  const { factory, SyntaxKind } = ts
  if (!ts.isIntersectionTypeNode(type) || type.types.length !== 2) return undefined
  const [named, others] = type.types
  if (!named || !others || !ts.isTypeLiteralNode(named) || !ts.isTypeLiteralNode(others)) return undefined
  const [index] = others.members
  if (!index || !ts.isIndexSignatureDeclaration(index)) return undefined
  const members = named.members.filter(ts.isPropertySignature)
  const union = factory.createUnionTypeNode([
    index.type,
    ...members.flatMap((member) => member.type ?? []),
    ...(members.some(({ questionToken }) => questionToken)
      ? [factory.createKeywordTypeNode(SyntaxKind.UndefinedKeyword)]
      : []),
  ])
  const signature = factory.updateIndexSignature(index, index.modifiers, index.parameters, union)
  return factory.createIntersectionTypeNode([named, factory.createTypeLiteralNode([signature])])
}
