import { canonical } from '../../documents/keywords/canonical.ts'
import { parsePointer } from '../../documents/read/json-pointer.ts'
import { isMembers, type Members } from './kept-record.ts'
import { withMember } from './member-path.ts'

/** A patch that cannot be applied: nothing of it may be (RFC 5789, section 2). */
export class PatchError extends Error {
  override readonly name = 'PatchError'
  /** A `test` failed, or a place is not there: the state is another than the client believed. */
  readonly isConflict: boolean

  constructor(message: string, isConflict: boolean) {
    super(message)
    this.isConflict = isConflict
  }
}

/**
 * A copy of a value as a JSON Patch changes it (RFC 6902).
 * @throws PatchError where an operation is none, leads nowhere, or tests something that is not so
 */
export function patchJson(value: unknown, patch: readonly unknown[]): unknown {
  return patch.reduce<unknown>((target, step, index) => {
    const { op, path, from, value: given } = (isMembers(step) ? step : {}) as Members
    const at = tokensOf(path, `/${index}/path`)
    const named = Object.hasOwn(Object(step), 'value')
    if (['add', 'replace', 'test'].includes(op as string) && !named) throw wrong(`/${index} must have a value`)
    switch (op) {
      case 'add':
        return add(target, at, given)
      case 'remove':
        return remove(target, at)
      case 'replace':
        // In place, so that an item of a list keeps its position.
        return at.length === 0 ? given : add(remove(target, at), at, given)
      case 'move': {
        const origin = tokensOf(from, `/${index}/from`)
        // A value has no place inside of itself (section 4.4).
        if (origin.length < at.length && origin.every((token, level) => token === at[level])) {
          throw wrong(`/${index}/path lies below from`)
        }
        return add(remove(target, origin), at, find(target, origin))
      }
      case 'copy':
        return add(target, at, find(target, tokensOf(from, `/${index}/from`)))
      case 'test':
        if (canonical(find(target, at)) !== canonical(given)) {
          throw new PatchError(`${path || 'the whole'} is not what /${index} tests for`, true)
        }
        return target
      default:
        throw wrong(`/${index}/op must be one of add, remove, replace, move, copy, test`)
    }
  }, value)
}

const wrong = (message: string): PatchError => new PatchError(message, false)
const nowhere = (token: string): PatchError => new PatchError(`nothing is at ${JSON.stringify(token)}`, true)

function tokensOf(pointer: unknown, at: string): readonly string[] {
  const tokens = typeof pointer === 'string' && !pointer.startsWith('#') ? parsePointer(pointer) : undefined
  if (!tokens) throw wrong(`${at} must be a JSON Pointer`)
  return tokens
}

function find(value: unknown, tokens: readonly string[]): unknown {
  return tokens.reduce<unknown>((at, token) => {
    if (Array.isArray(at)) return at[indexOf(token, at.length - 1)]
    if (!isMembers(at) || !Object.hasOwn(at, token)) throw nowhere(token)
    return at[token]
  }, value)
}

/** Of a list an index from 0, without a sign or leading zeros (RFC 6901, section 4). */
function indexOf(token: string, most: number): number {
  const index = /^(?:0|[1-9]\d*)$/.test(token) ? Number(token) : Number.NaN
  if (!(index <= most)) throw nowhere(token)
  return index
}

/** Changes the innermost holder, and copies those around it. */
function change(value: unknown, tokens: readonly string[], act: (holder: unknown, token: string) => unknown): unknown {
  const [token = '', ...rest] = tokens
  if (rest.length === 0) return act(value, token)
  const inner = change(find(value, [token]), rest, act)
  return Array.isArray(value) ? value.with(Number(token), inner) : withMember(value as object, token, inner)
}

function add(value: unknown, tokens: readonly string[], given: unknown): unknown {
  if (tokens.length === 0) return given
  return change(value, tokens, (holder, token) => {
    if (Array.isArray(holder)) {
      return holder.toSpliced(token === '-' ? holder.length : indexOf(token, holder.length), 0, given)
    }
    if (!isMembers(holder)) throw nowhere(token)
    return withMember(holder, token, given)
  })
}

function remove(value: unknown, tokens: readonly string[]): unknown {
  if (tokens.length === 0) return undefined
  return change(value, tokens, (holder, token) => {
    find(holder, [token])
    return Array.isArray(holder) ? holder.toSpliced(Number(token), 1) : withMember(holder as object, token, undefined)
  })
}
