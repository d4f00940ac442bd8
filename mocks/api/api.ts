import type { Contract } from '../../documents/contract/contract.ts'
import type { Diagnostic } from '../../documents/read/diagnostic.ts'
import type { FindPlace } from '../../documents/read/find-place.ts'
import type { Document } from '../../documents/read/read-document.ts'
import type { RowSource } from '../../documents/values/make-rows.ts'
import type { Target } from '../engine/answer-call.ts'
import type { Routes } from '../engine/match-route.ts'
import type {
  Behaviours,
  Call,
  Input,
  Operation,
  OperationExamples,
  OperationValidators,
  Refusal,
  Represent,
} from '../engine/vocabulary.ts'
import type { TenantSnapshot } from '../state/snapshot.ts'

/**
 * Everything the mock knows of one API. Built-in ones come from `rollcall/<name>`; `readApi` makes one of any document,
 * and `defineApi` of a document and behaviours of your own.
 */
export interface Api {
  /** Names its state in a snapshot, its calls in the journal, and it in an order: no two APIs of a mock share one. */
  readonly name: string
  readonly title: string
  readonly version: string
  /** Absolute URLs, the most usual first; its path is where the mock serves the API, unless there are sites. */
  readonly servers: readonly string[]
  readonly operations: readonly Operation[]
  /** By operation; a place without one is not checked. */
  readonly validators: Readonly<Record<string, OperationValidators>>
  /** By operation. */
  readonly examples: Readonly<Record<string, OperationExamples>>
  readonly behaviours: Behaviours
  /** Of an API made by `readApi`: replies as its document says; elsewhere a reply is JSON. */
  readonly represent?: Represent
  /** Of an API made by `readApi`: finds also what is answered without being declared, HEAD of a GET and OPTIONS of a path. */
  readonly extendRoutes?: (routes: Routes<Target>) => Routes<Target>
  /** The operations that no behaviour answers, by id. A valid call of one is refused with 500, and changes nothing. */
  readonly unanswered: readonly string[]
  /** Of an API made by `readApi`: the document it was made from, as OpenAPI 3.1 has it and without what is wrong in it. */
  readonly document?: Document
  /** Of an API made by `readApi`: its document as read, typed, for who asks what it declares and where. */
  readonly contract?: Contract
  /** Of an API made by `readApi`: what is wrong in its document, and what is done instead. It needs the whole document. */
  readonly diagnostics?: readonly Diagnostic[]
  /**
   * Of an API made by `readApi`: reads what no call has needed yet, some of it with each step, so that the first answer of
   * a large document need not wait for it. Afterwards `document`, `diagnostics` and what is remembered are there at once.
   */
  readonly finish?: () => Iterable<undefined>
  /**
   * Of an API made by `readApi`: finds what else is wrong in its document, step by step, because it takes long: examples and
   * defaults that break their schemas, and schemas that allow no value. A step that finds nothing gives undefined.
   */
  readonly inspect?: () => Iterable<Diagnostic | undefined>
  /** Of an API made by `readApi`: leads from the pointer of a diagnostic to file and line. */
  readonly findPlace?: FindPlace
  /** Of an API made by `readApi`: how rows of its bulk request are made; none where nothing takes a JSON body. */
  readonly rows?: RowSource | undefined
  /** Of an API made by `readApi`: what is remembered of it; worked out when it is asked for. */
  readonly tellRemembered?: () => Remembered
  /** Of an API made by `readApi` of a document that it was made of before: what has become of its operations. */
  readonly changes?: Changes
  /** Of an API made by `readApi`: what of a tenant's state is still one of this API, when its document was changed. */
  readonly carryRecords?: (collections: TenantSnapshot, isWritten: (collection: string) => boolean) => TenantSnapshot
  /** Reads requests of every kind; without it, those of APIs that take JSON alone. */
  readonly readCall?: ReadCall
  /** Of an API made by `readApi`: where its operations are, the most usual place of each first. */
  readonly sites?: readonly Site[]
}

/** What has become of operations, by id. */
export interface Changes {
  /** Those that say something else than before, or refer to what does. */
  readonly changed: readonly string[]
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly kept: readonly string[]
}

/** What of a document's API is kept. */
export interface Remembered {
  /** The resources whose records are kept, by name. */
  readonly resources: readonly string[]
  /** The ids of the operations that are answered from examples. */
  readonly fromExamples: readonly string[]
}

/** Checks a call against its operation's declaration, and gives it its types. */
type ReadCall = (
  operation: Operation,
  validators: OperationValidators,
  pathValues: Readonly<Record<string, string>>,
  call: Call,
) => Input | Refusal

/** Operations that are below the same base path. */
export interface Site {
  /** Where the mock serves them, without a slash at its end. */
  readonly basePath: string
  /** The URLs that end in this base path, absolute or from the page. */
  readonly servers: readonly string[]
  readonly operations: readonly Operation[]
  /**
   * The source of a regular expression for what a request's URL may have in the place of a server, or of what stands
   * between the parameters of a path. Default: that itself, escaped.
   */
  readonly patternOf?: (text: string) => string
}

/** The places of an API: below its first server, where nothing else is said. */
export const sitesOf = (api: Api): readonly Site[] => {
  const { sites, servers, operations } = api
  return sites ?? [{ servers, operations, basePath: basePathOf(api) }]
}

/** The path under which one operation is served, first of all. */
export const placeOf = (api: Api, operation: Operation): string =>
  sitesOf(api).find(({ operations }) => operations.includes(operation))?.basePath ?? basePathOf(api)

/** The path under which an API is served: that of its first server, without a slash at its end. */
export function basePathOf(api: { readonly servers: readonly string[] }): string {
  const [server] = api.servers
  return server ? new URL(server, 'http://localhost').pathname.replace(/\/$/, '') : ''
}
