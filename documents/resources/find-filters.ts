import type { Contract } from '../contract/contract.ts'
import { keywordsOf, targetOf } from '../contract/follow-schema.ts'
import type { DeclaredParameter } from '../contract/operation.ts'
import type { SchemaPlace } from '../contract/schema.ts'
import { wordsOf } from '../patterns/read-words.ts'
import { type Form, formOf } from './read-form.ts'
import type { ListShape, MemberPath, Range } from './resource.ts'
import type { Sketch } from './sketch-resources.ts'
import { boundOf } from './tell-bounds.ts'
import { isMoment, isSearchTerm, singularOf } from './tell-words.ts'

/** How the query parameters of a list pick its items: by what they are called, and what a record has. */
export function findFilters(
  contract: Contract,
  queries: readonly DeclaredParameter[],
  record: Form,
  sketch: Sketch | undefined,
): Required<Pick<ListShape, 'filters' | 'ranges'>> {
  const filters: [string, MemberPath][] = []
  const ranges: [string, Range][] = []
  for (const query of queries) {
    for (const name of namesOf(contract, query)) {
      const words = wordsOf(name.replace(/^filter(?=\[)/, ''))
      const path = filterBy(contract, record, words, sketch)
      const range = path ? undefined : rangeBy(contract, record, words, query)
      if (path) filters.push([name, path])
      else if (range) ranges.push([name, range])
      // What looks for a text asks for no member.
      else if (isSearchFor(contract, query)) filters.push([name, []])
    }
  }
  return { filters: Object.fromEntries(filters), ranges: Object.fromEntries(ranges) }
}

/** A parameter asks by its own name, or as `filter` by those of its members: `filter[name]`. */
function namesOf(contract: Contract, { name, schema }: DeclaredParameter): string[] {
  if (!/^(?:filters?|where)$/i.test(name)) return [name]
  const inner = [...formOf(contract, schema).members.keys()]
  return inner.length > 0 ? inner.map((one) => `${name}[${one}]`) : [name]
}

/** Where in a record is what a parameter of its list is called like. */
function filterBy(contract: Contract, record: Form, words: string, sketch: Sketch | undefined): MemberPath | undefined {
  // `?zone=` of zones says which one, by what people call it.
  const noun = sketch && singularOf(sketch.noun)
  const own = (words === noun && (record.byWords.get('name') ?? sketch?.identity?.member)) || record.byWords.get(words)
  if (own !== undefined) return [own]
  // `?tag_name=` of `tags: […]`, `?owner_id=` of `owner: {…}`.
  const stem = words.replace(/ (?:id|name|slug|key)$/, '')
  const holders = words === stem ? record.lists : [...record.lists, ...record.records]
  const holder = holders.find(({ name }) => singularOf(wordsOf(name)) === stem)
  if (holder && stem !== '') return [holder.name]
  // `?ids=` and `?pet_ids=` of pets, `?statuses=` of `status`: any of them.
  const one = singularOf(words)
  const named = one === words || words === 'fields' ? undefined : record.byWords.get(one)
  if (named !== undefined) return [named]
  if (noun !== undefined && one === `${noun} id` && sketch?.identity) return [sketch.identity.member]
  // JSON:API 1.1, section 7.2: a resource's own members, and what it refers to.
  for (const { name, place } of record.records) {
    const inner = formOf(contract, place)
    const found = inner.byWords.get(words)
    if (found === undefined) continue
    if (wordsOf(name) === 'attributes') return [name, found]
    if (wordsOf(name) === 'relationships') return [name, found, 'data', 'id']
  }
  return undefined
}

/** What a parameter asks of a member that has an order: `price_gte`, `min_price`, `createdAfter` of `created_at`. */
function rangeBy(contract: Contract, record: Form, words: string, query: DeclaredParameter): Range | undefined {
  const attributes = record.records.find(({ name }) => wordsOf(name) === 'attributes')
  const inner = attributes && formOf(contract, attributes.place)
  const holders: [Form, MemberPath][] = [
    [record, []],
    ...(inner ? [[inner, [attributes.name]] as [Form, MemberPath]] : []),
  ]
  if (words === 'since' || words === 'until') {
    if (!isTime(contract, query.schema)) return undefined
    const times = holders.flatMap(([form, at]) =>
      [...form.members].flatMap(([name, place]) => (isTime(contract, place) ? [[...at, name]] : [])),
    )
    // Of several nobody knows which is meant.
    const [only, ...others] = times
    return only && others.length === 0 ? { at: only, bound: words === 'since' ? 'gte' : 'lte' } : undefined
  }
  const asked = boundOf(words)
  if (!asked) return undefined
  for (const [form, at] of holders) {
    const name = asked.members.flatMap((one) => form.byWords.get(one) ?? [])[0]
    const place = name === undefined ? undefined : form.members.get(name)
    if (name === undefined || !place) continue
    const { types } = formOf(contract, place)
    const isNumber = types.has('number') || types.has('integer')
    if (isTime(contract, place) || (isNumber && (!asked.isTime || isMoment(wordsOf(name)))))
      return { at: [...at, name], bound: asked.bound }
  }
  return undefined
}

const isTime = (contract: Contract, place: SchemaPlace): boolean => {
  const { format = '' } = keywordsOf(formOf(contract, place).place.schema)
  return format === 'date' || format === 'date-time'
}

/** Whether an optional parameter is a text that may stand anywhere in a record: `?q=`. */
function isSearchFor(contract: Contract, { name, required, schema }: DeclaredParameter): boolean {
  if (required || !isSearchTerm(wordsOf(name))) return false
  const { type, enum: values, format, pattern } = keywordsOf(targetOf(contract, schema.schema))
  return [type ?? 'string'].flat().includes('string') && !values && format === undefined && pattern === undefined
}
