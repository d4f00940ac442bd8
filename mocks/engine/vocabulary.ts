/** The nouns every room shares, and those that write behaviours. Types only, plus two functions for a refusal. */

import type { Failure, Operation } from '../../documents/contract/table.ts'

export type {
  Failure,
  Operation,
  OperationExamples,
  OperationValidators,
  Parameter,
  SchemaError,
  SecurityScheme,
  Validate,
} from '../../documents/contract/table.ts'

/** Query parameters as they arrived, decoded but not coerced; a repeated name holds all its values. */
export type Query = Readonly<Record<string, string | readonly string[]>>

/** One request, as plain data. */
export interface Call {
  readonly method: string
  /** Starts with the API's base path, as `/api/v0/users`; still percent-encoded; no query. */
  readonly path: string
  /** Scheme and host that were asked, where an adapter knows them; else the header `host` says where, by plain HTTP. */
  readonly origin?: string
  readonly query?: Query
  /** The same as it was sent, percent-encoded: there a delimiter differs from a letter of a value (RFC 3986, section 2.2). */
  readonly search?: string
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  /** The body as it arrived; the engine parses it after the credentials were checked. */
  readonly text?: string
  /** The body in the place of `text` where it is no UTF-8 text: a file, an image. */
  readonly bytes?: Uint8Array
  /** A body that is data already; wins over `text`, and counts as JSON where no content type is given. */
  readonly body?: unknown
}

/** One answer, as plain data. `body` is JSON data, or a string or bytes where the content type is not JSON; absent: no body. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The same headers, where one is sent several times: cookies, which among `headers` stand on a line each. */
  readonly pairs?: readonly (readonly [name: string, value: string])[]
  readonly body?: unknown
}

/** Why a request is refused. A behaviour gives `failure`; the others are found before it is asked, or after. */
export type RefusalReason =
  | 'no-such-path'
  | 'method-not-allowed'
  | 'no-credentials'
  | 'bad-credentials'
  | 'unsupported-media-type'
  | 'malformed-body'
  | 'invalid'
  | 'body-too-large'
  | 'rate-limited'
  | 'failure'
  | 'dropped'
  | 'timed-out'
  | 'broken-reply'

