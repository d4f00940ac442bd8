import type { Json } from './json.ts'
import { below, type Pointer } from './json-pointer.ts'
import type { TellAt } from './mending.ts'

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
  if (!Array.isArray(security)) {
    tell('wrong-shape', 'security must be a list', 'it is ignored', at)
    return { security: undefined }
  }
  const schemes = document.components?.securitySchemes ?? {}
  let isRight = true
  const kept = security.flatMap((requirement, index) => {
    if (typeof requirement !== 'object' || requirement === null || Array.isArray(requirement)) {
      isRight = false
      tell('wrong-shape', 'a security requirement must be an object', 'it is left out', below(at, index))
      return []
    }
    const names = Object.keys(requirement)
    const known = names.filter((name) => Object.hasOwn(schemes, name))
    if (known.length === names.length) return [requirement]
    isRight = false
    for (const name of names) {
      if (known.includes(name)) continue
      const message = `there is no security scheme ${name}`
      tell('security-unknown', message, 'it is not asked for', below(at, index, name))
    }
    return known.length > 0 ? [Object.fromEntries(known.map((name) => [name, requirement[name]]))] : []
  })
  return isRight ? {} : { security: kept }
}
