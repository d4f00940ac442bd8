import type { IHttpConfig, IHttpRequest, IHttpResponse } from '@stoplight/prism-http'
import { findShipped } from '../../documents/read/find-shipped.ts'
import { withoutDataReferences } from '../../documents/read/without-data-references.ts'
import { isNeverEnforced } from '../../documents/validators/compile-validators.ts'
import { type Api, basePathOf } from '../api/api.ts'
import type { Mock } from '../api/mock.ts'
import { isJson, isTooDeep, tellPattern } from '../engine/validate-call.ts'
import { type Answer, type Call, type Judgement, type Patience, type Refusal, refuse } from '../engine/vocabulary.ts'
import { type Listening, type ListenOptions, listenBy } from './http-server.ts'
import type { Serve } from './serve-patiently.ts'

export type { Listening } from './http-server.ts'

/** As for plain HTTP, with what only Prism needs to know. */
export interface PrismListenOptions extends ListenOptions {
  /** Documents of APIs by name, as paths. Default: what an API was made from, or the one of the package. */
  readonly documents?: Readonly<Record<string, string>>
  /** Told of each reply that Prism holds against the document, one line for each rule. */
  readonly onViolation?: (call: Call, violations: readonly string[]) => void
}

/**
 * Serves a mock over HTTP with Prism in front of it: Prism finds the operation, asks for credentials and validates, and
 * the mock's behaviours answer in Prism's place. Requests that an API reads itself (`readCall`) are judged by that alone, as
 * over every transport: of these Prism judges the replies.
 * @throws Error (code `ERR_MODULE_NOT_FOUND`) when @stoplight/prism-http is not installed
 */
export async function listen(mock: Mock, options: PrismListenOptions = {}): Promise<Listening> {
  if (!mock?.serve) throw new Error('listen needs a mock')
  return listenBy(await serveByPrism(mock, options), mock, options)
}

type Prism = typeof import('@stoplight/prism-http')
type Resource = Awaited<ReturnType<Prism['getHttpOperationsFromSpec']>>[number]

/** What Prism found wrong, in a request or in a reply. */
interface Violation {
  readonly path?: readonly string[]
  readonly code?: string | number
  readonly message: string
  /** 0 is an error. */
  readonly severity: number
}

/** What goes through Prism beside its own data. */
interface Carried {
  readonly call: Call
  readonly patience: Patience
  answer?: Answer
  /** What was thrown in the place of one, which Prism would take for a fault of its own. */
  thrown?: unknown
  /** Whether another operation has answered than the one that Prism has found. */
  isOther?: boolean
}

const CONFIG: IHttpConfig = {
  isProxy: false,
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  upstreamProxy: undefined,
  mock: {} as IHttpConfig['mock'],
}

/** Makes of a mock and Prism one way to answer calls. */
export async function serveByPrism(mock: Mock, options: PrismListenOptions = {}): Promise<Serve> {
  const prism = await loadPrism()
  let { apis } = mock
  let serve: Serve | Promise<Serve> = await serveApis(prism, mock, options)
  return async (call, patience) => {
    // Another mock may have taken its place.
    if (mock.apis !== apis) {
      apis = mock.apis
      serve = serveApis(prism, mock, options)
    }
    return (await serve)(call, patience)
  }
}

