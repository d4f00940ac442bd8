import { type Pointer, valueAt } from '../read/json-pointer.ts'
import type { Document, Json } from '../read/read-document.ts'

/** As long as anybody writes. */
const MOST_HOPS = 50

/**
 * Where a reference is to lead for openapi-typescript, which follows every chain from each of its references and takes the
 * cube of its length for that: a chain longer than anybody writes leads to its end at once. Of all others the names remain.
 */
export function shortenChains(model: Document): (reference: Pointer) => Pointer {
  /** By a reference: the end of its chain, and how far that is. */
  const known = new Map<Pointer, { readonly end: Pointer; readonly hops: number }>()
  const follow = (reference: Pointer) => {
    const way: Pointer[] = []
    let at = reference
    for (let next = nextOf(model, at); next !== undefined && !known.has(at); next = nextOf(model, at)) {
      way.push(at)
      at = next
    }
    const last = known.get(at) ?? { end: at, hops: 0 }
    way.reverse()
    for (const [index, one] of way.entries()) known.set(one, { end: last.end, hops: last.hops + index + 1 })
    return known.get(reference) ?? last
  }
  return (reference) => {
    const { end, hops } = follow(reference)
    return hops > MOST_HOPS ? end : reference
  }
}

/** What a part refers to that says nothing else: no chain of these leads in a circle, in a document that was read. */
function nextOf(model: Document, reference: Pointer): Pointer | undefined {
  const part: Json = valueAt(model, reference)
  if (typeof part?.$ref !== 'string') return undefined
  return Object.keys(part).every((name) => SAYS_NOTHING.has(name)) ? part.$ref : undefined
}

const SAYS_NOTHING = new Set(['$ref', 'summary', 'description'])
