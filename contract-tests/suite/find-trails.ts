import type { Contract } from '../../documents/contract/contract.ts'
import { partsOf } from '../../documents/contract/follow-schema.ts'
import type { DeclaredLink, DeclaredOperation } from '../../documents/contract/operation.ts'
import type { Schema } from '../../documents/contract/schema.ts'
import type { Json } from '../../documents/read/read-document.ts'
import {
  isReading,
  isRemoval,
  itemParameterOf,
  itemShapeOf,
  listItemPaths,
  placeAt,
  plainPathOf,
} from './classify-operation.ts'
import { normalName } from './find-identity.ts'
import { whyUntried } from './find-untried.ts'
import { plainName } from './follow-links.ts'

/** An operation and what it is sent with: parameters and a body that hold runtime expressions. */
export interface Call {
  readonly to: string
  readonly parameters: Readonly<Record<string, Json>>
  readonly body?: Json
}

/** How what an operation creates is named, read, listed, and removed again. */
export interface Trail {
  /** The operation that creates. */
  readonly from: string
  /** The expression of the list whose items are what was created; undefined: the reply's body is the one thing. */
  readonly each?: string
  /** The reply says nothing of ids: this search finds what was created. */
  readonly search?: DeclaredLink
  readonly removal?: Call
  readonly reading?: Call
  /** Further calls whose values name the thing too. */
  readonly others: readonly Call[]
  /** What lists the collection. */
  readonly list?: Call
  /** What the paths of its things look like: `/pets/{}`; undefined where they are named otherwise. */
  readonly itemShape?: string
}

/** Whether what a trail's operation creates can be proven to be the run's own, and removed. */
export const canFollow = (trail: Trail | undefined): boolean =>
  trail?.removal !== undefined && (trail.reading !== undefined || trail.list !== undefined)

/** One expression of a call that says which thing is meant. */
export interface Leaf {
  /** Of the parameter or member that it fills. */
  readonly name: string
  readonly expression: string
  readonly isInBody: boolean
}

/** Stands for the id of a record where no document says which member it is; what follows is the path parameter it fills. */
export const IDENTITY = '$identity.'

/**
 * The trails of a document by the operation that creates: along its Link Objects (their targets' `x-role`, or where there
 * is none their method), otherwise from the item path beside the collection.
 */
export function findTrails(contract: Contract, creating: ReadonlySet<string>): ReadonlyMap<string, Trail> {
  const { links } = contract
  const operations = contract.operations.filter((operation) => whyUntried(contract, operation) === undefined)
  const itemPaths = listItemPaths(operations)
  const trails = new Map<string, Trail>()
  for (const operation of operations) {
    const trail = creating.has(operation.id) ? (alongLinks(operation) ?? besidePath(operation)) : undefined
    if (trail) trails.set(operation.id, trail)
  }
  return trails

  function alongLinks(operation: DeclaredOperation): Trail | undefined {
    const own = links.filter(({ from }) => from === operation.id)
    const removal = own.find(removes)
    if (removal) {
      const isOne = (link: DeclaredLink) => reads(link) && link.each === removal.each && !lists(link.to, removal)
      const reading = own.find(isOne) ?? readingBeside(removal)
      return { ...trailOf(operation, removal, reading, own), ...(removal.each !== undefined && { each: removal.each }) }
    }
    for (const search of own.filter(({ to }) => isReading(contract.operation(to)))) {
      const onward = links.filter(({ from }) => from === search.to)
      const found = onward.find(removes)
      if (!found) continue
      const reading = onward.find(reads)
      return { ...trailOf(operation, found, reading, onward), search }
    }
    return undefined
  }

  // What names nothing would read, or take away, all there is.
  function removes(link: DeclaredLink): boolean {
    return isRemoval(contract.operation(link.to)) && namesThing(link)
  }
  function reads(link: DeclaredLink): boolean {
    return isReading(contract.operation(link.to)) && namesThing(link)
  }

  /** A GET at the path of a removal, if it takes what names the thing. */
  function readingBeside(removal: DeclaredLink): DeclaredLink | undefined {
    const found = placeAt(operations, 'GET', contract.operation(removal.to)?.path)
    const takes = (leaf: Leaf) => !leaf.isInBody && found?.parameters.some(({ name }) => name === leaf.name)
    return found && leavesOf(callOf(removal)).every(takes) ? { ...removal, to: found.id } : undefined
  }

  function trailOf(
    operation: DeclaredOperation,
    removal: DeclaredLink,
    reading: DeclaredLink | undefined,
    own: readonly DeclaredLink[],
  ): Trail {
    const list = listFor(operation, removal)
    const isNamedByPath = leavesOf(callOf(removal)).some(({ isInBody }) => !isInBody)
    const itemShape = isNamedByPath ? itemShapeOf(contract.operation(removal.to)?.path ?? '') : undefined
    return {
      from: operation.id,
      removal: callOf(removal),
      ...(reading && { reading: callOf(reading) }),
      others: own.filter((link) => link !== removal && link.each === removal.each).map(callOf),
      ...(list && { list }),
      ...(itemShape && { itemShape }),
    }
  }

  function besidePath(operation: DeclaredOperation): Trail | undefined {
    const path = itemPaths.get(plainPathOf(operation.path))
    if (path === undefined) return undefined
    const parameter = itemParameterOf(path) as string
    const call = (method: string): Call | undefined => {
      const found = placeAt(operations, method, path)
      return found && { to: found.id, parameters: { [parameter]: `${IDENTITY}${parameter}` } }
    }
    const [removal, reading] = [call('DELETE'), call('GET')]
    const list = placeAt(operations, 'GET', operation.path)
    return {
      from: operation.id,
      others: [],
      ...(removal && { removal }),
      ...(reading && { reading }),
      ...(list && { list: { to: list.id, parameters: {} } }),
      itemShape: itemShapeOf(path) as string,
    }
  }

  /** What lists all things like the created one: a link without expressions, the list beside the creation, or any such reading. */
  function listFor(operation: DeclaredOperation, removal: DeclaredLink): Call | undefined {
    const linked = links.find((link) => link.from === operation.id && isListing(link) && lists(link.to, removal))
    if (linked) return callOf(linked)
    const given = new Set(operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name))
    const isFree = (one: DeclaredOperation) =>
      one.parameters.every(({ in: where, name }) => where !== 'path' || given.has(name))
    const fitting = operations.filter((one) => isReading(one) && isFree(one) && lists(one.id, removal))
    const found = fitting.find((one) => plainPathOf(one.path) === plainPathOf(operation.path)) ?? fitting[0]
    return found && { to: found.id, parameters: {} }
  }

  /** Whether a reading's success is a list of records that have the id which a removal wants. */
  function lists(operationId: string, removal: DeclaredLink): boolean {
    const success = contract.operation(operationId)?.replies.find(({ status }) => status.startsWith('2'))
    const schema = success?.content.find(({ type }) => type.includes('json'))?.schema?.schema
    const names = new Set(leavesOf(callOf(removal)).map(({ expression }) => normalName(lastName(expression))))
    return membersOfRecords(contract, schema).some((name) => names.has(normalName(name)))
  }
}

