import { type OperationPlace, placesOf } from '../documents/list-operations.ts'
import { type Document, dereference, type Json } from '../documents/read-document.ts'
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
import { type Link, listLinks, plainName } from './follow-links.ts'

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
  readonly search?: Link
  readonly removal?: Call
  readonly reading?: Call
  /** Further calls whose values name the thing too. */
  readonly others: readonly Call[]
  /** What lists the collection. */
  readonly list?: Call
  /** What the paths of its things look like: `/pets/{}`; undefined where they are named otherwise. */
  readonly itemShape?: string
}

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
export function findTrails(document: Document, creating: ReadonlySet<string>): ReadonlyMap<string, Trail> {
  const places = placesOf(document)
  const byId = new Map(places.map((place) => [place.id, place]))
  const links = listLinks(document)
  const itemPaths = listItemPaths(places)
  const trails = new Map<string, Trail>()
  for (const place of places) {
    const trail = creating.has(place.id) ? (alongLinks(place) ?? besidePath(place)) : undefined
    if (trail) trails.set(place.id, trail)
  }
  return trails

  function alongLinks(place: OperationPlace): Trail | undefined {
    const own = links.filter(({ from }) => from === place.id)
    const removal = own.find(removes)
    if (removal) {
      const isOne = (link: Link) => reads(link) && link.each === removal.each && !lists(link.to, removal)
      const reading = own.find(isOne) ?? readingBeside(removal)
      return { ...trailOf(place, removal, reading, own), ...(removal.each !== undefined && { each: removal.each }) }
    }
    for (const search of own.filter(({ to }) => isReading(byId.get(to)))) {
      const onward = links.filter(({ from }) => from === search.to)
      const found = onward.find(removes)
      if (!found) continue
      const reading = onward.find(reads)
      return { ...trailOf(place, found, reading, onward), search }
    }
    return undefined
  }

  // What names nothing would read, or take away, all there is.
  function removes(link: Link): boolean {
    return isRemoval(byId.get(link.to)) && namesThing(link)
  }
  function reads(link: Link): boolean {
    return isReading(byId.get(link.to)) && namesThing(link)
  }

  /** A GET at the path of a removal, if it takes what names the thing. */
  function readingBeside(removal: Link): Link | undefined {
    const found = placeAt(places, 'GET', byId.get(removal.to)?.path)
    const takes = (leaf: Leaf) => !leaf.isInBody && found?.parameters.some(({ name }) => name === leaf.name)
    return found && leavesOf(callOf(removal)).every(takes) ? { ...removal, to: found.id } : undefined
  }

  function trailOf(place: OperationPlace, removal: Link, reading: Link | undefined, own: readonly Link[]): Trail {
    const list = listFor(place, removal)
    const isNamedByPath = leavesOf(callOf(removal)).some(({ isInBody }) => !isInBody)
    const itemShape = isNamedByPath ? itemShapeOf(byId.get(removal.to)?.path ?? '') : undefined
    return {
      from: place.id,
      removal: callOf(removal),
      ...(reading && { reading: callOf(reading) }),
      others: own.filter((link) => link !== removal && link.each === removal.each).map(callOf),
      ...(list && { list }),
      ...(itemShape && { itemShape }),
    }
  }

  function besidePath(place: OperationPlace): Trail | undefined {
    const path = itemPaths.get(plainPathOf(place.path))
    if (path === undefined) return undefined
    const parameter = itemParameterOf(path) as string
    const call = (method: string): Call | undefined => {
      const found = placeAt(places, method, path)
      return found && { to: found.id, parameters: { [parameter]: `${IDENTITY}${parameter}` } }
    }
    const [removal, reading] = [call('DELETE'), call('GET')]
    const list = placeAt(places, 'GET', place.path)
    return {
      from: place.id,
      others: [],
      ...(removal && { removal }),
      ...(reading && { reading }),
      ...(list && { list: { to: list.id, parameters: {} } }),
      itemShape: itemShapeOf(path) as string,
    }
  }

  /** What lists all things like the created one: a link without expressions, the list beside the creation, or any such reading. */
  function listFor(place: OperationPlace, removal: Link): Call | undefined {
    const linked = links.find((link) => link.from === place.id && isListing(link) && lists(link.to, removal))
    if (linked) return callOf(linked)
    const given = new Set(place.parameters.filter((one) => one.in === 'path').map(({ name }) => name))
    const isFree = (one: OperationPlace) =>
      one.parameters.every(({ in: where, name }) => where !== 'path' || given.has(name))
    const fitting = places.filter((one) => isReading(one) && isFree(one) && lists(one.id, removal))
    const found = fitting.find((one) => plainPathOf(one.path) === plainPathOf(place.path)) ?? fitting[0]
    return found && { to: found.id, parameters: {} }
  }

  /** Whether a reading's success is a list of records that have the id which a removal wants. */
  function lists(operationId: string, removal: Link): boolean {
    const operation = byId.get(operationId)?.operation
    const [, response] =
      Object.entries<Json>(operation?.responses ?? {}).find(([status]) => status.startsWith('2')) ?? []
    const content = Object.entries<Json>(dereference(document, response)?.content ?? {})
    const schema = content.find(([type]) => type.includes('json'))?.[1].schema
    const names = new Set(leavesOf(callOf(removal)).map(({ expression }) => normalName(lastName(expression))))
    return membersOfRecords(document, schema).some((name) => names.has(normalName(name)))
  }
}

/** Names of the members of a list's records; none where a schema is no list and holds none one or two levels down. */
const membersOfRecords = (document: Document, start: Json, levels = 2): string[] =>
  partsOf(document, start).flatMap((schema) => [
    ...partsOf(document, schema.items).flatMap((item) => Object.keys(item.properties ?? {})),
    ...Object.values<Json>(levels > 0 ? (schema.properties ?? {}) : {}).flatMap((member) =>
      membersOfRecords(document, member, levels - 1),
    ),
  ])

/** A schema and all that it is combined of; one that is a part of itself ends after a few rounds. */
function partsOf(document: Document, start: Json, rounds = 5): Json[] {
  const schema = dereference(document, start)
  if (typeof schema !== 'object' || schema === null || rounds === 0) return []
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => schema[keyword] ?? [])
  return [schema, ...parts.flatMap((part) => partsOf(document, part, rounds - 1))]
}

export const callOf = (link: Link): Call => ({
  to: link.to,
  parameters: link.parameters,
  ...(link.requestBody !== undefined && { body: link.requestBody }),
})

const namesThing = (link: Link): boolean => leavesOf(callOf(link)).length > 0

/** A link that says nothing of what was created leads to everything there is. */
export const isListing = (link: Link): boolean => link.each === undefined && !namesThing(link)

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
