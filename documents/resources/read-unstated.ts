import type { Contract } from '../contract/contract.ts'
import type { DeclaredOperation } from '../contract/operation.ts'
import { once } from '../read/once.ts'
import { classifyOperation } from './classify-operation.ts'
import { describeRecord, recordIn } from './describe-record.ts'
import type { Findings } from './findings.ts'
import { followLinks } from './follow-links.ts'
import { listNames } from './list-names.ts'
import type { Form } from './read-form.ts'
import { isMethodWord, keyOf, type Place, readPlaces } from './read-paths.ts'
import { type Sketch, Sketches } from './sketch-resources.ts'
import { Surroundings } from './surroundings.ts'
import { holdBack, listSaying, listSketches, type Subject } from './verdict.ts'

/**
 * As far as somebody asks, of a document that says no `x-resource`: which paths belong together is seen from the paths, and
 * what one resource's operations do from these and their links alone. Of a thousand operations, few are called.
 */
export function readUnstated(contract: Contract): Findings {
  const places = readPlaces(contract.operations)
  const order = once(() => new Map(contract.operations.map((operation, index) => [operation, index])))
  const sketches = new Sketches(contract, places, (...described) => describeRecord(contract, places, ...described))
  const around = new Surroundings(contract, places, sketches)
  const names = listNames(places)
  const keys = once(() => new Map([...names].map(([key, name]) => [name, key])))
  /** Those that a link stands on or leads to. */
  const linked = once(() => {
    if (!contract.mentions('links')) return []
    const ids = new Set(contract.links.flatMap(({ from, to }) => [from, to]))
    const subjects = [...ids].flatMap((id) => contract.operation(id) ?? []).map(classify)
    followLinks(contract, subjects, sketches)
    for (const subject of subjects) known.set(subject.operation, hold(subject))
    return subjects
  })
  const known = new Map<DeclaredOperation, Subject>()
  const records = new Map<Sketch, Form | undefined>()
  /** What an operation far from a resource may be refused for can be a rule of all its records. */
  const tellsAll = once(() => contract.mentions('x-failures'))
  const subjects = once(() => contract.operations.map(subjectOf))
  const found = once(() => listSketches(subjects()))
  return {
    names: [...names.values()],
    get subjects() {
      return subjects()
    },
    diagnostics: [],
    subject: (id) => {
      const operation = contract.operation(id)
      return operation && subjectOf(operation)
    },
    sketchOf: (name) => sketchAt(keys().get(name) as string),
    nameOf,
    recordOf,
    get found() {
      return found()
    },
    near,
    below: ({ key }) => [...names].flatMap(([one, name]) => (one.startsWith(`${key}/{}/`) ? name : [])),
  }

  function subjectOf(operation: DeclaredOperation): Subject {
    linked()
    let subject = known.get(operation)
    if (!subject) known.set(operation, (subject = hold(classify(operation))))
    return subject
  }

  function classify(operation: DeclaredOperation): Subject {
    const steps = places.stepsOf(operation)
    const place = places.get(keyOf(steps)) as Place
    return { operation, place, steps, statement: undefined, verdict: classifyOperation(around, operation, place) }
  }

  function hold(subject: Subject): Subject {
    subject.verdict = holdBack(subject.verdict)
    return subject
  }

  function nameOf({ key, isSingle }: Sketch): string {
    return ((isSingle && names.get(`${key} `)) || names.get(key) || names.get(key.replace(/\/\{\}$/, ''))) as string
  }

  /** What classifying has not needed: what a path without items shows. */
  function recordOf(sketch: Sketch): Form | undefined {
    if (sketch.record) return sketch.record
    if (!records.has(sketch)) {
      const said = listSaying(near(sketch)).map(({ operation, verdict }) =>
        recordIn(contract, operation, sketch, verdict.list?.record),
      )
      records.set(
        sketch,
        said.find((form) => form),
      )
    }
    return records.get(sketch)
  }

  /** Whatever any of the operations at its paths speaks of. */
  function sketchAt(marked: string): Sketch | undefined {
    const key = marked.trimEnd()
    const isSingle = marked !== key
    const several = sketches.byList(key)
    if (several && !isSingle && several.key === key) return several
    const sharing = nearby(key).map((operation) => subjectOf(operation).verdict.sketch)
    const isIt = (one: Sketch) => one.isSingle === isSingle || !names.has(`${key} `)
    return sharing.find((one) => one && isIt(one) && nameOf(one) === names.get(marked))
  }

  function near(sketch: Sketch): Subject[] {
    const leading = linked().map(({ operation }) => operation)
    return inOrder([...new Set([...nearby(sketch.key), ...leading])])
      .map(subjectOf)
      .filter(({ verdict }) => verdict.sketch === sketch)
  }

  /** The operations at a place, right below it, at that of its items, and below that where a word says what a method would. */
  function nearby(key: string): DeclaredOperation[] {
    const item = sketches.itemKey(key)
    const own = [key, item].flatMap((at) => places.get(at) ?? [])
    const below = places.below(key).filter((one) => !sketches.byList(one.key))
    const saying = places.below(item).filter(({ steps }) => tellsAll() || isMethodWord(steps.at(-1)?.words ?? ''))
    return inOrder([...own, ...below, ...saying].flatMap((place) => place.operations))
  }

  function inOrder(operations: DeclaredOperation[]): DeclaredOperation[] {
    return operations.sort((one, other) => (order().get(one) ?? 0) - (order().get(other) ?? 0))
  }
}
