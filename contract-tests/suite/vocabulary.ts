/** The nouns of the contract suite. Types only. */

import type { Evidence } from '../../documents/contract/evidence.ts'

export type { Evidence } from '../../documents/contract/evidence.ts'

/** One request as it goes over the wire, but for its credentials: the run adds those. */
export interface CaseRequest {
  readonly operationId: string
  readonly method: string
  /** Below the target's base URL, with its query, percent-encoded. */
  readonly path: string
  /** The path's parameters by name, decoded. */
  readonly params?: Readonly<Record<string, string>>
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The exact text that is sent. */
  readonly body?: string
  /** It is no text: each character of `body` is one byte. */
  readonly isBytes?: true
  /** Of a result: how many characters the body has, where only its beginning was kept. */
  readonly bodyLength?: number
  /**
   * Which credentials the run adds. Default: the run's own. `without header x-api-key`: those but for the one that travels
   * there, of several that are needed together.
   */
  readonly credentials?: 'own' | 'none' | 'other-scheme' | 'bad' | 'second' | `without ${string}`
}

/** What came back. */
export interface CaseReply {
  readonly status: number
  /** Names in lower case; what comes several times is joined with commas, cookies with line ends. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** `false`: what came is not UTF-8, and `text` has U+FFFD where it is not. */
  readonly isUtf8?: false
  /** Of a result: how many characters the text had, where only its beginning was kept. */
  readonly textLength?: number
  /** Milliseconds. */
  readonly duration: number
}

/** Sends one request and gives what came back. @throws Error when nothing came back; its message says why */
export type Send = (request: CaseRequest, signal: AbortSignal) => Promise<CaseReply>

/** A rule, where it stands, and how well it is known. */
export interface Rule {
  /** What is demanded, as a fact: "country must match ^[A-Z]{2}$". */
  readonly text: string
  /** Where the document makes it: a JSON Pointer as a URI fragment, which leads there through no `$ref`. */
  readonly pointer: string
  readonly evidence: Evidence
}

/** A rule that a reply broke. */
export interface Breach {
  readonly rule: Rule
  /** What was seen instead. */
  readonly seen: string
  /**
   * What all breaches of one cause have in common, over operations too. Left out: the rule's place and its text, with any
   * index for each.
   */
  readonly cause?: string
  /** Of a result: which of its exchanges showed it, from 0. */
  readonly exchange?: number
  /**
   * The operation: its request was refused, for a reason that may be no fault. What else it did in the run says whether
   * it was one (`settle-doubts.ts`); no result of a finished run has it.
   */
  readonly doubt?: string
}

/** Nothing can be sent after what earlier steps did: why. */
export interface Unsent {
  readonly skip: string
}

/** One request and what its reply must be. */
export interface Step {
  readonly title: string
  readonly operationId: string
  /** It goes out together with the next step: neither waits for the other's reply. */
  readonly withNext?: boolean
  /** What is sent; undefined where only what earlier steps did says it. */
  readonly request: CaseRequest | undefined
  /** What is sent after what earlier steps did. Left out: `request`, whatever they did. */
  follow?(run: StepRun): CaseRequest | Unsent
  /** It only makes what another step needs: what its reply breaks is told by the cases of its own operation. */
  readonly isSetUp?: true
  /** What it makes serves the other cases of the operation too: they lie their own below it, or only read it. */
  readonly isShared?: boolean
  /** What makes or finds the thing that the request names: taken where that is not there, and the step is tried again after it. */
  readonly makers?: readonly Step[]
  /** The rules that the reply breaks; none: it is right. Rules that hold for every reply are checked apart. */
  judge(reply: JudgedReply, run: StepRun): readonly Breach[]
}

/** What a step may know of the steps before it. */
export interface StepRun {
  readonly replies: readonly JudgedReply[]
  readonly requests: readonly CaseRequest[]
}

/** A reply with its JSON read; `body` is undefined where it is none. */
export interface JudgedReply extends CaseReply {
  // biome-ignore lint/suspicious/noExplicitAny: a body from outside may be anything
  readonly body: any
  /** Why nobody may go through the body, a fact about the reply: it is deeper or larger than can be judged. */
  readonly unreadable?: string
}

/**
 * What a case is about: good requests, bad ones, credentials, failures that the document lists, or several calls in a
 * row.
 */
export type Kind = 'accepts' | 'refuses' | 'guards' | 'failures' | 'stories'

/** What an operation does to sessions, by its name. */
export type SessionTouch = 'login' | 'logout'

