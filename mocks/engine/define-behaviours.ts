import type { Behaviours, Decision, Failure, InputOf, RecordTypes, Refusal, Turn } from './vocabulary.ts'

/** The ids of an operation's business failures, as `rollcall generate` writes them; any text where none are written. */
export type FailureOf<O> = O extends { failures: infer Id } ? Id & string : string

/** A reply that an operation declares: its body is that of its status. Without one the document makes it. */
export type ReplyOf<O> = O extends { responses: infer R }
  ? { [Status in keyof R]: DeclaredReply<Status, R[Status]> }[keyof R]
  : Exclude<Decision, Refusal>

interface DeclaredReply<Status, R> {
  /** Of `default` and of a range, any number. */
  readonly status: Status extends number ? Status : number
  readonly body?: R extends { content: infer C } ? C[keyof C] : undefined
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
}

/** A turn of one operation of a document, typed by what `rollcall generate` made of it. */
export type TurnOf<O, C extends RecordTypes<C> = Readonly<Record<string, object>>> = Omit<
  Turn<C, InputOf<O>>,
  'failures' | 'failRow'
> & {
  /** The operation's business failures by id. */
  readonly failures: Readonly<Record<FailureOf<O>, Failure>>
  /** The failure that a row with this e-mail must have, whatever else it holds: it was ordered, or the e-mail names it. */
  failRow(email: string | null | undefined): (Failure & { readonly id: FailureOf<O> }) | undefined
}

/** What a behaviour of one's own has at hand besides its turn. */
export interface Tools<O = unknown, C extends RecordTypes<C> = Readonly<Record<string, object>>> {
  /**
   * What the operation would do if nobody had written a behaviour for it: what its document's resources say, else the
   * document's example, which has no body yet. What it changes is part of this turn. The outcome may be changed, in a copy.
   * @throws Error where there is none
   */
  inherit(turn: TurnOf<O, C>): ReplyOf<O> | Refusal
  /**
   * A business failure of the operation's catalogue (`x-failures`), to be returned: nothing that the call has changed is kept.
   * @param message in the place of the document's
   * @throws Error where the operation has none of this id
   */
  fail(id: FailureOf<O>, message?: string): Refusal
}

/** An operation's behaviour: decides at once, from its turn alone, and changes nothing but `turn.collections`. */
export type OwnBehaviour<O, C extends RecordTypes<C> = Readonly<Record<string, object>>> = {
  behave(turn: TurnOf<O, C>, tools: Tools<O, C>): ReplyOf<O> | Refusal
}['behave']

/** Behaviours for some operations of an API, which `extendApi` lays over what it has. */
export interface OwnBehaviours extends Partial<Omit<Behaviours, 'operations'>> {
  /** By the operation's id. */
  // biome-ignore lint/suspicious/noExplicitAny: each function is of its own operation; `defineBehaviours` has checked them.
  readonly operations: Readonly<Record<string, (turn: any, tools: any) => Decision>>
}

/** Behaviours of one document, by the ids of its operations, and in a second place what else of an API's is one's own. */
interface Define<Operations, C extends RecordTypes<C>> {
  /** All of an API's behaviour, as `defineApi` takes it: there is nothing to inherit. */
  (
    operations: {
      readonly [Id in keyof Operations]: (turn: TurnOf<Operations[Id], C>) => ReplyOf<Operations[Id]> | Refusal
    },
    rest: Omit<Behaviours<C>, 'operations'>,
  ): Behaviours<C>
  /** Some of it, which `extendApi` lays over an API. */
  (
    operations: { readonly [Id in keyof Operations]?: OwnBehaviour<Operations[Id], C> },
    rest?: Partial<Omit<Behaviours<C>, 'operations'>>,
  ): OwnBehaviours
}

/**
 * Behaviours typed by the document: `defineBehaviours<operations>()({ createPet(turn, { inherit, fail }) { … } })`, with
 * the `operations` of the `types.ts` that `rollcall generate` writes. What is not written is inherited: what the resources
 * of the document say, then its examples.
 * @template Operations the interface `operations`; without it a behaviour knows nothing of what an input or a body holds
 * @template C what the collections keep, where the behaviours read them
 */
export const defineBehaviours =
  <
    Operations = Readonly<Record<string, unknown>>,
    C extends RecordTypes<C> = Readonly<Record<string, object>>,
  >(): Define<Operations, C> =>
  (operations: object, rest?: object) =>
    ({ ...rest, operations }) as never
