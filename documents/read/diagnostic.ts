import type { Pointer } from './json-pointer.ts'

/** Kinds of faults that a document may have and be served all the same. */
export type Rule =
  | 'version-unknown'
  | 'info-missing'
  | 'server-invalid'
  | 'no-operations'
  | 'no-responses'
  | 'key-twice'
  | 'yaml-tabs'
  | 'null-item'
  | 'wrong-shape'
  | 'nested-too-deep'
  | 'ref-dangling'
  | 'ref-circular'
  | 'ref-siblings'
  | 'operation-id-twice'
  | 'operation-id-missing'
  | 'path-malformed'
  | 'path-twice'
  | 'path-parameter-undeclared'
  | 'path-parameter-unused'
  | 'path-parameter-optional'
  | 'parameter-unusable'
  | 'security-unknown'
  | 'status-unsendable'
  | 'content-unsendable'
  | 'keyword-invalid'
  | 'keyword-of-other-version'
  | 'pattern-without-u'
  | 'pattern-invalid'
  | 'enum-empty'
  | 'number-rounded'
  | 'style-unknown'
  | 'example-invalid'
  | 'pattern-backtracks'
  | 'alternatives-alike'
  | 'default-invalid'
  | 'schema-unsatisfiable'
  | 'schema-too-large'
  | 'schema-not-worked-out'
  | 'overlay-selects-nothing'
  | 'overlay-action-invalid'
  | 'resource-invalid'

/** Something that is wrong in a document, and what is done all the same. */
export interface Diagnostic {
  readonly rule: Rule
  /** What is wrong, in words that name no place. */
  readonly message: string
  /** What rollcall does instead, in words: `any value is accepted there`. */
  readonly instead: string
  /** Where it stands in the document as it was written, before any upgrade; in an overlay: `<file>#/actions/0`. */
  readonly pointer: Pointer
  /** The operation, path item or component of the model that it stands in; `#` where it is in none. */
  readonly within: Pointer
}
