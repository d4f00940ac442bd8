import { onceFor } from '../../documents/read/once.ts'
import type { ResourceRole } from '../../documents/resources/resource.ts'
import type { Input, Operation } from '../engine/vocabulary.ts'
import { textOf } from './kept-record.ts'
import type { KeptResource, Scene } from './kept-resource.ts'

/** Where in its resource a call is about. */
export interface Address {
  /** What its path has for what items lie under; undefined where the path names an item without that. */
  readonly under: readonly string[] | undefined
  /** Of an operation on an item; undefined where the path names none. */
  readonly id: string | undefined
}

/** The names of a path template's parameters, in order. */
export const parametersOf = (path: string): string[] => [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name)

const namesOf = onceFor(({ path }: Operation): readonly string[] => parametersOf(path))

/** Roles of operations on one item, and not on a list. */
const ON_ITEM: ReadonlySet<ResourceRole> = new Set(['read', 'replace', 'update', 'delete', 'action'])

/** Paths of one resource may call their parameters differently: what counts is their order. */
export function addressOf({ kept, inferred, operation }: Scene, { path }: Pick<Input, 'path'>): Address {
  const names = namesOf(operation)
  const texts = names.map((name) => [path[name]].flat().map(textOf).join(','))
  const { length } = kept.resource.under
  const under = texts.length < length ? undefined : texts.slice(0, length)
  if (kept.isSingle) return { under, id: undefined }
  if (texts.length > length) return { under, id: texts[length] }
  // A path of its own, which leaves out what the item lies under; or a name that is in the body.
  const at = ON_ITEM.has(inferred.role) ? names.indexOf(inferred.identity?.parameter ?? '') : -1
  return at < 0 ? { under, id: undefined } : { under: undefined, id: texts[at] }
}

/** What a resource's items lie under, of the parent's record. @returns undefined where the parent is not kept */
export const parentPlaceOf = (kept: KeptResource, under: readonly string[]): readonly string[] | undefined =>
  kept.parent && under.slice(0, kept.parent.resource.under.length + (kept.parent.resource.identity ? 1 : 0))

/** The URL below which the document's paths are, as the client called it: without a host, where nobody said one. */
export function baseOf({ operation }: Scene, { url = operation.path }: Pick<Input, 'url'>): string {
  const [origin = '', path = ''] = /^[a-z]+:\/\//.test(url) ? splitOrigin(url) : ['', url]
  let end = path.length
  for (let own = stepsOf(operation); own > 0 && end > 0; own--) end = path.lastIndexOf('/', end - 1)
  return origin + path.slice(0, Math.max(0, end))
}

const stepsOf = onceFor(({ path }: Operation): number => path.split('/').length - 1)

function splitOrigin(url: string): [string, string] {
  const at = url.indexOf('/', url.indexOf('://') + 3)
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at)]
}

/** A text as a part of a path. Half of a pair of UTF-16, which JSON can hold, cannot stand in one (WHATWG URL, 1.3). */
export const encodePart = (text: string): string => encodeURIComponent(text.toWellFormed())

/** The template of the path that names an item alone; undefined where there is none. */
export const itemTemplateOf = onceFor(({ resource: { identity }, scenes }: KeptResource): string | undefined => {
  const own = scenes.filter(({ inferred, operation: { path } }) => {
    return identity && inferred.identity && parametersOf(path).at(-1) === inferred.identity.parameter && isEnd(path)
  })
  return (own.find(({ inferred }) => inferred.role === 'read') ?? own[0])?.operation.path
})

/** What stands between the parameters of that path. */
const itemTextsOf = onceFor((kept: KeptResource): readonly string[] | undefined =>
  itemTemplateOf(kept)?.split(/\{[^{}]+\}/),
)

/** Whether a template ends in a parameter, in brackets or without, or in the name of a format behind it. */
const isEnd = (path: string): boolean => /\}'?\)?(?:\.\w+)?\/?$/.test(path)

/** The path of an item, below the base; undefined where no path names one alone. */
export function itemPathOf(
  kept: KeptResource,
  under: readonly string[],
  id: string,
  write: (text: string) => string = encodePart,
): string | undefined {
  const [first, ...others] = itemTextsOf(kept) ?? []
  if (first === undefined) return undefined
  const values = [...under, id].slice(-others.length)
  return first + others.map((text, at) => write(values[at] ?? '') + text).join('')
}
