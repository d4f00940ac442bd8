/**
 * How early a case is tried where not all are: the smaller, the more it is worth. Whether an operation works at all comes
 * first, then whom it lets in, then what a body is as a whole; then the rules of each place, the outermost first, and of
 * none of them a second one before the first of a place one level further in.
 */
export type Worth = number

export const PLAIN: Worth = 0
export const CREDENTIALS: Worth = 1
export const FORM: Worth = 2

/**
 * @param depth of the place: 0 for the whole body, 1 for its members and for parameters
 * @param round how many cases of its kind the place has already
 */
export const worthOf = (depth: number, round: number): Worth => FORM + 1 + depth + round

/** Is added to what a rule is worth that need not hold, as another alternative may: it comes after all that must. */
export const CHOICE: Worth = 1000
