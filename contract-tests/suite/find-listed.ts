import type { Contract } from '../../documents/contract/contract.ts'
import type { DeclaredOperation } from '../../documents/contract/operation.ts'
import { itemParameterOf, itemPathOf, itemShapeOf, listItemPaths, parametersIn, placeAt } from './classify-operation.ts'
import { identitiesIn, idTextOf, recordsIn } from './find-identity.ts'
import type { StepRun } from './vocabulary.ts'

/** What lists the things that a path names, by the path of the things: `GET /pets` for `/pets/{petId}/photos`. */
export function listOf(contract: Contract, path: string): DeclaredOperation | undefined {
  const item = itemPathOf(path)
  if (item === undefined) return undefined
  const beside = placeAt(contract.operations, 'GET', item.slice(0, item.lastIndexOf('/')))
  if (beside) return beside
  const homes = [...listItemPaths(contract.operations)]
  const [home] = homes.find(([, one]) => itemShapeOf(one) === itemShapeOf(item)) ?? []
  return placeAt(contract.operations, 'GET', home)
}

/**
 * What lists whatever a path names, the outermost first: `GET /boards`, then `GET /boards/{board}/tasks` for a task of it.
 * None where the last of them is listed nowhere, or the run was given it.
 */
export function listsFor(
  contract: Contract,
  path: string,
  params: Readonly<Record<string, string>>,
): readonly DeclaredOperation[] {
  const parameter = itemParameterOf(path)
  const list = parameter === undefined || Object.hasOwn(params, parameter) ? undefined : listOf(contract, path)
  return list ? [...listsFor(contract, list.path, params), list] : []
}

/** What fills a path, so that it names the first of what a list has shown; undefined where it has shown none. */
export function placeInList(
  { id, path: listPath }: DeclaredOperation,
  path: string,
  { requests, replies }: StepRun,
): Readonly<Record<string, string>> | undefined {
  const at = requests.findLastIndex((one) => one.operationId === id)
  const [request, reply] = [requests[at], replies[at]]
  const names = parametersIn(itemPathOf(path) ?? '')
  if (!request || !reply || reply.status < 200 || reply.status >= 300) return undefined
  const records = recordsIn(reply.body) ?? []
  const [found] = records.flatMap((record) => identitiesIn(record, names.at(-1) as string))
  const item = idTextOf(found)
  if (item === undefined) return undefined
  const around = parametersIn(listPath).map((name) => request.params?.[name])
  // An item whose path leaves out what it lies under has fewer.
  const values = [...around, item].slice(-names.length)
  return Object.fromEntries(
    names.flatMap((name, index) => (values[index] === undefined ? [] : [[name, values[index]]])),
  )
}
