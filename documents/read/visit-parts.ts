import { GRAMMAR, type Kind, type Member } from './grammar.ts'
import type { Json } from './json.ts'
import { below, type Pointer } from './json-pointer.ts'

/** A part of a document, what it is, and where it stands. */
export interface VisitedPart {
  readonly kind: Kind
  readonly value: Json
  /** As a URI fragment. */
  readonly pointer: Pointer
}

/** All parts of a document that has been read, each before what stands in it. What a `$ref` leads to comes where it stands. */
export function* visitParts(document: Json): Generator<VisitedPart> {
  yield* visit({ kind: 'document', value: document, pointer: '#' })
}

function* visit(part: VisitedPart): Generator<VisitedPart> {
  yield part
  const { kind, value, pointer } = part
  if (kind === 'callback') yield* visitMembers({ kind: 'pathItem', as: 'map' }, value, pointer)
  if (typeof value !== 'object') return
  for (const [name, holder] of Object.entries<Json>(value)) {
    const member = Object.hasOwn(GRAMMAR[kind], name) ? GRAMMAR[kind][name] : undefined
    if (member) yield* visitMembers(member, holder, below(pointer, name))
  }
}

function* visitMembers({ kind, as }: Member, holder: Json, pointer: Pointer): Generator<VisitedPart> {
  if (as === 'one') yield* visit({ kind, value: holder, pointer })
  else {
    for (const [name, value] of Object.entries<Json>(holder)) {
      if (isPart(kind, value)) yield* visit({ kind, value, pointer: below(pointer, name) })
    }
  }
}

/** Among path items and responses, extensions may stand. */
const isPart = (kind: Kind, value: Json): boolean =>
  (typeof value === 'object' && value !== null) || (kind === 'schema' && typeof value === 'boolean')
