import type { Json } from '../documents/read-document.ts'
import type { CaseRequest } from './vocabulary.ts'
import { toPointer, valuesAt } from './walk-schema.ts'

/** The rows of a request's body, or the body itself where it has none; nothing where it is no JSON. @param rowPath as a builder has it */
export function rowsIn({ body }: CaseRequest, rowPath: readonly string[]): Json[] {
  try {
    return valuesAt(JSON.parse(body ?? ''), toPointer(rowPath.map((name) => (name === '0' ? '*' : name))))
  } catch {
    return []
  }
}
