import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../../../documents/read/read-document.ts'
import { excerpt } from '../../suite/cut-text.ts'

/** A member that is shown otherwise than it was sent. */
interface Difference {
  readonly name: string
  readonly sent: Json
  readonly shown: Json
}

export const isRecord = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a value is one text, number or truth. */
export const isPlain = (value: Json): boolean => ['string', 'number', 'boolean'].includes(typeof value)

/** What nobody shows as it was sent. */
export const SECRET = /pass(?:word|phrase|code)?$|secret|token|credential|private|pin$|cvv|cvc/i

/**
 * Members of a record that are shown with another value than was sent. What is not shown at all is not told: no document
 * says that everything that is sent comes back.
 */
export function differencesIn(sent: Json, shown: Json): Difference[] {
  if (!isRecord(sent) || !isRecord(shown)) return []
  return Object.entries<Json>(sent).flatMap(([name, value]) => {
    if (SECRET.test(name) || !Object.hasOwn(shown, name) || isSame(value, shown[name])) return []
    return [{ name, sent: value, shown: shown[name] }]
  })
}

/**
 * Whether a value is shown as it was sent: in another form of the same instant, with more members or items, or in another
 * order. Of an object something must be shown.
 */
export function isSame(sent: Json, shown: Json): boolean {
  if (isDeepStrictEqual(sent, shown)) return true
  if (typeof sent === 'string' && typeof shown === 'string') return isSameText(sent, shown)
  if (Array.isArray(sent) && Array.isArray(shown)) return sent.every((one) => shown.some((other) => isSame(one, other)))
  if (isRecord(sent) && isRecord(shown)) return differencesIn(sent, shown).length === 0 && !isEmptied(sent, shown)
  // A thing may be shown where its id was sent, a number where a text was, a page where a list was: those are other members
  // of the same name.
  return shown !== null && (typeof sent !== typeof shown || Array.isArray(sent) !== Array.isArray(shown))
}

/** Whether an object said something, and nothing of it is shown. */
function isEmptied(sent: Json, shown: Json): boolean {
  const said = Object.keys(sent).filter((name) => !SECRET.test(name) && isSaying(sent[name]))
  return said.length > 0 && !said.some((name) => Object.hasOwn(shown, name))
}

/** Whether a value says something: what is empty, or null, may as well be left out. */
export const isSaying = (value: Json): boolean =>
  value !== undefined &&
  value !== null &&
  value !== '' &&
  value !== false &&
  !(typeof value === 'object' && Object.keys(value).length === 0)

/** Two texts of one instant are the same (RFC 3339, section 5). */
const isSameText = (one: string, other: string): boolean =>
  /^\d{4}-\d\d-\d\d[T ]/.test(one) && /^\d{4}-\d\d-\d\d/.test(other) && Date.parse(one) === Date.parse(other)

/** For a report: `"Rex"`. */
export const shownValue = (value: Json): string => excerpt(JSON.stringify(value) ?? 'nothing')
