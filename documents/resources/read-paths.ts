import type { DeclaredOperation } from '../contract/operation.ts'
import { wordsOf } from '../patterns/read-words.ts'
import { isReadingAlone, isRemovingAlone, isUpdatingAlone } from './tell-words.ts'

/** One step of a path: a word of its own, or a parameter, which may have a name of a format behind it: `{id}.json`. */
export interface Step {
  readonly text: string
  /** The name of its parameter; undefined for a word. */
  readonly parameter: string | undefined
  /** In small letters, divided by spaces. */
  readonly words: string
  /** The word before a parameter that says what a method would: `delete` of `/pets/delete/{petId}`, which is no place. */
  readonly verb?: string
}

/** What operations at one path are about, whatever its parameters are called. */
export interface Place {
  /** The same for `/pets/{petId}`, `/pets/{id}` and `/pets/{id}/`. */
  readonly key: string
  readonly steps: readonly Step[]
  readonly operations: DeclaredOperation[]
}

/** All places of a document, in its order. */
export type Places = ReadonlyMap<string, Place>

/** What a path ends in that says no more than how the reply is written. */
const FORMAT = /\.(?:json|xml|ya?ml|\{format\})$/i

/** `/v1/pets/{petId}:feed` has four steps; `#` and what follows it only tells two operations of a path apart. */
export function readSteps(path: string): Step[] {
  const [plain = ''] = path.split('#')
  return plain
    .replace(FORMAT, '')
    .split('/')
    .flatMap((part) => part.split(/:(?=[A-Za-z]+$)|(?<=[^/{}()])\((?=\{[^{}]+\}\)$)/))
    .filter((part) => part !== '')
    .map(readStep)
    .flatMap((step, at, all) => {
      if (at > 0 && step.parameter === undefined && isMethodWord(step.words) && all[at + 1]?.parameter !== undefined)
        return []
      const before = all[at - 1]
      const isSaid = at > 1 && step.parameter !== undefined && before?.parameter === undefined
      return [isSaid && before && isMethodWord(before.words) ? { ...step, verb: before.words } : step]
    })
}

const isMethodWord = (words: string): boolean =>
  isReadingAlone(words) || isRemovingAlone(words) || isUpdatingAlone(words)

function readStep(part: string): Step {
  const [parameter, ...others] = [...part.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name)
  // Of several in one step none names an item alone.
  const isParameter = parameter !== undefined && others.length === 0 && !/[A-Za-z\d]/.test(part.replace(/\{.*\}/, ''))
  return { text: part, parameter: isParameter ? parameter : undefined, words: wordsOf(parameter ?? part) }
}

/** The key of what the first steps lead to. */
export const keyOf = (steps: readonly Step[]): string =>
  steps.map(({ text, parameter }) => (parameter === undefined ? `/${text}` : '/{}')).join('')

/** The places of all operations. */
export function readPlaces(operations: readonly DeclaredOperation[]): Places {
  const places = new Map<string, Place>()
  for (const operation of operations) {
    const steps = readSteps(operation.path)
    const key = keyOf(steps)
    const place = places.get(key) ?? { key, steps, operations: [] }
    places.set(key, place)
    place.operations.push(operation)
  }
  return places
}
