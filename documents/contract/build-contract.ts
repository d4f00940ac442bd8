import { createReferences, type Document, parseOpenApi, readDocument } from '../read/read-document.ts'
import type { Contract } from './contract.ts'
import { findOperations } from './find-operations.ts'
import { once } from './once.ts'
import { readOperation } from './read-operation.ts'
import { readServers } from './read-servers.ts'

/**
 * Reads an OpenAPI 3.1 document from a YAML or JSON file.
 * @throws DocumentError when it cannot be read or parsed, is not OpenAPI 3.1, or a `$ref` leads nowhere
 */
export const readContract = async (file: string): Promise<Contract> => buildContract(await readDocument(file))

/** The same from its text. @param name how errors call the document */
export const parseContract = (text: string, name: string): Contract => buildContract(parseOpenApi(text, name))

/** The contract that a document makes. Whoever asks it must not change the document any more. */
export function buildContract(model: Document): Contract {
  const operations = once(() => findOperations(contract).map((place) => readOperation(contract, place)))
  const byId = once(() => new Map(operations().map((operation) => [operation.id, operation])))
  const subjects = once(() => {
    const named = operations().filter(({ role }) => role === 'subject')
    return operations().some(({ role }) => role !== undefined) ? named : operations()
  })
  const links = once(() =>
    operations().flatMap(({ replies }) =>
      replies.filter(({ status }) => status.startsWith('2')).flatMap((reply) => reply.links),
    ),
  )
  const servers = once(() => readServers(model))
  const known = new Map<(contract: Contract) => unknown, unknown>()
  const contract: Contract = {
    title: model.info.title,
    version: model.info.version,
    model,
    ...createReferences(model),
    get servers() {
      return servers()
    },
    get operations() {
      return operations()
    },
    get subjects() {
      return subjects()
    },
    get links() {
      return links()
    },
    operation: (id) => byId().get(id),
    once<T>(workOut: (contract: Contract) => T): T {
      if (!known.has(workOut)) known.set(workOut, workOut(contract))
      return known.get(workOut) as T
    },
  }
  return contract
}
