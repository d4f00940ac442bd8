import { resolve } from 'node:path'
import { DocumentError } from '../documents/read/document-error.ts'
import type { Api } from '../mocks/api/api.ts'
import type { Mock, MockOptions } from '../mocks/api/mock.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import { createMock } from '../mocks/create-mock.ts'
import type { Order } from '../mocks/engine/force-failure.ts'
import type { Answer } from '../mocks/engine/vocabulary.ts'
import { placeBelow } from '../mocks/list-sites.ts'
import { readOrder } from '../mocks/read-order.ts'
import { type Chosen, chooseApis } from './choose-apis.ts'
import { createDelay } from './hold-answers.ts'
import { loadChosen, readChosen } from './load-chosen.ts'
import { named } from './load-module.ts'
import { UsageError } from './read-arguments.ts'
import { type FoundConfig, readConfig } from './read-config.ts'
import type { ServingFlags, ServingValues } from './read-serving-flags.ts'

/** What a command line asks to be served. */
export interface Asked {
  readonly values: ServingValues
  /** The flags among them that were read. */
  readonly own: ServingFlags
  readonly positionals: readonly string[]
  /** The port where nothing else is said. */
  readonly usual: number
}

/** One document that is served. */
export interface Part {
  readonly chosen: Chosen
  /** As it was read, without behaviours and whatever else is set for it. */
  readonly read: Api
  /** Whether that was done now, and not before. */
  readonly isFresh: boolean
  /** The files that it was read from. */
  readonly files: ReadonlySet<string>
}

/** A mock with all that is set for it. */
export interface Assembled {
  readonly found: FoundConfig
  readonly parts: readonly Part[]
  /** How messages call the documents, in the order of the APIs. */
  readonly names: readonly string[]
  readonly apis: readonly Api[]
  /** What every session begins with. */
  readonly failures: readonly Order[]
  readonly mock: Mock
  readonly delay: ((answer: Answer) => number) | undefined
  readonly hasTokens: boolean
  readonly port: number
  readonly host: string
  readonly controlToken: string | undefined
  readonly maxSessions: number
  readonly journal: number
}

/** What is known when a mock is assembled again. */
export interface Loading {
  /** What was assembled before: documents none of whose files has changed are not read again. */
  readonly previous?: Assembled
  readonly changed?: ReadonlySet<string>
  /** Told of each file before it is read. */
  readonly onRead?: (path: string) => void
}

/**
 * Makes the mock that flags, environment and configuration ask for.
 * @throws UsageError, DocumentError
 */
export async function assembleMock(
  { values, own, positionals, usual }: Asked,
  warn: (message: string) => void,
  { previous, changed = new Set(), onRead = () => undefined }: Loading = {},
): Promise<Assembled> {
  const modules = { ...(previous && { fresh: true }), onRead }
  const found = await readConfig(values.config, modules)
  const settings = { ...found.config, ...found.environment }
  const users = own.users ?? settings.users ?? 0
  const seed = values.seed ?? settings.seed
  const maxSessions = own.maxSessions ?? settings.maxSessions ?? 1000
  const journal = own.journal ?? settings.journal ?? 1000
  const basePath = readBasePath(values['base-path'] ?? settings.basePath)
  const configured = chooseApis(found, positionals, values)
  const asked = configured.length > 0 ? configured : chooseApis(found, Object.keys(BUILT_IN), values)
  // Nothing says which of several it is for.
  for (const flag of ['overlay', 'behaviours'] as const) {
    if (values[flag] && asked.length > 1) throw new UsageError(`--${flag} goes with one document`)
  }
  const chosen = asked.map((one) => override(one, values, own.records))
  const names = chosen.map(({ label }) => label)
  const parts = await Promise.all(chosen.map((one) => readPart(one, { previous, changed, onRead })))
  const loaded = await Promise.all(
    parts.map(({ chosen: one, read }) => loadChosen(one, { ...modules, read: () => Promise.resolve(read) })),
  )
  const apis = basePath === undefined ? loaded : loaded.map((api) => placeBelow(api, basePath))
  const hasTokens = chosen.some(({ tokens }) => tokens !== undefined)
  const failures = chosen.flatMap((one, index) => readOrders(one, apis[index] as Api, found.file))
  const mock = compose({
    apis,
    failures,
    ...(seed !== undefined && { seed }),
    ...(hasTokens && { tokens: byApi(apis, chosen, ({ tokens }) => tokens) }),
    ...(users > 0 && { users }),
    ...((values['rate-limit'] ?? settings.rateLimit) && { rateLimit: true }),
    // What is built in is certified with the check; a document of one's own may have an example that breaks its schema.
    checkReplies:
      (values['check-replies'] ?? settings.checkReplies ?? false) ||
      chosen.some(({ document, behaviours }) => !Object.hasOwn(BUILT_IN, document) || behaviours !== undefined),
    maxSessions,
    journal,
    warn,
  })
  return {
    found,
    parts,
    names,
    apis,
    failures,
    mock,
    delay: own.delay ?? createDelay(byApi(apis, chosen, ({ delay }) => delay)),
    hasTokens,
    port: own.port ?? settings.port ?? usual,
    host: values.host ?? settings.host ?? '127.0.0.1',
    controlToken: values['control-token'] ?? settings.controlToken,
    maxSessions,
    journal,
  }
}

