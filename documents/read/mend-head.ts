import { basename } from 'node:path'
import type { Json } from './json.ts'
import type { TellAt } from './mending.ts'

/** A document with a title and a version. @param name of its file */
export function mendHead(document: Json, name: string, tell: TellAt): Json {
  const info = typeof document.info === 'object' && document.info !== null ? document.info : {}
  return {
    ...document,
    info: {
      ...info,
      title: textOf(info, 'title', basename(name), tell),
      version: textOf(info, 'version', '0', tell),
    },
  }
}

/** A number is what YAML makes of a version without quotes. */
function textOf(info: Json, member: string, otherwise: string, tell: TellAt): string {
  const value = info[member]
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  tell('info-missing', `it has no info.${member}`, `${otherwise} is taken for it`, '#/info')
  return otherwise
}
