/** Why a call of the control API is refused, with the status that says so. Any other error is a 400. */
export class ControlError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
