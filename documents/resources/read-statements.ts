import type { Contract } from '../contract/contract.ts'
import { type Evidence, evidenceIn } from '../contract/evidence.ts'
import type { DeclaredOperation } from '../contract/operation.ts'
import type { Diagnostic } from '../read/diagnostic.ts'
import { below, parsePointer } from '../read/json-pointer.ts'
import type { Json } from '../read/read-document.ts'
import type { Identity, ListShape, MemberPath, Paging, ResourceRole } from './resource.ts'

/** What an operation says of itself under `x-resource`, see openapi/README.md. What it leaves out is found. */
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
    identity: isObject(said.identity) ? (said.identity as Partial<Identity>) : undefined,
    request: path(said.request, 'request'),
    reply: path(said.reply, 'reply'),
    list: isObject(said.list) ? readList(said.list) : undefined,
    evidence: evidenceIn(said, evidence),
  }

  function text(name: string): string | undefined {
    if (said[name] === undefined || typeof said[name] === 'string') return said[name]
    return refuse(`${name} must be a text`, name)
  }

  function path(value: Json, ...tokens: readonly string[]): MemberPath | undefined {
    if (value === undefined) return undefined
    const found = typeof value === 'string' ? parsePointer(value) : undefined
    return found ?? refuse(`${tokens.at(-1)} must be a JSON Pointer such as /data`, ...tokens)
  }

  function readList({ at, item, filters, sort, direction, paging }: Json): Partial<ListShape> {
    const [where, record] = [path(at, 'list', 'at'), path(item, 'list', 'item')]
    const members = Object.entries(isObject(filters) ? (filters as Json) : {}).flatMap(([name, pointer]) => {
      const member = path(pointer, 'list', 'filters', name)
      return member ? [[name, member] as const] : []
    })
    return {
      ...(where && { at: where }),
      ...(record && { item: record }),
      ...(filters !== undefined && { filters: Object.fromEntries(members) }),
      ...(typeof sort === 'string' && { sort }),
      ...(typeof direction === 'string' && { direction }),
      ...(isObject(paging) && { paging: readPaging(paging) }),
    }
  }

  function readPaging({ kind, size, start, total, next }: Json): Paging {
    const [count, further] = [path(total, 'list', 'paging', 'total'), path(next, 'list', 'paging', 'next')]
    return {
      kind: ['offset', 'page', 'cursor'].includes(kind) ? kind : 'offset',
      ...(typeof size === 'string' && { size }),
      ...(typeof start === 'string' && { start }),
      ...(count && { total: count }),
      ...(further && { next: further }),
    }
  }
}

const isObject = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
