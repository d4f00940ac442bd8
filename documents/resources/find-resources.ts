import type { Contract } from '../contract/contract.ts'
import { once } from '../read/once.ts'
import { describeOperation } from './describe-operation.ts'
import { findUnique } from './find-unique.ts'
import type { Findings } from './findings.ts'
import { readStated } from './read-stated.ts'
import { readUnstated } from './read-unstated.ts'
import type { Resource, ResourceOperation, Resources } from './resource.ts'
import type { Sketch } from './sketch-resources.ts'
import type { Subject } from './verdict.ts'

/**
 * Finds the resources of a document: by what it says itself (`x-resource`, Link Objects), else by its paths, methods,
 * schemas and names. Ask by `contract.once(findResources)`: it is found once.
 */
export function findResources(contract: Contract): Resources {
  return new FoundResources(contract, isStated(contract) ? readStated(contract) : readUnstated(contract))
}

/** Most say nothing at all, and a large text is looked through once for it. */
const isStated = (contract: Contract): boolean =>
  contract.mentions('x-resource', ...TELLING) && contract.mentions('x-resource')

/** What a document says of its resources besides, and is asked for later on. */
const TELLING = ['links', 'x-failures', 'x-unique']

class FoundResources implements Resources {
  readonly names: readonly string[]
  readonly #contract: Contract
  readonly #findings: Findings
  readonly #operations = new Map<Subject, ResourceOperation>()
  readonly #resources = new Map<Sketch, Resource>()

  constructor(contract: Contract, findings: Findings) {
    this.names = findings.names
    this.#contract = contract
    this.#findings = findings
  }

  operation(id: string): ResourceOperation | undefined {
    const subject = this.#findings.subject(id)
    return subject && this.#describe(subject)
  }

  named(name: string): Resource | undefined {
    const sketch = this.#findings.sketchOf(name)
    return sketch && this.#resourceOf(sketch)
  }

  below(name: string): readonly string[] {
    const sketch = this.#findings.sketchOf(name)
    return sketch ? this.#findings.below(sketch) : []
  }

  *finish(): Generator<undefined> {
    for (const { id } of this.#contract.operations) {
      this.operation(id)
      yield
    }
  }

  get operations(): readonly ResourceOperation[] {
    return this.#findings.subjects.map((subject) => this.#describe(subject))
  }

  get resources(): readonly Resource[] {
    const { found } = this.#findings
    return this.names.flatMap((name) => {
      const sketch = this.#findings.sketchOf(name)
      return sketch && found.has(sketch) ? this.#resourceOf(sketch) : []
    })
  }

  get diagnostics(): Resources['diagnostics'] {
    return this.#findings.diagnostics
  }

  #describe(subject: Subject): ResourceOperation {
    let operation = this.#operations.get(subject)
    if (!operation) {
      operation = describeOperation(this.#contract, subject, this.#findings)
      this.#operations.set(subject, operation)
    }
    return operation
  }

  #resourceOf(sketch: Sketch): Resource {
    let resource = this.#resources.get(sketch)
    if (!resource) this.#resources.set(sketch, (resource = this.#createResource(sketch)))
    return resource
  }

  #createResource(sketch: Sketch): Resource {
    const findings = this.#findings
    const { identity, steps } = sketch
    const record = once(() => findings.recordOf(sketch))
    const isSaid = () => this.#contract.mentions('x-unique')
    const unique = once(() => (isSaid() ? findUnique(this.#contract, record()) : []))
    const near = once(() => findings.near(sketch).map((subject) => this.#describe(subject)))
    const operations = once(() =>
      findings.subjects.filter(({ verdict }) => verdict.sketch === sketch).map((subject) => this.#describe(subject)),
    )
    return {
      name: findings.nameOf(sketch) as string,
      parent: sketch.statedParent ?? (sketch.parent && findings.nameOf(sketch.parent)),
      under: steps.flatMap(({ parameter }) => parameter ?? []),
      identity,
      get schema() {
        return record()?.place
      },
      get unique() {
        return unique()
      },
      get near() {
        return near()
      },
      get operations() {
        return operations()
      },
    }
  }
}
