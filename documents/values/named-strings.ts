import type { Random } from '../patterns/random.ts'

/** What texts of a certain name look like. */
export interface NamedString {
  /** The words of the name. */
  readonly match: RegExp
  /** Formats that its texts have. */
  readonly formats?: readonly string[]
  /** Of texts that have one of its formats alone: the name says too little. */
  readonly isFormatted?: true
  /** Matches whatever nothing else does. */
  readonly isAny?: true
  /** The first that fits is taken. @param kin chance that the members of one object share @param parent the words of what it is a member of */
  make(random: Random, kin: Random, parent: string): string | readonly string[]
}

const FIRST =
  'Ada Ben Chloé Dara Emil Farah Goran Hana Ivo Jun Kofi Lena Mara Nils Oona Pablo Rosa Samir Tara Yuki'.split(' ')
const LAST =
  'Adler Brandt Costa Doyle Eriksen Fischer García Haddad Ito Jensen Kowalski López Moreau Novak Okafor Patel Rossi Silva Tanaka Weber'.split(
    ' ',
  )
const NOUNS =
  'harbor meadow river lantern orchard summit garden market bridge forest island valley window station compass beacon canyon prairie'.split(
    ' ',
  )
const ADJECTIVES = 'blue quiet bright early open silver small northern green golden simple swift'.split(' ')
const SENTENCES = [
  'A short note to begin with.',
  'Everything that is needed, and nothing else.',
  'Made with care, in small numbers.',
  'Checked twice and ready to go.',
  'As it was agreed last week.',
  'The second of three parts.',
  'Opens at nine and closes at five.',
  'For whoever comes by.',
]

interface Region {
  readonly city: string
  readonly state: string
  readonly country: string
  readonly code: string
  readonly longCode: string
  readonly zip: string
  readonly zone: string
  readonly currency: string
  readonly language: string
}

const REGIONS: readonly Region[] = [
  'Galway|Connacht|Ireland|IE|IRL|H91 E2K3|Europe/Dublin|EUR|en',
  'Lyon|Rhône|France|FR|FRA|69002|Europe/Paris|EUR|fr',
  'Osaka|Osaka|Japan|JP|JPN|530-0001|Asia/Tokyo|JPY|ja',
  'Porto|Norte|Portugal|PT|PRT|4000-069|Europe/Lisbon|EUR|pt',
  'Austin|Texas|United States|US|USA|78701|America/Chicago|USD|en',
  'Leeds|England|United Kingdom|GB|GBR|LS1 4AP|Europe/London|GBP|en',
  'Basel|Basel|Switzerland|CH|CHE|4051|Europe/Zurich|CHF|de',
  'Toronto|Ontario|Canada|CA|CAN|M5H 2N2|America/Toronto|CAD|en',
].map((line) => {
  const [
    city = '',
    state = '',
    country = '',
    code = '',
    longCode = '',
    zip = '',
    zone = '',
    currency = '',
    language = '',
  ] = line.split('|')
  return { city, state, country, code, longCode, zip, zone, currency, language }
})

const regionOf = (kin: Random): Region => kin.at('region').pick(REGIONS)
const countryOf = ({ country, code, longCode }: Region): string[] => [country, longCode, code]
const firstOf = (kin: Random): string => kin.at('first').pick(FIRST)
const lastOf = (kin: Random): string => kin.at('last').pick(LAST)
const fullOf = (kin: Random): string => `${firstOf(kin)} ${lastOf(kin)}`
/** As addresses have it: without accents. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/[^a-zA-Z]/g, '')
    .toLowerCase()
/** With a number, lest two rows of many be the same person. */
const loginOf = (kin: Random): string =>
  `${plain(firstOf(kin))}.${plain(lastOf(kin))}${kin.at('number').integer(1, 9999)}`
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const pair = (random: Random, between: string): string => `${random.pick(ADJECTIVES)}${between}${random.pick(NOUNS)}`
const hex = (random: Random, length: number): string =>
  Array.from({ length }, () => random.integer(0, 15).toString(16)).join('')
const two = (value: number): string => String(value).padStart(2, '0')
const dateOf = (random: Random, from: number, to: number): string =>
  `${random.integer(from, to)}-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`
