import type { Stories } from '../contract-tests/index.ts'
import type { OwnBehaviours, ProgrammedFailure } from '../mocks/index.ts'

/** How long answers are held back: so many milliseconds, or from … to …, as `'100-400'`. */
export type Delay = number | `${number}-${number}`

/** What is set for one API, and at the top of the file for every API that does not say otherwise. */
export interface ApiSettings {
  /** OpenAPI Overlays that change the document before it is read, in this order: paths from the file, or URLs. */
  readonly overlays?: string | readonly string[]
  /** Behaviours of one's own, or the path of the file whose default export they are. */
  readonly behaviours?: string | OwnBehaviours
  /** Stories that `verify` tries too, or the path of the file whose default export they are. */
  readonly stories?: string | Stories
  /** How many records each resource begins with, from 0 to 10,000. */
  readonly records?: number
  /** Whether resources begin with nothing. */
  readonly empty?: boolean
  /** Whether nothing is remembered. */
  readonly stateless?: boolean
  /** Only these credentials are let in. */
  readonly tokens?: string | readonly string[]
  /** How long each answer is held back, or those of which operations, by their ids. */
  readonly delay?: Delay | Readonly<Record<string, Delay>>
  /** What every session begins with, as `failNext` orders it; a reset begins anew. */
  readonly failures?: readonly Omit<ProgrammedFailure, 'api'>[]
  /** Folders whose files a `$ref` of the document may also lead to. */
  readonly allowFiles?: string | readonly string[]
  /** Whether a `$ref` may lead to any URL. */
  readonly allowRemote?: boolean
  /** Where `rollcall generate` writes. */
  readonly out?: string
}

/** One API: its document, and what is set for it alone. */
export interface ApiConfig extends ApiSettings {
  /** A path from the file, a URL, or the name of a built-in API. Left out: the name that the API has here. */
  readonly document?: string
}

/** What `rollcall.config.ts` exports by default. A flag wins over the environment, and the environment over the file. */
export interface Config extends ApiSettings {
  /** The documents, where nothing else is set for each: paths from the file, URLs, or names of built-in APIs. */
  readonly documents?: string | readonly string[]
  /** The APIs by the names that they have in orders, snapshots and on the command line: each a document, or more. */
  readonly apis?: Readonly<Record<string, string | ApiConfig>>
  /** The same seed gives the same ids and data. */
  readonly seed?: string
  /** Of built-in APIs: how many users every tenant starts with. */
  readonly users?: number
  readonly port?: number
  readonly host?: string
  /** Every API is served below this path alone. */
  readonly basePath?: string
  /** Whether the vendors' documented limits are enforced. */
  readonly rateLimit?: boolean
  /** Whether every reply is held to its document before it is sent; documents of one's own always are. */
  readonly checkReplies?: boolean
  /** How many sessions are kept. */
  readonly maxSessions?: number
  /** How many calls the journal of each session keeps. */
  readonly journal?: number
  /** Who may steer the mock, where the host is not loopback. */
  readonly controlToken?: string
}

/** Types what `rollcall.config.ts` exports: `export default defineConfig({ documents: 'openapi.yaml' })`. */
export const defineConfig = (config: Config): Config => config
