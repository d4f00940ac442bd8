import type { Api } from '../api/api.ts'
import { takeTurn } from '../engine/take-turn.ts'
import { type CollectionRules, type Draft, isRefusal, type OpenTenant } from '../engine/vocabulary.ts'
import { createWorld } from '../engine/world.ts'
import { ControlError } from './control-error.ts'
import type { Control } from './exchange.ts'

interface Place {
  readonly api: Api
  readonly tenant: string
  readonly collection: string
  readonly rules: CollectionRules<object>
  readonly open: OpenTenant
  readonly draft: Draft<object>
}

/** So many made rows may be taken by somebody already before it is given up. */
const MOST_TRIES = 20

/**
 * Adds a record made from the document's schemas, or by the API's own creation from a row that looks real.
 * @throws ControlError where nothing can be made of this collection
 */
export async function makeRecord(control: Control, place: Place): Promise<{ id: string; record: object }> {
  const { api, open, draft, rules } = place
  const done = (size: number) => {
    control.inspection.changes.edit(() => open.commit())
    if (draft.size <= size) {
      throw new ControlError(409, `nothing can be made up for ${place.collection} that is not there already`)
    }
    // In order of creation.
    const record = [...draft.values()].at(-1) as object
    return { id: rules.idOf(record), record }
  }
  const { creation } = api.behaviours
  const { seed, clock } = control.mock
  const world = createWorld(seed, api.name, place.tenant, clock())
  if (rules.make) {
    const { size } = draft
    rules.make(open, world)
    return done(size)
  }
  const operation = api.operations.find(({ id }) => id === creation?.operationId)
  if (!creation || !operation) throw new ControlError(400, `nothing makes records of ${place.collection}; send one`)
  const { sources } = control.inspection
  if (!sources) throw new ControlError(400, 'in a page no record can be made up; send one')
  const failures = Object.fromEntries(operation.failures.map((failure) => [failure.id, failure]))
  const playable = { operation, behaviours: api.behaviours, failures }
  for (let tries = 0, from = draft.size; tries < MOST_TRIES; tries++) {
    const body = creation.bodyOf([await sources.makeRow(api, from + tries)])
    // While it was made, a call may have come.
    const { size } = draft
    const input = { path: {}, query: {}, headers: {}, body: structuredClone(body) }
    const decision = takeTurn(playable, open, { tenant: place.tenant, world, input })
    if (!isRefusal(decision) && decision.status < 400 && draft.size > size) return done(size)
    open.rollback()
  }
  return done(draft.size)
}
