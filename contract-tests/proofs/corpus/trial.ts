/** What a document was seen to do: plain data, as the report and its JSON have it. */
export interface Trial {
  readonly document: string
  readonly served: boolean
  /** Why it was not, or was not to its end, in one line. */
  readonly reason?: string
  /** Milliseconds from the start of the process to the first answer. */
  readonly firstAnswer?: number
  /** The most memory that the process held, in bytes; undefined where the system does not tell. */
  readonly memory?: number
  readonly operations: number
  /** Requests that were answered. */
  readonly requests: number
  /** By class: `2xx`. */
  readonly statuses: Readonly<Record<string, number>>
  /** Replies with a status that the operation does not declare, which it need not (OpenAPI 3.1, Responses Object). */
  readonly undeclared: number
  /** Replies that nothing could judge: their schema cannot be compiled. */
  readonly unjudged: number
  readonly findings: readonly Finding[]
}

/** What is wrong with a reply. */
export interface Finding {
  /** `unmade`: no request could be made, or there is no value that a reply could hold, which is no fault of the reply. */
  readonly kind: '5xx' | 'breach' | 'empty' | 'unmade'
  readonly method: string
  readonly path: string
  readonly status: number
  /** The rule that is broken, in one line. */
  readonly rule: string
}

/** What was answered. */
export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly text: string
}

/** Of a document that nobody serves: why is to be said. */
export const NOT_SERVED = {
  served: false,
  operations: 0,
  requests: 0,
  statuses: {},
  undeclared: 0,
  unjudged: 0,
  findings: [],
}
