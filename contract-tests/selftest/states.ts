import type { Contract } from '../../documents/contract/contract.ts'
import type { DeclaredOperation } from '../../documents/contract/operation.ts'
import { toPointer, valueAt } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { findResources } from '../../documents/resources/find-resources.ts'
import type { Resource, ResourceOperation, ResourceRole } from '../../documents/resources/resource.ts'
import type { CaseReply, CaseRequest } from '../suite/vocabulary.ts'
import { editAt, editSent, isSuccess, parse } from './plant.ts'
import type { ReplyFault } from './replies.ts'
import type { Fault, Ground } from './vocabulary.ts'

/** Servers that keep state otherwise than anybody would think, of any document whose resources have lifecycles. */
export const stateFaults = (): ReplyFault[] => [
  stateFault('list forgets', 'what was created is listed', /\/listed$/, / is listed by /, listForgets),
  stateFault('list shows deleted', 'what was deleted is not listed', /\/no-deleted$/, /does not list/, showDeleted),
  stateFault('delete does nothing', 'what was deleted is gone', /\/deleted$/, / deleted is gone$/, deleteNothing),
  stateFault('update loses', 'an update changes what it says', /\/changed$/, / says is shown: /, loseUpdates),
  stateFault('replace merges', 'a replacement keeps nothing', /\/replaced-whole$/, / replaces all of it: /, mergePuts),
  stateFault('single loses', 'what is written is read back', /\/written$/, / writes is read back: /, loseWrites),
  stateFault('ids repeat', 'two creations have two ids', /\/two-ids$/, /two ids$/, repeatIds),
  stateFault('parent ignored', 'what lies under one shows there alone', /\/under-parent$/, / alone$/, ignoreParents),
  stateFault(
    'filter ignored',
    'a filter picks what fits',
    /\/filter\/[^/]+$/,
    / lists what has it /,
    dropQuery(filters),
  ),
  stateFault(
    'limit ignored',
    'a page is no longer than asked for',
    /\/limit$/,
    / lists no more than /,
    dropQuery(sizes),
  ),
  stateFault('page repeats', 'each shows on one page', /\/pages$/, / on one page$/, dropQuery(starts)),
  stateFault('500 on missing', 'what is not there is refused', /\/missing$/, /not answered with 5xx$/, failOnMissing),
]

const stateFault = (name: string, rule: string, cases: RegExp, breach: RegExp, plant: Fault['plant']): ReplyFault => ({
  name,
  rule,
  wakes: { cases: new RegExp(`/stories/lifecycle${cases.source}`), breach },
  plant,
})

/** What an operation does to a resource, for who looks at a request. */
interface Known {
  readonly resource: Resource
  readonly deed: ResourceOperation
  readonly declared: DeclaredOperation
}

function knownBy(contract: Contract): (request: CaseRequest) => Known | undefined {
  const { resources } = contract.once(findResources)
  const known = new Map(
    resources.flatMap((resource) =>
      resource.operations.map((deed) => {
        const declared = contract.operation(deed.operationId) as DeclaredOperation
        return [deed.operationId, { resource, deed, declared }] as const
      }),
    ),
  )
  return ({ operationId }) => known.get(operationId)
}

const deedOf = ({ operations }: Resource, role: ResourceRole): ResourceOperation | undefined =>
  operations.find((one) => one.role === role)

const idIn = ({ identity }: Resource, record: Json): Json => identity && record?.[identity.member]
const recordIn = ({ reply }: ResourceOperation, { text }: CaseReply): Json =>
  reply && valueAt(parse(text), toPointer(reply))

/** Where a thing is, whatever its path's parameters are called. */
const keyOf = ({ resource }: Known, { params = {} }: CaseRequest, id?: Json): string =>
  JSON.stringify([resource.name, ...Object.values(params), ...(id === undefined ? [] : [String(id)])])

/** Edits what a list shows. */
function editItems(reply: CaseReply, { deed: { list } }: Known, change: (items: Json[]) => Json[]): CaseReply {
  const body = parse(reply.text)
  if (!list || body === undefined) return reply
  const edited = editAt(body, toPointer(list.at), (items) => (Array.isArray(items) ? change(items) : items))
  return { ...reply, text: JSON.stringify(edited) }
}

