import type { Json } from './json.ts'

interface Named {
  readonly id: string
  /** Its own operationId is another operation's, which comes before it. */
  readonly taken?: true
}

/**
 * What operations are called: by their `operationId`; where they have none, or one that an operation before them has, by
 * method and path: `get /users/{id}` is `getUsersById`. No two of them are called the same.
 */
export function nameOperations(
  operations: readonly { readonly path: string; readonly method: string; readonly operation: Json }[],
): Named[] {
  const own = operations.map(({ operation }) =>
    typeof operation.operationId === 'string' && operation.operationId !== '' ? operation.operationId : undefined,
  )
  const taken = new Set<string>(own)
  const given = new Set<string>()
  return operations.map(({ path, method }, index) => {
    const id = own[index]
    if (id !== undefined && !given.has(id)) {
      given.add(id)
      return { id }
    }
    const stem = nameOf(method, path)
    let name = stem
    for (let count = 2; taken.has(name); count++) name = `${stem}_${count}`
    taken.add(name)
    return id === undefined ? { id: name } : { id: name, taken: true }
  })
}

function nameOf(method: string, path: string): string {
  const words = path.replaceAll('{', 'by-').split(/[^A-Za-z0-9]+/)
  return (
    method.toLowerCase() +
    words
      .filter(Boolean)
      .map((word) => word[0]?.toUpperCase() + word.slice(1))
      .join('')
  )
}
