/** A media type, or a range of them, taken apart (RFC 9110, section 8.3.1). */
export interface MediaRange {
  /** In lower case, without parameters: `application/json`, `text/*`, `application/*+json`. */
  readonly name: string
  /** By name in lower case, without quotes; `q` and `charset` are none: texts are UTF-8 here. */
  readonly parameters: Readonly<Record<string, string>>
  /** How much it is wanted, from 0 to 1 (RFC 9110, section 12.4.2); 1 where nothing is said. */
  readonly weight: number
}

/** A list is split at the commas that stand in no quoted text; a lone quote ends what can be read. */
const ELEMENT = /[^,"]+(?:"(?:\\.|[^"\\])*"[^,"]*)*/g
const PARAMETER = /;\s*([^\s=;]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s;]*))/g

/** @param text as a document or a header writes it: `text/*;level=1;q=0.5` */
export function parseMediaRange(text: string): MediaRange {
  let range = known.get(text)
  if (!range) {
    if (known.size >= KEPT) known.clear()
    known.set(text, (range = readMediaRange(text)))
  }
  return range
}

/** Documents and clients name the same few in each call. */
const known = new Map<string, MediaRange>()
const KEPT = 200

function readMediaRange(text: string): MediaRange {
  const name = (text.split(';', 1)[0] as string).trim().toLowerCase()
  const found: [string, string][] = [...text.matchAll(PARAMETER)].map(([, key = '', quoted, plain = '']) => [
    key.toLowerCase(),
    quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'),
  ])
  const weight = Number(found.find(([key]) => key === 'q')?.[1] ?? 1)
  return {
    // Some write `*` for any.
    name: name === '*' ? '*/*' : name,
    parameters: Object.fromEntries(found.filter(([key]) => key !== 'q' && key !== 'charset')),
    weight: weight >= 0 && weight <= 1 ? weight : 1,
  }
}

/** The ranges of an `Accept` header; none where it says nothing that can be read, which is as if it were not there. */
export const parseAccept = (header = ''): MediaRange[] =>
  (header.match(ELEMENT) ?? []).map(parseMediaRange).filter(({ name }) => /^[^\s/]+\/[^\s/]+$/.test(name))

/** Whether a range holds a media type, parameters aside. */
export function coversName(range: string, name: string): boolean {
  if (range === '*/*' || range === name) return true
  const [type, subtype = ''] = range.split('/')
  const [ownType, ownSubtype = ''] = name.split('/')
  return type === ownType && subtype.startsWith('*') && ownSubtype.endsWith(subtype.slice(1))
}

/** Whether a media type is JSON: by its name (WHATWG MIME Sniffing, section 4.6), or by its suffix (RFC 6839, section 3.1). */
export const isJsonName = (name: string): boolean => /(?:^(?:application|text)\/|\+)json$/.test(name)

/**
 * Those of the declared media types that a client takes, the best first (RFC 9110, section 12.5.1): by the weight that
 * the most specific range gives them, then by how specific that is, then JSON before others, then in the document's order.
 * @param declared as the document writes them, ranges among them
 * @param accept the header; without it, or where it cannot be read, all are taken
 */
export function rankMediaTypes(declared: readonly string[], accept?: string): string[] {
  const ranges = parseAccept(accept)
  return declared
    .map((type, index) => ({ type, index, json: rankOfJson(type), ...weigh(parseMediaRange(type), ranges) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || b.specific - a.specific || a.json - b.json || a.index - b.index)
    .map(({ type }) => type)
}

interface Weighed {
  readonly weight: number
  readonly specific: number
}

function weigh(declared: MediaRange, ranges: readonly MediaRange[]): Weighed {
  if (ranges.length === 0) return { weight: 1, specific: 0 }
  let best: Weighed = { weight: 0, specific: -1 }
  for (const range of ranges) {
    const specific = specificityOf(range, declared)
    if (specific < best.specific || specific < 0) continue
    best = { weight: specific > best.specific ? range.weight : Math.max(best.weight, range.weight), specific }
  }
  return best
}

/** Negative: the range does not hold it. What is declared as a range can be sent as anything that it holds. */
function specificityOf({ name, parameters }: MediaRange, declared: MediaRange): number {
  const asked = Object.entries(parameters)
  if (!coversName(name, declared.name) && !coversName(declared.name, name)) return -1
  if (asked.some(([key, value]) => declared.parameters[key] !== value)) return -1
  if (name === '*/*') return 0
  return (name.includes('*') ? 1 : 2) + asked.length
}

function rankOfJson(type: string): number {
  const { name } = parseMediaRange(type)
  return name === 'application/json' ? 0 : isJsonName(name) ? 1 : 2
}