const itemRecord = ({ deed: { list } }: Known, item: Json): Json => valueAt(item, toPointer(list?.item ?? []))

function listForgets({ send, contract }: Ground): ReturnType<Fault['plant']> {
  const known = knownBy(contract)
  const created = new Set<string>()
  return async (request, signal) => {
    const reply = await send(request, signal)
    const one = known(request)
    if (!one || !isSuccess(reply)) return reply
    const { resource, deed } = one
    if (deed.role === 'create') created.add(keyOf(one, request, idIn(resource, recordIn(deed, reply))))
    if (deed.role === 'replace') created.add(keyOf(one, request))
    if (deed.role !== 'list') return reply
    return editItems(reply, one, (items) =>
      items.filter((item) => !created.has(keyOf(one, request, idIn(resource, itemRecord(one, item))))),
    )
  }
}

function showDeleted({ send, contract }: Ground): ReturnType<Fault['plant']> {
  const known = knownBy(contract)
  /** Items as they were last listed, and those of them that were deleted since. */
  const listed = new Map<string, Json>()
  const deleted = new Set<string>()
  return async (request, signal) => {
    const reply = await send(request, signal)
    const one = known(request)
    if (!one || !isSuccess(reply)) return reply
    const { resource, deed } = one
    if (deed.role === 'delete') deleted.add(keyOf(one, request))
    if (deed.role !== 'list') return reply
    return editItems(reply, one, (items) => {
      for (const item of items) listed.set(keyOf(one, request, idIn(resource, itemRecord(one, item))), item)
      const below = (key: string) => key.startsWith(keyOf(one, request).slice(0, -1))
      return [...items, ...[...deleted].filter(below).flatMap((key) => listed.get(key) ?? [])]
    })
  }
}

/** The reply is that of a good deletion, and the thing is there again: what deletes it is never sent. */
function deleteNothing({ send, contract }: Ground): ReturnType<Fault['plant']> {
  const known = knownBy(contract)
  return async (request, signal) => {
    const one = known(request)
    if (one?.deed.role !== 'delete') return send(request, signal)
    const read = deedOf(one.resource, 'read')
    const there = read && (await send(readingOf(request, read), signal))
    if (!there || !isSuccess(there)) return send(request, signal)
    const success = one.declared.replies.find(({ status }) => /^2\d\d$/.test(status))
    const status = Number(success?.status ?? 204)
    return success?.json ? { ...there, status } : { ...there, status, headers: {}, text: '' }
  }
}

/** The same thing, read. */
const readingOf = ({ params, path, credentials }: CaseRequest, { operationId }: ResourceOperation): CaseRequest => ({
  operationId,
  method: 'GET',
  path: path.split('?')[0] as string,
  headers: { accept: 'application/json' },
  ...(params && { params }),
  ...(credentials && { credentials }),
})

function loseUpdates({ send, contract }: Ground): ReturnType<Fault['plant']> {
  const known = knownBy(contract)
  return async (request, signal) => {
    const one = known(request)
    const read = one?.deed.role === 'update' ? deedOf(one.resource, 'read') : undefined
    if (!one || !read || (one.declared.method !== 'PATCH' && one.declared.path !== pathOf(contract, read)))
      return send(request, signal)
    return send(readingOf(request, read), signal)
  }
}

/** What there is one of stays as it is, whatever is written. */
function loseWrites({ send, contract }: Ground): ReturnType<Fault['plant']> {
  const known = knownBy(contract)
  return (request, signal) => {
    const one = known(request)
    const read = one?.deed.role === 'singleton-write' ? deedOf(one.resource, 'singleton-read') : undefined
    return send(read && one?.declared.path === pathOf(contract, read) ? readingOf(request, read) : request, signal)
  }
}

const pathOf = (contract: Contract, { operationId }: ResourceOperation): string | undefined =>
  contract.operation(operationId)?.path

