import type { Contract } from '../contract/contract.ts'
import { type Evidence, evidenceIn } from '../contract/evidence.ts'
import type { DeclaredOperation } from '../contract/operation.ts'
import type { Diagnostic } from '../read/diagnostic.ts'
import { below, parsePointer } from '../read/json-pointer.ts'
import type { Json } from '../read/read-document.ts'
import type { Identity, ListShape, MemberPath, Paging, ResourceRole } from './resource.ts'

/** What an operation says of itself under `x-resource`, see docs/extensions.md. What it leaves out is found. */
export interface ResourceStatement {
  readonly role: ResourceRole | undefined
  readonly name: string | undefined
  readonly parent: string | undefined
  readonly identity: Partial<Identity> | undefined
  readonly request: MemberPath | undefined
  readonly reply: MemberPath | undefined
  readonly list: Partial<ListShape> | undefined
  readonly evidence: Evidence
}

const ROLES: ReadonlySet<string> = new Set<ResourceRole>([
  'list',
  'create',
  'read',
  'replace',
  'update',
  'delete',
  'delete-many',
  'create-many',
  'search',
  'action',
  'singleton-read',
  'singleton-write',
  'count',
  'none',
  'unsure',
])

const MEMBERS: ReadonlySet<string> = new Set([
  'role',
  'name',
  'parent',
  'identity',
  'request',
  'reply',
  'list',
  'x-evidence',
])

/** @returns undefined where an operation says nothing @param tell what is wrong in what it says */
export function readStatement(
  contract: Contract,
  { pointer, evidence }: DeclaredOperation,
  tell: (fault: Diagnostic) => void,
): ResourceStatement | undefined {
  const written = (contract.valueAt(pointer) as Json)?.['x-resource']
  if (written === undefined) return undefined
  const at = below(pointer, 'x-resource')
  const said: Json = typeof written === 'string' ? { role: written } : written
  const refuse = (message: string, ...tokens: readonly string[]): undefined =>
    void tell({
      rule: 'resource-invalid',
      message,
      instead: 'it is left out, and found as if nothing was said',
      pointer: contract.originOf(below(at, ...tokens)),
      within: pointer,
    })
  if (typeof said !== 'object' || said === null || Array.isArray(said))
    return refuse('x-resource must be a role or an object')
  for (const name of Object.keys(said)) if (!MEMBERS.has(name)) refuse(`x-resource has no member ${name}`, name)
  return {
    role: ROLES.has(said.role)
      ? said.role
      : said.role === undefined
        ? undefined
        : refuse(`there is no role ${said.role}; there is ${[...ROLES].join(', ')}`, 'role'),
    name: text('name'),
    parent: text('parent'),
    identity: inside('identity', readIdentity),
    request: path(said.request, 'request'),
    reply: path(said.reply, 'reply'),
    list: inside('list', readList),
    evidence: evidenceIn(said, evidence),
  }

  function text(name: string, holder: Json = said, ...above: readonly string[]): string | undefined {
    if (holder[name] === undefined || typeof holder[name] === 'string') return holder[name]
    return refuse(`${name} must be a text`, ...above, name)
  }

  function inside<T>(
    name: string,
    read: (part: Json) => T,
    holder: Json = said,
    ...above: readonly string[]
  ): T | undefined {
    if (holder[name] === undefined) return undefined
    return isObject(holder[name]) ? read(holder[name]) : refuse(`${name} must be an object`, ...above, name)
  }

  function oneOf<T extends string>(known: readonly T[], holder: Json, ...tokens: readonly string[]): T | undefined {
    const name = tokens.at(-1) as string
    if (holder[name] === undefined || known.includes(holder[name])) return holder[name]
    return refuse(`${name} must be one of ${known.join(', ')}`, ...tokens)
  }

  function readIdentity(part: Json): Partial<Identity> {
    const parameter = text('parameter', part, 'identity')
    const member = text('member', part, 'identity')
    const by = oneOf(['client', 'server'], part, 'identity', 'by')
    return {
      ...(parameter !== undefined && { parameter }),
      ...(member !== undefined && { member }),
      ...(by && { by }),
    }
  }

  function path(value: Json, ...tokens: readonly string[]): MemberPath | undefined {
    if (value === undefined) return undefined
    const found = typeof value === 'string' ? parsePointer(value) : undefined
    return found ?? refuse(`${tokens.at(-1)} must be a JSON Pointer such as /data`, ...tokens)
  }

  function readList(part: Json): Partial<ListShape> {
    const [at, item] = [path(part.at, 'list', 'at'), path(part.item, 'list', 'item')]
    const filters = inside('filters', readFilters, part, 'list')
    const [sort, direction] = [text('sort', part, 'list'), text('direction', part, 'list')]
    const paging = inside('paging', readPaging, part, 'list')
    return {
      ...(at && { at }),
      ...(item && { item }),
      ...(filters && { filters }),
      ...(sort !== undefined && { sort }),
      ...(direction !== undefined && { direction }),
      ...(paging && { paging }),
    }
  }

  function readFilters(part: Json): ListShape['filters'] {
    const members = Object.entries<Json>(part).flatMap(([name, pointer]) => {
      const member = path(pointer, 'list', 'filters', name)
      return member ? [[name, member] as const] : []
    })
    return Object.fromEntries(members)
  }

  function readPaging(part: Json): Paging | undefined {
    const kind = oneOf(['offset', 'page', 'cursor'], part, 'list', 'paging', 'kind')
    const [size, start] = [text('size', part, 'list', 'paging'), text('start', part, 'list', 'paging')]
    const [total, next] = [path(part.total, 'list', 'paging', 'total'), path(part.next, 'list', 'paging', 'next')]
    if (part.kind !== undefined && !kind) return undefined
    return {
      kind: kind ?? 'offset',
      ...(size !== undefined && { size }),
      ...(start !== undefined && { start }),
      ...(total && { total }),
      ...(next && { next }),
    }
  }
}

const isObject = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
