import type { Contract } from '../contract/contract.ts'
import { keywordsOf } from '../contract/follow-schema.ts'
import type { SchemaPlace } from '../contract/schema.ts'
import { isLeftOut } from '../contract/tell-directions.ts'
import { wordsOf } from '../patterns/read-words.ts'
import { type Form, formOf } from './read-form.ts'
import { isIdentityWord, isMadeUp, isSameNoun, singularOf } from './tell-words.ts'

/** What an item's path says of it. */
export interface ItemName {
  /** The words of its parameter: `pet id`. */
  readonly parameter: string
  readonly parameterSchema: SchemaPlace | undefined
  /** What the document says that it may be. */
  readonly examples: readonly unknown[]
  /** What the items are called, in small letters: `pets`. */
  readonly noun: string
}

/** Which member of a record a path parameter names. @param sent what a creation takes @returns undefined where no member does */
export function findIdentity(
  contract: Contract,
  { parameter, parameterSchema, noun, examples }: ItemName,
  form: Form,
  sent: Form | undefined,
): string | undefined {
  const [own, usual] = candidates(parameter, noun, isExampleOf('name') ? [] : ['id', 'uuid'].filter(isServers))
  // `sink id` of `logsink id`.
  const ends = [...form.byWords.keys()].filter(
    (words) => words.includes(' ') && squash(parameter).endsWith(squash(words)),
  )
  const found = [...own, ...ends, ...usual].flatMap((words) => form.byWords.get(words) ?? [])
  // Nobody gives a thing an id of this kind but to name it by, whatever it is called besides.
  const unmistakable = [...form.members.keys()].filter(
    (name) =>
      wordsOf(name) === 'id' &&
      keywordsOf(formOf(contract, form.members.get(name) as SchemaPlace).place.schema).format === 'uuid',
  )
  const isOfItself = isSameNoun(parameter, noun)
  const named = [...(isOfItself ? unmistakable : []), ...found].filter((name) =>
    holdsOne(contract, form.members.get(name) as SchemaPlace),
  )
  const fits = (name: string) => {
    if (parameterSchema === undefined) return true
    const [asked, own] = [typesOf(contract, parameterSchema), typesOf(contract, form.members.get(name) as SchemaPlace)]
    // In a path an id is a text, also that which a record has as a number.
    return isLikeType(asked, own) || (asked.has('string') && isMadeUp(parameter) && isMadeUp(wordsOf(name)))
  }
  return named.find(fits) ?? named.find((name) => wordsOf(name) === parameter || /(?:^| )id$/.test(wordsOf(name)))

  /** Whether each record has such a member, or the server gives it one. */
  function isServers(words: string): boolean {
    const name = form.byWords.get(words)
    if (name === undefined) return false
    if (form.required.has(name) || isLeftOut(contract, form.members.get(name)?.schema, 'readOnly')) return true
    return sent?.byWords.has('name') === true && !sent.members.has(name)
  }

  function isExampleOf(words: string): boolean {
    const place = form.members.get(form.byWords.get(words) ?? '')
    const { example, examples: others } = keywordsOf(place && formOf(contract, place).place.schema)
    return [example, others].flat().some((one) => one !== undefined && examples.includes(one))
  }
}

/**
 * The words that the member may be called by: for what the parameter says, and what most things have; the best first.
 * @param ids what is better than a name, where the parameter says no more than what it names
 */
function candidates(
  parameter: string,
  noun: string,
  ids: readonly string[],
): readonly [own: string[], usual: string[]] {
  const one = singularOf(noun)
  const words = parameter.split(' ')
  const last = words.at(-1) as string
  const rest = parameter.startsWith(`${one} `) ? parameter.slice(one.length + 1) : undefined
  const all = [parameter, ...(rest === undefined ? [] : [rest]), last]
  if (isIdentityWord(last)) {
    // `list sid` of `sync lists`, `key id` of what is called `keys` and has an `id`.
    all.push(`${one} ${last}`, `${one.split(' ').at(-1)} ${last}`)
    if (isMadeUp(last)) {
      const ofAny = ANYTHING.map((word) => `${word} ${last}`)
      all.push(...IDS, `${one} id`, ...ofAny, ...MADE_UP, `${one} key`, `${one} uuid`)
    } else if (isSameNoun(last, 'username')) all.push(...CHOSEN)
  }
  if (isSameNoun(parameter, noun) || isSameNoun(last, noun.split(' ').at(-1) as string)) {
    all.push(...CHOSEN.flatMap((word) => (word === 'name' ? [...ids, word] : word)), `${one} name`)
  }
  return [all, ['id', `${one} id`, ...MADE_UP, ...CHOSEN]]
}

const squash = (words: string): string => words.replaceAll(' ', '')

/** What servers name things by, and what people do; the best first: many a thing has a name and something better. */
const IDS = ['id', 'uuid', 'sid', 'guid', 'uid', 'identifier']
const MADE_UP = [...IDS, 'key', 'slug', 'name', 'code']
/** What records of every kind are called together: `entity_id` of whatever there is. */
const ANYTHING = ['entity', 'object', 'resource', 'record', 'item']
const CHOSEN = ['slug', 'login', 'handle', 'username', 'user name', 'key', 'code', 'name', 'number', 'ip', 'address']

const typesOf = (contract: Contract, place: SchemaPlace): ReadonlySet<string> => formOf(contract, place).types

/** Text can stand for a number in a path, and what has no type for anything. */
const isLikeType = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === 0 ||
  other.size === 0 ||
  [...one].some((type) => other.has(type) || (NUMBERS.has(type) && [...other].some((o) => NUMBERS.has(o))))

const NUMBERS = new Set(['integer', 'number'])

function holdsOne(contract: Contract, place: SchemaPlace): boolean {
  const { types } = formOf(contract, place)
  return types.size === 0 || [...types].some((type) => type === 'string' || NUMBERS.has(type))
}
