import type { Failure, Validate } from '../../documents/contract/table.ts'
import { parsePointer } from '../../documents/read/json-pointer.ts'

/**
 * A body of a refusal that shows a business failure where the document says that it shows: its code, and its message, as far
 * as the schema lets them be there.
 * @param validate undefined: nothing is said of the body
 */
export function tellFailure(
  body: unknown,
  { id, at, code = id, messageAt }: Pick<Failure, 'id' | 'at' | 'code' | 'messageAt'>,
  message: string,
  validate: Validate | undefined,
): unknown {
  let told = body
  for (const [pointer, said] of [[at, code ?? message] as const, [messageAt, message] as const]) {
    // Of a failure that shows in its status alone, the pointer is that.
    if (!pointer?.startsWith('/')) continue
    const tried = put(told, parsePointer(pointer) ?? [], said)
    if (validate?.(tried) !== false) told = tried
  }
  return told
}

/** A copy; what is not there yet becomes an object, and any item is the first. */
function put(value: unknown, [token, ...rest]: readonly string[], said: unknown): unknown {
  if (token === undefined) return said
  if (Array.isArray(value)) {
    const index = token === '*' ? 0 : Number(token)
    return value.length > index ? value.with(index, put(value[index], rest, said)) : value
  }
  const members: object = typeof value === 'object' && value !== null ? value : {}
  const before = Object.hasOwn(members, token) ? (members as Record<string, unknown>)[token] : undefined
  const inner = put(before, rest, said)
  const others = Object.entries(members).filter(([name]) => name !== token)
  return Object.fromEntries([...others, [token, inner]])
}
