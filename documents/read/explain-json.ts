import { DocumentError } from './document-error.ts'

/** Why a text is no JSON, as the parser of JSON said it. */
export interface JsonFault {
  /** The index of the character that does not belong there; that of the text's end where it ends too early. */
  readonly at: number
  readonly reason: string
}

/**
 * Reads what `JSON.parse` threw. Of some faults V8 says no position.
 * @returns undefined where the text does not begin as JSON does, or nothing says where it is wrong
 */
export function readFault(text: string, { message }: SyntaxError): JsonFault | undefined {
  if (!/^\s*(?:\{\s*"|\[\s*["{[])/.test(text)) return undefined
  if (message === 'Unexpected end of JSON input') return { at: text.length, reason: 'it ends before it is closed' }
  const { reason, position } = /^(?<reason>.*?)(?: in JSON)? at position (?<position>\d+)/s.exec(message)?.groups ?? {}
  return reason === undefined ? undefined : { at: Number(position), reason }
}

/**
 * Whether a text that is no JSON may be YAML in flow style all the same. Up to the fault it is both, and behind what is
 * closed YAML has nothing either but a comma, a colon, a comment or the next bracket (YAML 1.2, section 7.4).
 */
export function mayBeYaml(text: string, { at, reason }: JsonFault): boolean {
  if (at >= text.length || /^Unterminated/.test(reason)) return false
  const isWithinText = /^Bad |escape/i.test(reason)
  const before = text.slice(0, at).trimEnd().at(-1) ?? ''
  return isWithinText || !'"}]'.includes(before) || ':#'.includes(text[at] as string)
}

/** The same without the commas behind last members and items, the most usual slip. */
export const leaveOutCommas = (text: string): string =>
  text.replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, (_, quoted: string | undefined) => quoted ?? '')

export function refuseJson(text: string, name: string, { at, reason }: JsonFault): DocumentError {
  return new DocumentError(
    `${name}:${placeIn(text, at)} is not valid JSON: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`,
  )
}

/** Line and column of a character, from 1: `3:12`. */
export function placeIn(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n')
  return `${lines.length}:${(lines.at(-1) as string).length + 1}`
}
