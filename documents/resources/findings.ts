import type { NamedSketches } from './describe-operation.ts'
import type { Resources } from './resource.ts'
import type { Sketch } from './sketch-resources.ts'
import type { Subject } from './verdict.ts'

/** What is found of a document's operations before it is told: all at once, or as far as somebody asks. */
export interface Findings extends NamedSketches, Pick<Resources, 'names' | 'diagnostics'> {
  /** In the order of the document. */
  readonly subjects: readonly Subject[]
  subject(id: string): Subject | undefined
  sketchOf(name: string): Sketch | undefined
  /** See `Resource.near`. */
  near(sketch: Sketch): readonly Subject[]
  below(sketch: Sketch): readonly string[]
}
