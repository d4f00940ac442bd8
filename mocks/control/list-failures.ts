import type { Mock } from '../api/mock.ts'
import type { Failure } from '../engine/vocabulary.ts'

/** What can be ordered of one operation: any status, and these by name. */
interface Orderable {
  readonly api: string
  readonly operationId: string
  readonly method: string
  readonly path: string
  /** The statuses that it declares. */
  readonly statuses: readonly string[]
  readonly failures: readonly Pick<Failure, 'id' | 'level' | 'status' | 'message'>[]
  /** The names of its reply examples. */
  readonly examples: readonly string[]
}

/** The failures that may be ordered of a mock, in the order of its APIs and their operations. */
export const listFailures = ({ apis }: Mock): Orderable[] =>
  apis.flatMap((api) =>
    api.operations.map(({ id, method, path, replies, failures }) => ({
      api: api.name,
      operationId: id,
      method,
      path,
      statuses: Object.keys(replies),
      failures: failures.map(({ id, level, status, message }) => ({
        id,
        level,
        ...(status !== undefined && { status }),
        message,
      })),
      examples: [...new Set(Object.values(api.examples[id]?.replies ?? {}).flatMap((byName) => Object.keys(byName)))],
    })),
  )