async function serveApis(prism: Prism, mock: Mock, options: PrismListenOptions): Promise<Serve> {
  const read = await Promise.all(mock.apis.map((api) => readResources(prism, api, options.documents)))
  const resources = read.flat()
  const reading = new Set(read.flatMap((own, index) => (mock.apis[index]?.readCall ? own.map(({ id }) => id) : [])))
  /** From Prism's request to our call, and back to our answer: Prism itself carries only its own kind of both. */
  const calls = new WeakMap<IHttpRequest, Carried>()

  const instance = prism.createInstance(CONFIG, {
    logger: SILENT as never,
    mock: ({ resource, input }) => {
      const carried = calls.get(input.data) as Carried
      // Prism takes the JSON `null`, `false`, `0` and `""` for no body: there the mock itself looks.
      const isTaken = (!carried.call.text || Boolean(input.data.body)) && !reading.has(resource.id)
      const judged = isTaken && judge(resource, carried.call, input.validations as readonly Violation[])
      const answer = attempt(carried, () => mock.serve(carried.call, judged || undefined, carried.patience))
      carried.answer = answer
      // Prism does not tell paths apart by their queries.
      carried.isOther = reading.has(resource.id) && Boolean(resource.iid) && resource.iid !== answer.operationId
      return () => ({ _tag: 'Right', right: toOutput(answer) })
    },
  })
  /** Prism throws some of what it finds wrong. */
  const ask = async (input: IHttpRequest) => instance.request(input, resources)()
  const router = prism.createInstance(
    { ...CONFIG, checkSecurity: false, validateRequest: false, validateResponse: false },
    { logger: SILENT as never, mock: () => () => ({ _tag: 'Right', right: { statusCode: 204 } }) },
  )
  const methods = [...new Set(resources.map(({ method }) => method.toUpperCase()))].sort()
  /** The methods that Prism finds an operation for. */
  const listAllowed = async (input: IHttpRequest): Promise<string[]> => {
    const found = methods.map(async (method) => {
      const routed = await router.request({ ...input, method: method.toLowerCase() as never }, resources)()
      return routed._tag === 'Right' ? method : []
    })
    return (await Promise.all(found)).flat()
  }

  return async (call, patience) => {
    const serve = () => mock.serve(call, undefined, patience)
    // Prism breaks off at a path that cannot be decoded; the mock refuses every one.
    if (!isDecodable(call.path)) return serve()
    const input = toInput(call)
    const carried: Carried = { call, patience }
    calls.set(input, carried)
    const result = await ask(input).catch((left: Error) => ({ _tag: 'Left' as const, left }))
    if (carried.thrown) throw carried.thrown
    if (result._tag === 'Left') {
      // Only a route that is not there has such a status.
      const { status } = result.left as Error & { status?: number }
      if (reading.size > 0) return serve()
      if (status === 404)
        return mock.refuse(refuse('no-such-path', `no operation answers ${call.method} ${call.path}`), call)
      // Prism breaks off at a media type or a path that it cannot read; the mock refuses it, or answers. What no document
      // declares the mock may answer all the same.
      if (status !== 405 || call.method === 'HEAD' || call.method === 'OPTIONS') return serve()
      const allow = (await listAllowed(input)).join(', ')
      const words = `${call.method} is not allowed here; allowed: ${allow}`
      return mock.refuse(refuse('method-not-allowed', words, { headers: { allow } }), call)
    }
    const found = result.right.validations.output as readonly Violation[]
    const answer = carried.answer as Answer
    // What is not given breaks nothing.
    if (answer.reply.status === 0) return answer
    // Less than an error is a refusal of any gateway, such as 415, that no document declares.
    const violations = found.filter((one) => one.severity === 0 && !isOfUnread(answer, found, one)).map(tellViolation)
    if (violations.length > 0 && !carried.isOther) options.onViolation?.(call, violations)
    return answer
  }
}

function attempt(carried: Carried, serve: () => Answer): Answer {
  try {
    return serve()
  } catch (error) {
    carried.thrown = error
    throw error
  }
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

async function loadPrism(): Promise<Prism> {
  try {
    const { default: prism } = await import('@stoplight/prism-http')
    return prism as unknown as Prism
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code !== 'ERR_MODULE_NOT_FOUND' || !message.includes('@stoplight/prism-http')) throw error
    throw Object.assign(new Error('Prism is not installed; run: npm install --save-dev @stoplight/prism-http@5'), {
      code,
    })
  }
}

/** The operations of an API as Prism reads them, below the API's base path: Prism itself would leave it out. */
async function readResources(
  prism: Prism,
  api: Api,
  documents: PrismListenOptions['documents'] = {},
): Promise<Resource[]> {
  // Prism dereferences an object in place.
  const document = documents[api.name] ?? (api.document ? withoutDataReferences(api.document) : findShipped(api.name))
  if (!document) throw new Error(`there is no document of ${api.name}; name one in documents`)
  const basePath = basePathOf(api)
  const resources = await prism.getHttpOperationsFromSpec(document as object)
  return resources.map((resource) => ({
    ...resource,
    path: basePath + resource.path,
    responses: leaveOutUnenforced(resource.responses),
  }))
}

/** Without the patterns and formats of replies that are only assumed: nobody enforces them (docs/extensions.md). */
function leaveOutUnenforced<T>(value: T): T {
  if (Array.isArray(value)) return value.map(leaveOutUnenforced) as T
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([keyword]) => !isNeverEnforced(value, keyword))
  return Object.fromEntries(kept.map(([name, member]) => [name, leaveOutUnenforced(member)])) as T
}

