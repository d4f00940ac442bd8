import type { Contract } from '../contract/contract.ts'
import { withoutDataReferences } from '../read/without-data-references.ts'
import { VALIDATORS_TYPES, writeValidators } from '../validators/write-validators.ts'
import { admitNamedMembers, openObjects } from './admit-members.ts'
import { bringMethodsBack, setMethodsApart } from './admit-methods.ts'
import { escapeNames, unescapeNames } from './escape-names.ts'
import { hoistSchemas } from './hoist-schemas.ts'
import { keepIdsOnce } from './keep-ids-once.ts'
import { listExamples } from './list-examples.ts'
import { listOperations } from './list-operations.ts'
import { nameRecursiveTypes } from './name-recursive-types.ts'
import { resolveAliases } from './resolve-aliases.ts'
import { splitSchemas } from './split-schemas.ts'

/** `openapi-typescript` is there, and does not run on the TypeScript beside it. */
export class NoTypeScriptError extends Error {
  override readonly name = 'NoTypeScriptError'
  readonly code = 'ERR_NO_TYPESCRIPT'

  constructor() {
    super(
      'generate needs TypeScript 5, openapi-typescript does not run on the one that is installed here; ' +
        'in a folder of its own, run: npm install rollcall typescript@5 openapi-typescript esbuild',
    )
  }
}

/** Generated files by their name. */
type Generated = ReadonlyMap<string, string>

/** The first line of each generated file. */
export const headerOf = (source: string): string =>
  `// Written by \`rollcall generate\` from ${source}. Do not edit: change the document.\n`

/**
 * Everything that is derived from a document ahead of time: types, the operations table, examples, validators.
 * @param source how the files call the document they were made from
 */
export async function generate(contract: Contract, source: string): Promise<Generated> {
  const header = headerOf(source)
  // First, because it finds what is wrong with a document and says so in one line.
  const operations = writeOperations(contract)
  return new Map([
    ['types.ts', header + (await writeTypes(contract))],
    ['operations.ts', header + operations],
    ['examples.ts', header + writeExamples(contract)],
    ['validators.js', header + (await writeValidators(contract))],
    ['validators.d.ts', header + VALIDATORS_TYPES],
  ])
}

/** Those of requests stand apart: a page that only answers bundles none of them. */
function writeExamples(contract: Contract): string {
  const all = Object.entries(listExamples(contract))
  const examples = Object.fromEntries(all.map(([id, { replies }]) => [id, { replies }]))
  const requests = Object.fromEntries(all.flatMap(([id, { request }]) => (request ? [[id, request]] : [])))
  return `export const examples = ${show(examples)}\n\nexport const requests = ${show(requests)}\n`
}

async function writeTypes(contract: Contract): Promise<string> {
  const { astToString, default: openapiTS } = await import('openapi-typescript').catch((error) => {
    // It asks TypeScript for nodes as soon as it is loaded, and TypeScript 7 has none to give.
    throw error instanceof TypeError ? new NoTypeScriptError() : error
  })
  const { default: ts } = await import('typescript')
  // It takes ownership of what it is given, and would follow and fetch whatever looks like an address.
  const model = openObjects(hoistSchemas(withoutDataReferences(splitSchemas(contract))))
  resolveAliases(model)
  keepIdsOnce(contract, model)
  setMethodsApart(model)
  const nodes = await openapiTS(JSON.stringify(escapeNames(model)), {
    alphabetize: false,
    defaultNonNullable: false,
    postTransform: (type) => admitNamedMembers(ts, type),
    silent: true,
  })
  return writeFailures(contract, unescapeNames(astToString(nameRecursiveTypes(ts, bringMethodsBack(ts, nodes)))))
}

/** Says under each operation which business failures it has, by their ids: no tool but ours knows `x-failures`. */
function writeFailures(contract: Contract, types: string): string {
  const [before = '', after] = types.split(/^(?=export interface operations \{$)/m)
  if (after === undefined) return types
  const told = contract.operations.reduce((text, { id, failures }) => {
    if (failures.length === 0) return text
    const key = /^[A-Za-z_$][\w$]*$/.test(id) ? id : JSON.stringify(id)
    const ids = [...new Set(failures.map((failure) => JSON.stringify(failure.id)))].join(' | ')
    return text.replace(`\n    ${key}: {\n`, (opening) => `${opening}        failures: ${ids};\n`)
  }, after)
  return before + told
}

function writeOperations(contract: Contract): string {
  const { title, version, servers } = contract
  return `export const title = ${show(title)}
export const version = ${show(version)}
export const servers = ${show(servers.map(({ url }) => url))}
export const operations = ${show(listOperations(contract))} as const
`
}

const show = (value: unknown): string => JSON.stringify(value, null, 2)
