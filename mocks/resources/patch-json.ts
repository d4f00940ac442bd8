import { canonical } from '../../documents/keywords/canonical.ts'
import { parsePointer } from '../../documents/read/json-pointer.ts'
import { MAX_DEPTH } from '../engine/validate-call.ts'
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

/** So many members and items a patch may copy, add or compare: a few operations that copy each other's result double it each time. */
const MOST_WORK = 1_000_000

interface Extent {
  readonly values: number
  readonly depth: number
}

/** What a patch has done so far. @throws PatchError where that is more than others can wait for */
class Work {
  #left = MOST_WORK
  /** Nothing is changed in place, and what is copied is shared: each holder is measured once. */
  readonly #known = new WeakMap<object, Extent>()

  spend(values: number): void {
    this.#left -= values
    if (this.#left < 0) throw wrong(`it takes more than ${MOST_WORK} members and items to apply`)
  }

  /** A value is put so far below the whole. */
  put(value: unknown, below: number): void {
    const { values, depth } = this.measure(value)
    this.spend(values)
    if (below + depth > MAX_DEPTH) throw wrong(`what is left would be nested deeper than ${MAX_DEPTH} levels`)
  }

  measure(value: unknown): Extent {
    if (typeof value !== 'object' || value === null) return { values: 1, depth: 0 }
    let extent = this.#known.get(value)
    if (!extent) {
      let [values, depth] = [1, 0]
      for (const held of Object.values(value)) {
        const inner = this.measure(held)
        values += inner.values
        depth = Math.max(depth, inner.depth)
      }
      this.#known.set(value, (extent = { values, depth: depth + 1 }))
    }
    return extent
  }
}

/**
 * A copy of a value as a JSON Patch changes it (RFC 6902).
 * @throws PatchError where an operation is none, leads nowhere, tests something that is not so, or all of them take too much
 */
export function patchJson(value: unknown, patch: readonly unknown[]): unknown {
  const work = new Work()
  return patch.reduce<unknown>((target, step, index) => {
    const { op, path, from, value: given } = (isMembers(step) ? step : {}) as Members
    const at = tokensOf(path, `/${index}/path`)
    const named = Object.hasOwn(Object(step), 'value')
    if (['add', 'replace', 'test'].includes(op as string) && !named) throw wrong(`/${index} must have a value`)
    switch (op) {
      case 'add':
        return add(work, target, at, given)
      case 'remove':
        return remove(work, target, at)
      case 'replace':
        // In place, so that an item of a list keeps its position.
        return at.length === 0 ? given : add(work, remove(work, target, at), at, given)
      case 'move': {
        const origin = tokensOf(from, `/${index}/from`)
        // A value has no place inside of itself (section 4.4).
        if (origin.length < at.length && origin.every((token, level) => token === at[level])) {
          throw wrong(`/${index}/path lies below from`)
        }
        return add(work, remove(work, target, origin), at, find(target, origin))
      }
      case 'copy':
        return add(work, target, at, find(target, tokensOf(from, `/${index}/from`)))
      case 'test':
        work.put(find(target, at), 0)
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
  // A tilde that escapes nothing is a fault of its syntax (RFC 6901, section 3).
  const isPlain = typeof pointer === 'string' && !pointer.startsWith('#') && !/~(?![01])/.test(pointer)
  const tokens = isPlain ? parsePointer(pointer) : undefined
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
function change(
  work: Work,
  value: unknown,
  tokens: readonly string[],
  act: (holder: unknown, token: string) => unknown,
): unknown {
  const [token = '', ...rest] = tokens
  work.spend(Array.isArray(value) ? value.length : Object.keys(Object(value)).length)
  if (rest.length === 0) return act(value, token)
  const inner = change(work, find(value, [token]), rest, act)
  return Array.isArray(value) ? value.with(Number(token), inner) : withMember(value as object, token, inner)
}

function add(work: Work, value: unknown, tokens: readonly string[], given: unknown): unknown {
  work.put(given, tokens.length)
  if (tokens.length === 0) return given
  return change(work, value, tokens, (holder, token) => {
    if (Array.isArray(holder)) {
      return holder.toSpliced(token === '-' ? holder.length : indexOf(token, holder.length), 0, given)
    }
    if (!isMembers(holder)) throw nowhere(token)
    return withMember(holder, token, given)
  })
}

function remove(work: Work, value: unknown, tokens: readonly string[]): unknown {
  if (tokens.length === 0) return undefined
  return change(work, value, tokens, (holder, token) => {
    find(holder, [token])
    return Array.isArray(holder) ? holder.toSpliced(Number(token), 1) : withMember(holder as object, token, undefined)
  })
}
