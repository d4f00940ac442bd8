/** The nouns of a document: what it declares, where, and how well each statement is known. Types only. */

import type { Pointer } from '../read/json-pointer.ts'
import type { Evidence } from './evidence.ts'
import type { Server } from './read-servers.ts'
import type { SchemaPlace } from './schema.ts'
import type { Encoding, Failure, Parameter, SecurityScheme } from './table.ts'

/** What an operation is for in a contract run: `x-role`, see docs/extensions.md. */
type Role = 'subject' | 'read-back' | 'clean-up'

/** Something the document says, where it says it (through no `$ref`), and how well it is known. */
interface Statement {
  readonly pointer: Pointer
  readonly evidence: Evidence
}

/** An operation with all references followed and its path item's share taken in (OpenAPI 3.1, Operation Object). */
export interface DeclaredOperation extends Statement {
  /** Its `operationId`; where it has none, `getUsersById` of `get /users/{id}`. */
  readonly id: string
  /** In capitals. */
  readonly method: string
  /** Template without the base path: `/users/{userId}`. */
  readonly path: string
  /** What tells it from another operation of this path and method, where its author has written that into the path: `?beta=true`. */
  readonly pathQuery?: string
  readonly role: Role | undefined
  /** Its own servers, or its path item's; undefined: the document's. */
  readonly servers: readonly Server[] | undefined
  /** Its own, and those of its path item that it has not. */
  readonly parameters: readonly DeclaredParameter[]
  readonly body: DeclaredBody | undefined
  /** In the document's order. */
  readonly replies: readonly DeclaredReply[]
  /** Where its replies stand; where it declares none, all of it. */
  readonly repliesPointer: Pointer
  readonly failures: readonly DeclaredFailure[]
  /** Alternatives; each lists the schemes it needs together, of those that the document has. None: open to all. */
  readonly security: readonly (readonly SecurityScheme[])[]
  /** Where these stand: with the operation, or for the whole document. */
  readonly securityPointer: Pointer
}

/** A parameter with its defaults filled in (OpenAPI 3.1, Parameter Object). */
export interface DeclaredParameter extends Statement {
  readonly name: string
  readonly in: Parameter['in']
  readonly required: boolean
  readonly style: string
  readonly explode: boolean
  /** All references followed; `{}`, and the parameter's own place, where it has none. */
  readonly schema: SchemaPlace
  /** The nearest first: its own, then its schema's, then that one's default and const. */
  readonly examples: readonly unknown[]
  /** Where its own examples stand; where it has none, all of it. */
  readonly examplesPointer: Pointer
  /** Of a parameter that is written as a media type, its `content`: which one. */
  readonly mediaType?: string
  /** Its value may be empty, whatever the schema says of it. */
  readonly allowsEmpty?: true
}

/** One media type, or range of them, of a body or a reply. */
export interface MediaType {
  /** As it is written: `application/json; charset=utf-8`, `text/*`. */
  readonly type: string
  readonly pointer: Pointer
  readonly schema: SchemaPlace | undefined
  /** Of a request body, by property. */
  readonly encoding?: Readonly<Record<string, Encoding>>
  /** Of each item of a stream (OpenAPI 3.2, Media Type Object). */
  readonly itemSchema: SchemaPlace | undefined
  /** By name; a single, unnamed one is called `default`. Undefined: none. */
  readonly examples: Readonly<Record<string, unknown>> | undefined
}

/** What a body or a reply may hold. */
interface Content {
  /** In the document's order; none: nothing is said of it. */
  readonly content: readonly MediaType[]
  readonly contentPointer: Pointer
  /** The schema of `application/json`, else of the first that is JSON; undefined where there is none, or it has none. */
  readonly json: SchemaPlace | undefined
}

/** OpenAPI 3.1, Request Body Object; `required` is false where nothing is said. */
export interface DeclaredBody extends Statement, Content {
  readonly required: boolean
}

/** OpenAPI 3.1, Response Object, and the key of the Responses Object that it is declared under. */
export interface DeclaredReply extends Statement, Content {
  /** The key it is declared under: `201`, `4XX`, `default`. */
  readonly status: string
  /** Where that key stands; `pointer` is where its `$ref` leads. */
  readonly statusPointer: Pointer
  /** Without `Content-Type`, which the media types say. */
  readonly headers: readonly DeclaredHeader[]
  readonly links: readonly DeclaredLink[]
}

/** A header of a reply, by its name as it is written (OpenAPI 3.1, Header Object). */
export interface DeclaredHeader extends Omit<DeclaredParameter, 'in' | 'mediaType' | 'allowsEmpty'> {
  /** In which its value is written, where that is told by `content`. */
  readonly mediaType: string | undefined
}

/** One of a reply's links (OpenAPI 3.1, Link Object), with our `x-each` and `x-shows`. */
export interface DeclaredLink {
  readonly name: string
  readonly pointer: Pointer
  /** The operation whose reply it stands on. */
  readonly from: string
  /** The key of that reply: `201`, `2XX`. */
  readonly status: string
  /** The operation that it leads to, and what that is for. */
  readonly to: string
  readonly role: Role | undefined
  readonly parameters: Readonly<Record<string, unknown>>
  readonly requestBody?: unknown
  /** An expression that names the list whose item 0 stands in the other expressions. */
  readonly each?: string
  /** Pointers into the target's reply, and what must be there. */
  readonly shows: Readonly<Record<string, unknown>>
}

/** One entry of `x-failures`, see docs/extensions.md, with what only a contract run needs. */
export interface DeclaredFailure extends Statement, Omit<Failure, 'message'> {
  /** Undefined where the document knows none. */
  readonly message?: string
  /** One sentence: what provokes it. */
  readonly when: string
  /** What a mock that keeps records refuses by it, see docs/extensions.md. */
  readonly rule?: 'duplicate' | 'missing-reference' | 'wrong-state'
  /** The member that the rule is about, as a pointer into the record: `/email`. */
  readonly of?: Pointer
  /** Of `wrong-state`: the values of the member under which the call is refused. */
  readonly states?: readonly unknown[]
  /** How a run brings it about; a sentence: why it cannot. */
  readonly provoke?: string | readonly Provocation[]
  /** Pointers into the row: members that bring it about when they stand together. */
  readonly together?: readonly string[]
}

/** One request of a `provoke` list. */
export interface Provocation {
  readonly operation?: string
  readonly rows?: readonly unknown[]
  readonly body?: unknown
  readonly text?: string
  readonly query?: Readonly<Record<string, unknown>>
  readonly path?: Readonly<Record<string, string>>
  readonly credentials?: 'none' | 'bad'
}
