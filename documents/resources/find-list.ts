import type { Contract } from '../contract/contract.ts'
import type { DeclaredParameter } from '../contract/operation.ts'
import { wordsOf } from '../patterns/read-words.ts'
import { ALIKE, findRecord, type RecordHints } from './find-record.ts'
import { type Form, formOf, isList, isRecord, likeness } from './read-form.ts'
import type { MemberPath, Paging } from './resource.ts'
import {
  isListWrapper,
  isNext,
  isPageWord,
  isPlural,
  isSameNoun,
  isTimestamp,
  isTotal,
  isWrapper,
  leadsOn,
  pagingOf,
} from './tell-words.ts'

/** A list in a reply's body. */
export interface FoundList {
  readonly at: MemberPath
  /** Where in each item the record is, and what it looks like. */
  readonly item: MemberPath
  readonly record: Form
  /** From 0 to 1: that the reply is this list, and not a thing that has one. */
  readonly sure: number
  readonly reason: string
}

/** A list that an object holds, with what speaks for it. */
interface Candidate {
  readonly at: MemberPath
  readonly items: Form
  /** What lies beside it, and beside what it lies in. */
  readonly beside: readonly string[]
  readonly weight: number
}

/** The list that a reply is: the body itself, or what an envelope holds. @returns undefined where it is no list */
export function findList(
  contract: Contract,
  body: Form,
  hints: RecordHints,
  parameters: readonly DeclaredParameter[],
): FoundList | undefined {
  if (isList(body)) {
    const items = formOf(contract, body.items ?? body.place)
    return { at: [], ...recordOf(items), sure: 0.95, reason: 'the reply is a list' }
  }
  const [best] = listCandidates().sort((one, other) => other.weight - one.weight)
  if (!best) return undefined
  const isPaged = parameters.some((one) => one.in === 'query' && pagingOf(wordsOf(one.name)) !== undefined)
  const others = best.beside
  const isPageOnly = others.every((name) => isPageWord(wordsOf(name)))
  const hasPageMember = others.some(
    (name) => isTotal(wordsOf(name)) || isNext(wordsOf(name)) || /^(?:meta|pag)/i.test(name),
  )
  const isKnown = hints.known !== undefined && likeness(recordOf(best.items).record, hints.known) >= ALIKE
  const holdsRecords = isRecord(best.items) ? 1 : 0
  const [name = ''] = best.at.slice(-1)
  const isNamed = isListName(wordsOf(name), hints.noun)
  const given = new Set(parameters.filter((one) => one.in === 'path').map((one) => wordsOf(one.name)))
  const isSaidBefore = (words: string) => isPageWord(words) || given.has(words) || isTimestamp(words)
  // `{ room_id, rules: […], updated_at }` of `/rooms/{room_id}/rules`.
  const isEnvelope =
    isPageOnly || (isNamed && holdsRecords === 1 && others.every((name) => isSaidBefore(wordsOf(name))))
  const points =
    (isEnvelope ? 2 : 0) +
    (others.length === 0 ? 1 : 0) +
    (isPaged ? 1.5 : 0) +
    (hasPageMember ? 1 : 0) +
    (isKnown ? 2 : 0) +
    (isNamed ? 1 : 0) +
    holdsRecords -
    1
  const reasons = [
    isPaged && 'it takes parameters for a page',
    isEnvelope && `beside ${name} there is only what describes the list`,
    isKnown && 'its items look like what the path of an item shows',
    isNamed && `${name} is named like the path`,
  ].filter(Boolean)
  if (points < 2) return undefined
  return { at: best.at, ...recordOf(best.items), sure: Math.min(0.95, 0.5 + points * 0.1), reason: reasons.join(', ') }

  function listCandidates(holder = body, at: MemberPath = [], around: readonly string[] = []): Candidate[] {
    const besideIn = (name: string) => [...around, ...[...holder.members.keys()].filter((other) => other !== name)]
    // What is included with what was asked for is other things (JSON:API, section 7.2.3).
    const held = holder.lists.filter(({ name }) => name !== 'included' || !holder.members.has('data'))
    const own = held.map(({ name, place }) => {
      const words = wordsOf(name)
      const form = formOf(contract, place)
      const items = formOf(contract, form.items ?? form.place)
      const isKnown = hints.known !== undefined && recordOf(items).record === hints.known
      const called = isSameNoun(words, hints.noun) ? 3 : isListName(words, hints.noun) ? 2 : 0
      const weight = (isKnown ? 4 : 0) + called + (isRecord(items) ? 1 : 0) - at.length
      return { at: [...at, name], items, beside: besideIn(name), weight }
    })
    const envelopes = at.length > 0 ? [] : holder.records.filter(({ name }) => opens(wordsOf(name), hints.noun))
    return [
      ...own,
      ...envelopes.flatMap(({ name, place }) => listCandidates(formOf(contract, place), [...at, name], besideIn(name))),
    ]
  }

  function recordOf(items: Form): { item: MemberPath; record: Form } {
    const { at, form } = findRecord(contract, items, {
      ...hints,
      hasIdentity: (one) => one === items && items.members.size > 2,
    })
    return { item: at, record: form }
  }
}

const isListName = (words: string, noun: string): boolean =>
  isListWrapper(words) || isSameNoun(words, noun) || isSameNoun(words, noun.split(' ').at(-1) as string)

/** Whether a member may hold the list among other things: `{ data: { pets: […] } }`, `{ _embedded: … }`. */
const opens = (words: string, noun: string): boolean =>
  words === 'embedded' || isWrapper(words) || (isListName(words, noun) && (isListWrapper(words) || isPlural(words)))

/** How a list's reply is divided. @returns undefined where nothing says that it is */
export function findPaging(
  contract: Contract,
  parameters: readonly DeclaredParameter[],
  body: Form | undefined,
): Paging | undefined {
  const byKind = new Map<string, string>()
  for (const { in: where, name } of parameters) {
    const kind = where === 'query' ? pagingOf(wordsOf(name)) : undefined
    if (kind && (!byKind.has(kind) || leadsBack(byKind.get(kind) as string))) byKind.set(kind, name)
  }
  if (byKind.size === 0) return undefined
  const kind = (['page', 'offset', 'cursor'] as const).find((one) => byKind.has(one)) ?? 'offset'
  const [size, start] = [byKind.get('size'), byKind.get(kind)]
  const total = body && findMember(contract, body, isTotal)
  const next =
    body && findMember(contract, body, (words, around) => isNext(words) || (isNext(around) && leadsOn(words, kind)))
  return {
    kind,
    ...(size !== undefined && { size }),
    ...(start !== undefined && { start }),
    ...(total && { total }),
    ...(next && { next }),
  }
}

/** Whether a parameter asks for what comes before an item: the list goes on by the one beside it, `after`. */
const leadsBack = (name: string): boolean => /(?:^| )before(?: |$)/.test(wordsOf(name))

/** A member of an envelope, or of what it says of its page. */
function findMember(
  contract: Contract,
  body: Form,
  isIt: (words: string, around: string) => boolean,
  around = '',
  level = 0,
): MemberPath | undefined {
  const isInner = new Set([...body.lists, ...body.records].map(({ name }) => name))
  const found = [...body.members.keys()].find((name) => !isInner.has(name) && isIt(wordsOf(name), around))
  if (found !== undefined) return [found]
  for (const { name, place } of level < 2 ? body.records : []) {
    const words = wordsOf(name)
    const further =
      (isPageWord(words) || isListWrapper(words) || isWrapper(words)) &&
      findMember(contract, formOf(contract, place), isIt, words, level + 1)
    if (further) return [name, ...further]
  }
  return undefined
}
