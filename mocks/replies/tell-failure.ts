import type { Failure, Validate } from '../../documents/contract/table.ts'
import { below, parsePointer } from '../../documents/read/json-pointer.ts'

/**
 * A body of a refusal that shows a business failure where the document says that it shows: its code, and its message, as far
 * as the schema lets them be there. Where it shows in its status alone, its code is the text that is called one in a body that was
 * composed: nobody has said what stands there.
 * @param isExample the document gives the body
 * @param validate undefined: nothing is said of the body
 */
export function tellFailure(
  body: unknown,
  { id, at, code = id, messageAt }: Pick<Failure, 'id' | 'at' | 'code' | 'messageAt'>,
  message: string,
  isExample: boolean,
  validate: Validate | undefined,
): unknown {
  let told = body
  // Of a failure that shows in its status alone, the pointer is that.
  const shown = at.startsWith('/') || isExample || code === null ? at : findCode(body)
  for (const [pointer, said] of [[shown, code ?? message] as const, [messageAt, message] as const]) {
    if (!pointer?.startsWith('/')) continue
    const tried = put(told, parsePointer(pointer) ?? [], said)
    if (validate?.(tried) !== false) told = tried
  }
  return told
}

/** How members are called that hold a code. */
const CODE = /^(?:error[_-]?)?code$/i

/** The pointer of the first text that is called a code, in an object or in one that it holds. */
function findCode(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined
  const members = Object.entries(body)
  const [name] = members.find(([one, member]) => typeof member === 'string' && CODE.test(one)) ?? []
  if (name !== undefined) return below('', name)
  for (const [outer, member] of members) {
    const inner = findCode(member)
    if (inner !== undefined) return below('', outer) + inner
  }
  return undefined
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
