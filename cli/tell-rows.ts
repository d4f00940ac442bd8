import { onceFor } from '../documents/read/once.ts'
import type { Api } from '../mocks/api/api.ts'
import type { Answer, Operation } from '../mocks/engine/vocabulary.ts'

/** Longer bodies are not read for a line. */
const LONG = 100_000
/** Of more different failures the rest is counted. */
const MOST_TOLD = 3

/**
 * What became of the rows of a bulk operation that was accepted, where some of them failed: `3 created, 2 failed:
 * email_already_exists`. Rows that failed are where the document's `x-failures` of level `row` say; what else is a list in
 * the reply is counted under its name.
 * @returns undefined where no row failed, or the body is longer than 100,000 characters
 */
export function tellRows({ api, operationId, reply, parts }: Answer, apis: readonly Api[]): string | undefined {
  if (reply.status >= 300 || operationId === undefined) return undefined
  const operation = apis.find(({ name }) => name === api)?.operations.find(({ id }) => id === operationId)
  const place = operation && placeOf(operation)
  if (!place) return undefined
  const { failures, list, code } = place
  const body = bodyOf(reply.body, parts)
  const failed = body?.[list]
  if (!body || !Array.isArray(failed) || failed.length === 0) return undefined
  const counts = Object.entries(body).flatMap(([name, rows]) =>
    name !== list && Array.isArray(rows) && rows.length > 0 ? [`${rows.length} ${name}`] : [],
  )
  // A message names a person, which no log should: it is told by the failure whose message it is.
  const idOf = (row: unknown): unknown => failures.find(({ message }) => isSaid(message, String(row)))?.id
  const codes = new Set(failed.map((row) => (code === undefined ? idOf(row) : Object(row)[code])))
  const known = [...codes].filter((one) => typeof one === 'string')
  const rest = known.length > MOST_TOLD ? ` and ${known.length - MOST_TOLD} more` : ''
  const told = known.length > 0 ? `: ${known.slice(0, MOST_TOLD).join(', ')}${rest}` : ''
  return [...counts, `${failed.length} failed${told}`].join(', ')
}

/** Where rows of a reply say that they failed, and by what. Looked for once: each answer asks for it. */
const placeOf = onceFor(({ failures: all }: Operation) => {
  const failures = all.filter(({ level }) => level === 'row')
  const [, list, code] = /^\/([^/]+)\/\*(?:\/([^/]+))?$/.exec(failures[0]?.at ?? '') ?? []
  return list === undefined ? undefined : { failures, list, code }
})

/** Whether a text is this message, with anything in the places of `{firstName}` and the like. */
function isSaid(message: string | undefined, text: string): boolean {
  const [first = '', ...others] = message?.split(/\{\w+\}/) ?? []
  if (message === undefined || !text.startsWith(first) || !text.endsWith(others.at(-1) ?? first)) return false
  let at = first.length
  for (const part of others) {
    at = text.indexOf(part, at)
    if (at < 0) return false
    at += part.length
  }
  return others.length > 0 || text === first
}

function bodyOf(body: unknown, parts: readonly string[] | undefined): Readonly<Record<string, unknown>> | undefined {
  if (!parts) return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined
  if (parts.reduce((length, part) => length + part.length, 0) > LONG) return undefined
  return JSON.parse(parts.join(''))
}
