import type { DeclaredOperation } from '../contract/operation.ts'
import { classifyItem } from './classify-item.ts'
import { classifyPlain } from './classify-plain.ts'
import { classifyWord } from './classify-word.ts'
import { ALIKE } from './find-record.ts'
import { likeness } from './read-form.ts'
import type { Place, Step } from './read-paths.ts'
import type { Surroundings } from './surroundings.ts'
import { type Verdict, verdict } from './verdict.ts'

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY'])

/** Tells what an operation does, from paths and methods, and from schemas where these leave it open. */
export function classifyOperation(around: Surroundings, operation: DeclaredOperation, place: Place): Verdict {
  const { method, path } = operation
  if (path.includes('#')) return verdict('unsure', 0.3, 'two operations of one path are told apart by a #')
  if (place.steps.length === 0) return verdict('none', 0.9, 'it is the root of all paths')
  if (!METHODS.has(method)) return verdict('none', 0.9, `${method} is for nothing that is kept`)
  const item = around.itemAt(place.steps)
  if (item) return classifyItem(around, operation, place, item)
  const last = place.steps.at(-1) as Step
  if (last.parameter !== undefined) return classifyCategory(around, operation, place)
  return classifyWord(around, operation, place) ?? classifyPlain(around, operation, place)
}

/** `/pets/{category}`, which shows a list. */
function classifyCategory(around: Surroundings, operation: DeclaredOperation, place: Place): Verdict {
  const own = around.listAt(place.steps) ?? around.several(place)
  const before = around.listAt(place.steps.slice(0, -1))
  const list = around.listIn(operation, before ?? own)
  if (!list) return verdict('unsure', 0.3, 'the path ends in a parameter that names no item')
  const isSame = before?.record && likeness(list.record, before.record) >= ALIKE
  return isSame
    ? { ...verdict('search', 0.8, 'it shows some of what the path before it has', before), list }
    : { ...verdict('list', list.sure * 0.9, list.reason, own), list }
}
