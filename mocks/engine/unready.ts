import type { OpenTenant } from './vocabulary.ts'

/** Thrown in the place of an answer, where it takes long to make what the caller's tenant starts with. */
export class Unready extends Error {
  /** The tenant, which nobody has seen yet. */
  declare readonly open: OpenTenant
  /** Makes what it starts with: after each step there is something to commit. */
  declare readonly work: Iterator<void>
  /** Session, API and tenant. */
  declare readonly whose: readonly string[]
}
