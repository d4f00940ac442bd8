import type { Behaviours, RecordTypes } from '../engine/vocabulary.ts'
import type { Api } from './api.ts'
import { findClosest } from './find-closest.ts'

/** What an API is made of. Its collections keep records of the types C; nobody else needs to know what is in them. */
export interface ApiParts<C extends RecordTypes<C>> extends Omit<Api, 'behaviours' | 'unanswered'> {
  readonly behaviours: Behaviours<C>
}

/**
 * Brings the parts of an API together: what `rollcall generate` made of its document, and how it behaves. An API that
 * `readApi` made gives its parts too: `defineApi({ ...(await readApi(file)), behaviours })`.
 * @throws Error when the behaviours name an operation that the API has not, in one line, with the closest name
 */
export function defineApi<C extends RecordTypes<C>>(parts: ApiParts<C>): Api {
  const { name, operations, behaviours } = parts
  return { ...parts, unanswered: checkNamed(name, operations, behaviours) }
}

/**
 * @returns the operations that no behaviour answers, by id
 * @throws Error when the behaviours name an operation that the API has not
 */
export function checkNamed<C extends RecordTypes<C>>(
  api: string,
  operations: Api['operations'],
  { operations: answered, creation, limits = [] }: Behaviours<C>,
): string[] {
  const ids = new Set(operations.map(({ id }) => id))
  const named = [
    ...Object.keys(answered),
    creation?.operationId ?? [],
    ...limits.map((limit) => limit.operations ?? []),
  ]
  for (const id of named.flat()) {
    if (ids.has(id)) continue
    const closest = findClosest(id, [...ids])
    throw new Error(`there is no operation ${id} in ${api}${closest ? `; the closest is ${closest.name}` : ''}`)
  }
  return [...ids].filter((id) => !Object.hasOwn(answered, id))
}
