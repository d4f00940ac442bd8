import { basename, extname } from 'node:path'
import { readContract } from '../documents/contract/build-contract.ts'
import { listExamples } from '../documents/emit/list-examples.ts'
import { listOperations } from '../documents/emit/list-operations.ts'
import { compileValidators } from '../documents/validators/compile-validators.ts'
import { readRowSource } from '../documents/values/make-rows.ts'
import type { Api } from './api/api.ts'
import { defineApi } from './api/define-api.ts'
import { leaveOutUnsendable } from './leave-out-unsendable.ts'
import { extendRoutes } from './replies/extend-routes.ts'
import { fromDocument } from './replies/from-document.ts'
import { createRepresent } from './replies/represent-reply.ts'

/**
 * Makes an API of any OpenAPI 3.1 document: it validates requests and replies as the document declares, with its examples
 * or with what is made from its schemas when it is first asked for.
 * @throws DocumentError when the document cannot be read or is not valid, in one line
 */
export async function readApi(file: string): Promise<Api> {
  const { contract, remarks } = leaveOutUnsendable(await readContract(file))
  const operations = listOperations(contract)
  const examples = listExamples(contract, { everyMediaType: true })
  const represent = createRepresent(contract)
  const validators = compileValidators(contract)
  const name = basename(file, extname(file))
  const rows = readRowSource(contract, name)
  return defineApi({
    name,
    title: contract.title,
    version: contract.version,
    servers: contract.servers.map(({ url }) => url),
    operations,
    validators,
    examples,
    behaviours: fromDocument(operations),
    represent,
    extendRoutes: extendRoutes(represent),
    document: contract.model,
    remarks,
    ...(rows && { rows }),
  })
}