/** Names of the members of a list's records; none where a schema is no list and holds none one or two levels down. */
const membersOfRecords = (contract: Contract, start: Schema = {}, levels = 2): string[] =>
  partsOf(contract, start).flatMap((schema) => [
    ...partsOf(contract, schema.items).flatMap((item) => Object.keys(item.properties ?? {})),
    ...Object.values(levels > 0 ? (schema.properties ?? {}) : {}).flatMap((member) =>
      membersOfRecords(contract, member, levels - 1),
    ),
  ])

/** A link as a call: its expressions stand unread in parameters and body. */
export const callOf = (link: DeclaredLink): Call => ({
  to: link.to,
  parameters: link.parameters,
  ...(link.requestBody !== undefined && { body: link.requestBody }),
})

const namesThing = (link: DeclaredLink): boolean => leavesOf(callOf(link)).length > 0

/** A link that says nothing of what was created leads to everything there is. */
export const isListing = (link: DeclaredLink): boolean => link.each === undefined && !namesThing(link)

/** Where a call names what was created: all its expressions but those that repeat the request's own parameters. */
export function leavesOf({ parameters, body }: Call): Leaf[] {
  const inParameters = Object.entries(parameters).flatMap(([name, value]) => plainValuesIn(value, plainName(name)))
  return [
    ...inParameters.map((one) => [...one, false] as const),
    ...plainValuesIn(body).map((one) => [...one, true] as const),
  ]
    .filter(([, value]) => typeof value === 'string' && /^\$(?:identity|response|request\.body)\b/.test(value))
    .map(([name, expression, isInBody]) => ({ name, expression, isInBody }))
}

/** Values that are neither objects nor lists, each with the name of its member; what stands in a list has the list's. */
export function plainValuesIn(value: Json, name = ''): (readonly [name: string, value: Json])[] {
  const plain: (readonly [string, Json])[] = []
  // No recursion: a case may send thousands of lists in lists.
  const waiting: (readonly [string, Json])[] = [[name, value]]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [holder, held] = next
    if (typeof held !== 'object' || held === null) plain.push(next)
    else
      for (const [key, one] of Object.entries(held).reverse()) waiting.push([Array.isArray(held) ? holder : key, one])
  }
  return plain
}

/** The last name of an expression: `userId` of `$response.body#/created/0/userId`. */
export const lastName = (expression: string): string =>
  expression.split(/[/.#]/).findLast((token) => token !== '' && !/^\d+$/.test(token)) ?? ''
