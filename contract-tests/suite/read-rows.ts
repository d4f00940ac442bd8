import { toPointer, valuesAt } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import type { RequestBuilder } from './build-request.ts'
import type { SentRow } from './find-identity.ts'
import type { CaseRequest } from './vocabulary.ts'

/** What a request sends as JSON; undefined where it sends none. */
export function bodyOf({ body }: CaseRequest): Json {
  try {
    return JSON.parse(body ?? '')
  } catch {
    return undefined
  }
}

/** The rows of a request's body, or the body itself where it has none; nothing where it is no JSON. @param rowPath as a builder has it */
export function rowsIn(request: CaseRequest, rowPath: readonly string[]): Json[] {
  const body = bodyOf(request)
  return body === undefined ? [] : valuesAt(body, toPointer(rowPath.map((name) => (name === '0' ? '*' : name))))
}

/** The same with the members whose values the run drew. */
export const sentRowsIn = (request: CaseRequest, builder: RequestBuilder): SentRow[] =>
  rowsIn(request, builder.rowPath).map((values) => ({ values, drawn: builder.drawnNames(values) }))
