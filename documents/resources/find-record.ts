import type { Contract } from '../contract/contract.ts'
import { wordsOf } from '../patterns/read-words.ts'
import { type Form, formOf, isList, isRecord, likeness } from './read-form.ts'
import type { MemberPath } from './resource.ts'
import { isSameNoun, isWrapper, singularOf } from './tell-words.ts'

/** A part of a body, and where it is. */
export interface Part {
  readonly at: MemberPath
  readonly form: Form
}

/** What is looked for. */
export interface RecordHints {
  /** What the items are called, in small letters: `pets`. */
  readonly noun: string
  /** What a record looks like, if another operation has told. */
  readonly known?: Form | undefined
  /** Whether a form has what the item's path names it by. */
  readonly hasIdentity?: (form: Form) => boolean
}

/** How deep envelopes are opened: `{ data: { pet: {…} } }`. */
const MOST_LEVELS = 2

/** The objects in a body that may be a record, itself among them; the outer ones first. */
export function partsOf(contract: Contract, body: Form): Part[] {
  const parts: Part[] = [{ at: [], form: body }]
  for (const { at, form } of parts) {
    if (at.length >= MOST_LEVELS) continue
    for (const [name, member] of form.members) {
      const inner = formOf(contract, member)
      if (isRecord(inner) && !isList(inner)) parts.push({ at: [...at, name], form: inner })
    }
  }
  return parts
}

/** How alike what two operations say of a record must be. */
export const ALIKE = 0.6

/** Where a record is in a body that shows or sends one: in the whole of it, or in an envelope. */
export function findRecord(
  contract: Contract,
  body: Form,
  { noun, known, hasIdentity = () => false }: RecordHints,
): Part {
  const whole: Part = { at: [], form: body }
  if (body === known || body.members.size === 0) return whole
  const parts = partsOf(contract, body)
  const same = parts.find(({ form }) => form === known)
  if (same) return same
  if (hasIdentity(body)) return whole
  const isNamed = ({ at }: Part) => at.length > 0 && at.every((name) => isEnvelope(wordsOf(name), noun))
  const named = parts.filter(isNamed)
  const found = named.find(({ form }) => hasIdentity(form))
  if (found) return found
  if (known) {
    const [best] = parts
      .map((part) => ({ part, degree: likeness(part.form, known) }))
      .sort((a, b) => b.degree - a.degree)
    if (best && best.degree >= ALIKE) return best.part
  }
  // A record that has a member `value` is no envelope.
  return named.find(({ at }) => at.length === 1 && isAlone(contract, body, at[0] as string)) ?? whole
}

/** Whether a member that is called so holds a record, or the envelope of one. */
const isEnvelope = (words: string, noun: string): boolean =>
  isWrapper(words) ||
  isSameNoun(words, noun) ||
  isSameNoun(words, noun.split(' ').at(-1) as string) ||
  words === `${singularOf(noun)} data`

/** Whether nothing beside it is a record or a list. */
const isAlone = (contract: Contract, body: Form, name: string): boolean =>
  [...body.members].every(([other, member]) => {
    const form = formOf(contract, member)
    return (
      other === name ||
      (!isList(form) && (!isRecord(form) || /^(?:meta|links?|_links|status|error|pagination)/i.test(other)))
    )
  })
