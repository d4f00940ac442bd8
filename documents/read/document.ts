import type { Diagnostic } from './diagnostic.ts'
import type { FindPlace } from './find-place.ts'
import type { Json } from './json.ts'
import type { Pointer } from './json-pointer.ts'

/** An OpenAPI 3.1 document as data: https://spec.openapis.org/oas/v3.1.1.html#openapi-object */
export interface Document {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly servers?: readonly { readonly url: string; readonly variables?: Record<string, { default: string }> }[]
  readonly paths?: Readonly<Record<string, Json>>
  readonly components?: Json
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
}

/** What reading a text has found. */
export interface Reading {
  /** As it was written, with the parts of other files taken in, before any upgrade. It must not be changed. */
  readonly written: Json
  /** Of whatever version it was: as OpenAPI 3.1 has it, without what is wrong in it. */
  readonly document: Document
  /**
   * The same, each part of its operations and components read and mended when it is first looked at; components that stood
   * elsewhere join it as soon as a reference leads to them.
   */
  readonly growing: Document
  /** What is wrong in it, and what is done instead. */
  readonly diagnostics: readonly Diagnostic[]
  /** Reads whatever nobody has looked at yet, some of it with each step; then the document and its diagnostics are there. */
  finish(): Iterable<undefined>
  /** Whether one of these may stand in it as a name or a whole value, be it in a part that nobody has looked at yet. */
  mentions(...words: readonly string[]): boolean
  /** Where a part of the document stood in the text, before any upgrade: the nearest part around it that is known. */
  originOf(pointer: Pointer): Pointer
  /** In which file and line that is: takes what `originOf` gives, or the pointer of a diagnostic. */
  readonly findPlace: FindPlace
  /** Whole numbers that no number of JavaScript is, as they are written, by the number that they are read as. */
  readonly largeIntegers: ReadonlyMap<number, string>
}
