import type { Json } from './json.ts'
import type { Mending } from './mending.ts'

/** A server whose address can be read. @returns undefined where it has none: it is told, and left out */
export function mendServer(server: Json, { tell }: Mending): Json {
  if (typeof server.url !== 'string') return void tell('server-invalid', 'a server has no url', 'it is left out')
  if (isAddress(server)) return server
  tell('server-invalid', `the address ${server.url} cannot be read`, 'it is read as /', 'url')
  return { ...server, url: '/' }
}

/** Absolute or relative, with the defaults of its variables (OpenAPI 3.1, Server Object). */
function isAddress({ url, variables }: Json): boolean {
  const filled = url.replace(/\{([^}]+)\}/g, (_: string, name: string) => variables?.[name]?.default ?? 'x')
  return URL.canParse(filled, 'http://localhost')
}
