import type { Contract } from '../contract/contract.ts'
import { partsOf } from '../contract/follow-schema.ts'
import { wordsOf } from '../patterns/read-words.ts'
import { countCommon, type Form, formOf, type InnerMember, likeness } from './read-form.ts'
import type { MemberPath } from './resource.ts'
import { isPageWord, isSameNoun, isWrapper, singularOf } from './tell-words.ts'

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

/** How alike what two operations say of a record must be. */
export const ALIKE = 0.6

/** With more members it is a record, whatever is in it: envelopes are small. */
const MOST_BESIDE = 8

/** What has no more members than these, an id and a kind, names another thing, whatever record has members called so. */
const NAMING = 2

/** Where a record is in a body that shows or sends one: in the whole of it, or in an envelope: `{ data: { pet: {…} } }`. */
export function findRecord(
  contract: Contract,
  body: Form,
  { noun, known, hasIdentity = () => false }: RecordHints,
): Part {
  const whole: Part = { at: [], form: body }
  if (body === known || body.members.size === 0) return whole
  // One of its alternatives, or what it adds to: a status that holds another, which it repeats.
  const parts: readonly unknown[] = known ? partsOf(contract, body.place.schema) : []
  if (known && parts.includes(known.place.schema)) return whole
  const outer = recordsIn(whole)
  const named = outer.filter(({ name }) => isEnvelope(wordsOf(name), noun)).map(open)
  const same = [...outer, ...named.flatMap(recordsIn)].find(({ schema }) => known && schema === known.place.schema)
  if (same) return open(same)
  if (hasIdentity(body)) return whole
  const inner = named.flatMap(recordsIn).filter(({ name }) => isEnvelope(wordsOf(name), noun))
  const found = [...named, ...inner.map(open)].find(({ form }) => hasIdentity(form))
  if (found) return found
  if (known) {
    // What says less of a record than the whole around it is another thing: a policy has a name and a type as well.
    const isSayingMore = (form: Form) =>
      form.members.size > NAMING && countCommon(form, known) > countCommon(body, known)
    const others = body.members.size > MOST_BESIDE ? [] : outer.map(open).filter(({ form }) => isSayingMore(form))
    const [best] = [whole, ...named, ...inner.map(open), ...others]
      .map((part) => ({ part, degree: likeness(part.form, known) }))
      .sort((one, other) => other.degree - one.degree)
    if (best && best.degree >= ALIKE) return best.part
  }
  // A record that has a member `value` is no envelope.
  return named.find(({ at }) => isAlone(body, at[0] as string)) ?? whole

  function open({ at, place }: Closed): Part {
    return { at, form: formOf(contract, place) }
  }
}

/** A member that holds a record, not looked into yet. */
interface Closed extends InnerMember {
  readonly at: MemberPath
}

const recordsIn = ({ at, form }: Part): Closed[] =>
  form.records.map((member) => ({ ...member, at: [...at, member.name] }))

/** Whether a member that is called so holds a record, or the envelope of one. */
const isEnvelope = (words: string, noun: string): boolean =>
  isWrapper(words) ||
  isSameNoun(words, noun) ||
  isSameNoun(words, noun.split(' ').at(-1) as string) ||
  words === `${singularOf(noun)} data`

/** Whether nothing beside it is a record or a list. */
const isAlone = ({ lists, records }: Form, name: string): boolean =>
  [...lists, ...records].every((other) => other.name === name || isPageWord(wordsOf(other.name)))