function toInput(call: Call): IHttpRequest {
  const headers = { ...call.headers }
  // Without a length Prism does not look at the media type.
  const length = call.bytes?.length ?? Buffer.byteLength(call.text ?? '')
  if (length > 0) headers['content-length'] = String(length)
  return {
    method: call.method.toLowerCase() as IHttpRequest['method'],
    // Prism writes the types of its schemas into the lists that it is given.
    url: { path: call.path, query: structuredClone({ ...call.query }) as Record<string, string | string[]> },
    headers,
    body: readBody(call).body,
  }
}

/** As Prism's own server hands it over: data where it is JSON, otherwise text, null where there is none. */
function readBody({ text, headers }: Call): { readonly body: unknown; readonly isBroken?: boolean } {
  if (!text) return { body: null }
  const mediaType = headers?.['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (!isJson(mediaType)) return { body: text }
  if (isTooDeep(text)) return { body: text, isBroken: true }
  try {
    return { body: JSON.parse(text) }
  } catch {
    return { body: text, isBroken: true }
  }
}

const PLACES = ['path', 'query', 'header', 'cookie', 'body']

/** Prism's violations, of which the mock answers one: the first in the order in which the mock itself looks. */
function judge(resource: Resource, call: Call, violations: readonly Violation[]): Judgement {
  const missing = violations.find(({ code }) => code === 401)
  if (missing) return { refusal: refuse('no-credentials', missing.message) }
  const rank = ({ path }: Violation) => PLACES.indexOf(path?.[0] ?? 'body')
  // Prism has no word for JSON that cannot be read; the mock has, and looks at it after the parameters.
  const told = readBody(call).isBroken ? violations.filter((one) => rank(one) < PLACES.indexOf('body')) : violations
  const [first] = told.toSorted((a, b) => rank(a) - rank(b))
  return first ? { refusal: toRefusal(resource, first) } : {}
}

function toRefusal({ request }: Resource, { path = [], code, message }: Violation): Refusal {
  if (code === 415) {
    return refuse('unsupported-media-type', message, { at: 'header/content-type', rule: 'content-type' })
  }
  if (path.length === 0) return refuse('invalid', 'body is required', { at: '/', rule: String(code) })
  // Prism knows parameters by their names in lower case.
  const names = [request?.path ?? [], request?.query ?? []].flat().map(({ name }) => name)
  const [place = 'body', ...members] = path
  const [first = '', ...deeper] = members
  const name = names.find((one) => one.toLowerCase() === first) ?? first
  const at = place === 'body' ? `/${members.join('/')}` : [place, name, ...deeper].join('/')
  return refuse('invalid', `${at === '/' ? 'body' : at} ${sentenceOf(at, message, code)}`, { at, rule: String(code) })
}

/** "Request body property 0.email must be string,null": without the place, which is told as everywhere else. */
function sentenceOf(at: string, message: string, code: unknown): string {
  const sentence = message.replace(/^Request \w+ (?:(?:property|parameter) .*? (?=must ))?/, '')
  if (code === 'type') return sentence.replaceAll(',', ' or ')
  if (code === 'pattern') return tellPattern(at, sentence)
  return sentence
    .replace(/^must be equal to one of the allowed values: /, 'must be one of ')
    .replace(/^must NOT have additional properties; found '(.*)'$/s, 'must not have a property $1')
}

function toOutput({ reply }: Answer): IHttpResponse {
  return { statusCode: reply.status, headers: { ...reply.headers }, body: reply.body }
}

/** Whether it is about data that were written as XML or the like: to Prism they are a text, which is no object. */
function isOfUnread({ reply }: Answer, found: readonly Violation[], { path = [] }: Violation): boolean {
  if (typeof reply.body !== 'string' || path[0] !== 'body') return false
  const isData = found.some((one) => one.path?.join('/') === 'body' && one.code === 'type')
  return isData && !isJson(reply.headers['content-type']?.split(';', 1)[0] ?? '')
}

const tellViolation = ({ path = [], message }: Violation): string => `${path.join('/')}: ${message}`

/** Prism asks for a logger of pino's kind. */
const SILENT: Readonly<Record<string, unknown>> = {
  child: () => SILENT,
  ...Object.fromEntries(
    ['trace', 'debug', 'info', 'success', 'warn', 'error', 'fatal'].map((level) => [level, () => {}]),
  ),
}
