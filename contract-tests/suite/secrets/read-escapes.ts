/** A text as it is read once its escapes are resolved, and where its characters come from. */
export interface Reading {
  readonly text: string
  /** The place in the original of a range of this text. */
  toOriginal(start: number, end: number): readonly [start: number, end: number]
}

/** JSON in JSON in a URL is three deep; nobody looks further. */
const DEEPEST = 3

/** The text itself, and what it says once the escapes of JSON, HTML and URLs are resolved: each time what is then left. */
export function readingsOf(text: string): Reading[] {
  const readings: Reading[] = [{ text, toOriginal: (start, end) => [start, end] }]
  for (let last = readings[0] as Reading; readings.length <= DEEPEST; ) {
    const next = readEscapes(last)
    if (!next) break
    readings.push(next)
    last = next
  }
  return readings
}

const ESCAPE = /(?:%[\da-f]{2})+|\\u[\da-f]{4}|\\["\\/nrt]|&(?:#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos);/gi

function readEscapes({ text, toOriginal }: Reading): Reading | undefined {
  if (!/[\\%&]/.test(text)) return undefined
  const parts: string[] = []
  /** Where in the new text each escape is, and where it was. */
  const escapes: { at: number; length: number; start: number; end: number }[] = []
  let [last, at] = [0, 0]
  for (const { 0: escaped, index } of text.matchAll(ESCAPE)) {
    const said = read(escaped)
    if (said === undefined) continue
    parts.push(text.slice(last, index), said)
    at += index - last
    last = index + escaped.length
    escapes.push({ at, length: said.length, start: index, end: last })
    at += said.length
  }
  if (escapes.length === 0) return undefined
  parts.push(text.slice(last))

  const placeOf = (position: number): [start: number, end: number] => {
    let [low, high] = [0, escapes.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((escapes[middle] as { at: number }).at <= position) low = middle + 1
      else high = middle
    }
    const before = escapes[low - 1]
    if (!before) return [position, position + 1]
    if (position < before.at + before.length) return [before.start, before.end]
    const place = before.end + position - before.at - before.length
    return [place, place + 1]
  }
  return {
    text: parts.join(''),
    toOriginal: (start, end) => toOriginal(placeOf(start)[0], placeOf(end - 1)[1]),
  }
}

const SAID: Readonly<Record<string, string>> = {
  ...{ n: '\n', r: '\r', t: '\t', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" },
}

/** @returns undefined where it is no escape after all */
function read(escaped: string): string | undefined {
  if (escaped.startsWith('%')) {
    try {
      return decodeURIComponent(escaped)
    } catch {
      return undefined
    }
  }
  if (/^\\u/i.test(escaped)) return String.fromCharCode(Number.parseInt(escaped.slice(2), 16))
  if (escaped.startsWith('\\')) return SAID[escaped.slice(1).toLowerCase()] ?? escaped.slice(1)
  const name = escaped.slice(1, -1).toLowerCase()
  if (!name.startsWith('#')) return SAID[name]
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}
