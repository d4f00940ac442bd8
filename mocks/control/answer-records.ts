import type { Api } from '../api/api.ts'
import { findClosest } from '../api/find-closest.ts'
import type { CollectionRules, Draft, OpenTenant, Reply } from '../engine/vocabulary.ts'
import { createWorld } from '../engine/world.ts'
import { ControlError } from './control-error.ts'
import { type Control, DONE, json, queryOf, readCount, readObject, sessionNameOf, sessionOf } from './exchange.ts'
import { makeRecord } from './make-record.ts'
import { pickRecords } from './pick-records.ts'

/** Of an API; collections of notes, which hold no records, are called in brackets. */
const namesOf = ({ behaviours }: Api): string[] =>
  Object.entries(behaviours.collections).flatMap(([name, { isKept }]) =>
    name.startsWith('(') || isKept?.() === false ? [] : name,
  )

/** Every collection of every tenant of a session, with the number of its records. */
export function listCollections(control: Control): Reply {
  const { state } = sessionOf(control).open().session
  const collections = control.mock.apis.flatMap((api) => {
    const tenants = [...(state.tenants.get(api.name)?.keys() ?? [])]
    const names = namesOf(api)
    return tenants.flatMap((tenant) => {
      const open = state.open(api.name, tenant)
      return names.map((collection) => {
        const { size, isUntouched } = lookAt(open, collection)
        return { api: api.name, tenant, collection, records: size, ...(isUntouched && { isUntouched }) }
      })
    })
  })
  return json(200, collections)
}

/** Of a document's resource, whether its first records are still to come. */
function lookAt({ collections }: OpenTenant, name: string) {
  const note = collections['(beginning)']?.get('(beginning)') as { untouched?: string[] } | undefined
  return { size: (collections[name] as Draft<object>).size, isUntouched: note?.untouched?.includes(name) === true }
}

/** Where a call of the control API looks. */
interface Place {
  readonly api: Api
  readonly tenant: string
  readonly collection: string
  readonly rules: CollectionRules<object>
  readonly open: OpenTenant
  readonly draft: Draft<object>
}

/** @throws ControlError where there is no such API, collection or tenant; it says which there are */
function placeOf(control: Control): Place {
  const { mock, params, call } = control
  const api = mock.apis.find(({ name }) => name === params['api'])
  if (!api)
    throw missing(
      'API',
      params['api'],
      mock.apis.map(({ name }) => name),
    )
  const names = namesOf(api)
  const collection = params['collection'] ?? ''
  if (!names.includes(collection)) throw missing('collection', collection, names)
  const { state } = sessionOf(control).open().session
  const tenants = [...(state.tenants.get(api.name)?.keys() ?? [])]
  const tenant = queryOf(call, 'tenant') ?? (tenants.length === 0 && api.contract ? '' : undefined)
  if (tenant === undefined && tenants.length !== 1) {
    const known = tenants.length > 0 ? `say which tenant: ?tenant=${tenants.slice(0, 10).join(', ')}` : undefined
    throw new ControlError(
      404,
      known ?? `nobody has called ${api.name} in this session yet; call it, or name a ?tenant=`,
    )
  }
  const name = tenant ?? (tenants[0] as string)
  // Who only looks makes no tenant by a name that is mistyped.
  const isAdded = call.method === 'POST' || call.method === 'PUT'
  if (tenant !== undefined && !isAdded && !tenants.includes(tenant) && !(tenant === '' && api.contract)) {
    throw missing('tenant', tenant, tenants)
  }
  const open = state.open(api.name, name)
  const rules = api.behaviours.collections[collection] as CollectionRules<object>
  if (rules.begin) {
    rules.begin(open, createWorld(mock.seed, api.name, name, mock.clock()))
    control.inspection.changes.edit(() => open.commit())
  }
  return { api, tenant: name, collection, rules, open, draft: open.collections[collection] as Draft<object> }
}

function missing(what: string, name: string | undefined, known: readonly string[]): ControlError {
  const closest = findClosest(name ?? '', known)
  return new ControlError(404, `there is no ${what} ${name}${closest ? `; the closest is ${closest.name}` : ''}`)
}

/**
 * A page of records: `search`, `sort`, `offset`, `limit` (50, at most 1,000). With `within`, in milliseconds, what a search has
 * found by then, and how many records it has `looked` at.
 */
