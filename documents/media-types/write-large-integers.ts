import type { Contract } from '../contract/contract.ts'
import { isLargeInteger } from '../read/find-large-integers.ts'
import type { Json } from '../read/read-document.ts'

/** Writes a number as a text has it. Node has it from version 22 on. */
const rawJson = (JSON as { rawJSON?: (text: string) => unknown }).rawJSON

/**
 * A value that JSON writes with the large whole numbers of its document as they stand there, and that is the same in all
 * else. Where JavaScript cannot write them, they are the numbers nearest to them.
 */
export function withLargeIntegers(contract: Contract, value: unknown): unknown {
  // To look for them in the text of a large document takes longer than all else that one reply needs.
  if (rawJson === undefined || !holdsLarge(value) || contract.largeIntegers.size === 0) return value
  const { largeIntegers } = contract
  const exact = (part: Json): Json => {
    if (typeof part === 'number') return largeIntegers.has(part) ? rawJson(largeIntegers.get(part) as string) : part
    if (typeof part !== 'object' || part === null) return part
    const members = Object.entries<Json>(part).map(([name, member]) => [name, exact(member)] as const)
    return Array.isArray(part) ? members.map(([, member]) => member) : Object.fromEntries(members)
  }
  if (typeof value !== 'object' || value === null) return value
  const shown: object = Array.isArray(value) ? [...value] : { ...value }
  // Not to be enumerated: whoever holds the value to its schema sees the numbers.
  return Object.defineProperty(shown, 'toJSON', { value: () => exact(value) })
}

const holdsLarge = (value: unknown): boolean =>
  typeof value === 'object' && value !== null ? Object.values(value).some(holdsLarge) : isLargeInteger(value)
