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

/** Why a signal was aborted, where nothing that is on its way is worth waiting for any more. */
export class EndedAtOnce extends Error {
  override readonly name = 'EndedAtOnce'
}
