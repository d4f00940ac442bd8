import type { DeclaredOperation } from '../contract/operation.ts'
import { isList, isRecord } from './read-form.ts'
import { keyOf, type Place } from './read-paths.ts'
import type { Sketch } from './sketch-resources.ts'
import type { Surroundings } from './surroundings.ts'
import { isRemovingAlone, isUpdatingAlone } from './tell-words.ts'
import { type Verdict, verdict } from './verdict.ts'

/** What an operation does whose path names an item: `/pets/{petId}`. */
export function classifyItem(
  around: Surroundings,
  operation: DeclaredOperation,
  place: Place,
  sketch: Sketch,
): Verdict {
  if (isOneOfTwo(around, place))
    return verdict('unsure', 0.4, 'several parameters name it, and its list has none of them', sketch)
  const path = `the path names one of ${sketch.noun}`
  const { verb = '' } = around.places.stepsOf(operation).at(-1) ?? {}
  if (operation.method !== 'GET' && isRemovingAlone(verb))
    return verdict('delete', 0.85, `${path}, and ${verb} says so`, sketch)
  if (operation.method !== 'GET' && isUpdatingAlone(verb))
    return verdict('update', 0.85, `${path}, and ${verb} says so`, sketch)
  switch (operation.method) {
    case 'GET': {
      const { reply, hasSuccess } = around.bodies(operation)
      if (reply && isRecord(reply)) return verdict('read', 0.95, path, sketch)
      if (reply && isList(reply) && !around.listsSame(operation, sketch))
        return verdict('unsure', 0.4, `${path}, and the reply is a list`, sketch)
      return verdict('read', hasSuccess ? 0.7 : 0.6, `${path}, and nothing says what it shows`, sketch)
    }
    case 'HEAD':
      return verdict('read', 0.8, path, sketch)
    case 'PUT':
      return changesParts(around, operation, sketch)
        ? verdict('update', 0.75, `${path}, and the request requires nothing that a creation requires`, sketch)
        : verdict('replace', 0.9, path, sketch)
    case 'PATCH':
      return verdict('update', 0.95, path, sketch)
    case 'DELETE':
      return verdict('delete', 0.95, path, sketch)
    default:
      return classifyPost(around, operation, place, sketch)
  }
}

/** `/networks/{ip}/{length}` beside `/networks`: neither of its parameters names an item alone. */
function isOneOfTwo(around: Surroundings, { steps }: Place): boolean {
  const before = steps.slice(0, -1)
  const list = before.slice(0, before.findLastIndex(({ parameter }) => parameter === undefined) + 1)
  if (list.length === before.length || !around.placeAt(list)) return false
  return !before.some((_, at) => at >= list.length && around.places.has(keyOf(before.slice(0, at + 1))))
}

/** Many an API changes items by POST. */
function classifyPost(around: Surroundings, operation: DeclaredOperation, place: Place, sketch: Sketch): Verdict {
  const { reply, request } = around.bodies(operation)
  const has = (...methods: string[]) => place.operations.some(({ method }) => methods.includes(method))
  const path = `the path names one of ${sketch.noun}`
  if (!sketch.record && has('DELETE') && !has('PUT'))
    return verdict('replace', 0.6, `${path}, and its name is all that it has`, sketch)
  if (has('PUT', 'PATCH')) {
    return around.creationOf(sketch) || sketch.identity?.by !== 'client'
      ? verdict('action', 0.7, `${path}, and another method changes it`, sketch)
      : verdict('create', 0.6, `${path}, another method changes it, and nothing else creates one`, sketch)
  }
  if (around.holds(reply, sketch) || around.holds(request, sketch)) {
    return verdict('update', 0.9, `${path}, and it is sent or shown as it is read`, sketch)
  }
  if (has('GET')) return verdict('update', 0.6, `${path}, which can be read`, sketch)
  return verdict('action', 0.6, `${path}, and nothing reads it there`, sketch)
}

/** Whether a PUT needs nothing of what a creation needs: then it changes what it is sent, and leaves the rest. */
function changesParts(around: Surroundings, operation: DeclaredOperation, sketch: Sketch): boolean {
  const creation = around.creationOf(sketch)
  const needed = creation && around.bodies(creation).request
  const { request } = around.bodies(operation)
  return !!needed && !!request && needed !== request && needed.required.size > 0 && request.required.size === 0
}
