/** Of what is longer, in bytes or UTF-16 units, reading, answering and writing are turns of their own. */
export const LONG = 2 ** 20

/**
 * Takes a step when all had their turn who ask now. What is read is called back between asking what has arrived and the
 * steps of `setImmediate`: one such step alone would come before anybody is asked again.
 */
export const afterOthers = (step: () => void): void => {
  setImmediate(() => setImmediate(step))
}
