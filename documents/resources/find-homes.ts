import type { Contract } from '../contract/contract.ts'
import { ALIKE, findRecord } from './find-record.ts'
import { bodiesOf } from './read-bodies.ts'
import { likeness } from './read-form.ts'
import { keyOf, type Place, type Places } from './read-paths.ts'
import { isVerb } from './tell-words.ts'

/**
 * Items whose path leaves out what they lie under: `/teams/{teamId}` of what `POST /orgs/{orgId}/teams` creates. Only where
 * nothing lists or creates them beside their path, one place alone creates what is called so, and it shows the same.
 * @returns by the key of the item's place: the place where such items are created
 */
export function findHomes(contract: Contract, places: Places): ReadonlyMap<string, Place> {
  const makers = new Map<string, Place[]>()
  for (const place of places.values()) {
    const last = place.steps.at(-1)
    if (!last || last.parameter !== undefined || places.has(`${place.key}/{}`) || !methodOf(place, 'POST')) continue
    makers.set(last.text, [...(makers.get(last.text) ?? []), place])
  }
  const homes = new Map<string, Place>()
  // What is done to an item lies below it as well, and is no thing that could be lost.
  const things = [...places.values()].filter(({ steps }) => !isVerb(steps.at(-1)?.words ?? ''))
  const holders = new Set(things.map(({ steps }) => keyOf(steps.slice(0, -1))))
  for (const item of places.values()) {
    const [parameter, word, ...before] = [...item.steps].reverse()
    if (parameter?.parameter === undefined || !word || word.parameter !== undefined || holders.has(item.key)) continue
    if (before.some((step) => step.parameter !== undefined)) continue
    const beside = places.get(word.key)
    if (beside && (methodOf(beside, 'GET') || methodOf(beside, 'POST'))) continue
    const [home, ...others] = makers.get(word.text) ?? []
    if (home && others.length === 0 && isAlike(contract, item, home, word.words)) homes.set(item.key, home)
  }
  return homes
}

const methodOf = ({ operations }: Place, wanted: string) => operations.find(({ method }) => method === wanted)

/** Whether what is read at the one place is what is created at the other. */
function isAlike(contract: Contract, item: Place, home: Place, noun: string): boolean {
  const [read, made] = [methodOf(item, 'GET'), methodOf(home, 'POST')].map(
    (operation) => operation && bodiesOf(contract, operation).reply,
  )
  if (!read || !made) return false
  const known = findRecord(contract, read, { noun }).form
  return likeness(findRecord(contract, made, { noun, known }).form, known) >= ALIKE
}