function mergePuts({ send, contract }: Ground): ReturnType<Fault['plant']> {
  const known = knownBy(contract)
  return async (request, signal) => {
    const one = known(request)
    const read = one?.deed.role === 'replace' ? deedOf(one.resource, 'read') : undefined
    const before = read && (await send(readingOf(request, read), signal))
    if (!one || !read || !before || !isSuccess(before)) return send(request, signal)
    const record = recordIn(read, before)
    const create = deedOf(one.resource, 'create')
    const taken = membersOf(one.declared, one.deed, contract)
    const kept = Object.entries<Json>(record ?? {}).filter(([name]) => taken.has(name) && create !== undefined)
    return send(
      editSent(request, (body) =>
        editAt(body, toPointer(one.deed.request ?? []), (sent) => ({ ...Object.fromEntries(kept), ...sent })),
      ),
      signal,
    )
  }
}

/** The members that a request may say of a record. */
function membersOf({ body }: DeclaredOperation, { request = [] }: ResourceOperation, contract: Contract): Set<string> {
  if (!body?.json) return new Set()
  let place: Json = body.json.schema
  const follow = (schema: Json): Json => (schema?.$ref === undefined ? schema : follow(contract.valueAt(schema.$ref)))
  for (const name of request) place = follow(place)?.properties?.[name]
  const names = (schema: Json): string[] => {
    const { properties = {}, allOf = [] } = follow(schema) ?? {}
    return [...Object.keys(properties), ...allOf.flatMap(names)]
  }
  return new Set(names(place))
}

/** Each creation of a resource answers with what the first one was called. */
function repeatIds({ send, contract }: Ground): ReturnType<Fault['plant']> {
  const known = knownBy(contract)
  const first = new Map<string, Json>()
  return async (request, signal) => {
    const reply = await send(request, signal)
    const one = known(request)
    const { resource, deed } = one ?? {}
    if (!one || !resource?.identity || deed?.role !== 'create' || !deed.reply || !isSuccess(reply)) return reply
    const id = idIn(resource, recordIn(deed, reply))
    const key = keyOf(one, request)
    if (!first.has(key)) first.set(key, id)
    const at = toPointer([...deed.reply, resource.identity.member])
    return { ...reply, text: JSON.stringify(editAt(parse(reply.text), at, () => first.get(key))) }
  }
}

/** What lies under the first parent that is named is shown and made under all others. */
function ignoreParents({ send, contract }: Ground): ReturnType<Fault['plant']> {
  const known = knownBy(contract)
  const firsts = new Map<string, CaseRequest>()
  return async (request, signal) => {
    const one = known(request)
    if (one?.deed.role !== 'list' || one.resource.parent === undefined) return send(request, signal)
    const first = firsts.get(request.operationId) ?? request
    firsts.set(request.operationId, first)
    const [, query] = request.path.split('?')
    const path = [first.path.split('?')[0], query].filter((part) => part !== undefined).join('?')
    return send({ ...request, path, ...(first.params && { params: first.params }) }, signal)
  }
}

const filters = ({ deed: { list } }: Known): readonly string[] => Object.keys(list?.filters ?? {})
const sizes = ({ deed: { list } }: Known): readonly string[] => [list?.paging?.size ?? []].flat()
const starts = ({ deed: { list } }: Known): readonly string[] => [list?.paging?.start ?? []].flat()

/** Some parameters of lists are not heard. */
function dropQuery(namesOf: (one: Known) => readonly string[]): Fault['plant'] {
  return ({ send, contract }) => {
    const known = knownBy(contract)
    return (request, signal) => {
      const one = known(request)
      const [path = '', search] = request.path.split('?')
      if (one?.deed.role !== 'list' || search === undefined) return send(request, signal)
      const query = new URLSearchParams(search)
      for (const name of namesOf(one)) query.delete(name)
      return send({ ...request, path: query.size > 0 ? `${path}?${query}` : path }, signal)
    }
  }
}

function failOnMissing({ send, contract }: Ground): ReturnType<Fault['plant']> {
  const known = knownBy(contract)
  return async (request, signal) => {
    const reply = await send(request, signal)
    return known(request)?.deed.role === 'read' && reply.status === 404 ? { ...reply, status: 500 } : reply
  }
}
