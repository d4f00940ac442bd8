import type { Contract } from '../../../documents/contract/contract.ts'
import type { DeclaredOperation } from '../../../documents/contract/operation.ts'
import { wordsOf } from '../../../documents/patterns/read-words.ts'
import type { Json } from '../../../documents/read/read-document.ts'
import { findResources } from '../../../documents/resources/find-resources.ts'
import type {
  Identity,
  MemberPath,
  Resource,
  ResourceOperation,
  ResourceRole,
} from '../../../documents/resources/resource.ts'
import { singularOf } from '../../../documents/resources/tell-words.ts'
import { parametersIn } from '../../suite/classify-operation.ts'
import { whyUntried } from '../../suite/find-untried.ts'
import { isPlain, isRecord } from './compare-records.ts'

/** An operation as it is declared, with what it does to its resource. */
export interface Deed extends ResourceOperation {
  readonly declared: DeclaredOperation
}

/** What can be done to the items of one resource, each by the operation that is best for it. */
export interface Course {
  readonly resource: Resource
  readonly identity: Identity
  /** Creates an item: a POST, or a PUT whose path the client chooses. */
  readonly maker: Deed | undefined
  readonly list: Deed | undefined
  readonly read: Deed | undefined
  readonly update: Deed | undefined
  readonly replace: Deed | undefined
  readonly remove: Deed | undefined
}

/** What there is one of for each that it lies under, and no name of its own: it is written, and read. */
export interface Single {
  readonly resource: Resource
  readonly read: Deed
  readonly write: Deed
}

/** The courses of a document. */
export interface Courses {
  readonly singles: readonly Single[]
  /** Parents before what lies under them. */
  readonly all: readonly Course[]
  of(resource: string | undefined): Course | undefined
  /** The course of what a member of a body names: `owner_id` is one of `owners`. */
  namedBy(member: string): Course | undefined
}

/** Reads the courses of all resources with items. Ask by `contract.once(readCourses)`. */
export function readCourses(contract: Contract): Courses {
  const { resources } = contract.once(findResources)
  const all = resources.flatMap((resource) => courseOf(contract, resource) ?? [])
  const byName = new Map(all.map((course) => [course.resource.name, course]))
  const byMember = new Map<string, Course>()
  for (const course of all) {
    if (!course.maker) continue
    const noun = singularOf(wordsOf(course.resource.name.split('.').at(-1) as string))
    const named = [`${noun} ${wordsOf(course.identity.member)}`, `${noun} id`, wordsOf(course.identity.parameter)]
    // A bare `id` or `name` is the thing's own.
    for (const words of named) if (words.includes(' ') && !byMember.has(words)) byMember.set(words, course)
  }
  return {
    all,
    singles: resources.flatMap((resource) => singleOf(contract, resource) ?? []),
    of: (resource) => byName.get(resource ?? ''),
    namedBy: (member) => byMember.get(wordsOf(member)),
  }
}

function courseOf(contract: Contract, resource: Resource): Course | undefined {
  const { identity, under, operations } = resource
  if (!identity) return undefined
  const find = finderIn(contract, operations)
  const [among, item] = [under.length, under.length + 1]
  const create = find('create', ['POST'], among)
  const replace = find('replace', ['PUT'], item)
  return {
    resource,
    identity,
    maker: create ?? (identity.by === 'client' ? replace : undefined),
    list: find('list', ['GET'], among),
    read: find('read', ['GET'], item),
    update: find('update', ['PATCH', 'POST', 'PUT'], item),
    replace,
    remove: find('delete', ['DELETE'], item),
  }
}

function singleOf(contract: Contract, resource: Resource): Single | undefined {
  const { identity, under, operations } = resource
  if (identity) return undefined
  const find = finderIn(contract, operations)
  const read = find('singleton-read', ['GET'], under.length)
  const write = find('singleton-write', ['PATCH', 'PUT', 'POST'], under.length)
  return read && write && { resource, read, write }
}

type Find = (role: ResourceRole, methods: readonly string[], depth: number) => Deed | undefined

/** Finds the first operation of a role whose path has so many parameters. */
const finderIn =
  (contract: Contract, operations: readonly ResourceOperation[]): Find =>
  (role, methods, depth) => {
    for (const one of operations) {
      const declared = contract.operation(one.operationId)
      if (one.role !== role || !declared || !methods.includes(declared.method)) continue
      // What is served elsewhere is nobody's whom the run may ask.
      if (whyUntried(contract, declared) !== undefined) continue
      if (parametersOf(declared).length === depth) return { ...one, declared }
    }
    return undefined
  }

/** The parameters of its path, in order. */
export const parametersOf = ({ path }: DeclaredOperation): string[] => parametersIn(path)

/** Whether items are created where the client says, by a PUT. */
export const isNamedInPath = ({ maker }: Course): boolean => maker?.role === 'replace'

/** Where in a record is what a list cannot be asked without, by the query parameter: `?folder_id=` of `folder`. */
export const requiredFilters = ({ declared, list }: Deed): Readonly<Record<string, MemberPath>> =>
  Object.fromEntries(
    declared.parameters.flatMap(({ in: place, name, required }) => {
      const at = place === 'query' && required ? list?.filters[name] : undefined
      return at && at.length > 0 ? [[name, at] as const] : []
    }),
  )

/** What a parameter takes of a member: of an object, what its own last word names, as `?owner_id=` of `owner: {…}`. */
export function textFor(parameter: string, value: Json): string | undefined {
  const plain = isRecord(value) ? value[wordsOf(parameter).split(' ').at(-1) as string] : value
  return isPlain(plain) ? String(plain) : undefined
}

/** Whether a query parameter may have a text as its value, as far as it names the few that it takes. */
export function mayAsk({ declared }: Deed, parameter: string, text: string): boolean {
  const found = declared.parameters.find(({ in: place, name }) => place === 'query' && name === parameter)?.schema
    .schema
  const words: readonly Json[] | undefined = typeof found === 'object' ? found.enum : undefined
  return words === undefined || words.map(String).includes(text)
}
