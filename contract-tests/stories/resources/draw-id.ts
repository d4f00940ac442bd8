import type { SchemaObject } from '../../../documents/contract/schema.ts'
import type { CaseKit } from '../../suite/case-kit.ts'
import { fillFor } from '../../suite/tell.ts'
import { type Deed, parametersOf } from './course.ts'

/** What an id may look like that nobody has: each of them is told from a stranger's (see `isDrawn`). */
const TAGGED = ['rollcall-{tag}', '{tag}', '{text:12}', '{text:9}']
/** The same without the run's tag: there is one of each for every lifecycle. */
const UNTAGGED = ['{uuid}', '{hex:24}', '{hex:32}', '{hex:16}', '{digits:12}', '{digits:9}']

/**
 * An id that nothing has, for the last parameter of an operation's path.
 * @param unique whose it is: see `fillFor`
 * @param number another for each
 * @returns undefined where the parameter allows none that could be told from somebody's
 */
export function drawId(kit: CaseKit, { declared }: Deed, unique: string, number = 0): string | undefined {
  const name = parametersOf(declared).at(-1)
  const found = declared.parameters.find((one) => one.in === 'path' && one.name === name)?.schema.schema
  const schema = typeof found === 'object' ? found : {}
  const tagged = TAGGED.map((form) => fillFor(kit, `${unique} ${number}`, form))
  const others = number === 0 ? UNTAGGED.map((form) => fillFor(kit, unique, form)) : []
  return [...tagged, ...others].find((id) => allows(schema, id))
}

function allows({ type, format, pattern, enum: words, ...limits }: SchemaObject, id: string): boolean {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, minimum, maximum, const: only } = limits
  if (words || only !== undefined) return false
  const types = [type ?? []].flat()
  const isNumber = /^\d+$/.test(id)
  if (types.includes('integer') || types.includes('number')) {
    const most = Math.min(
      maximum ?? Number.MAX_SAFE_INTEGER,
      format === 'int32' ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER,
    )
    return isNumber && Number(id) <= most && Number(id) >= (minimum ?? 0)
  }
  if (format === 'uuid') return /^[\da-f]{8}-/.test(id)
  if (format !== undefined && !['string', 'hostname', 'slug'].includes(format)) return false
  return id.length >= minLength && id.length <= maxLength && (pattern === undefined || matches(pattern, id))
}

function matches(pattern: string, id: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(id)
  } catch {
    return false
  }
}
