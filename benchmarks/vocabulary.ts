/** The nouns of a run. */
import type { TargetName } from './targets.ts'

export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What was found of a target. */
export interface Finding {
  readonly target: TargetName
  /** What it was measured on. */
  readonly subject: string
  /** Round by round. */
  readonly rounds: readonly number[]
  /** Where it is not the median of the rounds. */
  readonly value?: number
}

export interface Measured {
  readonly tables: readonly Table[]
  readonly findings: readonly Finding[]
}

export interface Options {
  readonly rounds: number
  readonly seconds: number
  readonly starts: number
  wants(subject: string): boolean
  /** Says how far it is. */
  tell(text: string): void
}

/** One part of the run, which can be had alone. */
export interface Part {
  readonly name: string
  readonly title: string
  /** How it is measured, for RESULTS.md. */
  readonly method: string
  readonly subjects: readonly string[]
  measure(options: Options): Promise<Measured>
}
