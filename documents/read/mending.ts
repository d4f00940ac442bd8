import type { Rule } from './diagnostic.ts'
import type { Json } from './json.ts'
import type { Pointer } from './json-pointer.ts'
import type { SplitPath } from './split-path.ts'

/** The versions of OpenAPI that become one model. */
export type Version = '2.0' | '3.0' | '3.1' | '3.2'

/** What whoever mends a part needs to know of the document, and who is told. */
export interface Mending {
  readonly version: Version
  /** @param tokens from the part that is being mended to what is wrong */
  tell(rule: Rule, message: string, instead: string, ...tokens: readonly (string | number)[]): void
}

/** A method of a path, where it stands. */
export interface PlacedOperation {
  /** As it is a member of the paths. */
  readonly path: string
  /** The same taken apart, as requests have it. */
  readonly route: SplitPath
  readonly method: string
  readonly operation: Json
  readonly pointer: Pointer
  /** The path item. */
  readonly item: Json
}

/** Says what is wrong with a part of a document. @param pointer to it, as the document stands at that time */
export type TellAt = (rule: Rule, message: string, instead: string, pointer: Pointer) => void
