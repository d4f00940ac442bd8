import type { DeclaredOperation } from '../../documents/contract/operation.ts'
import { itemParameterOf, itemPathOf, parametersIn, plainPathOf } from './classify-operation.ts'
import { normalName } from './find-identity.ts'
import type { Site } from './walk-schema.ts'

/** A member of a body that says once more what a parameter of the path says. */
export interface Repeated {
  /** Of the member. */
  readonly path: readonly string[]
  readonly parameter: string
}

/**
 * What the body of a replacement or an update repeats of its path: `id`, or `petId`, of `PUT /pets/{petId}`, and what is
 * called like another parameter; in the body itself, or in the `data` (JSON:API, section 7.2) or `pet` of it. What differs
 * there from the path is refused: 409, in JSON:API.
 */
export function findRepeated({ method, path }: DeclaredOperation, sites: readonly Site[]): readonly Repeated[] {
  const item = itemParameterOf(path)
  const isOfItem = item !== undefined && itemPathOf(path) === plainPathOf(path)
  if (!isOfItem || (method !== 'PUT' && method !== 'PATCH')) return []
  const wholes = new Set(['data', stemOf(item), normalName(collectionOf(path))])
  const holders = [[], ...namesBelow(sites, []).flatMap((name) => (wholes.has(normalName(name)) ? [[name]] : []))]
  return holders.flatMap((holder) => {
    const names = namesBelow(sites, holder)
    const called = (wanted: string) => names.filter((name) => normalName(name) === wanted)
    const own = identitiesOf(item)
      .map(called)
      .find((found) => found.length > 0)
    const others = parametersIn(path).filter((parameter) => parameter !== item)
    return [
      ...(own ?? []).map((name) => ({ path: [...holder, name], parameter: item })),
      ...others.flatMap((parameter) =>
        called(normalName(parameter))
          .filter((name) => !own?.includes(name))
          .map((name) => ({ path: [...holder, name], parameter })),
      ),
    ]
  })
}

const namesBelow = (sites: readonly Site[], holder: readonly string[]): string[] => [
  ...new Set(
    sites
      .filter(({ path }) => path.length === holder.length + 1 && holder.every((name, at) => path[at] === name))
      .map(({ path }) => path.at(-1) as string)
      .filter((name) => name !== '0'),
  ),
]

const SUFFIX = /(?:uuid|guid|sid|slug|key|name|code|number|id)$/

/** What a member may be called that names the item, the nearest to the parameter first. */
const identitiesOf = (parameter: string): string[] => {
  const name = normalName(parameter)
  return [name, SUFFIX.exec(name)?.[0] ?? 'id']
}

const stemOf = (parameter: string): string => normalName(parameter).replace(SUFFIX, '')

/** `pets` of `/shops/{shopId}/pets/{petId}`. */
const collectionOf = (path: string): string => (itemPathOf(path) as string).split('/').at(-2) ?? ''
