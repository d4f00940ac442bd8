import { checkDocument } from '../documents/check/check-document.ts'
import { readContract } from '../documents/contract/build-contract.ts'
import { compareContracts } from '../documents/contract/compare-contracts.ts'
import type { Contract } from '../documents/contract/contract.ts'
import { listUnasked } from '../documents/emit/ask-credentials.ts'
import { listExamples } from '../documents/emit/list-examples.ts'
import { listOperations } from '../documents/emit/list-operations.ts'
import { defineLazily } from '../documents/read/define-lazily.ts'
import { nameDocument } from '../documents/read/name-document.ts'
import type { ReadOptions } from '../documents/read/read-options.ts'
import { findResources } from '../documents/resources/find-resources.ts'
import { compileValidators } from '../documents/validators/compile-validators.ts'
import { readExactly } from '../documents/validators/limit-exactly.ts'
import { readRowSource } from '../documents/values/make-rows.ts'
import type { Api } from './api/api.ts'
import { defineApi } from './api/define-api.ts'
import { leaveOutShadowed } from './leave-out-shadowed.ts'
import { listSites } from './list-sites.ts'
import { extendRoutes } from './replies/extend-routes.ts'
import { fromDocument } from './replies/from-document.ts'
import { createRepresent } from './replies/represent-reply.ts'
import { readCall } from './requests/read-call.ts'
import { carryRecords } from './resources/carry-records.ts'
import { fromResources, tellRemembered } from './resources/from-resources.ts'

/** How a document becomes an API. */
export interface ReadApiOptions extends ReadOptions {
  /** Whether nothing is remembered: every reply is an example of the document, or made from its schemas. Default: no. */
  readonly stateless?: boolean
  /**
   * What `readApi` made of the same document before it was changed: what has not changed is not worked out again, and
   * `changes` says what has.
   */
  readonly previous?: Api
}

const contracts = new WeakMap<Api['operations'], Contract>()

/**
 * Makes an API of any OpenAPI document, or one of Swagger 2.0: it validates requests and replies as the document declares,
 * and remembers what it understands of its paths: what is posted is listed. Of the rest it shows the document's examples, or
 * what is made from its schemas when it is first asked for.
 * @param document a path, or an http or https URL
 * @throws DocumentError when the document cannot be read or is nothing of OpenAPI, in one line
 */
export async function readApi(document: string, options?: ReadApiOptions): Promise<Api> {
  const contract = await readContract(document, options)
  const before = options?.previous && contracts.get(options.previous.operations)
  const changes = before && compareContracts(before, contract)
  const operations = leaveOutShadowed(listOperations(contract))
  const represent = createRepresent(contract)
  const name = nameDocument(document)
  contracts.set(operations, contract)
  const api = defineApi({
    name,
    title: contract.title,
    version: contract.version,
    servers: contract.servers.map(({ url }) => url).filter((url) => URL.canParse(url, 'http://localhost')),
    operations,
    validators: compileValidators(contract, { explains: true }),
    examples: listExamples(contract, { everyMediaType: true }),
    behaviours: options?.stateless ? fromDocument(operations) : fromResources(contract, operations, changes),
    ...(changes && { changes }),
    ...(!options?.stateless && {
      tellRemembered: () => tellRemembered(contract, operations),
      carryRecords: (
        ...given: Parameters<typeof carryRecords> extends [unknown, unknown, unknown, ...infer P] ? P : never
      ) => carryRecords(contract, operations, changes, ...given),
    }),
    represent,
    extendRoutes: extendRoutes((target) => target.represent === represent, operations),
    readCall: (...asked: Parameters<typeof readCall>) =>
      readExactly(contract, asked[3].text ?? '', () => readCall(...asked)),
    contract,
    sites: listSites(contract, operations),
    *finish() {
      yield* contract.finish()
      if (!options?.stateless) yield* contract.once(findResources).finish()
    },
    inspect: () => checkDocument(contract),
    findPlace: contract.findPlace,
  })
  // What needs the whole document is worked out when it is asked for, and not before the first answer.
  defineLazily(api, 'document', () => contract.model)
  defineLazily(api, 'diagnostics', () => [...contract.diagnostics, ...listUnasked(contract)])
  defineLazily(api, 'rows', () => readRowSource(contract, name))
  return api
}
