/** What a document may make its reader read, besides itself. */
export interface ReadOptions {
  /** Folders whose files a `$ref` may lead to, besides the repository or package that the document lies in. */
  readonly allowFiles?: readonly string[]
  /** A `$ref` may lead to any http or https URL. Left out: only from a document read from a URL, to its own folder. */
  readonly allowRemote?: boolean
  /** Overlays that change the document before anything else looks at it, in this order: paths, or http or https URLs. */
  readonly overlays?: readonly string[]
  /** Told of each file before it is read, also of one that is not there: its absolute path, and where its links lead. */
  readonly onRead?: (path: string) => void
}
