import type { Evidence } from '../contract/evidence.ts'
import type { DeclaredOperation } from '../contract/operation.ts'
import type { FoundList } from './find-list.ts'
import type { Place, Step } from './read-paths.ts'
import type { ResourceStatement } from './read-statements.ts'
import type { MemberPath, ResourceRole } from './resource.ts'
import type { Sketch } from './sketch-resources.ts'

/** What an operation does, and to what. */
export interface Verdict {
  readonly role: ResourceRole
  readonly sketch?: Sketch | undefined
  readonly list?: FoundList | undefined
  /** Where its reply has the record, if a link says so. */
  readonly reply?: MemberPath | undefined
  readonly sure: number
  readonly reason: string
  /** Left out: assumed. */
  readonly evidence?: Evidence
}

/** An operation, and what is found out about it. */
export interface Subject {
  readonly operation: DeclaredOperation
  readonly place: Place
  /** Of its path, with its own names for parameters. */
  readonly steps: readonly Step[]
  readonly statement: ResourceStatement | undefined
  verdict: Verdict
}

/** A verdict from what has led to it. */
export const verdict = (role: ResourceRole, sure: number, reason: string, sketch?: Sketch | undefined): Verdict => ({
  role,
  sure,
  reason,
  ...(sketch && { sketch }),
})
