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

/** Below this an operation is `unsure`: what it was found to be is likely, and not likely enough to act on. */
const LEAST = 0.5

/** Roles of operations that look an item up. */
const NAMING: ReadonlySet<ResourceRole> = new Set(['read', 'replace', 'update', 'delete'])
/** Roles of operations that show a list. */
const LISTING: ReadonlySet<ResourceRole> = new Set(['list', 'search'])

/** What nobody could act on is said to be unsure. */
export function holdBack(given: Verdict): Verdict {
  const { role, sure, sketch, list } = given
  if (role === 'none') return given
  if (NAMING.has(role) && sketch?.identity === undefined) {
    const reason = 'no member of a record is known to hold what stands in the path'
    return { ...given, role: 'unsure', sure: Math.min(sure, 0.4), reason }
  }
  return sure < LEAST || (LISTING.has(role) && !list) ? { ...given, role: 'unsure' } : given
}

/** Roles of operations whose bodies are a record. */
const SAYING: ReadonlySet<ResourceRole> = new Set(['list', 'create', 'singleton-read', 'singleton-write'])

/** The operations whose bodies say what records look like, the best known first: what a GET shows is what is kept. */
export const listSaying = (subjects: readonly Subject[]): Subject[] =>
  [true, false].flatMap((isReading) =>
    subjects.filter(
      ({ operation, verdict }) =>
        verdict.sketch && SAYING.has(verdict.role) && (operation.method === 'GET') === isReading,
    ),
  )

/** All resources that any operation is sure to have to do with, and those they lie under. */
export function listSketches(subjects: readonly Subject[]): Set<Sketch> {
  const found = new Set<Sketch>()
  for (const { verdict } of subjects) {
    if (verdict.role === 'unsure') continue
    for (let one = verdict.sketch; one; one = one.parent) found.add(one)
  }
  return found
}