/** An operation that is tried less than it could be. */
export interface LeftOut {
  readonly operationId: string
  /** How many cases of each kind there would be beyond the limit, some of which may turn out to be none. */
  readonly kinds: Readonly<Partial<Record<Kind, number>>>
  readonly tried: number
  /** Why, where it is not for their number. */
  readonly reason?: string
}

/** One thing that the suite tries, as data: `JSON.stringify` prints all of it but its judges. */
export interface Case {
  /** Stable over runs and releases as long as the document says the same: `bulkCreateUser/refuses/0/country/pattern`. */
  readonly id: string
  readonly operationId: string
  readonly kind: Kind
  readonly title: string
  /** The rule that the case is about. */
  readonly rule: Rule
  readonly steps: readonly Step[]
  /**
   * The same without the one thing that the case is about: where it is accepted, so must the case be. None: nothing
   * differs from it in one thing. Left out: any valid request is like it.
   */
  readonly witness?: readonly Step[]
  /** It can be told but not sent: why. */
  readonly unprovokable?: string
  /** It needs leave: `mail` sends messages to people, `login` begins a session, `logout` ends one. */
  readonly needs?: 'mail' | 'second-tenant' | 'bad-token' | SessionTouch
  /** It has no steps of its own: it is one look at this. */
  readonly lifecycle?: Lifecycle
}

/** What becomes of one thing of a resource, from its creation to its removal: sent once in a run, for all cases that look at it. */
export interface Lifecycle {
  /** What it makes is drawn for, and removed with it. */
  readonly id: string
  /** The operations that it sends, in order. */
  readonly operations: readonly string[]
  /** @returns what each case sees, by its id; none: it was not reached */
  live(ask: Ask): Promise<ReadonlyMap<string, Look>>
}

/** What a run lets a lifecycle do. */
export interface Ask {
  /**
   * Sends a request, if the run may.
   * @param about the case that its reply is about: there it is told what the reply breaks of the rules for all replies
   */
  send(about: Pick<Case, 'id' | 'rule'>, title: string, request: CaseRequest): Promise<Answered | Unsent>
  /** Waits a moment, and so often that what was done has time to show. @returns false when it was long enough */
  wait(looks: number): Promise<boolean>
}

/** A reply, and which exchange of its lifecycle it is, from 0. */
export interface Answered {
  readonly reply: JudgedReply
  readonly exchange: number
}

/** What one case sees of a lifecycle. */
export interface Look {
  readonly breaches: readonly Breach[]
  /** The exchanges of the lifecycle that show it, in order. */
  readonly exchanges: readonly number[]
  /** Why it was not reached. */
  readonly reason?: string
}

/**
 * `not-reached`: the case could not come to its rule (a request would have changed what the run did not make, an earlier
 * step had no result); it has neither passed nor failed. `skipped`: it needs leave, or the run was ended before it.
 */
export type Outcome = 'pass' | 'fail' | 'note' | 'not-reached' | 'skipped' | 'unprovokable'

/** What became of one request of a case. */
export interface Exchange {
  readonly title: string
  readonly request: CaseRequest
  readonly reply?: CaseReply
}

/** What became of one case. */
export interface CaseResult {
  readonly case: Pick<Case, 'id' | 'operationId' | 'kind' | 'title' | 'rule'>
  readonly outcome: Outcome
  /** Why it was not reached or skipped, cannot be provoked, or could not be finished. */
  readonly reason?: string
  /** Every rule broken on the way; those that only make a note are among them. */
  readonly breaches: readonly Breach[]
  readonly exchanges: readonly Exchange[]
  /** Milliseconds. */
  readonly duration: number
}

/** What the run created and could not prove to be its own, delete again, or see gone. */
export interface Leftover {
  readonly what: string
  readonly reason: string
  /** It was known before it was sent that it would stay: the target is on this machine, or a flag allowed it. */
  readonly foreseen: boolean
}

/** What became of a run; reporters are given it without secrets. */
export interface RunResult {
  readonly api: { readonly name: string; readonly title: string; readonly version: string }
  /** Of the target; no credentials in it. */
  readonly url: string
  readonly seed: string
  readonly tag: string
  readonly strict: Evidence
  readonly startedAt: string
  /** Milliseconds. */
  readonly duration: number
  readonly results: readonly CaseResult[]
  /** Negative cases that broke more or fewer than the one rule they name, by reason. */
  readonly dropped: readonly { readonly id: string; readonly reason: string }[]
  readonly leftovers: readonly Leftover[]
  /** What a reader must know of the run, a sentence each: limits that were reached, what a flag would add. */
  readonly remarks: readonly string[]
  /** It did not get to the end: why. */
  readonly interrupted?: string
}