/** Why a request as a whole is turned down, before a vendor gives it a shape. */
export interface Refusal {
  readonly refused: RefusalReason
  /** For people: what was wrong and where. */
  readonly message: string
  /** Where: `/0/country` in the body, `query/upsert`, `path/id`. */
  readonly at?: string
  /** The broken rule: a JSON Schema keyword, or the id of a business failure. */
  readonly rule?: string
  /** The status it was given; otherwise HTTP has one for its reason. */
  readonly status?: number
  /** What was thrown, where a fault of ours is the reason. */
  readonly cause?: unknown
  /** Headers that go with it whatever the shape, such as `allow` or `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * A refusal, to be returned by a behaviour: nothing that the call has changed is kept. A business failure of the
 * document is refused by its id, and gets status and message from there: `refuse('failure', '', { rule: 'not_found' })`.
 * @param message for people; empty: the document's
 */
export function refuse(refused: RefusalReason, message: string, more: Partial<Refusal> = {}): Refusal {
  return { refused, message, ...more }
}

/** Tells a refusal from a reply. */
export function isRefusal(value: object): value is Refusal {
  return 'refused' in value
}

/** What is to become a reply: its status, and what is known of the rest. */
export interface Decided {
  readonly status: number
  /** What a behaviour replies with; absent: the document says what. */
  readonly body?: unknown
  /** The one of the document's examples that was asked for. */
  readonly example?: unknown
  /** What the call was refused for. */
  readonly refusal?: Refusal
  /** What of it breaks the document gives way to what that declares. */
  readonly yields?: true
  /** Names in lower case; they stand before those that the document declares. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/**
 * Gives what was decided the form that a document declares: media type, headers, and a body where none was given. It
 * refuses what the client does not take, or a behaviour's own body that breaks the document; a refusal, never again.
 */
export type Represent = (
  operation: Operation,
  call: Call,
  decided: Decided,
  setting: { readonly checksReplies: boolean; readonly warn: (message: string) => void },
) => Reply | Refusal

/** A reply, and for the journal: which operation gave it, and why it refused. */
export interface Answer {
  /** Without its body once `parts` has it. Of status 0 where none is given, as that of a network error (Fetch, "responses"). */
  reply: Reply
  readonly api?: string
  readonly operationId?: string
  readonly refusal?: Refusal
  /** It was ordered, in advance or by the request itself. */
  readonly isForced?: boolean | undefined
  /** By how many milliseconds it is held back, also where none is given. */
  delay?: number | undefined
  /** What a row asked for by its e-mail that is no failure of the operation; of several the first. */
  readonly missed?: string | undefined
  /** The same in a sentence, with what was most likely meant. */
  readonly note?: string
  /** Of a reply that may show what it added: who writes it need not write that again. */
  written?: Written | undefined
  /**
   * The text of the body, as it was written, in parts that the state shares: the journal keeps an answer for long, and a
   * few flat texts cost less to keep than an object with all its parts.
   */
  parts?: readonly string[]
}

/** Records, and in the same order the JSON text of each. */
export interface Written {
  readonly records: readonly object[]
  readonly texts: readonly string[]
}

/** What another reader of the document found, who checked a call in our place: its refusal, or nothing wrong. */
export interface Judgement {
  readonly refusal?: Refusal
}

/** Who calls: the credential that was let in, without its scheme. */
export interface Caller {
  readonly credential: string
}

/** A request that satisfies its operation's declaration. Parameters by name, those that were not sent left out. */
export interface Input {
  /** Decoded, and of the types that their schemas declare, as those of the query and the headers. */
  readonly path: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  /** The declared ones, by the names that the document has for them. */
  readonly headers: Readonly<Record<string, unknown>>
  /**
   * JSON data, also of a form and of parts; the text of a body that is neither, or where its bytes are no text a character
   * for each; `undefined` where none was sent.
   */
  readonly body: unknown
  /** The media type that a body was read as, as it is declared; of requests of every kind that `readCall` reads. */
  readonly mediaType?: string
  /** What was called, without its query: a path, or where the client names the host a whole URL; of the same requests. */
  readonly url?: string
}

/** The only sources of surprise. Every id is a function of (seed, API, tenant, keys). */
export interface World {
  /** The clock's reading for this call, the same for all its rows. */
  readonly now: Date
  /** The same in ISO 8601: UTC, to the millisecond. */
  readonly timestamp: string
  /** A UUID in lower case (RFC 9562, version 4 by its look): another for other keys. */
  uuid(...keys: (string | number)[]): string
  /** The prefix, and `length` characters drawn from `alphabet`. */
  letters(prefix: string, length: number, alphabet: string, ...keys: (string | number)[]): string
  /** The same world with its ids below a key: cheaper than naming a long key for each of many ids. */
  within(key: string): World
}

/** The unique keys of a record: under an index of one name each key belongs to one record of its collection. */
export type Keys = readonly (readonly [index: string, key: string])[]

/** What a collection is told of its records, which are JSON data. */
export interface CollectionRules<R extends object> {
  /** A function of the record alone. */
  idOf(record: R): string
  /** A function of the record alone: by these keys `find` finds it, and no two records of the collection share one. */
  keysOf(record: R): Keys
  /** What is wrong with a record from outside, beyond what shows where it is read. */
  breachOf?(record: R): string | undefined
  /** What of a record calls it otherwise than its id, as only a call that renames it does. */
  misnamed?(record: R): string | undefined
  /** What shows the record of this id where the collection holds no other: operations, and what they are asked. */
  readings?(id: string): Readonly<Record<string, Partial<Input>>>
  /** Of a document's resource: where the schema stands of what its records keep as `data`, a JSON Pointer. */
  schemaAt?(): string | undefined
  /** Of what may be a document's resource: whether it is one, and anything is kept of it. Default: it is. */
  isKept?(): boolean
  /** Of a resource of a document that was changed: whether nothing has that says what its records must be. Default: no. */
  isAsBefore?(): boolean
  /** Of a document's resource: puts its first records there, if nobody has asked for it yet. */
  begin?(open: OpenTenant, world: World): void
  /** Of a document's resource: adds a record made from its schemas, where these allow one. */
  make?(open: OpenTenant, world: World): void
  /** The record, of what a snapshot of version 1 has of it. Default: that itself. */
  fromVersion1?(kept: object): R
}

/** The collections of an API by name: `{ users: CollectionRules<User>, orders: CollectionRules<Order> }`. */
export type Collections<C extends RecordTypes<C> = Readonly<Record<string, object>>> = {
  readonly [Name in keyof C]: CollectionRules<C[Name]>
}

/** What the collections of an API keep: `{ users: User, orders: Order }`. */
export type RecordTypes<C> = { readonly [Name in keyof C]: object }

/** A message the API would have sent to a person. */
export interface Invitation {
  readonly to: string
  readonly at: string
  readonly api: string
  readonly tenant: string
  readonly userId: string
  readonly url?: string
  readonly message?: string
}

/** A collection of the caller's tenant as this request sees it: what is stored, with what the request has changed so far. */
export interface Draft<R extends object> {
  /** How many there are. */
  readonly size: number
  get(id: string): R | undefined
  /** The record that holds this key of this unique index. */
  find(index: string, key: string): R | undefined
  /** In order of creation. @param from so many are left out */
  values(from?: number): Iterable<R>
  /** Those that are asked for, in an order. Of very many it is done while others have their turns, if the caller can wait. */
  select<K>(selection: Selection<R, K>): Selected<R>
  /** Adds or replaces. A record is never changed in place: put a new one. @throws Error when a key of the record belongs to another record: a behaviour must look first */
  put(record: R): void
  /**
   * Adds a record whose id and keys nobody has, without looking again.
   * @param keys those that `keysOf` says it has; where they were found taken, the state is broken
   */
  add(record: R, keys: Keys): void
  /** @returns whether there was somebody to remove */
  remove(id: string): boolean
  /** The next number of this collection whose id no record has, counting from 1, and that id. */
  fresh(idOf: (number: number) => string): { readonly number: number; readonly id: string }
}

/** Which records of a collection, and in which order. */
export interface Selection<R extends object, K = unknown> {
  /** Default: all. */
  readonly picks?: ((record: R) => boolean) | undefined
  /** What of a record is compared. */
  readonly by?: ((record: R) => K) | undefined
  /** Default: they stand in order of creation, as those that are alike do. */
  readonly compare?: ((one: K, other: K) => number) | undefined
  /** Whether all of it is the other way round: of those that are alike, too, the last comes first. */
  readonly isTurned?: boolean | undefined
  /** At most so many are looked at afterwards. Default: all. */
  readonly first?: number | undefined
}

/** What was selected: how many there are, and any of those that are looked at. */
export type Selected<R extends object> = Pick<readonly R[], 'length'> & { slice(from: number, to: number): R[] }

/** A tenant's state, open for one turn. */
export interface OpenTenant {
  /** Whether it is not the state's yet, whatever is committed to it: with the first commit after that it is. */
  isHidden?: boolean
  readonly collections: Readonly<Record<string, Draft<object>>>
  readonly invite: (message: Omit<Invitation, 'api' | 'tenant'>) => void
  /**
   * Keeps what was done.
   * @param isLong whether so much was sent that to write texts of it would hold others up
   * @returns records that were added, and the texts that are kept of them, if there are any
   */
  commit(isLong?: boolean): Written | undefined
  /** Undoes what was done and not committed. */
  rollback(): void
}

/** Work that takes long, in short steps: between two of them others may have their turn. */
export type Work<T = unknown> = Iterator<void, T>

/** Of a call that can wait for what takes long, so that others need not. What has to be waited for is thrown. */
export interface Patience {
  /**
   * What is selected of a collection.
   * @returns undefined where it is small enough to be looked at at once
   * @throws Unready until it was done
   */
  select<K>(
    name: string,
    collection: { readonly length: number; readonly kept: readonly (object | string)[] },
    selection: Selection<object, K>,
  ): Selected<object> | undefined
  /**
   * Has a tenant furnished that nobody has seen yet.
   * @param users how many it begins with, where that is a number
   * @param whose session, API and tenant
   * @throws Unready where they are too many to be made at once, to all who call it until it is done
   */
  furnish(open: OpenTenant, work: Work, users: unknown, whose: readonly string[]): void
  /** Whether it was thrown to be waited for. */
  threw(error: unknown): boolean
}

/** The states of a session's tenants, wherever they are kept. */
export interface State {
  /** @param patience of a caller who can wait @throws Unready to such a caller, where what the tenant begins with is yet to be made */
  open(api: string, tenant: string, patience?: Patience): OpenTenant
}

/**
 * What a behaviour is given: one valid call, and the state of its caller's tenant.
 * @template C what the collections keep: `{ users: User, orders: Order }`
 * @template I the call, as `InputOf` derives it from a document's types
 */
export interface Turn<C extends RecordTypes<C> = Readonly<Record<string, object>>, I = Input> {
  readonly input: I
  readonly collections: { readonly [Name in keyof C]: Draft<C[Name]> }
  /** Puts a message into the outbox, once the call is accepted. */
  invite(message: Omit<Invitation, 'api' | 'tenant'>): void
  /** The clock and the ids of this tenant: in the place of `Date.now()` and chance. */
  readonly world: World
  /** What `tenantOf` said of the caller. */
  readonly tenant: string
  /** The operation's business failures by id. */
  readonly failures: Readonly<Record<string, Failure>>
  /** The failure that a row with this e-mail must have, whatever else it holds: it was ordered, or the e-mail names it. */
  failRow(email: string | null | undefined): Failure | undefined
}

/** A documented limit on calls: so many in so many seconds, counted for each caller. */
export interface RateLimit {
  readonly name: string
  /** The operations that count together; none named: all of the API's. */
  readonly operations?: readonly string[]
  readonly requests: number
  readonly seconds: number
  /** How long it refuses once it was exceeded, in seconds; without it: to the end of the window. */
  readonly backOff?: number
}

/**
 * What a behaviour decides: a reply, or a refusal that the vendor's shape is given to. A body is sent as JSON unless the
 * headers, with names in lower case, have another `content-type`. With a status from 400 on, nothing of the call is kept.
 */
export type Decision =
  | {
      readonly status: number
      readonly body?: unknown
      readonly headers?: Record<string, string>
      /** Of a document that was read at run time: where body or headers break it, what it declares is sent, not 500. */
      readonly yields?: true
    }
  | Refusal

/**
 * What an operation is given, from the types that `rollcall generate` makes of a document: of its interface `operations`
 * one member, as `InputOf<operations['createUsers']>`. What is not declared, or no JSON, is `unknown`.
 */
export interface InputOf<O> {
  readonly path: O extends { parameters: { path: infer P } } ? Readonly<P> : Input['path']
  readonly query: O extends { parameters: { query?: infer Q } } ? Readonly<NonNullable<Q>> : Input['query']
  readonly headers: Input['headers']
  readonly body: O extends { requestBody: { content: { 'application/json': infer B } } }
    ? B
    : O extends { requestBody?: { content: { 'application/json': infer B } } }
      ? B | undefined
      : Input['body']
}

/** The JSON body of one of an operation's replies, as `BodyOf<operations['createUsers'], 201>`; `never` where it has none. */
export type BodyOf<O, Status extends number> = O extends {
  responses: Record<Status, { content: { 'application/json': infer B } }>
}
  ? B
  : never

/**
 * An operation's behaviour: decides at once, from its turn alone, and changes nothing but `turn.collections`. It may ask for an
 * input of its own type: validation has given it that. What it throws is answered with 500, and nothing is kept.
 */
export type Behaviour<C extends RecordTypes<C> = Readonly<Record<string, object>>> = {
  behave(turn: Turn<C>): Decision
}['behave']

/** Who calls, and what is needed to say whose state that is. */
export interface Visit {
  readonly caller: Caller
  /** What the path template found; not validated yet. */
  readonly path: Readonly<Record<string, string>>
  /** A name for a secret, of 32 hexadecimal digits, that does not give it away. */
  digest(secret: string): string
}

/** How a vendor's API behaves: one pure function per operation, and as data what else is its own. */
export interface Behaviours<C extends RecordTypes<C> = Readonly<Record<string, object>>> {
  /** Whose state a caller sees; asked before the request is validated, so that a caller of nobody's is refused first. */
  tenantOf(visit: Visit): string | Refusal
  /** What a tenant's state consists of. Where replies show whole records, keep them as they are shown: that costs least. */
  readonly collections: Collections<C>
  /**
   * The vendor's shape of a refusal.
   * @param status what HTTP has for it; a vendor may choose another
   * @param operation the one that refused; none where no path matched
   */
  refuse(
    refusal: Refusal,
    status: number,
    operation?: Operation,
  ): { status: number; body?: unknown; headers?: Record<string, string> }
  /** The vendor's documented limits, enforced where the mock is asked to. */
  readonly limits?: readonly RateLimit[]
  /** Puts there what a tenant begins with. @param start how many records of a kind; empty: none at all */
  furnish?(open: OpenTenant, start: { readonly records?: number; readonly empty?: boolean }): void
  /** How the mock creates the users that a tenant starts with: an operation, and its request body for these rows. */
  readonly creation?: { readonly operationId: string; bodyOf(rows: readonly unknown[]): unknown }
  /** A credential that works and looks like the vendor's. */
  readonly exampleCredential: string
  /** By the operation's id. */
  readonly operations: Readonly<Record<string, Behaviour<C>>>
}
