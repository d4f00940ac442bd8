/** A media type, or a range of them, taken apart (RFC 9110, sections 8.3.1 and 12.5.1). */
export interface ParsedMediaType {
  /** Type and subtype in lower case; the text as it is where it is no media type. */
  readonly essence: string
  /** By name in lower case; values as they are, without quotes. */
  readonly parameters: ReadonlyMap<string, string>
}

/** @param text `Multipart/Form-Data; boundary="a b"` */
export function parseMediaType(text: string): ParsedMediaType {
  const end = text.indexOf(';')
  const parameters = new Map<string, string>()
  if (end >= 0) {
    for (const [, name = '', quoted, bare = ''] of text.slice(end).matchAll(PARAMETER)) {
      parameters.set(name.toLowerCase(), quoted === undefined ? bare.trim() : quoted.replace(/\\(.)/gs, '$1'))
    }
  }
  return { essence: (end < 0 ? text : text.slice(0, end)).trim().toLowerCase(), parameters }
}

const PARAMETER = /;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/gs

/**
 * Of the declared media types and ranges the one that says most of what was sent: with the same parameters before one
 * without any, the type itself before `application/*+json`, that before `application/*`, and any other before all of them.
 * @returns as it is declared; undefined where none covers it
 */
export function matchMediaType(declared: readonly string[], sent: ParsedMediaType): string | undefined {
  let best: string | undefined
  let most = 0
  for (const one of declared) {
    const rank = rankOf(parseMediaType(one), sent)
    if (rank > most) [best, most] = [one, rank]
  }
  return best
}

/** 0: it does not cover it. */
function rankOf(declared: ParsedMediaType, sent: ParsedMediaType): number {
  const closeness = closenessOf(declared.essence, sent.essence)
  if (closeness === 0) return 0
  let rank = closeness * 100
  for (const [name, value] of declared.parameters) {
    // It divides what is sent, and says how it is written: neither is another type.
    if (name === 'boundary' || name === 'charset') continue
    const given = sent.parameters.get(name)
    if (given !== undefined && given.toLowerCase() !== value.toLowerCase()) return 0
    // Who names no version means some version.
    rank += given === undefined ? -1 : 1
  }
  return rank
}

function closenessOf(range: string, type: string): number {
  if (range === type) return 4
  const [, start = '', suffix = ''] = /^([^/*]+\/)\*(\+.+)?$/.exec(range) ?? []
  if (start && type.startsWith(start) && type.endsWith(suffix)) return suffix ? 3 : 2
  return (range === '*/*' || range === '*') && type.includes('/') ? 1 : 0
}

/** Whether it is JSON: by its name (WHATWG MIME Sniffing, section 4.6), or by a suffix that says so (RFC 6839, section 3.1). */
export const isJson = (essence: string): boolean => /(^(application|text)\/|\+)json$/.test(essence)

/** Whether it is XML (RFC 7303, sections 4.1 and 4.2). */
export const isXml = (essence: string): boolean => /[/+]xml$/.test(essence)

/** Whether it is one JSON text after the other: NDJSON, JSON Lines, a JSON text sequence (RFC 7464, RFC 8091). */
export const isJsonLines = (essence: string): boolean =>
  /^application\/(?:x-)?(?:ndjson|jsonl|jsonlines|json-lines|json-seq)$|\+json-seq$/.test(essence)
