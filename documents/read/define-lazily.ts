import { once } from './once.ts'

/**
 * Defines a member that is worked out when it is first read. It can be enumerated, copied and written as JSON as any other.
 * What it throws is thrown to each reader. It stays an accessor: to make a value of it would take as long as the object has
 * members.
 */
export const defineLazily = (holder: object, name: string, workOut: () => unknown): void =>
  void Object.defineProperty(holder, name, { enumerable: true, configurable: true, get: once(workOut) })

/** A copy that works nothing out: what was not read yet is read when it is asked of the copy. */
export const copyLazily = <T extends object>(given: T): T =>
  Object.create(Object.prototype, Object.getOwnPropertyDescriptors(given))
