import type { Random } from '../patterns/random.ts'

/** What numbers of a certain name look like. */
interface NamedNumber {
  /** The words of the name. */
  readonly match: RegExp
  make(random: Random, isWhole: boolean): number
}

const whole =
  (least: number, most: number) =>
  (random: Random): number =>
    random.integer(least, most)

/** Two decimals, where there are any. */
const decimal =
  (least: number, most: number) =>
  (random: Random, isWhole: boolean): number =>
    isWhole ? random.integer(least, most) : random.integer(least * 100, most * 100) / 100

/** A place on land, in degrees. */
const degrees =
  (most: number) =>
  (random: Random, isWhole: boolean): number => {
    const micro = random.integer(-most * 10_000, most * 10_000)
    return isWhole ? Math.round(micro / 10_000) : micro / 10_000
  }

/** By the words of a name; the first that matches. */
export const NAMED_NUMBERS: readonly NamedNumber[] = [
  { match: /\b(?:lat|latitude)$/, make: degrees(60) },
  { match: /\b(?:lng|lon|long|longitude)$/, make: degrees(150) },
  {
    // In seconds, after all others, and in 32 bits.
    match:
      /\b(?:until|deadline|expires|expiry|(?:ends|expires|expiry|expiration|end|due) (?:at|on|time|timestamp|date)|(?:reset|renewal) unix)$/,
    make: whole(2_051_222_400, 2_140_000_000),
  },
  {
    match: /\b(?:timestamp|epoch|unix|at|since|created|updated|time|date)$|^(?:last )?(?:modified|changed|edited)$/,
    make: whole(1_700_000_000, 1_790_000_000),
  },
  { match: /\b(?:page|page number)$/, make: () => 1 },
  { match: /\b(?:limit|per page|page size|max results)$/, make: () => 20 },
  { match: /\b(?:offset|skip|start index|retries|attempt)$/, make: () => 0 },
  { match: /\b(?:pages|total pages|page count)$/, make: whole(1, 9) },
  { match: /\b(?:percent|percentage|progress|completion|discount|humidity)$/, make: whole(1, 99) },
  {
    match: /\b(?:price|amount|cost|fee|balance|subtotal|tax|salary|revenue|paid|due|net|gross)$/,
    make: decimal(1, 500),
  },
  {
    match: /\b(?:rate|ratio|probability|confidence)$/,
    make: (random, isWhole) => (isWhole ? 1 : random.integer(1, 99) / 100),
  },
  { match: /\b(?:rating|stars|score|priority|rank|level|position|order|sequence|index|step)$/, make: whole(1, 5) },
  { match: /\b(?:age)$/, make: whole(18, 80) },
  { match: /\b(?:year)$/, make: whole(2015, 2026) },
  { match: /\b(?:month)$/, make: whole(1, 12) },
  { match: /\b(?:day)$/, make: whole(1, 28) },
  { match: /\b(?:hour|hours)$/, make: whole(0, 23) },
  { match: /\b(?:port)$/, make: () => 8080 },
  { match: /\b(?:duration|timeout|ttl|interval|seconds|expires in|delay|minutes)$/, make: whole(30, 3600) },
  { match: /\b(?:width|height)$/, make: whole(120, 1920) },
  { match: /\b(?:size|bytes|file size)$/, make: whole(1000, 5_000_000) },
  { match: /\b(?:weight|distance|length|temperature|speed)$/, make: decimal(1, 50) },
  {
    match: /\b(?:quantity|qty|count|total|number of \w+|items|stock|views|likes|followers|members|users)$/,
    make: whole(1, 100),
  },
  { match: /\b(?:version|revision)$/, make: whole(1, 9) },
  { match: /\b(?:status code|http status|status)$/, make: () => 200 },
  { match: /(?:^|\b)(?:id|number)$/, make: whole(1, 99_999) },
]
