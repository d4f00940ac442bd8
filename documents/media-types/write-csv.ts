/**
 * Data as `text/csv` (RFC 4180): a line for each item of a list. Objects have a first line with the names of all their
 * members before them; any other value is alone in its line.
 */
export function writeCsv(value: unknown): string {
  const rows: readonly unknown[] = Array.isArray(value) ? value : [value]
  const names = [...new Set(rows.flatMap((row) => (isObject(row) ? Object.keys(row) : [])))]
  const lines = rows.map((row) => (isObject(row) ? names.map((name) => row[name]) : [row].flat()))
  return [...(names.length > 0 ? [names] : []), ...lines]
    .map((cells) => `${cells.map(writeCell).join(',')}\r\n`)
    .join('')
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function writeCell(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
