import type { Contract } from '../contract/contract.ts'
import type { Diagnostic } from '../read/diagnostic.ts'
import { applyStatements } from './apply-statements.ts'
import { classifyOperation } from './classify-operation.ts'
import { describeRecord, recordIn } from './describe-record.ts'
import type { Findings } from './findings.ts'
import { followLinks } from './follow-links.ts'
import { nameResources } from './name-resources.ts'
import { keyOf, type Place, readPlaces } from './read-paths.ts'
import { readStatement } from './read-statements.ts'
import { type Sketch, Sketches } from './sketch-resources.ts'
import { Surroundings } from './surroundings.ts'
import { holdBack, listSaying, listSketches, type Subject } from './verdict.ts'

/** All at once, of a document that says `x-resource`: what it says of one operation may change what others do. */
export function readStated(contract: Contract): Findings {
  const diagnostics: Diagnostic[] = []
  const places = readPlaces(contract.operations)
  const sketches = new Sketches(contract, places, (...described) => describeRecord(contract, places, ...described))
  const around = new Surroundings(contract, places, sketches)
  const subjects: Subject[] = contract.operations.map((operation) => {
    const steps = places.stepsOf(operation)
    const place = places.get(keyOf(steps)) as Place
    const statement = readStatement(contract, operation, (fault) => diagnostics.push(fault))
    return { operation, place, steps, statement, verdict: classifyOperation(around, operation, place) }
  })
  followLinks(contract, subjects, sketches)
  for (const { operation, verdict } of listSaying(subjects)) {
    const sketch = verdict.sketch as Sketch
    sketch.record ??= recordIn(contract, operation, sketch, verdict.list?.record)
  }
  for (const subject of subjects) subject.verdict = holdBack(subject.verdict)
  const found = new Map([...nameResources([...listSketches(subjects)])].map(([sketch, name]) => [name, sketch]))
  const stated = applyStatements(subjects, around, found)
  const names = nameResources([...listSketches(subjects)], stated)
  const byId = new Map(subjects.map((subject) => [subject.operation.id, subject]))
  const byName = new Map([...names].map(([sketch, name]) => [name, sketch]))
  return {
    names: [...names.values()],
    subjects,
    diagnostics,
    subject: (id) => byId.get(id),
    sketchOf: (name) => byName.get(name),
    nameOf: (sketch) => names.get(sketch),
    found: new Set(names.keys()),
    recordOf: ({ record }) => record,
    near: (sketch) => subjects.filter(({ verdict }) => verdict.sketch === sketch),
    below: ({ key }) => [...names].flatMap(([one, name]) => (one.key.startsWith(`${key}/{}/`) ? name : [])),
  }
}
