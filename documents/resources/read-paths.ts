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
  /** Of the place that the path leads to up to here. */
  readonly key: string
}

/** What operations at one path are about, whatever its parameters are called. */
export interface Place {
  /** The same for `/pets/{petId}`, `/pets/{id}` and `/pets/{id}/`. */
  readonly key: string
  readonly steps: readonly Step[]
  readonly operations: DeclaredOperation[]
}

/** All places of a document by their keys, in its order. */
export class Places extends Map<string, Place> {
  readonly #below = new Map<string, Place[]>()
  readonly #steps = new Map<string, readonly Step[]>()

  /** The steps of a path, with its own names for parameters. */
  stepsOf({ path }: DeclaredOperation): readonly Step[] {
    const steps = this.#steps.get(path) ?? readSteps(path)
    this.#steps.set(path, steps)
    return steps
  }

  /** Those whose path is this one and a word more. */
  below(key: string): readonly Place[] {
    return this.#below.get(key) ?? []
  }

  override set(key: string, place: Place): this {
    const before = keyOf(place.steps.slice(0, -1))
    if (place.steps.at(-1)?.parameter === undefined) this.#below.set(before, [...this.below(before), place])
    return super.set(key, place)
  }
}

/** What a path ends in that says no more than how the reply is written. */
const FORMAT = /\.(?:json|xml|ya?ml|\{format\})$/i

/** `/v1/pets/{petId}:feed` has four steps; `#` and what follows it only tells two operations of a path apart. */
export function readSteps(path: string): readonly Step[] {
  const [plain = ''] = path.split('#')
  const parts = plain.replace(FORMAT, '').split('/').flatMap(splitPart).map(readPart)
  const steps: Step[] = []
  for (const [at, { text, parameter, words }] of parts.entries()) {
    const [before, next] = [parts[at - 1], parts[at + 1]]
    if (at > 0 && next?.parameter !== undefined && parameter === undefined && isMethodWord(words)) continue
    const isSaid =
      at > 1 && parameter !== undefined && before?.parameter === undefined && isMethodWord(before?.words ?? '')
    const key = `${keyOf(steps)}/${parameter === undefined ? text : '{}'}`
    steps.push({ text, parameter, words, key, ...(isSaid && before && { verb: before.words }) })
  }
  return steps
}

/** Parts that a colon or brackets divide: `{petId}:feed`, `Pets({id})`. */
const splitPart = (part: string): string[] =>
  /[:(]/.test(part)
    ? part.split(/:(?=[A-Za-z]+$)|(?<=[^/{}()])\((?=\{[^{}]+\}\)$)/).filter((one) => one !== '')
    : part === ''
      ? []
      : [part]

const isMethodWord = (words: string): boolean =>
  isReadingAlone(words) || isRemovingAlone(words) || isUpdatingAlone(words)

function readPart(text: string): Pick<Step, 'text' | 'parameter' | 'words'> {
  if (!text.includes('{')) return { text, parameter: undefined, words: wordsOf(text) }
  const [name, ...others] = [...text.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name)
  // Of several in one step none names an item alone.
  const isAlone = name !== undefined && others.length === 0 && !/[A-Za-z\d]/.test(text.replace(/\{.*\}/, ''))
  return { text, parameter: isAlone ? name : undefined, words: wordsOf(name ?? text) }
}

/** The key of the place that the first steps of a path lead to. */
export const keyOf = (steps: readonly Step[]): string => steps.at(-1)?.key ?? ''

/** The places of all operations. */
export function readPlaces(operations: readonly DeclaredOperation[]): Places {
  const places = new Places()
  for (const operation of operations) {
    const steps = places.stepsOf(operation)
    const key = keyOf(steps)
    const place = places.get(key)
    if (place) place.operations.push(operation)
    else places.set(key, { key, steps, operations: [operation] })
  }
  return places
}
