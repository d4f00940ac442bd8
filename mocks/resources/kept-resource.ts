import type { Contract } from '../../documents/contract/contract.ts'
import type { DeclaredOperation } from '../../documents/contract/operation.ts'
import type { SchemaPlace } from '../../documents/contract/schema.ts'
import type { Validate } from '../../documents/contract/table.ts'
import type { Resource, ResourceOperation, UniqueMember } from '../../documents/resources/resource.ts'
import type { Operation } from '../engine/vocabulary.ts'
import type { Members } from './kept-record.ts'

/** One operation on a resource, with all that is known of it. */
export interface Scene {
  readonly contract: Contract
  readonly kept: KeptResource
  readonly inferred: ResourceOperation
  readonly operation: Operation
  readonly declared: DeclaredOperation
}

/** What is kept of an API, as far as anybody asks. */
export interface Keeping {
  /** What may be kept; of parents before what lies under them. */
  readonly names: readonly string[]
  /** Undefined where nothing of that name is kept. */
  named(name: string): KeptResource | undefined
  /** Undefined where an operation has to do with nothing that is kept. */
  sceneOf(operationId: string): Scene | undefined
  /** The names of whatever may lie below the items of a resource. */
  below(name: string): readonly string[]
  /** The names of whatever may be kept whose records are called so: `toy`. */
  called(noun: string): readonly string[]
}

/** A resource whose records are kept. */
export interface KeptResource {
  readonly contract: Contract
  /** Its own, and that of its collection. */
  readonly name: string
  readonly resource: Resource
  /** Of the operations at its own paths and right below. */
  readonly scenes: readonly Scene[]
  /** What its items lie under, where that is kept too. */
  readonly parent: KeptResource | undefined
  readonly keeping: Keeping
  /** Worked out when a record is first shown or made. */
  readonly form: RecordForm
  /** The members that no two of its records share. */
  readonly uniques: readonly UniqueMember[]
  /** The members of its records that name others. */
  readonly references: readonly Reference[]
  /** Whether there is one for each of its parents, and no name of its own. */
  readonly isSingle: boolean
  /** Whether a client can bring a record into being. */
  readonly isMade: boolean
  /** Whether it can, or can see which there are: what is not there is missing. */
  readonly isListed: boolean
  /** Whether a PUT to a name that nobody has creates: it may say so by 201, or nothing else creates. */
  readonly isPut: boolean
  /** Whether a client can remove a record. */
  readonly isRemoved: boolean
}

/** What the records of a resource look like. */
export interface RecordForm {
  readonly contract: Contract
  /** As they are read; undefined where no reply says. */
  readonly place: SchemaPlace | undefined
  /** Lets everything be where nothing is said. */
  readonly validate: Validate
  /** One of them, as the document shows it. */
  readonly example: Members
  /** Its own and those that its schema names, by name. */
  readonly members: ReadonlyMap<string, Member>
}

export interface Member {
  readonly name: string
  readonly place: SchemaPlace | undefined
  readonly isRequired: boolean
  /** No request says what it is. */
  readonly isServers: boolean
  /** Whether it may be null. */
  readonly isNullable: boolean
  /** What requests or replies say it is where nobody says it. */
  readonly default: unknown
}

/** What a member of a record names: a parent, by its place in the path, or a record of another resource. */
export interface Reference {
  readonly member: string
  /** Where in the path of the record its value is. */
  readonly step?: number
  readonly to?: KeptResource
}
