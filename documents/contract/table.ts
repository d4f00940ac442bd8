/** The tables that are made of a document, and that the mock runs on: plain data, all references followed. Types only. */

import type { XmlNote } from './schema.ts'

/** Where a security scheme of OpenAPI looks for its credential. */
export interface SecurityScheme {
  readonly name: string
  readonly type: string
  /** Of type http: `bearer`, `basic`. */
  readonly scheme?: string
  /** Of type apiKey. */
  readonly in?: string
  readonly key?: string
}

/** OpenAPI 3.1, Parameter Object with its defaults filled in, as the mock reads it: types in place of a schema. */
export interface Parameter {
  readonly name: string
  /** `querystring` is the whole of it (OpenAPI 3.2). */
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'querystring'
  readonly required: boolean
  /** The JSON types its text may stand for. */
  readonly types: readonly string[]
  /** The JSON types of its items, where it is an array. */
  readonly itemTypes?: readonly string[]
  readonly style: string
  readonly explode: boolean
  readonly example?: unknown
  /** Of a parameter whose types do not say how it is read: an object, a list of lists. */
  readonly layout?: Layout
  /** Of a parameter that is written as a media type, its `content`: which one. */
  readonly mediaType?: string
  /** Limits of a whole number that no number of JavaScript is, as they are written. */
  readonly limits?: { readonly minimum?: string; readonly maximum?: string }
}

/** What text stands for by a schema: its JSON types, through all combinations, and the same of what it holds. */
export interface Layout {
  /** None: any. */
  readonly types: readonly string[]
  readonly items?: Layout
  readonly properties?: Readonly<Record<string, Layout>>
  /** Of members that have no layout of their own; absent: none are foreseen. */
  readonly others?: Layout
  /** How it is written in XML, where the document says so. */
  readonly xml?: XmlNote
}

/** How one property of a form or multipart body is written (OpenAPI 3.1, Encoding Object). */
export interface Encoding {
  /** Media types or ranges of them, divided by commas. */
  readonly contentType?: string
  /** Both or none. */
  readonly style?: string
  readonly explode?: boolean
  /** The headers that each part must have, in lower case. */
  readonly requiredHeaders?: readonly string[]
}

/** What a body that is no JSON holds, and how. */
export interface BodyLayout extends Layout {
  /** By property. */
  readonly encoding?: Readonly<Record<string, Encoding>>
}

/** One entry of an operation's `x-failures`; `docs/extensions.md` explains the members. */
export interface Failure {
  readonly id: string
  readonly level: 'row' | 'request'
  readonly status?: number
  readonly at: string
  readonly code?: string | null
  readonly messageAt?: string
  /** The document's; where it has none, when the failure happens. */
  readonly message: string
}

/** The body that an operation takes. */
interface BodyTable {
  readonly required: boolean
  readonly mediaTypes: readonly string[]
  /** By declared media type, of those that are no JSON and have a schema. */
  readonly layouts?: Readonly<Record<string, BodyLayout>>
}

/** One operation of a document, as the generated table has it. */
export interface Operation {
  readonly id: string
  readonly role?: string
  readonly method: string
  /**
   * Template without the base path: `/users/{userId}`. Where the document has another operation of this path, told from it
   * by the query: `/tasks?beta=true`; a name without a value has any.
   */
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body?: BodyTable | undefined
  /** Alternatives; each lists the schemes it needs together. None: open to all. */
  readonly security: readonly (readonly SecurityScheme[])[]
  /** By status (`201`, `4XX`, `default`): the declared media types, and whether what `default` declares is how a call fails. */
  readonly replies: Readonly<Record<string, { readonly mediaTypes: readonly string[]; readonly isError?: true }>>
  readonly failures: readonly Failure[]
}

/** What a compiled JSON Schema says of a value; the shape of Ajv's standalone functions. */
export interface Validate {
  (value: unknown): boolean
  errors?: readonly SchemaError[] | null
}

/** What Ajv says of a value: `instancePath` is a JSON Pointer into it, `params` depends on the keyword. */
export interface SchemaError {
  readonly instancePath: string
  readonly keyword: string
  readonly message?: string
  readonly params: Readonly<Record<string, unknown>>
}

/** By place; a place without one is not checked. */
export interface OperationValidators {
  readonly path?: Validate
  readonly query?: Validate
  readonly header?: Validate
  readonly cookie?: Validate
  /** Of the first media type that is JSON. */
  readonly body?: Validate
  /** Of the others, by media type as it is declared. */
  readonly bodies?: Readonly<Record<string, Validate>>
  /** Of what the whole query stands for (OpenAPI 3.2). */
  readonly querystring?: Validate
  readonly replies: Readonly<Record<string, Validate>>
}

/** Named examples of an operation: of its request body, and of its replies by status. */
export interface OperationExamples {
  readonly request?: Readonly<Record<string, unknown>>
  readonly replies: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}
