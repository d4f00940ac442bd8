import type { Validate } from '../../documents/contract/table.ts'
import { parsePointer } from '../../documents/read/json-pointer.ts'
import { tellsApart, varyExample } from '../../documents/values/vary-example.ts'
import { isMembers, type Members } from './kept-record.ts'
import { withMember } from './member-path.ts'

/** A value that breaks its schema in more places is not worth it. */
const MOST_MENDS = 40

/** Keywords that name a member that must not be there. */
const STRAYS: ReadonlyMap<string, string> = new Map([
  ['additionalProperties', 'additionalProperty'],
  ['unevaluatedProperties', 'unevaluatedProperty'],
])

/**
 * The value with as little changed as makes it valid: what is missing, and what breaks a rule, is as in a valid value of the
 * same schema, or is left out where that has nothing there.
 * @returns that other value where this one cannot be mended
 */
export function mendValue(value: unknown, valid: unknown, validate: Validate): unknown {
  let mended = value
  for (let mends = 0; mends < MOST_MENDS; mends++) {
    if (validate(mended)) return mended
    // The last is that of the outermost rule: of alternatives none of which holds, that of them all.
    const error = validate.errors?.at(-1)
    if (!error) return valid
    const { instancePath, keyword, params } = error
    const tokens = parsePointer(instancePath) ?? []
    const stray = params[STRAYS.get(keyword) ?? '']
    if (typeof stray === 'string') mended = put(mended, [...tokens, stray], undefined)
    else if (typeof params['missingProperty'] === 'string') {
      const missing = [...tokens, params['missingProperty']]
      const filler = find(valid, missing)
      if (filler === undefined) return valid
      mended = put(mended, missing, amongOthers(mended, missing, filler))
    } else {
      const [own, filler] = [find(mended, tokens), find(valid, tokens)]
      // Of an object as much stays as can: its members may be right one by one, and it may be none of the alternatives.
      const laid = isMembers(own) && isMembers(filler) ? layOver(mended, tokens, own, filler, validate) : undefined
      if (laid === undefined && tokens.length === 0) return valid
      // What was taken from there and is refused all the same has its fault elsewhere.
      mended = laid ?? put(mended, tokens, filler === own ? undefined : asItem(mended, tokens, filler))
    }
  }
  return validate(mended) ? mended : valid
}

/** The whole, with the members of an object at one place, as far as they fit, in that of a valid one. */
function layOver(whole: unknown, tokens: readonly string[], own: Members, valid: Members, validate: Validate): unknown {
  let kept: object = valid
  if (!fits(put(whole, tokens, kept), tokens, validate)) return undefined
  for (const [name, member] of Object.entries(own)) {
    const tried = withMember(kept, name, member)
    if (fits(put(whole, tokens, tried), tokens, validate)) kept = tried
  }
  return put(whole, tokens, kept)
}

/** Whether nothing is wrong at a place, or in it. What is wrong behind it is mended later. */
function fits(whole: unknown, tokens: readonly string[], validate: Validate): boolean {
  if (validate(whole)) return true
  const wrong = parsePointer(validate.errors?.at(-1)?.instancePath ?? '') ?? []
  return tokens.some((token, at) => wrong[at] !== token)
}

/** What comes in the place of an item of a list, with ids that no other has. */
function asItem(whole: unknown, tokens: readonly string[], filler: unknown): unknown {
  if (!isMembers(filler) || !Array.isArray(find(whole, tokens.slice(0, -1)))) return filler
  const members = Object.entries(filler)
  return Object.fromEntries(members.map(([name, value]) => [name, amongOthers(whole, [...tokens, name], value)]))
}

/** What an item of a list is told from the others by, as another would have it: each is filled in from the same one. */
function amongOthers(whole: unknown, missing: readonly string[], filler: unknown): unknown {
  const [list, name] = [find(whole, missing.slice(0, -2)), missing.at(-1) as string]
  if (!Array.isArray(list) || !tellsApart(name, missing.at(-3) ?? '')) return filler
  const taken = new Set(list.map((item) => (isMembers(item) && Object.hasOwn(item, name) ? item[name] : undefined)))
  for (let index = 0; index <= list.length; index++) {
    const varied = varyExample(filler, index)
    if (!taken.has(varied)) return varied
  }
  return filler
}

/** Every item of a list is like the first of the other. */
function find(value: unknown, tokens: readonly string[]): unknown {
  return tokens.reduce<unknown>((at, token) => {
    if (Array.isArray(at)) return at[Number(token)] ?? at[0]
    return isMembers(at) && Object.hasOwn(at, token) ? at[token] : undefined
  }, value)
}

/** A copy with something else at a place, or nothing. */
function put(value: unknown, [token, ...rest]: readonly string[], given: unknown): unknown {
  if (token === undefined) return given
  if (Array.isArray(value)) {
    const item = put(value[Number(token)], rest, given)
    return item === undefined ? value.toSpliced(Number(token), 1) : value.with(Number(token), item)
  }
  const members = isMembers(value) ? value : {}
  return withMember(members, token, put(Object.hasOwn(members, token) ? members[token] : undefined, rest, given))
}
