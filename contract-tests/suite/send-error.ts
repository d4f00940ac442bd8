/** Why nothing usable came back. `reset`: it may have been carried out; `unreachable`: no connection came about. */
export type SendFailure = 'unreachable' | 'reset' | 'timeout' | 'too-large' | 'malformed' | 'aborted'

/** Nothing usable came back; the message says why, in one line. */
export class SendError extends Error {
  override readonly name = 'SendError'
  readonly kind: SendFailure
  constructor(kind: SendFailure, message: string) {
    super(message)
    this.kind = kind
  }
}
