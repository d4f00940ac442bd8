import type { Diagnostic } from '../read/diagnostic.ts'
import type { FindPlace } from '../read/find-place.ts'
import type { Pointer } from '../read/json-pointer.ts'
import type { Document, Json, References } from '../read/read-document.ts'
import type { DeclaredLink, DeclaredOperation } from './operation.ts'
import type { Server } from './read-servers.ts'

/**
 * A document as read, once: what it declares, as typed nouns, each with the place where it stands. Parts are read when
 * they are first asked for, and kept. Nothing of it is ever changed.
 */
export interface Contract extends References {
  readonly title: string
  /** The document's own version, not that of OpenAPI. */
  readonly version: string
  readonly servers: readonly Server[]
  /** In the document's order; each with an id of its own. */
  readonly operations: readonly DeclaredOperation[]
  /** What a run is about: the operations that say so, or all of them where none has a role. */
  readonly subjects: readonly DeclaredOperation[]
  /** Those of all successes. */
  readonly links: readonly DeclaredLink[]
  operation(id: string): DeclaredOperation | undefined
  /** The document as it was written, before any upgrade: for who compares two. */
  readonly written: Json
  /** What is wrong in the document, and what is done instead. */
  readonly diagnostics: readonly Diagnostic[]
  /** Reads what nobody has asked for yet, some of it with each step: of a large document the whole takes a while. */
  finish(): Iterable<undefined>
  /** Whether one of these may stand in the document as a name or a whole value, be it in what nobody has asked for yet. */
  mentions(...words: readonly string[]): boolean
  /** Where a part of the model stood in the text, before any upgrade. */
  originOf(pointer: Pointer): Pointer
  /** Where that is: takes what `originOf` gives, or the pointer of a diagnostic. */
  readonly findPlace: FindPlace
  /** Whole numbers that no number of JavaScript is, as they are written, by the number that they are read as. */
  readonly largeIntegers: ReadonlyMap<number, string>
  /** What a room has worked out of this contract, once: the same function gets the same answer again. */
  once<T>(workOut: (contract: Contract) => T): T
  /**
   * The document as one value, for who hands on the whole of it: Ajv, other generators, a search through its words. Who
   * asks what it declares asks the nouns above.
   */
  readonly model: Document
  /** The same as far as it was asked for: a component that stood elsewhere joins it with what refers to it. */
  readonly growing: Document
}
