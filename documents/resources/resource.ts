/** What a document's paths speak of: resources, and what each operation does to one. */

import type { Evidence } from '../contract/evidence.ts'
import type { SchemaPlace } from '../contract/schema.ts'
import type { Diagnostic } from '../read/diagnostic.ts'
import type { Bound } from './tell-bounds.ts'

/**
 * What an operation does to a resource. `none`: it has to do with no resource; `unsure`: it may have, but nothing says
 * enough to act on. Both are answered from examples.
 */
export type ResourceRole =
  | 'list'
  | 'create'
  | 'read'
  | 'replace'
  | 'update'
  | 'delete'
  | 'delete-many'
  | 'create-many'
  | 'search'
  | 'action'
  | 'singleton-read'
  | 'singleton-write'
  | 'count'
  | 'none'
  | 'unsure'

/** Which parameter of a path names an item, and which member of the item holds that name. */
export interface Identity {
  /** Of the item's path template: `petId`. */
  readonly parameter: string
  /** Of the record: `id`. Where there is nothing of an item but its name, that of the parameter. */
  readonly member: string
  /** Who chooses it: the client in a creation's body or in the path of a PUT, or the server. */
  readonly by: 'client' | 'server'
}

/**
 * The names of members that lead from a body to what is meant: `[]` is the body itself, `['data', 'pet']` two below. In a list
 * `ONLY` leads to its only item: `['data', '0']` of a reply that shows what was created as a list of one.
 */
export type MemberPath = readonly string[]

export const ONLY = '0'

/** How a list is divided into pages; each name is that of a query parameter. */
export interface Paging {
  readonly kind: 'offset' | 'page' | 'cursor'
  /** How many: `limit`, `per_page`. */
  readonly size?: string
  /** Where to begin: `offset`, `page`, `cursor`, `starting_after`. */
  readonly start?: string
  /** Members of the reply that hold the number of all items, and what leads to the next page. */
  readonly total?: MemberPath
  readonly next?: MemberPath
}

/** A member of numbers or times, and how it compares to what is asked for. */
export interface Range {
  readonly at: MemberPath
  readonly bound: Bound
}

/** What a list shows, and how it may be asked. */
export interface ListShape {
  /** Where in the reply the items are. */
  readonly at: MemberPath
  /** Where in each item the record is. */
  readonly item: MemberPath
  readonly paging?: Paging
  /** Query parameters that pick items by a member: `{ status: ['status'] }`; by a text that any of them holds: `{ q: [] }`. */
  readonly filters: Readonly<Record<string, MemberPath>>
  /** Query parameters that pick items by how a member compares to them: `{ price_gte: { at: ['price'], bound: 'gte' } }`. */
  readonly ranges?: Readonly<Record<string, Range>>
  /** The query parameter that sorts: `sort`, `order_by`; and the one that says which way, where that is another. */
  readonly sort?: string
  readonly direction?: string
}

/** What one operation has to do with a resource. */
export interface ResourceOperation {
  readonly operationId: string
  readonly role: ResourceRole
  /** The name of its resource; undefined where the role is `none`. */
  readonly resource: string | undefined
  /** The name of the resource that this one's items lie under. */
  readonly parent: string | undefined
  readonly identity: Identity | undefined
  /** Where in the request's body the record is, of roles that send one. */
  readonly request: MemberPath | undefined
  /** Where in the reply's body the record is, of roles that show one. */
  readonly reply: MemberPath | undefined
  readonly list: ListShape | undefined
  /** From 0 to 1. */
  readonly sure: number
  /** For people: what made it so sure, or what is missing. */
  readonly reason: string
  readonly evidence: Evidence
}

/** Things of one kind that an API keeps, and the operations that have to do with them. */
export interface Resource {
  /** Its own in the document, and that of its collection in the state: `pets`, `owners.pets`. */
  readonly name: string
  readonly parent: string | undefined
  /**
   * All path parameters of its list, in order: what its items lie under. The last ones name its parent, if it has one;
   * others, such as `{version}`, name nothing that is kept. Another path of it may call them otherwise, in the same order.
   */
  readonly under: readonly string[]
  readonly identity: Identity | undefined
  /** What a record looks like, as it is read; undefined where no reply says. */
  readonly schema: SchemaPlace | undefined
  /** Members that no two records have the same of: `x-unique`. */
  readonly unique: readonly UniqueMember[]
  readonly operations: readonly ResourceOperation[]
  /** Those of its own paths and right below: without what is only done to an item. Few others are read to find them. */
  readonly near: readonly ResourceOperation[]
}

/** `x-unique` on a property, see docs/extensions.md. */
export interface UniqueMember {
  readonly member: MemberPath
  readonly ignoreCase: boolean
  /** Among the items of one parent, or all that a tenant has. */
  readonly within: 'parent' | 'tenant'
}

/**
 * What is known of the operations of a document. One operation, or one resource, is found without all others, unless the
 * document itself says something of them.
 */
export interface Resources {
  /** What resources may be called, parents before what lies under them: told by paths alone, so not each is one. */
  readonly names: readonly string[]
  /** What one operation does; undefined where the document has none of that id. */
  operation(id: string): ResourceOperation | undefined
  /** What is called so; undefined where no operation at its paths speaks of it. */
  named(name: string): Resource | undefined
  /** The names of whatever may lie below the items of a resource. */
  below(name: string): readonly string[]
  /** Finds what nobody has asked for yet, some of it with each step. */
  finish(): Iterable<undefined>
  /** Parents before what lies under them. */
  readonly resources: readonly Resource[]
  /** Of every operation of the document, in its order. */
  readonly operations: readonly ResourceOperation[]
  /** What is wrong in what the document says of them. */
  readonly diagnostics: readonly Diagnostic[]
}
