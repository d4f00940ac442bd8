import { createRandom, type Random } from '../../documents/patterns/random.ts'
import { asking, english, PLACES, type Place } from './places.ts'

/** One imagined person. Every value is a function of (seed, api, index, field) alone. */
export interface Person {
  readonly index: number
  readonly place: Place
  readonly firstName: string
  readonly lastName: string
  /** ASCII, unique per index, under a domain kept for examples. */
  readonly email: string
  /** ASCII letters, digits and hyphens, 3 to 20 of them; unique per index. */
  readonly username: string
  /** E.164; unique per index up to 10 million. */
  readonly phone: string
  /** The stream of a field of this person. */
  at(field: string): Random
}

/**
 * The person at an index: the same in any process and order.
 * @param api its name, so that two APIs have other people
 */
export function imaginePerson(seed: string, api: string, index: number): Person {
  const person = createRandom(seed, api, index)
  const at = (field: string): Random => person.at(field)
  const place = at('place').pick(PLACES)
  const first = nameOf(at('firstName'), (random) => place.firstName(random))
  const last = nameOf(at('lastName'), (random) => place.lastName(random))
  const domain = at('domain').pick(['com', 'org', 'net'])
  return {
    ...{ index, place, at },
    firstName: first.name,
    lastName: last.name,
    email: `${first.ascii}.${last.ascii}${index}@example.${domain}`,
    username: `${first.ascii.slice(0, 10)}-${index.toString(36).padStart(2, '0')}`,
    phone: place.dial + numberOf(seed, api, place, index),
  }
}

/** An English job title, as @faker-js/faker has them. */
export const jobTitle = (random: Random): string => asking(random, () => english.person.jobTitle())

const TEAMS = ['Platform', 'Growth', 'Field Sales', 'Customer Success', 'Finance', 'People & Culture', 'Design', 'R&D']
/** The department of a company, in English. */
export const team = (random: Random): string => random.pick(TEAMS)

/** Within the two years before this date, to the millisecond. No clock: a seed gives the same in any year. */
const LATEST = Date.UTC(2026, 9, 31)
const TWO_YEARS = 2 * 365 * 24 * 3600 * 1000
/** ISO 8601 in UTC, between 31 October 2024 and 2026. */
export const pastDate = (random: Random): string => new Date(LATEST - random.integer(0, TWO_YEARS)).toISOString()

/** Letters of any script, composed, with spaces, hyphens, dots and straight apostrophes between them. */
const NAME = /^\p{L}+(?:[ .'-]{1,2}\p{L}+)*$/u

function nameOf(random: Random, draw: (random: Random) => string): { name: string; ascii: string } {
  for (let attempt = 0; attempt < 20; attempt++) {
    const [name = '', romanised] = split(draw(random.at(attempt)).normalize('NFC').replaceAll('’', "'").trim())
    const ascii = toAscii(romanised ?? name)
    if (NAME.test(name) && name.length <= 60 && ascii.length > 0) return { name, ascii }
  }
  return { name: 'Robin', ascii: 'robin' }
}

/** `陽菜 Hina` is a name and how it sounds; `Anna Maria` is just a name. */
const split = (text: string): string[] =>
  /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]+ /u.test(text) ? text.split(' ') : [text]

const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'ß ss,æ ae,œ oe,ø o,đ d,ð d,þ th,ł l,ı i,' +
    'α a,β v,γ g,δ d,ε e,ζ z,η i,θ th,ι i,κ k,λ l,μ m,ν n,ξ x,ο o,π p,ρ r,σ s,ς s,τ t,υ y,φ f,χ ch,ψ ps,ω o,' +
    'а a,б b,в v,г h,ґ g,д d,е e,є ie,ж zh,з z,и y,і i,й i,к k,л l,м m,н n,о o,п p,р r,с s,т t,у u,ф f,х kh,ц ts,' +
    'ч ch,ш sh,щ shch,ь ,ю iu,я ia,э e,ы y,ъ '
  )
    .split(',')
    .map((pair) => pair.split(' ') as [string, string]),
)

/** How a name is written in an e-mail address. */
export function toAscii(name: string): string {
  const bare = name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
  return [...bare]
    .map((letter) => LETTERS[letter] ?? letter)
    .join('')
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 30)
}

/** The digits after the prefix: a bijection of the index, so two people of a place never share a number. */
function numberOf(seed: string, api: string, { dial, digits }: Place, index: number): string {
  const random = createRandom(seed, api, dial, 'phone')
  const modulus = 10 ** digits
  // Odd and not a multiple of 5, so it divides no power of ten.
  const factor = random.integer(10_000, 90_000) * 10 + random.pick([1, 3, 7, 9])
  return String((index * factor + random.integer(0, modulus - 1)) % modulus).padStart(digits, '0')
}
