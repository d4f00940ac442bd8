import { wordsOf } from '../../documents/patterns/read-words.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { toJudged } from './read-reply.ts'
import type { CaseRequest } from './vocabulary.ts'

/** Whether what is called so names something else, as `ownerId` and `pet_ids` do, and a bare `id` does not. */
export const isReference = (name: string): boolean => /\S (?:id|uuid|guid|sid|ref)s?$/.test(wordsOf(name))

/** Whether a request names more than its path does: in its query, or anywhere in its body. */
export function refersToOthers({ path, body = '' }: CaseRequest): boolean {
  const query = [...new URLSearchParams(path.split('?')[1] ?? '').keys()]
  // Read as a reply is, with its limits.
  const read = toJudged({ status: 0, headers: {}, text: body, duration: 0 }).body
  const form = read === undefined && /^[\w.%[\]-]+=/.test(body) ? [...new URLSearchParams(body).keys()] : []
  return [...query, ...form].some(isReference) || hasReference(read)
}

const hasReference = (value: Json): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries<Json>(value).some(([name, inner]) => isReference(name) || hasReference(inner))
