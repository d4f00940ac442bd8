import type { DeclaredOperation } from '../contract/operation.ts'
import { wordsOf } from '../patterns/read-words.ts'
import { isPlural, singularOf } from './tell-words.ts'

/** What a word of a path says that a method would, and of what. */
interface Said {
  readonly deed: 'create' | 'list' | 'read' | 'update' | 'delete'
  /** The path before the word. */
  readonly before: string
  readonly word: string
  /** In small letters, of one: `user`. */
  readonly noun: string
  /** `/{id}` behind it, or nothing. */
  readonly item: string
}

/** The last word of a path, and a parameter behind it. */
const END = /^(.*)\/([A-Za-z][\w-]*)(\/\{[^{}]+\})?\/?$/
const VERB =
  /^(?:(?<create>create|add|new|insert|register)|(?<list>list|(?:get|find|fetch|read) all|all)|(?<read>get|read|show|fetch|view|find|retrieve)|(?<update>update|edit|modify|patch|change)|(?<delete>delete|remove|destroy)) (?<noun>.+?)(?: by \w+)?$/

/** The methods that each of them may have. */
const METHODS: Readonly<Record<Said['deed'], readonly string[]>> = {
  create: ['POST'],
  list: ['GET'],
  read: ['GET'],
  update: ['POST', 'PUT', 'PATCH'],
  delete: ['POST', 'DELETE'],
}

/**
 * Paths that say in a word what a method would, as they would be without it: `/user` for `POST /createUser`, `/user/{id}` for
 * `GET /getUser/{id}`. Only where several of them speak of the same thing, one of them of all and one of a single one, and no
 * path is called so.
 */
export function spellPaths(operations: readonly DeclaredOperation[]): ReadonlyMap<string, string> {
  const things = new Map<string, Map<string, Said>>()
  for (const { path, method } of operations) {
    const said = readSaid(path, method)
    if (!said) continue
    const place = `${said.before}/${said.noun.replaceAll(' ', '_')}`
    const known = things.get(place)
    if (known) known.set(path, said)
    else things.set(place, new Map([[path, said]]))
  }
  const spelt = new Map<string, string>()
  for (const [place, paths] of things) {
    const all = [...paths.values()]
    // `/read-receipts` and `/read-receipts/{id}` are things.
    const isSaid = new Set(all.map(({ word }) => word)).size > 1
    const isTaken = () => operations.some(({ path }) => path === place || path.startsWith(`${place}/`))
    if (!isSaid || !all.some(({ item }) => item === '') || !all.some(({ item }) => item !== '') || isTaken()) continue
    for (const [path, { deed, item }] of paths) {
      const isMethod = item !== '' && (deed === 'update' || deed === 'delete')
      spelt.set(path, `${place}${isMethod ? `/${deed}` : ''}${item}`)
    }
  }
  return spelt
}

function readSaid(path: string, method: string): Said | undefined {
  const [, before = '', word = '', item = ''] = END.exec(path) ?? []
  const groups = VERB.exec(wordsOf(word))?.groups
  if (!groups) return undefined
  const { noun = '', ...deeds } = groups
  const named = Object.entries(deeds).find(([, verb]) => verb !== undefined)?.[0] as Said['deed']
  const deed = named === 'read' && item === '' && isPlural(noun) ? 'list' : named
  const isOfAll = deed === 'create' || deed === 'list'
  if (isOfAll !== (item === '') || !METHODS[deed].includes(method)) return undefined
  return { deed, before, word, noun: singularOf(noun), item }
}