/** Reads a document, as far as it is not known already. */
async function readPart(
  chosen: Chosen,
  { previous, changed, onRead }: Required<Pick<Loading, 'changed' | 'onRead'>> & { previous: Assembled | undefined },
): Promise<Part> {
  const isSame = ({ chosen: other }: Part) =>
    other.document === chosen.document &&
    other.stateless === chosen.stateless &&
    JSON.stringify(other.reading) === JSON.stringify(chosen.reading)
  const known = previous?.parts.find((part) => part.chosen.document === chosen.document)
  if (known && isSame(known) && ![...known.files].some((file) => changed.has(file))) {
    return { ...known, chosen, isFresh: false }
  }
  const files = new Set<string>()
  const note = (path: string) => {
    files.add(path)
    onRead(path)
  }
  const read = await readChosen(chosen, { onRead: note, ...(known && { previous: known.read }) })
  return { chosen, read, isFresh: true, files }
}

function readBasePath(text: string | undefined): string | undefined {
  const basePath = text?.replace(/\/+$/, '')
  if (basePath === undefined || /^(?:\/[^\s?#]+)?$/.test(basePath)) return basePath
  throw new UsageError(`--base-path must be a path such as /api, not ${text}`)
}

/** What is set for an API, with what the flags say instead; what does not go with a flag gives way to it. */
function override(chosen: Chosen, values: ServingValues, records: number | undefined): Chosen {
  const { records: _, empty: __, stateless: ___, ...rest } = chosen
  const isSaid = records !== undefined || values.empty !== undefined || values.stateless !== undefined
  return {
    ...(isSaid ? rest : chosen),
    ...(records !== undefined && { records }),
    ...(values.empty && { empty: true }),
    ...(values.stateless && { stateless: true }),
    ...(values.token && { tokens: values.token }),
    ...(values.behaviours !== undefined && { behaviours: resolve(values.behaviours) }),
  }
}

/** By the names of APIs, what is set for each; what is not set is left out. */
const byApi = <T>(
  apis: readonly Api[],
  chosen: readonly Chosen[],
  of: (one: Chosen) => T | undefined,
): Record<string, T> =>
  Object.fromEntries(
    apis.flatMap(({ name }, index) => {
      const set = of(chosen[index] as Chosen)
      return set === undefined ? [] : [[name, set] as const]
    }),
  )

/** @throws UsageError that says where an order of the configuration is wrong */
function readOrders({ failures = [] }: Chosen, api: Api, file: string | undefined): Order[] {
  try {
    return failures.map((order) => readOrder({ ...order, api: api.name }, [api]))
  } catch (error) {
    throw new UsageError(`${file && named(file)}: failures: ${(error as Error).message}`)
  }
}

/** @throws DocumentError when two of the documents answer the same path */
function compose(options: MockOptions): Mock {
  try {
    return createMock(options)
  } catch (error) {
    throw new DocumentError((error as Error).message)
  }
}
