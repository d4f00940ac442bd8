import type { SchemaObject } from '../../../documents/contract/schema.ts'

/** What a description gives as an example: "(e.g. “example.com.”)", "for example `blue`". */
const EXAMPLE =
  /(?:\be\.\s?g\.|\bfor (?:example|instance)|\bsuch as|\bexamples?):?,?\s*[“"'`‘]([^“”"'`‘’\s]{1,100})[”"'`’]/i

/**
 * A text like the one that a member's description gives as an example, and that nobody has: the run's tag stands in it,
 * `rollcall-tag.example.com.` for `example.com.`.
 * @param unique letters and digits with the run's tag
 * @returns undefined where no example is given, or one that has no room for a tag
 */
export function textAsDescribed(
  { description }: SchemaObject & { description?: unknown },
  unique: string,
): string | undefined {
  const example = typeof description === 'string' ? EXAMPLE.exec(description)?.[1] : undefined
  if (example === undefined) return undefined
  // What is divided by dots, slashes or colons is a name within others: it gets one more within.
  if (/^[\w-]+(?:\.[\w-]+)+\.?$/.test(example)) return `rollcall-${unique}.${example}`
  if (/^https?:\/\/[\w.-]+/.test(example)) return `${example.replace(/\/+$/, '')}/${unique}`
  return /^[\w-]*[a-z][\w-]*$/i.test(example) && example.length > 3 ? `${example}-${unique}` : undefined
}
