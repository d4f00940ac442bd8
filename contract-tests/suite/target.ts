import type { Trail } from './find-trails.ts'
import type { CaseRequest } from './vocabulary.ts'

/** A thing that a request or a reply names, and how to reach it. */
export interface Target {
  /** What requests name it by: `/pets/7`, `userid=U2abc`. */
  readonly keys: readonly string[]
  /** Its ids, made comparable (see `sameId`). */
  readonly ids: readonly string[]
  /** What ids are told apart in: the shape of its path, or that bodies name it. */
  readonly collection: string
  /** For people: `createPet → deletePet {"petId":"7"}`. */
  readonly label: string
  /** The last parameter of its path, where a path names it. */
  readonly item?: string
  /** How things like it are created. */
  readonly trail?: Trail
  readonly reading?: CaseRequest
  readonly removal?: CaseRequest
}

/** The collection of things that bodies name: a document with roles has one of them. */
export const BY_BODY = 'body'

/** What a request works on, as far as it says so; nothing: nobody knows. */
export interface NamedThings {
  readonly byPath?: Target
  /** By members of its body or parameters of its query; empty: they could name something, and name nothing. */
  readonly byMembers?: readonly Target[]
}

/** All that a request names, what its path names first. */
export const targetsIn = ({ byPath, byMembers = [] }: NamedThings): readonly Target[] =>
  byPath ? [byPath, ...byMembers] : byMembers
