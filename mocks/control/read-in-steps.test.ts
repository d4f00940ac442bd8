import { expect, it } from 'vitest'
import { workAtOnce } from '../engine/take-turns.ts'
import type { CollectionRules, Collections } from '../engine/vocabulary.ts'
import type { SnapshotRules } from '../state/snapshot.ts'
import { readSnapshotInSteps } from './read-in-steps.ts'

interface Person {
  readonly id: string
}

const users: CollectionRules<Person> = {
  idOf: ({ id }) => id,
  keysOf: () => [],
  fromVersion1: (kept) => ({ id: `${(kept as Person).id} now` }),
}
const RULES: SnapshotRules = {
  collectionsOf: () => ({ users }) as unknown as Collections,
  inspect: (_, __, ___, record) => ((record as Person).id === 'odd' ? 'it is odd' : undefined),
}
const peopleWith = (records: readonly unknown[]) => ({ apis: { people: { acme: { users: records } } }, outbox: [] })

it('reads what a state has kept in steps, its texts as records, and puts none in the place of another', () => {
  const kept = peopleWith(Array.from({ length: 50 }, (_, at) => (at % 2 ? { id: `${at}` } : `{"id":"${at}"}`)))
  const work = readSnapshotInSteps(kept, RULES, true)
  let steps = 0
  let step = work.next()
  for (; !step.done; step = work.next()) steps++
  expect([step.value, steps]).toEqual([kept, 3])
})

it('says of the first that is none where it stands', () => {
  const broken = peopleWith(['{"id":"a"}', '{"id":"odd"}'])
  expect(() => workAtOnce(readSnapshotInSteps(broken, RULES, true))).toThrow('users.1 in apis.people.acme')
})

it('reads what is sent as readSnapshot does: a text is no record, and what has no version is of the first', () => {
  expect(() => workAtOnce(readSnapshotInSteps({ version: 2, ...peopleWith(['{"id":"a"}']) }, RULES))).toThrow(
    'has no id',
  )
  expect(workAtOnce(readSnapshotInSteps(peopleWith([{ id: 'a' }]), RULES))).toEqual(peopleWith([{ id: 'a now' }]))
})
