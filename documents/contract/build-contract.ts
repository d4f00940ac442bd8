import { createMentions } from '../read/mention-words.ts'
import { once } from '../read/once.ts'
import { createReferences, type Document, parseOpenApi, type Reading, readDocument } from '../read/read-document.ts'
import type { ReadOptions } from '../read/read-options.ts'
import type { Contract } from './contract.ts'
import { findOperations } from './find-operations.ts'
import { mayLink } from './read-links.ts'
import { readOperation } from './read-operation.ts'
import { readServers } from './read-servers.ts'

/**
 * Reads an OpenAPI document (3.0, 3.1, 3.2) or Swagger 2.0 from YAML or JSON, with the files that it refers to.
 * @param document a path, or an http or https URL
 * @throws DocumentError when it cannot be read or parsed, or is nothing of OpenAPI
 */
export const readContract = async (document: string, options?: ReadOptions): Promise<Contract> =>
  contractOf(await readDocument(document, options))

/** The same from its text. @param name how errors call the document */
export const parseContract = (text: string, name: string): Contract => contractOf(parseOpenApi(text, name))

/** The contract that a document makes. Whoever asks it must not change the document any more. */
export function buildContract(model: Document): Contract {
  const mentions = once(() => createMentions({ text: JSON.stringify(model), isJson: true }))
  return contractOf({
    written: model,
    document: model,
    growing: model,
    diagnostics: [],
    finish: () => [],
    mentions: (...words) => mentions()(words),
    originOf: (pointer) => pointer,
    findPlace: () => undefined,
    largeIntegers: new Map(),
  })
}

function contractOf(reading: Reading): Contract {
  const { growing, originOf, findPlace } = reading
  const operations = once(() => findOperations(contract).map((place) => readOperation(contract, place)))
  const byId = once(() => new Map(operations().map((operation) => [operation.id, operation])))
  const subjects = once(() => {
    const named = operations().filter(({ role }) => role === 'subject')
    return operations().some(({ role }) => role !== undefined) ? named : operations()
  })
  const links = once(() =>
    operations()
      .filter((operation) => mayLink(contract, operation))
      .flatMap(({ replies }) => replies.filter(({ status }) => status.startsWith('2')).flatMap(({ links }) => links)),
  )
  const servers = once(() => readServers(growing))
  const known = new Map<(contract: Contract) => unknown, unknown>()
  const contract: Contract = {
    title: growing.info.title,
    version: growing.info.version,
    written: reading.written,
    growing,
    originOf,
    findPlace,
    finish: () => reading.finish(),
    mentions: (...words) => reading.mentions(...words),
    ...createReferences(growing),
    get model() {
      return reading.document
    },
    get diagnostics() {
      return reading.diagnostics
    },
    get largeIntegers() {
      return reading.largeIntegers
    },
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
