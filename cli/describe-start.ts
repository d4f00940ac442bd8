import { type Api, basePathOf } from '../mocks/api.ts'
import type { Operation, SecurityScheme } from '../mocks/engine/vocabulary.ts'
import { VERSION } from '../mocks/version.ts'

/** What `rollcall mock` prints when it listens: every operation as a full URL, and for each API a curl line to paste. */
export function describeStart(apis: readonly Api[], url: string, hasTokens: boolean): string {
  const width = Math.max(...apis.flatMap((api) => api.operations.map(({ method }) => method.length)))
  const blocks = apis.map((api) => {
    const lines = api.operations.map(
      (operation) => `  ${operation.method.padEnd(width)}  ${exampleUrl(api, operation, url)}  ${operation.id}`,
    )
    return [`${api.title} (${api.name})`, ...lines, '', `  ${curlOf(api, url, hasTokens)}`].join('\n')
  })
  return `rollcall ${VERSION} listens on ${url}\n\n${blocks.join('\n\n')}\n`
}

function exampleUrl(api: Api, operation: Operation, url: string): string {
  const path = operation.path.replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const example = operation.parameters.find(
      (parameter) => parameter.in === 'path' && parameter.name === name,
    )?.example
    return example === undefined ? whole : encodeURIComponent(String(example))
  })
  return url + basePathOf(api) + path
}

/** A curl line of the API's first subject, or of its first operation: valid, with the document's own first example. */
function curlOf(api: Api, url: string, hasTokens: boolean): string {
  const operation = (api.operations.find(({ role }) => role === 'subject') ?? api.operations[0]) as Operation
  const query = operation.parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required && parameter.example !== undefined)
    .map((parameter) => `${encodeURIComponent(parameter.name)}=${encodeURIComponent(String(parameter.example))}`)
  const target = exampleUrl(api, operation, url) + (query.length > 0 ? `?${query.join('&')}` : '')
  const parts = ['curl -sS', `-X ${operation.method}`, quote(target)]
  for (const scheme of operation.security[0] ?? []) parts.push(credentialFlag(scheme, api, hasTokens))
  const [body] = Object.values(api.examples[operation.id]?.request ?? {})
  const [mediaType] = operation.body?.mediaTypes ?? []
  if (body !== undefined && mediaType)
    parts.push(`-H ${quote(`Content-Type: ${mediaType}`)}`, `-d ${quote(JSON.stringify(body))}`)
  return parts.join(' ')
}

/** A token of the user's own is never printed: the line then takes it from the environment. */
function credentialFlag(scheme: SecurityScheme, api: Api, hasTokens: boolean): string {
  const credential = hasTokens ? '$ROLLCALL_TOKEN' : api.behaviours.exampleCredential
  if (scheme.type === 'apiKey' && scheme.in === 'header') return `-H "${scheme.key}: ${credential}"`
  if (scheme.type === 'apiKey' && scheme.in === 'cookie') return `-b "${scheme.key}=${credential}"`
  if (scheme.type === 'apiKey') return `-G --data-urlencode "${scheme.key}=${credential}"`
  return `-H "Authorization: ${scheme.scheme === 'basic' ? 'Basic' : 'Bearer'} ${credential}"`
}

/** For a POSIX shell. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
