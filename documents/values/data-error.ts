/** No valid value could be made; the message names the field as a JSON Pointer and gives the reason. */
export class DataError extends Error {
  override readonly name = 'DataError'
  readonly code = 'EDATA'
  readonly pointer: string
  readonly reason: string
  constructor(pointer: string, reason: string) {
    super(`no valid value can be made for ${pointer || 'the value'}: ${reason}`)
    this.pointer = pointer
    this.reason = reason
  }
}

/** What would be valid is larger than anything that is made; trying again does not help. */
export class TooLargeError extends DataError {}

/** Whether there is a valid value is not known: a pattern could not be worked out. */
export class NotWorkedOutError extends DataError {}

/** Whether there is a value would take too long to find out; trying again does not help. */
export class TooComplexError extends NotWorkedOutError {}