export async function listRecords(control: Control): Promise<Reply> {
  const { call, inspection } = control
  const place = placeOf(control)
  const version = inspection.changes.versionOf(sessionNameOf(call))
  const limit = readCount(call, 'limit') ?? 50
  if (limit > 1000) throw new Error('limit must be at most 1000')
  const { api, tenant, collection, rules } = place
  const { tenants } = sessionOf(control).open().session.state
  const keptOf = () => tenants.get(api.name)?.get(tenant)?.collections[collection]?.kept ?? []
  const asked = {
    search: queryOf(call, 'search'),
    sort: queryOf(call, 'sort'),
    offset: readCount(call, 'offset') ?? 0,
    limit,
    within: readCount(call, 'within'),
  }
  const { records, ...counts } = await pickRecords(place.draft, version, asked, keptOf)
  return json(200, {
    api: api.name,
    tenant,
    collection,
    ...counts,
    records: records.map((record) => ({ id: rules.idOf(record), record })),
  })
}

/** A record by its id; of one that lies under nothing, what its path ends in will do. */
function recordAt({ draft, collection }: Place, id = ''): { id: string; record: object } {
  const short = JSON.stringify([id])
  const record = draft.get(id) ?? draft.get(short)
  if (!record) throw new ControlError(404, `there is no ${id} in ${collection}`)
  return { id: draft.get(id) ? id : short, record }
}

export const readRecord = (control: Control): Reply =>
  json(200, recordAt(placeOf(control), control.params['id']).record)

/** How a record of a collection can be asked for. @throws ControlError where there is no document that says it */
export async function readForm(control: Control): Promise<Reply> {
  const { api, rules, draft } = placeOf(control)
  const contract = await control.inspection.contractOf(api)
  // Who serves and never looks at a record needs none of it.
  const { readRecordForm } = await import('./read-record-form.ts')
  const [sample] = draft.values()
  return json(200, readRecordForm(contract, rules, sample))
}

/** Puts a record in the place of the one that has its id, or beside the others. */
export function putRecord(control: Control): Reply {
  const place = placeOf(control)
  const known = place.draft.get(control.params['id'] ?? '')
    ? control.params['id']
    : JSON.stringify([control.params['id']])
  const record = readObject(control.call)
  check(control, place, record)
  const own = place.rules.idOf(record)
  if (own !== control.params['id'] && own !== known) {
    throw new Error(`the record says that it is ${own}, not ${control.params['id']}`)
  }
  return keep(control, place, record, place.draft.get(own) ? 200 : 201)
}

/** Adds the record that is sent, or where none is, one that is made up. */
export async function addRecord(control: Control): Promise<Reply> {
  if (!control.call.text?.trim()) {
    const made = await makeRecord(control, placeOf(control))
    return json(201, { id: made.id, record: made.record })
  }
  const place = placeOf(control)
  const record = readObject(control.call)
  check(control, place, record)
  const id = place.rules.idOf(record)
  if (place.draft.get(id)) throw new ControlError(409, `${id} is in ${place.collection} already`)
  return keep(control, place, record, 201)
}

function check({ mock }: Control, { api, tenant, collection, rules, draft }: Place, record: object): void {
  let breach: string | undefined
  try {
    // What names no record is none, and has no schema to be held to.
    const id = rules.idOf(record)
    const before = draft.get(id)
    // Who edits a record that a call has renamed need not undo that.
    const isRenamed = before !== undefined && rules.misnamed?.(before) !== undefined
    breach = (isRenamed ? undefined : rules.misnamed?.(record)) ?? mock.inspect(api.name, tenant, collection, record)
  } catch (error) {
    breach = (error as Error).message
  }
  if (breach !== undefined) throw new Error(`this is no record of ${collection}: ${breach}`)
}

function keep({ inspection }: Control, { open, draft, rules }: Place, record: object, status: number): Reply {
  try {
    draft.put(structuredClone(record))
  } catch (error) {
    open.rollback()
    throw new ControlError(409, (error as Error).message)
  }
  inspection.changes.edit(() => open.commit())
  return json(status, { id: rules.idOf(record), record })
}

export function deleteRecord(control: Control): Reply {
  const place = placeOf(control)
  place.draft.remove(recordAt(place, control.params['id']).id)
  control.inspection.changes.edit(() => place.open.commit())
  return DONE
}
