import type { Data } from '../contract/data.ts'
import type { SchemaObject } from '../contract/schema.ts'
import type { Random } from '../patterns/random.ts'
import type { Shape } from './shape.ts'

/**
 * Everything that is known of one keyword of JSON Schema, but for how it is validated: that is Ajv's. What a keyword
 * does not say, it does not have: annotations and keywords that hold schemas narrow a shape and do no more.
 */
export interface Keyword {
  readonly name: string
  /** Only values of this type are held to it. Left out: any value is. */
  readonly of?: 'string' | 'number' | 'array' | 'object'
  /** What it demands of a value, as a fact without its subject: "must satisfy maxLength 5", which is said unless told. */
  demand?(schema: SchemaObject): string
  /** Takes what it says into a shape. It is called for every schema, also for one that does not have the keyword. */
  narrow?(shape: Shape, schema: SchemaObject): void
  /** Values at its edges, which it just allows. */
  accepts?(schema: SchemaObject): Iterable<Edge>
  /** Values that break it and, as far as the rest of the schema leaves room, nothing else. */
  breaks?(schema: SchemaObject): Iterable<Breach>
  /** A text that breaks it where values are written as texts, as parameters are. Undefined: none is known. */
  breaksText?(schema: SchemaObject, random: Random, tag: string): string | undefined
  /**
   * The value with as little changed as makes it satisfy the keyword. Only lists and objects are mended: their parts
   * have a meaning of their own. Any other value is composed anew.
   */
  repair?(value: Data, schema: SchemaObject, composer: Composer, random: Random): Data
  readonly faults?: readonly KeywordFault[]
}

/** A value at the edge of a keyword. */
export interface Edge {
  /** What it is called in ids, below its place: `longest`, `enum/US`. */
  readonly what: string
  /** A fact without its subject: "is as long as it may be". */
  readonly title: string
  /** The statement that it rests on, where this is more than the keyword: a member of an enum or of a list of types. */
  readonly statement?: string
  /** Of a list: how many items it has. */
  readonly count?: number
  /** What says the same as the value in the usual form; the value itself, where that is usual. Left out: nothing does. */
  readonly plain?: Data
  /** Undefined where there is none. @throws PatternError or DataError where none can be made */
  value(random: Random, composer: Composer): Data | undefined
}

/** A value beyond the edge of a keyword, or a member taken away from a good one. */
export type Breach = {
  /** What it is called in ids, below its place: `maxLength`, `type/number`. */
  readonly what: string
  /** A fact without its subject: "is one character too long". */
  readonly title: string
} & (
  | {
      /** Undefined where there is none. @throws PatternError or DataError where none can be made */
      value(random: Random, composer: Composer): Data | undefined
    }
  | { readonly lacks: string }
)

/** Makes valid values at the place that a schema stands for. Each throws DataError where none can be made. */
export interface Composer {
  /** Of 8 letters and digits; marks what the run made. */
  readonly tag: string
  /** A value that is not null. */
  value(random: Random): Data
  /** Items of a list, as many as told. */
  items(count: number, random: Random): readonly Data[]
  member(name: string, random: Random): Data
}

/** What a server may get wrong about a keyword, and the cases that must notice. */
export type KeywordFault = Lenient | Picky

interface Noticed {
  /** The rule that is broken; left out, that the keyword is enforced (and no more). */
  readonly rule?: string
  /** Matches what the edges or breaches that must notice are called, as a whole. */
  readonly noticedBy: RegExp
}

/** Lets in what breaks the keyword. */
export interface Lenient extends Noticed {
  /** What it lets in: "a text longer than maxLength". */
  readonly accepts: string
  /** Which of the values that break the keyword. Left out: all of them. */
  isIgnored?(value: unknown, schema: SchemaObject): boolean
}

/** Refuses what the keyword allows. */
export interface Picky extends Noticed {
  /** What it refuses: "a text of just maxLength". */
  readonly refuses: string
  /** Some schema must be like this for the fault to be one. Left out: any is. */
  isIn?(schema: SchemaObject): boolean
  isRefused(value: unknown, schema: SchemaObject): boolean
}
