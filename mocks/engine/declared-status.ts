import type { Operation } from './vocabulary.ts'

/** The key under which a status is declared: itself, its range (`4XX`) or `default` (OpenAPI 3.1, Responses Object). */
export function declaredStatus(operation: Operation, status: number): string | undefined {
  const keys = [String(status), `${Math.floor(status / 100)}XX`, 'default']
  return keys.find((key) => Object.hasOwn(operation.replies, key))
}
