import type { DeclaredOperation } from '../contract/operation.ts'
import { wordsOf } from '../patterns/read-words.ts'
import { ALIKE } from './find-record.ts'
import { type Form, isList, isRecord, likeness } from './read-form.ts'
import type { Place, Step } from './read-paths.ts'
import type { Sketch } from './sketch-resources.ts'
import type { Surroundings } from './surroundings.ts'
import {
  isCount,
  isCreating,
  isListingAlone,
  isMany,
  isReadingAlone,
  isRemoving,
  isRemovingAlone,
  isSearch,
  isUpdatingAlone,
  isVerb,
} from './tell-words.ts'
import { type Verdict, verdict } from './verdict.ts'

/**
 * What an operation does where the last word of its path says what a method would: `/containers/{id}/json`,
 * `/pets/search`. @returns undefined where the word says nothing of what it lies below
 */
export function classifyWord(
  around: Surroundings,
  operation: DeclaredOperation,
  { steps }: Place,
): Verdict | undefined {
  const before = steps.slice(0, -1)
  const [item, list] = [around.itemAt(before), around.listAt(before)]
  if (around.listAt(steps)) return undefined
  if (item) return onItem(around, operation, steps, item)
  if (!list) return undefined
  return operation.method === 'GET' || operation.method === 'QUERY'
    ? readingList(around, operation, steps, list)
    : changingList(around, operation, steps, list)
}

const lastWords = (steps: readonly Step[]): string => (steps.at(-1) as Step).words

function onItem(
  around: Surroundings,
  operation: DeclaredOperation,
  steps: readonly Step[],
  item: Sketch,
): Verdict | undefined {
  const { method } = operation
  const words = lastWords(steps)
  if (method !== 'GET') {
    if (isUpdatingAlone(words)) return verdict('update', 0.8, `${words} says so`, item)
    return isRemovingAlone(words) ? verdict('delete', 0.8, `${words} says so`, item) : undefined
  }
  const { reply } = around.bodies(operation)
  const isReadThere = around.placeAt(steps.slice(0, -1))?.operations.some((one) => one.method === 'GET')
  return isReadingAlone(words) && !isReadThere && reply && isRecord(reply)
    ? verdict('read', 0.85, `${words} says so`, item)
    : undefined
}

function readingList(
  around: Surroundings,
  operation: DeclaredOperation,
  steps: readonly Step[],
  sketch: Sketch,
): Verdict | undefined {
  const words = lastWords(steps)
  if (isCount(words)) return verdict('count', 0.85, `${words} says so`, sketch)
  const list = around.listIn(operation, sketch)
  if (!list) return undefined
  if (isListingAlone(words) && !around.isListed(sketch))
    return { ...verdict('list', 0.85, `${words} says so`, sketch), list }
  const isSame = sketch.record === undefined || likeness(list.record, sketch.record) >= ALIKE
  return isSame && (isVerb(words) || isSearch(words) || list.record === sketch.record)
    ? { ...verdict('search', 0.85, 'it shows some of what the path before it has', sketch), list }
    : undefined
}

/** Whether a body says which items are meant: `{ pet_ids: […] }`. */
const names = ({ members }: Form, { identity }: Sketch): boolean =>
  [...members.keys()].some((name) => name === identity?.member || /(?:^| )(?:id|ids|uuids|names)$/.test(wordsOf(name)))

function changingList(
  around: Surroundings,
  operation: DeclaredOperation,
  steps: readonly Step[],
  sketch: Sketch,
): Verdict | undefined {
  const words = lastWords(steps)
  const says = `${words} says so`
  const { request } = around.bodies(operation)
  const isListed = request !== undefined && isList(request)
  const isNaming = isRemovingAlone(words) && request !== undefined && names(request, sketch)
  if (isRemoving(words) && (isListed || isMany(words) || isNaming)) return verdict('delete-many', 0.75, says, sketch)
  if (operation.method !== 'POST') return undefined
  if (isSearch(words)) {
    const list = around.listIn(operation, sketch)
    return list ? { ...verdict('search', 0.85, says, sketch), list } : verdict('action', 0.6, says, sketch)
  }
  if (isMany(words) || (isCreating(words) && isListed)) {
    return around.holdsMany(request, sketch)
      ? verdict('create-many', 0.8, says, sketch)
      : verdict('action', 0.5, says, sketch)
  }
  return isCreating(words) && request && isRecord(request) ? verdict('create', 0.85, says, sketch) : undefined
}
