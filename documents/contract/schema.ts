import type { Pointer } from '../read/json-pointer.ts'
import type { Data } from './data.ts'
import type { Evidence } from './evidence.ts'

/** A JSON Schema of draft 2020-12, as OpenAPI 3.1 has them, with our own members. `true` allows anything, `false` nothing. */
export type Schema = SchemaObject | boolean

/** As it is written: `$ref` is not followed, and a document that was not linted may hold other types than these. */
export interface SchemaObject {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly Data[]
  readonly const?: Data
  readonly format?: string
  readonly pattern?: string
  readonly contentEncoding?: string
  readonly contentMediaType?: string
  readonly contentSchema?: Schema
  /** In characters, not in UTF-16 units (JSON Schema, Validation, section 6.3.1). */
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly items?: Schema
  readonly prefixItems?: readonly Schema[]
  readonly unevaluatedItems?: Schema
  readonly contains?: Schema
  readonly minContains?: number
  readonly maxContains?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema
  readonly unevaluatedProperties?: Schema
  readonly propertyNames?: Schema
  readonly required?: readonly string[]
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>
  readonly dependentSchemas?: Readonly<Record<string, Schema>>
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly allOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly not?: Schema
  readonly if?: Schema
  readonly then?: Schema
  readonly else?: Schema
  /** OpenAPI 3.1, Discriminator Object. */
  readonly discriminator?: { readonly propertyName: string; readonly mapping?: Readonly<Record<string, string>> }
  /** Not sent in requests. */
  readonly readOnly?: boolean
  /** Not shown in replies. */
  readonly writeOnly?: boolean
  readonly default?: unknown
  readonly example?: unknown
  readonly examples?: readonly unknown[]
  readonly xml?: XmlNote
  /** How well it is known, with all that stands in it. */
  readonly 'x-evidence'?: Evidence
  /** The same of single statements: by keyword, required member, or member of its enum or of its list of types. */
  readonly 'x-evidence-of'?: Readonly<Record<string, Evidence>>
  readonly 'x-run'?: RunNote
}

/** How a schema's values are written in XML (OpenAPI 3.1, XML Object; `nodeType` is of 3.2). */
export interface XmlNote {
  readonly name?: string
  readonly namespace?: string
  readonly prefix?: string
  readonly attribute?: boolean
  readonly wrapped?: boolean
  readonly nodeType?: 'element' | 'attribute' | 'text' | 'cdata' | 'none'
}

/** What a contract run does with a member of a request: `x-run`, see docs/extensions.md. */
interface RunNote {
  /** Always sent, unless the case is about the member. */
  readonly value?: unknown
  /** Another value sends messages to people. */
  readonly needs?: 'mail'
  /** Its values are not tried. */
  readonly skip?: boolean | string
}

/** A schema, where it stands in the document, and how well it is known there. */
export interface SchemaPlace {
  readonly schema: Schema
  readonly pointer: Pointer
  readonly evidence: Evidence
}
