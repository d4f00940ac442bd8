import type { DeclaredOperation } from '../contract/operation.ts'
import { wordsOf } from '../patterns/read-words.ts'
import { spellKeys } from '../read/split-path.ts'
import { spellPaths } from './spell-paths.ts'
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

/** What stands between two slashes of a path. */
interface Part extends Pick<Step, 'text' | 'parameter' | 'words'> {
  /** Whether it says what a method would. */
  readonly isMethod: boolean
}

/** All places of a document by their keys, in its order. */
export class Places extends Map<string, Place> {
  readonly #below = new Map<string, Place[]>()
  readonly #steps = new Map<string, readonly Step[]>()
  readonly #parts = new Map<string, Part>()
  readonly #spelt: ReadonlyMap<string, string>

  /** @param spelt how paths are read that say what a method would (see `spellPaths`) */
  constructor(spelt: ReadonlyMap<string, string> = new Map()) {
    super()
    this.#spelt = spelt
  }

  /** The steps of a path, with its own names for parameters. */
  stepsOf({ path }: DeclaredOperation): readonly Step[] {
    const spelt = this.#spelt.get(path) ?? path
    const steps = this.#steps.get(path) ?? readSteps(spelt, (part) => this.#read(part))
    this.#steps.set(path, steps)
    return steps
  }

  /** The paths of a document are made of few parts. */
  #read(text: string): Part {
    const part = this.#parts.get(text) ?? readPart(text)
    this.#parts.set(text, part)
    return part
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
export function readSteps(path: string, read: (text: string) => Part = readPart): readonly Step[] {
  const [plain = ''] = path.split('#')
  const parts = spellKeys(plain.replace(FORMAT, '')).split('/').flatMap(splitPart).map(read)
  const steps: Step[] = []
  let before = ''
  for (const [at, { text, parameter, words, isMethod }] of parts.entries()) {
    if (at > 0 && isMethod && parts[at + 1]?.parameter !== undefined) continue
    const verb = at > 1 && parameter !== undefined && parts[at - 1]?.isMethod ? parts[at - 1]?.words : undefined
    const key = `${before}/${parameter === undefined ? text : '{}'}`
    steps.push({ text, parameter, words, key, ...(verb !== undefined && { verb }) })
    before = key
  }
  return steps
}

/** Parts that a colon divides: `{petId}:feed`. */
const splitPart = (part: string): string[] =>
  part.includes(':') ? part.split(/:(?=[A-Za-z]+$)/).filter((one) => one !== '') : part === '' ? [] : [part]

/** Whether a word of a path says what a method would: `/containers/{id}/json`. */
export const isMethodWord = (words: string): boolean =>
  isReadingAlone(words) || isRemovingAlone(words) || isUpdatingAlone(words)

function readPart(text: string): Part {
  if (!text.includes('{')) {
    const words = wordsOf(text)
    return { text, parameter: undefined, words, isMethod: isMethodWord(words) }
  }
  const [name, ...others] = [...text.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name)
  // Of several in one step none names an item alone.
  const isAlone = name !== undefined && others.length === 0 && !/[A-Za-z\d]/.test(text.replace(/\{.*\}/, ''))
  const words = wordsOf(name ?? text)
  return { text, parameter: isAlone ? name : undefined, words, isMethod: !isAlone && isMethodWord(words) }
}

/** The key of the place that the first steps of a path lead to. */
export const keyOf = (steps: readonly Step[]): string => steps.at(-1)?.key ?? ''

/** The places of all operations. */
export function readPlaces(operations: readonly DeclaredOperation[]): Places {
  const places = new Places(spellPaths(operations))
  for (const operation of operations) {
    const steps = places.stepsOf(operation)
    const key = keyOf(steps)
    const place = places.get(key)
    if (place) place.operations.push(operation)
    else places.set(key, { key, steps, operations: [operation] })
  }
  return places
}
