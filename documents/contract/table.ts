/** The tables that are made of a document, and that the mock runs on: plain data, all references followed. Types only. */

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
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required: boolean
  /** The JSON types its text may stand for. */
  readonly types: readonly string[]
  /** The JSON types of its items, where it is an array. */
  readonly itemTypes?: readonly string[]
  readonly style: string
  readonly explode: boolean
  readonly example?: unknown
}

/** One entry of an operation's `x-failures`; `openapi/README.md` explains the members. */
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

/** One operation of a document, as the generated table has it. */
export interface Operation {
  readonly id: string
  readonly role?: string
  readonly method: string
  /** Template without the base path: `/users/{userId}`. */
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body?: { readonly required: boolean; readonly mediaTypes: readonly string[] }
  /** Alternatives; each lists the schemes it needs together. None: open to all. */
  readonly security: readonly (readonly SecurityScheme[])[]
  /** By status (`201`, `4XX`, `default`): the declared media types. */
  readonly replies: Readonly<Record<string, { readonly mediaTypes: readonly string[] }>>
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
  readonly body?: Validate
  readonly replies: Readonly<Record<string, Validate>>
}

/** Named examples of an operation: of its request body, and of its replies by status. */
export interface OperationExamples {
  readonly request?: Readonly<Record<string, unknown>>
  readonly replies: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}
