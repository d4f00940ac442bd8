import { basename } from 'node:path'
import type { Json } from './json.ts'
import { below } from './json-pointer.ts'
import type { TellAt } from './mending.ts'
import type { Written } from './read-files.ts'

/** A document with a title and a version. @param written where it comes from */
export function mendHead(document: Json, written: Pick<Written, 'name' | 'findPlace'>, tell: TellAt): Json {
  const info = typeof document.info === 'object' && document.info !== null ? document.info : {}
  return {
    ...document,
    info: {
      ...info,
      title: textOf(info, 'title', basename(written.name), written, tell),
      version: textOf(info, 'version', '0', written, tell),
    },
  }
}

function textOf(
  info: Json,
  member: string,
  otherwise: string,
  { findPlace }: Pick<Written, 'findPlace'>,
  tell: TellAt,
): string {
  const value = info[member]
  if (typeof value === 'string') return value
  if (typeof value === 'number') {
    const lines = findPlace(below('#/info', member))?.lines ?? []
    return unquoted(value, member, lines.join('\n')) ?? String(value)
  }
  tell('info-missing', `it has no info.${member}`, `${otherwise} is used`, '#/info')
  return otherwise
}

/** A number is what YAML makes of a version without quotes: `1.10` is another one than 1.1. */
function unquoted(value: number, member: string, text: string): string | undefined {
  const [, written] = new RegExp(`${member}["']?\\s*:\\s*([-+.\\w]+)`).exec(text) ?? []
  return Number(written) === value ? written : undefined
}
