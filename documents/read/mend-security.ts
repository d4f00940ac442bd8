import type { Json } from './json.ts'
import { below, type Pointer } from './json-pointer.ts'
import type { Mending, TellAt } from './mending.ts'

/**
 * The requirements of an operation or a document without schemes that it does not have: what else an alternative asks for
 * remains, and one that asks for nothing else is none.
 * @returns `{ security }`, or nothing where it is right
 */
export function mendSecurity(
  document: Json,
  holder: Json,
  pointer: Pointer,
  tell: TellAt,
): { readonly security?: Json } {
  const { security } = holder
  if (security === undefined || security === null) return {}
  const at = below(pointer, 'security')
  if (typeof security !== 'object') {
    tell('wrong-shape', 'security must be a list', 'it is ignored', at)
    return { security: undefined }
  }
  const isList = Array.isArray(security)
  if (!isList) tell('wrong-shape', 'security must be a list', 'it is read as a list of it', at)
  const schemes = document.components?.securitySchemes ?? {}
  let isRight = isList
  const kept = [security].flat().flatMap((given: Json, index) => {
    const place = isList ? below(at, index) : at
    const requirement = readRequirement(given, schemes, place, tell)
    const names = Object.keys(requirement)
    const known = names.filter((name) => Object.hasOwn(schemes, name))
    if (known.length === names.length && requirement === given) return [requirement]
    isRight = false
    for (const name of names) {
      if (known.includes(name)) continue
      tell('security-unknown', `there is no security scheme ${name}`, 'it is not asked for', below(place, name))
    }
    return known.length > 0 ? [Object.fromEntries(known.map((name) => [name, requirement[name]]))] : []
  })
  return isRight ? {} : { security: kept }
}

/** A scheme that is only named asks for no scopes (OpenAPI 3.1, Security Requirement Object). */
function readRequirement(given: Json, schemes: Json, pointer: Pointer, tell: TellAt): Json {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given
  const isName = typeof given === 'string' && Object.hasOwn(schemes, given)
  const instead = isName ? `it is read as { ${given}: [] }` : 'it is left out'
  tell('wrong-shape', 'a security requirement must be an object', instead, pointer)
  return isName ? { [given]: [] } : {}
}

/** The members of a security scheme that are texts. */
const TEXTS = ['type', 'in', 'name', 'scheme', 'bearerFormat', 'openIdConnectUrl']

/** A security scheme without what is no text where one must be. */
export function mendScheme(given: Json, { tell }: Mending): Json {
  const wrong = TEXTS.filter((name) => given[name] !== undefined && typeof given[name] !== 'string')
  for (const name of wrong) tell('wrong-shape', `${name} of a security scheme must be a text`, 'it is ignored', name)
  return wrong.length > 0 ? Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.includes(name))) : given
}
