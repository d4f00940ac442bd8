import { DocumentError } from './document-error.ts'
import type { Json } from './json.ts'
import type { TellAt, Version } from './mending.ts'

const VERSIONS = ['3.0', '3.1', '3.2'] as const

/**
 * The version that a document is written in; a later one of 3 is read as the last that is known. Without quotes, YAML
 * reads a version as a number.
 * @throws DocumentError where it is none of OpenAPI, or of another age
 */
export function versionOf(data: Json, name: string, tell: TellAt): Version {
  const { openapi, swagger } = Object(data)
  const given = openapi ?? swagger
  if (Array.isArray(data) || (typeof given !== 'string' && typeof given !== 'number'))
    throw new DocumentError(`${name} is not an OpenAPI document: it has no "openapi" member`)
  const written = String(given).trim()
  if (openapi === undefined) {
    if (/^2(?:\.0)*$/.test(written)) return '2.0'
    throw new DocumentError(`${name} is Swagger ${written}; rollcall reads 2.0, and OpenAPI 3.0 to 3.2`)
  }
  const [major, minor = '0'] = written.split('.')
  if (major === '2') return '2.0'
  if (major !== '3')
    throw new DocumentError(`${name} is OpenAPI ${written}; rollcall reads 3.0 to 3.2, and Swagger 2.0`)
  const known = VERSIONS.find((version) => version === `3.${minor}`)
  if (known) return known
  tell('version-unknown', `there is no OpenAPI ${written}`, 'it is read as 3.2', '#/openapi')
  return '3.2'
}
