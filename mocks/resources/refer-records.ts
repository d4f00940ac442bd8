import { wordsOf } from '../../documents/patterns/read-words.ts'
import { encodePart, itemPathOf, itemTemplateOf } from './address.ts'
import { type Members, textOf } from './kept-record.ts'
import type { KeptResource, Reference } from './kept-resource.ts'
import { nounOf } from './noun-of.ts'

/** What a name ends in that holds the name of another record. */
const REFERS = / (?:id|uuid|guid|sid|key)$/

/** The members of a record that name another, by their names alone: `owner_id` of `/owners/{id}`. */
export function findReferences(kept: KeptResource): Reference[] {
  const { resource, form, keeping, scenes } = kept
  // What is listed at `/readings/{id}` has an id of its own; the versions at `/schemas/{id}/versions` may have that.
  const isListedThere = scenes.some(
    ({ inferred, operation: { path } }) => inferred.role === 'list' && /\}\/?$/.test(path),
  )
  return [...form.members.keys()].flatMap((member): Reference[] => {
    if (member === resource.identity?.member) return []
    const words = wordsOf(member)
    const step = resource.under.findIndex((name, index) => {
      const own = wordsOf(name)
      if (isListedThere && index === resource.under.length - 1 && /^(?:id|uuid|guid)$/.test(words)) return false
      return own === words || `${stemOf(parentAt(kept, index))} ${own}` === words
    })
    if (step >= 0) return [{ member, step }]
    if (!REFERS.test(words)) return []
    const stem = words.replace(REFERS, '')
    const parent = resource.under.findIndex((_, index) => stemOf(parentAt(kept, index)) === stem)
    if (parent >= 0) return [{ member, step: parent }]
    for (const name of keeping.called(stem)) {
      const to = name === kept.name ? undefined : keeping.named(name)
      if (to?.resource.identity) return [{ member, to }]
    }
    return []
  })
}

/** The ancestor whose name a step of the path is. */
function parentAt(kept: KeptResource, step: number): KeptResource | undefined {
  for (let at = kept.parent; at; at = at.parent) if (at.resource.under.length === step) return at
  return undefined
}

const stemOf = (kept: KeptResource | undefined): string | undefined => kept && nounOf(kept.name)

/** What paths and URLs that lead to a record, or below it, say of it. */
export interface LinkNames {
  /** In the place of what an example has for the name of its record, and of what that lies under. */
  readonly byName: ReadonlyMap<string, string>
  /** Behind a word of the item's path, as far as its parameters go: `/repos/` before owner and name. */
  readonly behind: ReadonlyMap<string, readonly string[]>
}

/** @param example whose own names the others take the place of */
export function namesIn(kept: KeptResource, example: Members, under: readonly string[], id: string): LinkNames {
  const { resource, references } = kept
  const byName = new Map<string, string>()
  const own = [...references, ...(resource.identity ? [{ member: resource.identity.member, step: under.length }] : [])]
  for (const { member, step } of own) {
    const text = step === undefined ? undefined : [...under, id][step]
    if (text !== undefined && example[member] !== undefined) byName.set(textOf(example[member]), text)
  }
  const behind = new Map<string, string[]>()
  const steps = itemPathOf(kept, under, id, (text) => text)?.split('/') ?? []
  let word = ''
  for (const [index, step] of (itemTemplateOf(kept)?.split('/') ?? []).entries()) {
    if (!step.startsWith('{')) behind.set((word = step), [])
    else behind.get(word)?.push(steps[index] ?? '')
  }
  behind.delete('')
  return { byName, behind }
}

/**
 * The value, with paths and URLs in it that lead to a record of its own in the place of that of an example.
 * @param names asked for where there is a path or a URL
 */
export function redirectLinks(value: unknown, names: () => LinkNames): unknown {
  if (typeof value === 'string') return /^(?:https?:\/)?\/\S*$/.test(value) ? redirect(value, names()) : value
  if (Array.isArray(value)) return value.map((item) => redirectLinks(item, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, redirectLinks(member, names)]))
}

function redirect(link: string, { byName, behind }: LinkNames): string {
  const [path = '', ...rest] = link.split(/(?=[?#])/)
  let coming: readonly string[] = []
  const redirected = path.split('/').map((step) => {
    const [next, ...others] = coming
    const [, name = '', suffix = ''] = /^(.*?)(\.json|\.xml)?$/s.exec(step) ?? []
    const text = name === '' ? undefined : (next ?? byName.get(decode(name)))
    coming = next === undefined ? (behind.get(step) ?? []) : others
    return text === undefined ? step : encodePart(text.replace(/\.(?:json|xml)$/, '')) + suffix
  })
  return redirected.join('/') + rest.join('')
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}
