/** Each item a line of JSON (NDJSON, JSON Lines); in a JSON text sequence each begins with a record separator (RFC 7464). */
export const writeLines = (items: readonly unknown[], isSequence: boolean): string =>
  items.map((item) => `${isSequence ? '\x1e' : ''}${JSON.stringify(item)}\n`).join('')

/** The fields of an event, but for its data (HTML, "Server-sent events"). */
const FIELDS = ['event', 'id', 'retry'] as const

/**
 * Each item an event of `text/event-stream`. An object with `data` is the event itself (OpenAPI 3.2, "Special
 * Considerations for Server-Sent Events"); any other value is the data of one.
 */
export const writeEvents = (items: readonly unknown[]): string => items.map(writeEvent).join('')

function writeEvent(item: unknown): string {
  const event = typeof item === 'object' && item !== null && 'data' in item ? item : { data: item }
  const fields = event as Record<string, unknown>
  const told = FIELDS.filter((name) => fields[name] !== undefined && fields[name] !== null)
  const head = told.map((name) => `${name}: ${String(fields[name]).replace(/[\r\n\0]+/g, ' ')}\n`)
  const data = typeof fields['data'] === 'string' ? fields['data'] : JSON.stringify(fields['data'])
  return `${head.join('')}${data
    .split(/\r\n|\r|\n/)
    .map((line) => `data: ${line}\n`)
    .join('')}\n`
}
