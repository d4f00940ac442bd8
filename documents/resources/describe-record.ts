import type { Contract } from '../contract/contract.ts'
import type { DeclaredOperation } from '../contract/operation.ts'
import { isLeftOut } from '../contract/tell-directions.ts'
import { wordsOf } from '../patterns/read-words.ts'
import { findIdentity } from './find-identity.ts'
import { findList } from './find-list.ts'
import { findRecord } from './find-record.ts'
import { bodiesOf } from './read-bodies.ts'
import { type Form, isList, isRecord } from './read-form.ts'
import type { Place, Places } from './read-paths.ts'
import type { Identity } from './resource.ts'
import type { Sketch } from './sketch-resources.ts'
import { isCreating, isListingAlone, isMadeUp, isReadingAlone } from './tell-words.ts'

/**
 * Looks up what a resource's records look like, and what names one: as it is read, listed, created or changed.
 * @param item the key of the place of its items
 */
export function describeRecord(contract: Contract, places: Places, item: string, sketch: Sketch): void {
  const { noun } = sketch
  const { reads, lists, creates, puts, changes } = operationsOf(places, item, sketch)
  const request = creates && bodiesOf(contract, creates).request
  const identityIn = (form: Form) =>
    (sketch.parameter && findIdentity(contract, nameOf(sketch), form, request)) || undefined
  const hints = { noun, hasIdentity: (form: Form) => identityIn(form) !== undefined }
  const replyOf = (operation: DeclaredOperation | undefined) => operation && bodiesOf(contract, operation).reply
  const [read, listed] = [replyOf(reads), replyOf(lists)]
  const listedRecord = lists && listed && findList(contract, listed, hints, lists.parameters)?.record
  const created = replyOf(creates)
  const shown = [read, created, replyOf(changes)].map(
    (body) => body && !isList(body) && findRecord(contract, body, { ...hints, known: listedRecord }).form,
  )
  const all = [shown[0], listedRecord, shown[1], request && findRecord(contract, request, hints).form, shown[2]]
  const isUseful = (form: Form | undefined | false): form is Form =>
    form !== undefined && form !== false && isRecord(form)
  const forms = all.filter(isUseful)
  // What a creation shows alone, `{ id }`, is less than a record.
  sketch.record = forms.find((form) => identityIn(form) !== undefined && form.members.size > 1) ?? forms[0]
  if (!sketch.record && sketch.parameter && isNameAlone(contract, places.get(item))) {
    const { name } = sketch.parameter
    sketch.identity = { parameter: name, member: name, by: 'client' }
  }
  const member = sketch.record && identityIn(sketch.record)
  // What only a PUT creates is called as its path says, also where it does not say so itself.
  const isKeyed = member === undefined && sketch.record !== undefined && puts?.body !== undefined && !creates
  if (isKeyed && sketch.parameter) {
    const { name } = sketch.parameter
    sketch.identity = { parameter: name, member: name, by: 'client' }
  }
  if (member === undefined || !sketch.parameter) return
  sketch.identity = {
    parameter: sketch.parameter.name,
    member,
    by: chosenBy(contract, member, sketch, { request, creates, puts }),
  }
}

/** `PUT /users/{user}/following/{other}`: no operation shows anything of it, and it is there or not. */
function isNameAlone(contract: Contract, place: Place | undefined): boolean {
  const operations = place?.operations ?? []
  const writes = operations.some(({ method }) => method === 'PUT' || method === 'POST')
  return writes && operations.every((one) => !one.body && !bodiesOf(contract, one).isOpaque)
}

const nameOf = ({ noun, parameter }: Sketch) => ({
  noun,
  parameter: wordsOf(parameter?.name ?? ''),
  parameterSchema: parameter?.schema,
  examples: parameter?.examples ?? [],
})

function operationsOf(places: Places, item: string, sketch: Sketch) {
  const at = (key: string) => places.get(key)
  const find = (place: Place | undefined, method: string) => place?.operations.find((one) => one.method === method)
  const below = (key: string, method: string, says: (words: string) => boolean) =>
    places
      .below(key)
      .filter(({ steps }) => says(steps.at(-1)?.words ?? ''))
      .flatMap((place) => find(place, method) ?? [])[0]
  return {
    reads: find(at(item), 'GET') ?? below(item, 'GET', isReadingAlone),
    lists: find(at(sketch.key), 'GET') ?? below(sketch.key, 'GET', isListingAlone),
    creates: find(at(sketch.key), 'POST') ?? below(sketch.key, 'POST', isCreating),
    puts: find(at(item), 'PUT'),
    changes: find(at(item), 'PATCH'),
  }
}

/** Who chooses what names an item. */
function chosenBy(
  contract: Contract,
  member: string,
  { noun, record }: Sketch,
  {
    request,
    creates,
    puts,
  }: { request: Form | undefined } & Partial<Record<'creates' | 'puts', DeclaredOperation | undefined>>,
): Identity['by'] {
  const createsByPut =
    puts !== undefined && (!isMadeUp(wordsOf(member)) || puts.replies.some(({ status }) => status === '201'))
  if (!creates) return createsByPut ? 'client' : 'server'
  if (!request || isList(request)) return 'server'
  const sent = findRecord(contract, request, { noun, known: record }).form
  const schema = sent.members.get(member)
  if (!schema || isLeftOut(contract, schema.schema, 'readOnly')) return 'server'
  return sent.required.has(member) || !isMadeUp(wordsOf(member)) ? 'client' : 'server'
}

/** What a path without items shows, lists or sends: what its records look like. @param list what its list shows */
export function recordIn(
  contract: Contract,
  operation: DeclaredOperation,
  { noun }: Sketch,
  list: Form | undefined,
): Form | undefined {
  const { request, reply } = bodiesOf(contract, operation)
  const shown = reply && !isList(reply) ? findRecord(contract, reply, { noun }).form : undefined
  return [list, shown, request && findRecord(contract, request, { noun }).form].find(
    (form) => form !== undefined && isRecord(form),
  )
}
