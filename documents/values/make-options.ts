import type { Json } from '../read/read-document.ts'
import type { Reading } from '../validators/read-as.ts'
import type { Validate } from './compile-schema.ts'

/** How a value is made where its schema leaves a choice. */
export interface MakeOptions {
  /** Take the document's own examples where they are valid, and of one that is not the members that are. */
  readonly examples?: boolean
  /** An example of the value from outside of its schema, such as that of a media type. It comes before all others. */
  readonly example?: Json
  /** Values look like what their members are called, where their schemas leave room; left out, as `examples`. */
  readonly named?: boolean
  /** What the value itself is called: a parameter's name. */
  readonly name?: string
  /** How likely an optional member is there; 0.6 unless told. */
  readonly optional?: number
  /**
   * Requests obey every pattern and leave out what is read-only; replies drop patterns that are only assumed, and what
   * is write-only.
   */
  readonly reading?: Reading
  /** It is part of what went well: members that say what went wrong are left out where they may be. */
  readonly isWell?: boolean
  /** Gives a validator of the schema that somebody has already. */
  readonly validator?: () => Validate
}
