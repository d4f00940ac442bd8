import type { Contract } from '../../../documents/contract/contract.ts'
import { below, type Pointer, parsePointer } from '../../../documents/read/json-pointer.ts'
import type { ResourceOperation, ResourceRole, Resources } from '../../../documents/resources/resource.ts'

/** What a document says of a path: it lists things, or it is about one. */
export type Label = 'list' | 'instance'

/** An operation of a labelled path, and what was found. */
export interface Judged {
  readonly label: Label
  /** Undefined: it abstained. */
  readonly found: Label | undefined
  readonly operation: ResourceOperation
  readonly method: string
  readonly path: string
}

const SIDES: Readonly<Record<ResourceRole, Label | undefined>> = {
  list: 'list',
  create: 'list',
  search: 'list',
  count: 'list',
  'create-many': 'list',
  'delete-many': 'list',
  read: 'instance',
  replace: 'instance',
  update: 'instance',
  delete: 'instance',
  action: 'instance',
  'singleton-read': 'instance',
  'singleton-write': 'instance',
  none: undefined,
  unsure: undefined,
}

/** All operations of paths that a document has labelled (`pathType` of an extension of the path item). */
export function judgeRoles(contract: Contract, { operations }: Resources): Judged[] {
  return contract.operations.flatMap(({ method, path, pointer }, index) => {
    const label = labelOf(contract.valueAt(pathItemOf(pointer)))
    const operation = operations[index] as ResourceOperation
    return label ? [{ label, found: SIDES[operation.role], operation, method, path }] : []
  })
}

/** Where its path item stands: two paths may differ by their query alone. */
function pathItemOf(operation: Pointer): Pointer {
  const tokens = (parsePointer(operation) ?? []).slice(0, -1)
  return below('#', ...(tokens.at(-1) === 'additionalOperations' ? tokens.slice(0, -1) : tokens))
}

function labelOf(pathItem: unknown): Label | undefined {
  for (const [name, extension] of Object.entries(pathItem ?? {})) {
    const type = name.startsWith('x-') ? (extension as { pathType?: unknown } | null)?.pathType : undefined
    if (type === 'list' || type === 'instance') return type
  }
  return undefined
}

/** How many of what there is were found, and how many of what was found are right; from 0 to 1. */
export interface Rates {
  readonly precision: number
  readonly recall: number
}

export interface RoleScore {
  readonly labelled: number
  readonly right: number
  readonly abstained: number
  readonly byLabel: Readonly<Record<Label, Rates>>
}

export function scoreRoles(judged: readonly Judged[]): RoleScore {
  const rates = (label: Label): Rates => {
    const right = judged.filter((one) => one.label === label && one.found === label).length
    const share = (all: number): number => (all === 0 ? 1 : right / all)
    return {
      precision: share(judged.filter(({ found }) => found === label).length),
      recall: share(judged.filter((one) => one.label === label).length),
    }
  }
  return {
    labelled: judged.length,
    right: judged.filter(({ label, found }) => label === found).length,
    abstained: judged.filter(({ found }) => found === undefined).length,
    byLabel: { list: rates('list'), instance: rates('instance') },
  }
}
