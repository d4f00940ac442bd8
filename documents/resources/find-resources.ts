import type { Contract } from '../contract/contract.ts'
import type { Diagnostic } from '../read/diagnostic.ts'
import { once } from '../read/once.ts'
import { applyStatements } from './apply-statements.ts'
import { classifyOperation } from './classify-operation.ts'
import { describeOperation } from './describe-operation.ts'
import { describeOther, describeRecord } from './describe-record.ts'
import { findUnique } from './find-unique.ts'
import { followLinks } from './follow-links.ts'
import { moveResources } from './move-resources.ts'
import { nameResources } from './name-resources.ts'
import { keyOf, type Place, readPlaces } from './read-paths.ts'
import { readStatement } from './read-statements.ts'
import type { Resource, ResourceOperation, ResourceRole, Resources } from './resource.ts'
import { type Sketch, sketchItems } from './sketch-resources.ts'
import { Surroundings } from './surroundings.ts'
import type { Subject } from './verdict.ts'

/** Below this an operation is `unsure`: what it was found to be is likely, and not likely enough to act on. */
const LEAST = 0.5

/** Roles of operations whose bodies are a record. */
const SAYING: ReadonlySet<ResourceRole> = new Set(['list', 'create', 'singleton-read', 'singleton-write'])

/**
 * Finds the resources of a document: by what it says itself (`x-resource`, Link Objects), else by its paths, methods,
 * schemas and names. Ask by `contract.once(findResources)`: it is found once.
 */
export function findResources(contract: Contract): Resources {
  const known = contract.once(createKnown)
  const found = known.before ? moveResources(known.before, contract) : infer(contract)
  known.found = found
  return found
}

/** What was found in a document, and in what it was before. */
const createKnown = (): { found?: Resources; before?: Resources } => ({})

/**
 * Says that a document has the same form as before (`compareContracts`): what was found in it, if anything was, is found in
 * it again. In a document of a thousand operations that spares most of the work of the first answer.
 */
export function takeOverResources(before: Contract, after: Contract): void {
  const { found } = before.once(createKnown)
  if (found) after.once(createKnown).before = found
}

function infer(contract: Contract): Resources {
  const diagnostics: Diagnostic[] = []
  const places = readPlaces(contract.operations)
  const sketches = sketchItems(contract, places)
  for (const [key, sketch] of sketches.byItem) describeRecord(contract, places, key, sketch)
  const around = new Surroundings(contract, places, sketches)
  const subjects: Subject[] = contract.operations.map((operation) => {
    const place = places.get(keyOf(places.stepsOf(operation))) as Place
    const statement = readStatement(contract, operation, (fault) => diagnostics.push(fault))
    return {
      operation,
      place,
      steps: places.stepsOf(operation),
      statement,
      verdict: classifyOperation(around, operation, place),
    }
  })
  followLinks(contract, subjects, sketches)
  // The best known first: what a GET shows is what is kept.
  for (const isReading of [true, false]) {
    for (const { operation, verdict } of subjects) {
      if (verdict.sketch && SAYING.has(verdict.role) && (operation.method === 'GET') === isReading) {
        describeOther(contract, operation, verdict.sketch, verdict.list?.record)
      }
    }
  }
  for (const subject of subjects) holdBack(subject)
  const found = new Map([...nameResources(listSketches(subjects))].map(([sketch, name]) => [name, sketch]))
  const stated = applyStatements(subjects, around, found)
  const names = nameResources(listSketches(subjects), stated)
  const operations = subjects.map((subject) => describeOperation(contract, subject, names))
  const byResource = new Map<string, ResourceOperation[]>([...names.values()].map((name) => [name, []]))
  for (const operation of operations) byResource.get(operation.resource ?? '')?.push(operation)
  const resources = [...names].map(([sketch, name]) => resourceOf(contract, sketch, names, byResource.get(name) ?? []))
  return { operations, resources, diagnostics }
}

/** Roles of operations that look an item up. */
const NAMING: ReadonlySet<ResourceRole> = new Set(['read', 'replace', 'update', 'delete'])
/** Roles of operations that show a list. */
const LISTING: ReadonlySet<ResourceRole> = new Set(['list', 'search'])

/** What nobody could act on is said to be unsure. */
function holdBack(subject: Subject): void {
  const { role, sure, sketch, list } = subject.verdict
  if (role === 'none') return
  if (NAMING.has(role) && sketch?.identity === undefined) {
    const reason = 'no member of a record is known to be what the path names it by'
    subject.verdict = { ...subject.verdict, role: 'unsure', sure: Math.min(sure, 0.4), reason }
  } else if (sure < LEAST || (LISTING.has(role) && !list)) subject.verdict = { ...subject.verdict, role: 'unsure' }
}

/** All resources that any operation has to do with, and those they lie under. */
function listSketches(subjects: readonly Subject[]): Sketch[] {
  const found = new Set<Sketch>()
  for (const { verdict } of subjects) {
    if (verdict.role === 'unsure') continue
    for (let one = verdict.sketch; one; one = one.parent) found.add(one)
  }
  return [...found]
}

function resourceOf(
  contract: Contract,
  sketch: Sketch,
  names: ReadonlyMap<Sketch, string>,
  operations: readonly ResourceOperation[],
): Resource {
  const { identity, record, steps } = sketch
  const unique = once(() => (record ? findUnique(contract, record) : []))
  return {
    name: names.get(sketch) as string,
    parent: sketch.statedParent ?? (sketch.parent && names.get(sketch.parent)),
    under: steps.flatMap(({ parameter }) => parameter ?? []),
    identity,
    schema: record?.place,
    get unique() {
      return unique()
    },
    operations,
  }
}
