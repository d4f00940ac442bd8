import { isMembers, type Members } from './kept-record.ts'
import { withMember } from './member-path.ts'

/** The target as a JSON Merge Patch changes it (RFC 7396, section 2). What the patch does not name is shared. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isMembers(patch)) return patch
  let merged: object = isMembers(target) ? target : {}
  for (const [name, value] of Object.entries(patch)) {
    const before = Object.hasOwn(merged, name) ? (merged as Members)[name] : undefined
    merged = withMember(merged, name, value === null ? undefined : mergePatch(before, value))
  }
  return merged
}
