import { wordsOf } from '../../documents/patterns/read-words.ts'
import { singularOf } from '../../documents/resources/tell-words.ts'
import { isMembers, type KeptRecord, type Members, membersOf } from './kept-record.ts'
import type { Scene } from './kept-resource.ts'
import { nounOf } from './refuse-call.ts'
import type { ReplyView } from './reply-view.ts'

/**
 * The body of a reply that shows no record, and says which one it is about: a receipt, a task. Its members that are called
 * as the parameters of the record's path have what is there: `indexUid`, `orgId`.
 * @returns undefined where it says nothing of it
 */
export function nameRecord(
  { kept, inferred }: Pick<Scene, 'kept' | 'inferred'>,
  { composed, validate }: Pick<ReplyView, 'composed' | 'validate'>,
  { under, id }: KeptRecord,
): unknown {
  const { identity, under: parameters } = kept.resource
  const named = new Map(parameters.map((name, at) => [wordsOf(name), under[at]]))
  if (identity) {
    named.set(wordsOf(identity.parameter), id)
    named.set(`${nounOf(kept)} ${wordsOf(identity.member)}`, id)
  }
  // A bare `id` is that of what the reply is about, whatever that is: of what was made, or is gone.
  const isOwn = inferred.role === 'create' || inferred.role === 'delete'
  const own = isOwn && identity ? wordsOf(identity.member) : undefined
  const shown = composed()
  const told = put(shown, 0)
  const body = inferred.role === 'delete' && isMembers(told) ? { ...told, ...sayingRemoved(shown) } : told
  return body !== shown && validate(body) ? body : undefined

  function put(value: unknown, level: number): unknown {
    if (!isMembers(value) || level > MOST_LEVELS) return value
    let isSame = true
    const members = Object.entries(value).map(([name, member]) => {
      const words = wordsOf(name)
      // `runIds: […]` of a creation that makes several at once, or one.
      const isMany = Array.isArray(member) && member.length > 0 && !isMembers(member[0])
      const called = isMany ? singularOf(words).replace(/ ids$/, ' id') : words
      const text = words.includes(' ') ? named.get(called) : level === 0 && words === own && !isMany ? id : undefined
      const told = isMany && text !== undefined ? [asIn(member[0], text)] : undefined
      const said = told ?? (text === undefined ? put(member, level + 1) : asIn(member, text))
      if (said !== member) isSame = false
      return [name, said] as const
    })
    return isSame ? value : Object.fromEntries(members)
  }
}

/** What says that a removal was done: `{ deleted: true }`. */
const REMOVED = /^(?:is )?(?:deleted|removed|success|successful|succeeded|ok|done|acknowledged)$/

/** The members of an example of a removal's reply that say whether it was done: it was. */
export function sayingRemoved(example: unknown): Members {
  const said = Object.entries(membersOf(example)).filter(
    ([name, value]) => typeof value === 'boolean' && REMOVED.test(wordsOf(name)),
  )
  return Object.fromEntries(said.map(([name]) => [name, true]))
}

/** Envelopes in envelopes are no deeper. */
const MOST_LEVELS = 2

/** A text of a path as an example has it: a number where that is one. */
const asIn = (example: unknown, text: string): unknown =>
  typeof example === 'number' && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
