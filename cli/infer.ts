import { existsSync } from 'node:fs'
import { readContract } from '../documents/contract/build-contract.ts'
import type { Contract } from '../documents/contract/contract.ts'
import type { DeclaredOperation } from '../documents/contract/operation.ts'
import { findShipped } from '../documents/read/find-shipped.ts'
import { isUrl } from '../documents/read/name-document.ts'
import { findResources } from '../documents/resources/find-resources.ts'
import type { ResourceOperation, Resources } from '../documents/resources/resource.ts'
import { writeOverlay } from '../documents/resources/write-overlay.ts'
import { escapeControl } from '../mocks/api/escape-control.ts'
import { chooseOne } from './choose-apis.ts'
import { checkName } from './load-api.ts'
import { readArguments, readFormat, UsageError } from './read-arguments.ts'
import { readConfig } from './read-config.ts'
import { describeReadingFlags, READING_FLAGS } from './reading-flags.ts'
import { tellFaults } from './tell-faults.ts'
import { writeWhole } from './write-whole.ts'

const HELP = `Usage: rollcall infer <api or document> [options]

Shows what each operation of a document does to the resources of its paths: its role, its resource, what names an item,
and how sure that is. By this the mock keeps records; an operation that is unsure is answered from examples. What
x-resource and Link Objects say comes first.

  --format <name>      text (default) or json
  --overlay <file>     one that is there is applied, as everywhere; one that is not there yet is written: what was found,
                       as x-resource, to be corrected by hand and given again. Nothing is overwritten
${describeReadingFlags(23, ['overlay'])}
  --help`

/**
 * `rollcall infer`.
 * @returns the exit code
 * @throws UsageError; DocumentError when the document cannot be read or is nothing of OpenAPI
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('infer', args, {
    format: { type: 'string', default: 'text' },
    ...READING_FLAGS,
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    console.log(HELP)
    return 0
  }
  const format = readFormat(values.format)
  const { overlay: given = [], ...others } = values
  if (given.includes('')) throw new UsageError('--overlay must not be empty')
  const chosen = chooseOne('infer', await readConfig(values.config), positionals, 'document', others)
  const { label: name, document, reading } = chosen
  checkName(document)
  const isNew = (overlay: string) => !isUrl(overlay) && !existsSync(overlay)
  const [goal, ...goals] = given.filter(isNew)
  if (goals.length > 0) throw new UsageError(`one overlay is written, and neither ${goal} nor ${goals[0]} is there`)
  const there = given.filter((overlay) => !isNew(overlay))
  const overlays = there.length > 0 ? there : (reading.overlays ?? [])
  const contract = await readContract(findShipped(document) ?? document, { ...reading, overlays })
  const resources = contract.once(findResources)
  const diagnostics = [...contract.diagnostics, ...resources.diagnostics]
  tellFaults(name, { diagnostics, findPlace: contract.findPlace }, process.stderr)
  if (format === 'json') console.log(JSON.stringify({ operations: listOperations(contract, resources) }, null, 2))
  else console.log(describe(contract, resources))
  if (goal !== undefined) await write(contract, resources, goal)
  return 0
}

const listOperations = (contract: Contract, { operations }: Resources) =>
  operations.map(({ operationId, role, resource, parent, identity, sure }, index) => ({
    operationId,
    method: contract.operations[index]?.method,
    path: pathOf(contract.operations[index]),
    role,
    resource: resource ?? null,
    parent: parent ?? null,
    identity: identity ?? null,
    sure,
  }))

/** As its document tells it from others. */
const pathOf = ({ path, pathQuery = '' }: Partial<DeclaredOperation> = {}): string | undefined =>
  path === undefined ? undefined : path + pathQuery

async function write(contract: Contract, resources: Resources, goal: string): Promise<void> {
  const { text, leftOut } = writeOverlay(contract, resources)
  await writeWhole(new Map([[goal, text]]))
  const [one, ...others] = leftOut
  const left =
    others.length > 0
      ? `; ${leftOut.length} operations of other files are left out`
      : one
        ? '; 1 operation of other files is left out'
        : ''
  process.stderr.write(
    `rollcall: ${goal} is written, as assumed${left}; correct it, and give it again: --overlay ${goal}\n`,
  )
}

function describe(contract: Contract, { operations, resources }: Resources): string {
  const rows = operations.map((found, index) => {
    const operation = contract.operations[index]
    return [
      operation?.method ?? '',
      pathOf(operation) ?? '',
      found.role,
      found.resource ?? '',
      describeIdentity(found),
      `${Math.round(found.sure * 100)} %`,
      found.reason,
    ]
  })
  const head = ['method', 'path', 'role', 'resource', 'identity', 'sure', 'because']
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] as string).length)))
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] as number)))
      .join('  ')
      .trimEnd(),
  )
  const open = operations.filter(({ role }) => role === 'unsure').length
  const none = operations.filter(({ role }) => role === 'none').length
  const count = resources.length === 1 ? '1 resource' : `${resources.length} resources`
  const summary = `${count}; of ${operations.length} operations ${open} unsure, ${none} about none`
  return [...lines.map(escapeControl), '', summary].join('\n')
}

const describeIdentity = ({ identity }: ResourceOperation): string =>
  identity ? `${identity.parameter} = ${identity.member}${identity.by === 'client' ? ', by the client' : ''}` : ''
