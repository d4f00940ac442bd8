/** Where something stands in a text: offsets, the end excluded. */
export interface Span {
  readonly start: number
  readonly end: number
  /** How many of the tokens lead there: where it is not all of them, it is what the rest would stand in. */
  readonly depth: number
}

/** Finds what the tokens of a JSON Pointer lead to, with its name; what is not there, in the nearest part around it. */
export type FindInText = (tokens: readonly string[]) => Span
