import type { RowSource } from '../documents/make-rows.ts'
import type { Document } from '../documents/read-document.ts'
import type {
  Behaviours,
  Operation,
  OperationExamples,
  OperationValidators,
  StoredRecord,
} from './engine/vocabulary.ts'

/** Everything the mock knows of one API. Built-in ones come from `rollcall/<name>`; `readApi` makes one of any document. */
export interface Api<R extends StoredRecord = StoredRecord> {
  readonly name: string
  readonly title: string
  readonly version: string
  /** Absolute URLs, the most usual first; its path is where the mock serves the API. */
  readonly servers: readonly string[]
  readonly operations: readonly Operation[]
  readonly validators: Readonly<Record<string, OperationValidators>>
  readonly examples: Readonly<Record<string, OperationExamples>>
  readonly behaviours: Behaviours<R>
  /** Of an API made by `readApi`: the document it was made from, without what no reply can be. */
  readonly document?: Document
  /** Of an API made by `readApi`: what its document declares and no reply can be, a line for each; it is left out. */
  readonly remarks?: readonly string[]
  /** Of an API made by `readApi`: how rows of its bulk request are made; none where nothing takes a JSON body. */
  readonly rows?: RowSource
}

/** The path under which an API is served: that of its first server, without a slash at its end. */
export function basePathOf(api: { readonly servers: readonly string[] }): string {
  const [server] = api.servers
  return server ? new URL(server, 'http://localhost').pathname.replace(/\/$/, '') : ''
}
