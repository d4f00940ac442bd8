/** Where something stands in a text: offsets, the end excluded. */
export interface Span {
  readonly start: number
  readonly end: number
  /** It stands there itself, and is not only what it would stand in. */
  readonly isExact: boolean
}

/** Finds what the tokens of a JSON Pointer lead to, with its name; what is not there, in the nearest part around it. */
export type FindInText = (tokens: readonly string[]) => Span
