import { checkDocument } from '../documents/check/check-document.ts'
import { readContract } from '../documents/contract/build-contract.ts'
import { listUnasked } from '../documents/emit/ask-credentials.ts'
import { listExamples } from '../documents/emit/list-examples.ts'
import { listOperations } from '../documents/emit/list-operations.ts'
import { nameDocument } from '../documents/read/name-document.ts'
import type { ReadOptions } from '../documents/read/read-options.ts'
import { compileValidators } from '../documents/validators/compile-validators.ts'
import { readRowSource } from '../documents/values/make-rows.ts'
import type { Api } from './api/api.ts'
import { defineApi } from './api/define-api.ts'
import { leaveOutShadowed } from './leave-out-shadowed.ts'
import { listSites } from './list-sites.ts'
import { extendRoutes } from './replies/extend-routes.ts'
import { fromDocument } from './replies/from-document.ts'
import { createRepresent } from './replies/represent-reply.ts'
import { readCall } from './requests/read-call.ts'

/**
 * Makes an API of any OpenAPI document, or one of Swagger 2.0: it validates requests and replies as the document declares,
 * with its examples or with what is made from its schemas when it is first asked for.
 * @param document a path, or an http or https URL
 * @throws DocumentError when the document cannot be read or is nothing of OpenAPI, in one line
 */
export async function readApi(document: string, options?: ReadOptions): Promise<Api> {
  const contract = await readContract(document, options)
  const operations = leaveOutShadowed(listOperations(contract))
  const examples = listExamples(contract, { everyMediaType: true })
  const represent = createRepresent(contract)
  const validators = compileValidators(contract, { explains: true })
  const name = nameDocument(document)
  const rows = readRowSource(contract, name)
  return defineApi({
    name,
    title: contract.title,
    version: contract.version,
    servers: contract.servers.map(({ url }) => url).filter((url) => URL.canParse(url, 'http://localhost')),
    operations,
    validators,
    examples,
    behaviours: fromDocument(operations),
    represent,
    extendRoutes: extendRoutes(represent, operations),
    readCall,
    sites: listSites(contract, operations),
    document: contract.model,
    diagnostics: [...contract.diagnostics, ...listUnasked(contract)],
    inspect: () => checkDocument(contract),
    findPlace: contract.findPlace,
    ...(rows && { rows }),
  })
}