/** In the past, as most things are that are told of. */
const momentOf = (random: Random, from = 2022, to = 2024): string =>
  `${dateOf(random, from, to)}T${two(random.integer(0, 23))}:${two(random.integer(0, 59))}:${two(random.integer(0, 59))}Z`
/** What ends something lies after what begins it, and what expires has not yet. */
const LATER = [2035, 2039] as const
const ENDS =
  /\b(?:ends?|ending|until|till|to|through|before|due|deadline|not after|expires|expiry|expiration)(?: (?:date|day|on|at|time|timestamp))?$/
const uuid = (random: Random): string =>
  `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-${random.pick([...'89ab'])}${hex(random, 3)}-${hex(random, 12)}`

const PEOPLE =
  /\b(?:user|owner|author|customer|member|person|people|contact|assignee|creator|employee|sender|recipient|guest|patient|student|buyer|profile|account holder)s?$/
const ADDRESSES = /\b(?:address|location|billing|shipping|place|venue)$/

/** The address kept for documentation (RFC 2606) is the host of all. */
const URLS = ['uri', 'url', 'iri', 'uri-reference', 'iri-reference']

/** By the words of a name; the first that matches. */
export const NAMED_STRINGS: readonly NamedString[] = [
  {
    match: /\be ?mail(?: address)?$/,
    formats: ['email', 'idn-email'],
    make: (_, kin) => `${loginOf(kin)}@example.com`,
  },
  {
    match: /\b(?:phone|mobile|fax|tel|telephone|msisdn)(?: number)?$/,
    make: (random) => `+1202555${random.integer(100, 199).toString().padStart(4, '0')}`,
  },
  { match: /\b(?:first|given) ?name$/, make: (_, kin) => firstOf(kin) },
  { match: /\b(?:last|family|sur) ?name$/, make: (_, kin) => lastOf(kin) },
  { match: /\b(?:user ?name|login|handle|nick ?name|screen name)$/, make: (_, kin) => loginOf(kin) },
  {
    match:
      /\b(?:full|display|real|legal|contact|owner|author|customer|card ?holder) ?name$|^(?:author|owner|assignee|creator)$/,
    make: (_, kin) => fullOf(kin),
  },
  {
    match: /\b(?:company|organi[sz]ation|employer|vendor|manufacturer|brand|publisher)(?: name)?$/,
    make: (random) => `${capital(pair(random, ' '))} Ltd`,
  },
  { match: /\bcountry ?(?:code|iso2?)$|\bcountry iso code$/, make: (_, kin) => countryOf(regionOf(kin)).toReversed() },
  { match: /\bcountry(?: name)?$/, make: (_, kin) => countryOf(regionOf(kin)) },
  { match: /\b(?:city|town|locality)(?: name)?$/, make: (_, kin) => regionOf(kin).city },
  { match: /\b(?:zip|postal|post) ?(?:code)?$/, make: (_, kin) => regionOf(kin).zip },
  {
    match: /\b(?:street|address line ?\d?|line ?1|street address)$|^address$/,
    make: (random) => `${random.integer(1, 120)} ${capital(random.pick(NOUNS))} Street`,
  },
  { match: /\b(?:region|province|county)$/, make: (_, kin) => regionOf(kin).state },
  { match: /\bcurrency(?: code)?$/, make: (_, kin) => regionOf(kin).currency },
  { match: /\blocale$/, make: (_, kin) => `${regionOf(kin).language}-${regionOf(kin).code}` },
  { match: /\b(?:language|lang)(?: code)?$/, make: (_, kin) => regionOf(kin).language },
  { match: /\b(?:time ?zone|tz)$/, make: (_, kin) => regionOf(kin).zone },
  {
    match: /\b(?:price|amount|cost|fee|balance|subtotal|total)$|^decimal$/,
    make: (random) => (random.integer(100, 50_000) / 100).toFixed(2),
  },
  {
    match: /\b(?:avatar|image|photo|picture|thumbnail|logo|icon|banner)s?(?: ur[li])?$/,
    formats: URLS,
    make: (random) => `https://example.com/images/${pair(random, '-')}.png`,
  },
  {
    match: /\b(?:url|uri|href|link|website|home ?page|web page|webhook|callback|endpoint|location)s?$/,
    formats: URLS,
    make: (random) => `https://example.com/${pair(random, '-')}`,
  },
  {
    match: /\b(?:host|host ?name|domain|domain name|fqdn)$/,
    formats: ['hostname', 'idn-hostname'],
    make: (random) => `${random.pick(NOUNS)}.example.com`,
  },
  { match: /\b(?:ip|ip ?address|remote addr|ip ?v4)$/, make: (random) => `192.0.2.${random.integer(1, 254)}` },
  { match: /\b(?:slug|key)$/, make: (random) => pair(random, '-') },
  { match: /\b(?:title|subject|headline|caption|heading)$/, make: (random) => capital(pair(random, ' ')) },
  {
    match:
      /\b(?:description|summary|bio|about|comment|message|body|text|notes?|reason|details?|content|abstract|excerpt|feedback|instructions)$/,
    make: (random) => [random.pick(SENTENCES), pair(random, ' '), random.pick(NOUNS)],
  },
  { match: /^state$/, make: (_, kin, parent) => (ADDRESSES.test(parent) ? regionOf(kin).state : 'active') },
  { match: /\b(?:status|state)$/, make: () => 'active' },
  {
    match: /\b(?:type|kind|category|group|tier|plan|class)$/,
    make: (random) => random.pick(['standard', 'basic', 'premium']),
  },
  { match: /\b(?:colou?r)$/, make: (random) => `#${hex(random, 6)}` },
  {
    match: /\b(?:birth ?day|birth date|date of birth|dob)$/,
    formats: ['date'],
    make: (random) => dateOf(random, 1950, 2005),
  },
  { match: ENDS, formats: ['date'], isFormatted: true, make: (random) => dateOf(random, ...LATER) },
  { match: ENDS, formats: ['date-time'], isFormatted: true, make: (random) => momentOf(random, ...LATER) },
  {
    match: /\b(?:(?:ends|expires) (?:at|on)|until|expires|expiry|deadline)$/,
    make: (random) => momentOf(random, ...LATER),
  },
  { match: /\b(?:end|expiry|expiration|due) date$/, make: (random) => dateOf(random, ...LATER) },
  { match: /\b(?:date|day|on)$/, formats: ['date'], make: (random) => dateOf(random, 2022, 2024) },
  {
    match: /\b(?:at|timestamp|time|since|created|updated|modified)$/,
    formats: ['date-time'],
    make: (random) => momentOf(random),
  },
  {
    match: /\b(?:token|secret|api ?key|access key|client key|signature|nonce|cursor)$/,
    make: (random) => hex(random, 32),
  },
  { match: /\b(?:sha|hash|digest|commit|checksum|md5)$/, make: (random) => hex(random, 40) },
  { match: /\be ?tag$/, make: (random) => `"${hex(random, 16)}"` },
  { match: /\b(?:file ?name|file)$/, make: (random) => `${pair(random, '-')}.pdf` },
  { match: /\b(?:mime ?type|content type|media type)$/, make: () => 'application/pdf' },
  { match: /\b(?:path|directory|folder)$/, make: (random) => `/${random.pick(ADJECTIVES)}/${random.pick(NOUNS)}` },
  { match: /\bversion$/, make: (random) => `${random.integer(1, 4)}.${random.integer(0, 9)}.${random.integer(0, 9)}` },
  { match: /\bsku$/, make: (random) => `SKU-${random.integer(1000, 9999)}` },
  {
    match: /\b(?:code|number|no|reference|ref)$/,
    make: (random) => `${capital(random.pick(NOUNS)).slice(0, 2).toUpperCase()}${random.integer(1000, 9999)}`,
  },
  { match: /\b(?:id|uuid|guid)s?$/, make: uuid },
  { match: /\bname$/, make: (random, kin, parent) => (PEOPLE.test(parent) ? fullOf(kin) : capital(pair(random, ' '))) },
  { match: /\b(?:tags?|labels?|keywords?|topics?|roles?|permissions?)$/, make: (random) => random.pick(NOUNS) },
  { match: /(?:)/, isAny: true, make: (random) => [pair(random, ' '), random.pick(NOUNS)] },
]
