import type { Draft } from '../engine/vocabulary.ts'

/** A record as the state keeps it. */
export interface KeptRecord {
  /** What its path has for the parameters before its own, in order: what it lies under. */
  readonly under: readonly string[]
  /** What its path ends in; of a singleton, nothing. */
  readonly id: string
  /** Its members, as the API would keep them: more than a reply shows. */
  readonly data: Members
  /** It has no more than a list shows of it, and gets the rest when somebody asks for it alone. */
  readonly isSketch?: true
}

/** The members of a JSON object. */
export type Members = Readonly<Record<string, unknown>>

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)

/** The members of a value; of anything but an object, none. */
export const membersOf = (value: unknown): Members => (isMembers(value) ? value : {})

/** What a record is kept under in its collection: children begin with what their parent has. */
export const keyOf = (under: readonly string[], id: string): string => JSON.stringify([...under, id])

/** What a value is in a path. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** Whether a record lies below a place, at whatever depth. @param place what its paths begin with */
export const liesBelow = ({ under }: KeptRecord, place: readonly string[]): boolean =>
  under.length >= place.length && place.every((text, index) => under[index] === text)

/** @throws Error that says what a record from outside lacks */
export function checkRecord(record: object): KeptRecord {
  const { under, id, data } = record as Partial<KeptRecord>
  const isPlaced = Array.isArray(under) && under.every((text) => typeof text === 'string')
  if (!isPlaced || typeof id !== 'string' || !isMembers(data)) {
    throw new Error('it must have under (a list of texts), id (a text) and data (an object)')
  }
  return record as KeptRecord
}

/** The record of a place, as a turn sees it. */
export const findRecord = (draft: Draft<object>, under: readonly string[], id: string): KeptRecord | undefined =>
  draft.get(keyOf(under, id)) as KeptRecord | undefined

/** All records of a draft, in order of creation. @param from so many are left out */
export const recordsOf = (draft: Draft<object>, from?: number): Iterable<KeptRecord> =>
  draft.values(from) as Iterable<KeptRecord>
