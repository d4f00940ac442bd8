/** A place in a line of a stack: `(file:///a/b.ts:12:5)`, `at /a/b.ts:12:5`, `fn@http://host/b.ts:12:5`. */
const PLACE = /((?:[a-z][\w+.-]*:\/\/|[A-Za-z]:\\|\/)[^\s()]*?)(?:\?[^\s():]*)?:(\d+):(\d+)/

/** What is not written by who writes behaviours: packages, and this one where it was built. */
const FOREIGN = /[\\/]node_modules[\\/]|[\\/]rollcall[\\/]dist[\\/]/

/** Where in somebody's own file it was thrown, as `/a/behaviours.ts:12:5`; undefined where nothing says so. */
export function findCulprit(thrown: unknown): string | undefined {
  const { stack } = Object(thrown)
  if (typeof stack !== 'string') return undefined
  const places = stack.split('\n').flatMap((line) => {
    const [, file = '', row, column] = (line.includes('node:internal/') ? null : PLACE.exec(line)) ?? []
    return file && !FOREIGN.test(file) ? [`${readable(file)}:${row}:${column}`] : []
  })
  return places[0]
}

function readable(file: string): string {
  if (!file.startsWith('file://')) return file
  try {
    return decodeURIComponent(new URL(file).pathname)
  } catch {
    return file
  }
}
