import type { Contract } from '../../../documents/contract/contract.ts'
import type { DeclaredOperation } from '../../../documents/contract/operation.ts'
import type { Json } from '../../../documents/read/read-document.ts'
import { findResources } from '../../../documents/resources/find-resources.ts'
import type { Resource, ResourceOperation } from '../../../documents/resources/resource.ts'
import { makeRequest, pathTexts, type Request } from './make-requests.ts'
import type { Answered } from './trial.ts'

/** What stands in a path for its parameters, by name; those that nothing is known of are left out. */
export type PathTexts = ReadonlyMap<string, string>

/**
 * Finds what the paths of an operation may name: an item of a list, or of an empty one what a creation says that it has made.
 * A mock that remembers refuses made-up names, and rightly so.
 */
export function createFinder(
  contract: Contract,
  send: (request: Request) => Promise<Answered>,
): (operation: DeclaredOperation) => Promise<PathTexts> {
  const { resources, operations } = contract.once(findResources)
  const inferredOf = new Map(operations.map((one) => [one.operationId, one]))
  const byName = new Map(resources.map((resource) => [resource.name, resource]))

  return async (operation) => {
    const inferred = inferredOf.get(operation.id)
    const resource = byName.get(inferred?.resource ?? '')
    if (!resource || parametersOf(operation).length === 0) return new Map()
    const own = parametersOf(operation).map((name) => pathTexts(contract, operation).get(name))
    return nameSteps(operation, await placeOf(resource, own.length > resource.under.length, own))
  }

  /**
   * What a path of a resource has for its parameters, as far as it is known; with an item's name, if one is wanted.
   * @param made up, where nothing is known of a step: the same for what is listed, created and asked for
   */
  async function placeOf(
    resource: Resource,
    isItem: boolean,
    made: readonly (string | undefined)[],
  ): Promise<(string | undefined)[]> {
    const parent = byName.get(resource.parent ?? '')
    const above = parent ? await placeOf(parent, parent.identity !== undefined, made) : []
    const under = resource.under.map((_, index) => above[index] ?? made[index])
    if (!isItem || !resource.identity) return under
    for (const role of ['list', 'create', 'search'] as const) {
      const own = await nameBy(role, resource, under)
      if (own !== undefined) return [...under, own]
    }
    // What nothing else creates, PUT does.
    const put = resource.operations.find(({ role }) => role === 'replace')
    const operation = put && contract.operation(put.operationId)
    const own = made[under.length]
    if (operation && own !== undefined) await ask(operation, [...under, own])
    return [...under, own]
  }

  async function nameBy(role: ResourceOperation['role'], resource: Resource, under: readonly (string | undefined)[]) {
    const inferred = resource.operations.find((one) => one.role === role)
    const operation = inferred && contract.operation(inferred.operationId)
    if (!operation || !resource.identity) return undefined
    const asked = await ask(operation, under)
    const { list, reply = [], request = [] } = inferred
    const shown = list ? at(at(asked?.reply, list.at)?.[0], list.item) : at(asked?.reply, reply)
    // Who chooses a name need not be told it.
    const sent = list ? undefined : at(asked?.sent, request)
    const name: Json = shown?.[resource.identity.member] ?? sent?.[resource.identity.member]
    return typeof name === 'string' || typeof name === 'number' ? String(name) : undefined
  }

  /** What was sent, and what came back, where it is JSON. @returns undefined where it was refused, or cannot be asked */
  async function ask(
    operation: DeclaredOperation,
    texts: readonly (string | undefined)[],
  ): Promise<{ readonly sent: Json; readonly reply: Json } | undefined> {
    const request = await makeRequest(contract, operation, nameSteps(operation, texts)).catch(() => undefined)
    const answered = request && (await send(request))
    if (!answered || answered.status >= 300) return undefined
    return { sent: parse(new TextDecoder().decode(request.body)), reply: parse(answered.text) }
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const parametersOf = ({ path }: DeclaredOperation): string[] =>
  [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name)

function nameSteps(operation: DeclaredOperation, texts: readonly (string | undefined)[]): PathTexts {
  const named = parametersOf(operation).flatMap((name, index) => {
    const text = texts[index]
    return text === undefined ? [] : [[name, text] as const]
  })
  return new Map(named)
}

const at = (value: Json, path: readonly string[]): Json => path.reduce((inside, name) => inside?.[name], value)
