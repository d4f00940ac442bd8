import { stringify } from 'yaml'
import type { Contract } from '../contract/contract.ts'
import type { DeclaredOperation } from '../contract/operation.ts'
import { type Pointer, parsePointer, toPointer } from '../read/json-pointer.ts'
import { readStatement } from './read-statements.ts'
import type { ListShape, Paging, ResourceOperation, Resources } from './resource.ts'

/** An Overlay, and what could not be said in it. */
export interface WrittenOverlay {
  readonly text: string
  /** Operations that stand in other files than the document's own: an overlay reaches only that. */
  readonly leftOut: readonly DeclaredOperation[]
}

/**
 * An OpenAPI Overlay (1.0; valid in 1.1 and 1.2) that says of each operation under `x-resource` what was found, as assumed:
 * to be read, corrected, and applied.
 */
export function writeOverlay(contract: Contract, { operations }: Resources): WrittenOverlay {
  const leftOut: DeclaredOperation[] = []
  const byTarget = new Map<string, object>()
  for (const [index, found] of operations.entries()) {
    const operation = contract.operations[index] as DeclaredOperation
    // What it says itself is not found, and is known better.
    if (readStatement(contract, operation, () => {})) continue
    const target = targetOf(contract, operation)
    if (target === undefined) leftOut.push(operation)
    // What two paths share is said once.
    else if (!byTarget.has(target)) {
      const description = `${operation.method} ${operation.path}: ${Math.round(found.sure * 100)} % sure, ${found.reason}`
      byTarget.set(target, { target, description, update: { 'x-resource': statementOf(found) } })
    }
  }
  const overlay = {
    overlay: '1.0.0',
    info: { title: `Resources of ${contract.title}`, version: contract.version || '1' },
    actions: [...byTarget.values()],
  }
  return { text: stringify(overlay, { lineWidth: 0 }), leftOut }
}

/** Where the operation stands, as a JSONPath query (RFC 9535) of the document as it was written. */
function targetOf(contract: Contract, { pointer }: DeclaredOperation): string | undefined {
  const origin = contract.originOf(pointer)
  const place = contract.findPlace(origin)
  if (place && (place.file !== contract.findPlace('#')?.file || place.pointer !== origin)) return undefined
  return queryOf(origin)
}

const queryOf = (pointer: Pointer): string =>
  `$${(parsePointer(pointer) ?? []).map((token) => (/^[A-Za-z_]\w*$/.test(token) ? `.${token}` : `[${quote(token)}]`)).join('')}`

/** In single quotes (RFC 9535, section 2.3.1.1). */
const quote = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`

function statementOf({ role, resource, parent, identity, request, reply, list }: ResourceOperation): object {
  const isAbout = role !== 'none'
  return {
    role,
    ...(isAbout && resource !== undefined && { name: resource }),
    ...(isAbout && parent !== undefined && { parent }),
    ...(identity && { identity: { ...identity } }),
    ...(request && { request: toPointer(request) }),
    ...(reply && { reply: toPointer(reply) }),
    ...(list && { list: sayList(list) }),
    'x-evidence': 'assumed',
  }
}

const sayList = ({ at, item, paging, filters, sort, direction }: ListShape): object => ({
  at: toPointer(at),
  ...(item.length > 0 && { item: toPointer(item) }),
  ...(paging && { paging: sayPaging(paging) }),
  ...(Object.keys(filters).length > 0 && {
    filters: Object.fromEntries(Object.entries(filters).map(([name, member]) => [name, toPointer(member)])),
  }),
  ...(sort !== undefined && { sort }),
  ...(direction !== undefined && { direction }),
})

const sayPaging = ({ total, next, ...said }: Paging): object => ({
  ...said,
  ...(total && { total: toPointer(total) }),
  ...(next && { next: toPointer(next) }),
})
