import { GRAMMAR, type Kind, METHODS } from './grammar.ts'
import { below, type Pointer, parsePointer } from './json-pointer.ts'

/** What stands at a pointer of a document, by the grammar alone. @returns undefined where that is data, or no part of its own */
export function kindAt(pointer: Pointer): Kind | undefined {
  const tokens = parsePointer(pointer)
  let kind: Kind | undefined = tokens && 'document'
  for (let at = 0; at < (tokens?.length ?? 0); at++) {
    if (kind === undefined) return undefined
    // Its members are named by expressions.
    if (kind === 'callback') {
      kind = 'pathItem'
      continue
    }
    const name = tokens?.[at] as string
    const member: { kind: Kind; as: string } | undefined = Object.hasOwn(GRAMMAR[kind], name)
      ? GRAMMAR[kind][name]
      : undefined
    if (member && member.as !== 'one') at++
    kind = at < (tokens?.length ?? 0) ? member?.kind : undefined
  }
  return kind
}

const methods = new Set<string>(METHODS)

/** The operation, path item, webhook or component that a part stands in. @returns `#` where it stands in none */
export function holderOf(tokens: readonly string[]): Pointer {
  const [room, , member = ''] = tokens
  if (room === 'paths') {
    const length = methods.has(member) ? 3 : member === 'additionalOperations' ? 4 : 2
    return tokens.length < 2 ? '#' : below('#', ...tokens.slice(0, length))
  }
  if (room === 'webhooks' && tokens.length > 1) return below('#', ...tokens.slice(0, 2))
  return room === 'components' && tokens.length > 2 ? below('#', ...tokens.slice(0, 3)) : '#'
}
