/** What the suite said of a document's mock: plain data, as the report and its JSON have it. */
export interface Verification {
  readonly document: string
  /** Why there is no verdict, in one line: the run died, took too long, or tried nothing. */
  readonly reason?: string
  readonly cases: number
  /** Cases by what became of them: `pass`, `fail`, `not-reached`. */
  readonly outcomes: Readonly<Record<string, number>>
  readonly failures: readonly Failure[]
  /** What fails a run besides its cases: where it was broken off, what it left behind. */
  readonly complaints: readonly string[]
  /** From its start to its end, in milliseconds. */
  readonly duration: number
  /** The most memory that the suite held, in bytes; undefined where the system does not tell. */
  readonly memory?: number
  /** The same of the mock. */
  readonly memoryOfMock?: number
}

/** What cases of one kind failed for. */
export interface Failure {
  /** Of the cases: `accepts`. */
  readonly kind: string
  readonly rule: string
  readonly cases: number
  /** The first of them, and what it saw. */
  readonly first: string
  readonly seen: string
}

/** Of a document whose mock nobody could verify: why is to be said. */
export const NOT_VERIFIED = { cases: 0, outcomes: {}, failures: [], complaints: [], duration: 0 }
