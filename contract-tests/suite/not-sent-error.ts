/** The run was ended before a request was sent: the target knows nothing of it. */
export class NotSentError extends Error {
  override readonly name = 'NotSentError'
}
