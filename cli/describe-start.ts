import { type Api, placeOf } from '../mocks/api/api.ts'
import { VERSION } from '../mocks/api/version.ts'
import type { Operation, SecurityScheme } from '../mocks/engine/vocabulary.ts'
import { isToldAtStart } from './is-told-at-start.ts'

/**
 * What `rollcall mock` prints when it listens: every operation as a full URL, for each API a curl line to paste, and what is
 * remembered, where that is known at once.
 */
export function describeStart(apis: readonly Api[], url: string, hasTokens: boolean, inspector?: string): string {
  const width = Math.max(0, ...apis.flatMap((api) => api.operations.map(({ method }) => method.length)))
  const blocks = apis.map((api) => {
    const lines = api.operations.map(
      (operation) => `  ${operation.method.padEnd(width)}  ${exampleUrl(api, operation, url)}  ${operation.id}`,
    )
    const curl = curlOf(api, url, hasTokens)
    const remembered = isToldAtStart(api) ? describeRemembered(api) : undefined
    return [
      `${api.title} (${api.name})`,
      ...lines,
      ...(curl ? ['', `  ${curl}`] : []),
      ...(remembered ? ['', `  ${remembered}`] : []),
    ].join('\n')
  })
  const page = inspector === undefined ? '' : `Inspector: ${inspector}\n`
  return `rollcall ${VERSION} listens on ${url}\n${page}\n${blocks.join('\n\n')}\n`
}

/** So many ids of operations are named; of a large document more would hide the rest. */
const MOST_NAMED = 12

/** What of a document is remembered, and what is not; undefined for what is built in, or remembers nothing. */
export function describeRemembered({ tellRemembered }: Api): string | undefined {
  const told = tellRemembered?.()
  if (!told) return undefined
  const { resources, fromExamples } = told
  const kept = `${resources.length} ${resources.length === 1 ? 'resource remembers' : 'resources remember'}`
  if (fromExamples.length === 0) return kept
  const named = fromExamples.slice(0, MOST_NAMED).join(', ')
  const more = fromExamples.length - MOST_NAMED
  const rest = more > 0 ? `${named} and ${more} more` : named
  return `${kept}; ${fromExamples.length} ${fromExamples.length === 1 ? 'operation answers' : 'operations answer'} from examples: ${rest}`
}

function exampleUrl(api: Api, operation: Operation, url: string): string {
  const path = operation.path.replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const example = operation.parameters.find(
      (parameter) => parameter.in === 'path' && parameter.name === name,
    )?.example
    return example === undefined ? whole : encodeURIComponent(String(example))
  })
  return url + placeOf(api, operation) + path
}

/**
 * A curl line of the API's first subject, or of its first operation that the document has all examples for.
 * @returns undefined where it has no operations
 */
function curlOf(api: Api, url: string, hasTokens: boolean): string | undefined {
  const operation =
    api.operations.find(({ role }) => role === 'subject') ??
    api.operations.find((candidate) => hasExamples(api, candidate)) ??
    api.operations[0]
  if (operation === undefined) return undefined
  const credential = hasTokens ? '$ROLLCALL_TOKEN' : api.behaviours.exampleCredential
  const schemes = operation.security[0] ?? []
  const given = operation.parameters.filter(({ required, example }) => required && example !== undefined)
  const pairs = given
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, example }) => `${encodeURIComponent(name)}=${encodeURIComponent(String(example))}`)
  // What a path has of a query is required, and among these.
  const [bare] = exampleUrl(api, operation, url).split('?')
  let target = quote(bare + (pairs.length > 0 ? `?${pairs.join('&')}` : ''))
  // Not `-G --data-urlencode`: it would move the body into the URL too.
  for (const { key = '' } of schemes.filter(isQueryKey)) {
    target += `"${target.includes('?') ? '&' : '?'}${encodeURIComponent(key)}=${credential}"`
  }
  const parts = ['curl -sS', `-X ${operation.method}`, target]
  for (const scheme of schemes) if (!isQueryKey(scheme)) parts.push(credentialFlag(scheme, credential))
  for (const { name, in: place, example } of given) {
    if (place === 'header') parts.push(`-H ${quote(`${name}: ${example}`)}`)
    if (place === 'cookie') parts.push(`-b ${quote(`${name}=${example}`)}`)
  }
  const [body] = Object.values(api.examples[operation.id]?.request ?? {})
  const [mediaType] = operation.body?.mediaTypes ?? []
  if (body !== undefined && mediaType)
    parts.push(`-H ${quote(`Content-Type: ${mediaType}`)}`, `-d ${quote(JSON.stringify(body))}`)
  return parts.join(' ')
}

/** Whether the document says what to send: an example of each required parameter, and of a required body. */
const hasExamples = (api: Api, { id, parameters, body }: Operation): boolean =>
  parameters.every(({ required, example }) => !required || example !== undefined) &&
  (!body?.required || Object.keys(api.examples[id]?.request ?? {}).length > 0)

const isQueryKey = (scheme: SecurityScheme): boolean => scheme.type === 'apiKey' && scheme.in === 'query'

/** In double quotes: a token of the user's own is never printed, the line then takes it from the environment. */
function credentialFlag(scheme: SecurityScheme, credential: string): string {
  if (scheme.type === 'apiKey' && scheme.in === 'header') return `-H "${scheme.key}: ${credential}"`
  if (scheme.type === 'apiKey') return `-b "${scheme.key}=${credential}"`
  return `-H "Authorization: ${scheme.scheme === 'basic' ? 'Basic' : 'Bearer'} ${credential}"`
}

/** For a POSIX shell. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
