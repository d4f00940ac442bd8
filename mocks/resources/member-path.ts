import { type MemberPath, ONLY } from '../../documents/resources/resource.ts'
import { isMembers } from './kept-record.ts'

/** What a path leads to; undefined where that is nothing. */
export function valueAt(value: unknown, path: MemberPath): unknown {
  let at = value
  for (const name of path) {
    if (Array.isArray(at) && name === ONLY) at = at[0]
    else at = isMembers(at) && Object.hasOwn(at, name) ? at[name] : undefined
  }
  return at
}

/** A copy with another value at the end of a path; what stands beside it is shared. */
export function withValueAt(value: unknown, path: MemberPath, put: unknown): unknown {
  const [name, ...rest] = path
  if (name === undefined) return put
  if (Array.isArray(value) && name === ONLY) return [withValueAt(value[0], rest, put)]
  const members = isMembers(value) ? value : {}
  const before = Object.hasOwn(members, name) ? members[name] : undefined
  return withMember(members, name, withValueAt(before, rest, put))
}

/** A copy with one member set, also one called `__proto__`; undefined leaves it out. */
export function withMember(members: object, name: string, value: unknown): object {
  const kept = Object.entries(members).filter(([other]) => other !== name || value !== undefined)
  const all = new Map<string, unknown>(kept)
  if (value !== undefined) all.set(name, value)
  return Object.fromEntries(all)
}
