/** What a document's paths speak of, worked out ahead of time: plain data, for who cannot read the document. Types only. */

import type { ListShape, MemberPath, ResourceRole, UniqueMember } from '../../documents/resources/resource.ts'
import type { KeptRecord, Members } from '../resources/kept-record.ts'

/** All that is remembered of an API. */
export interface Plan {
  readonly resources: readonly PlannedResource[]
  /** By operation; one that is not here is answered from its example. */
  readonly operations: Readonly<Record<string, PlannedOperation>>
}

/** A resource whose records are kept, as `KeptResource` has it. */
export interface PlannedResource {
  readonly name: string
  /** What one of its records is called. */
  readonly noun: string
  /** How many texts of its path come before the name of a record. */
  readonly under: number
  readonly parent?: string
  readonly identity?: {
    readonly member: string
    readonly isClients?: true
    /** How a new name is made: the next number from this on, a UUID, or like the text. */
    readonly next: { readonly number: number } | 'uuid' | { readonly like: string }
    readonly isNumber?: true
  }
  readonly isSingle?: true
  /** Whether a client can bring a record into being. */
  readonly isMade?: true
  readonly isPut?: true
  /** The path template of one record. */
  readonly item?: string
  readonly uniques?: readonly UniqueMember[]
  /** What a new record has where nobody says it, by member. */
  readonly fill: Readonly<Record<string, Fill>>
  /** The members that say when a record was changed. */
  readonly stamps?: Readonly<Record<string, TimeForm>>
  /** The members that no request says. */
  readonly servers?: readonly string[]
  /** The members that may be null. */
  readonly nullable?: readonly string[]
  /** As the document shows one. */
  readonly example: Members
  /** What a tenant begins with. */
  readonly records: readonly KeptRecord[]
}

/** How a time is written: ISO 8601, the date of it, seconds or milliseconds since 1970. */
export type TimeForm = 'iso' | 'date' | 's' | 'ms'

/** Where a value comes from: it is always the same, the path has it, it is the time, or another for each record. */
export type Fill =
  | { readonly value: unknown }
  | { readonly step: number; readonly isNumber?: true }
  | { readonly time: TimeForm }
  | { readonly vary: unknown }

/** What an operation does to a resource. */
export interface PlannedOperation {
  readonly resource: string
  readonly role: ResourceRole
  /** Of its success. */
  readonly status: number
  /** Where in the path's parameters the name of a record is. */
  readonly id?: number
  readonly request?: MemberPath
  /** Members of the request that clients may not say. */
  readonly unsaid?: readonly string[]
  readonly reply?: MemberPath
  /** The members that a reply shows; absent: all but those that it hides. */
  readonly shows?: readonly string[]
  readonly hides?: readonly string[]
  readonly list?: ListShape & {
    readonly size?: number
    readonly first?: number
    readonly totals?: readonly MemberPath[]
    /** What is asked where nothing is said, by the parameter. */
    readonly defaults?: Members
  }
  /** The failure for what another has. */
  readonly duplicate?: string
}
