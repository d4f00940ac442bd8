import type { Origin, Spot } from './index-anchors.ts'
import { below, type Pointer } from './json-pointer.ts'

/** Where a part of a file has come to: with the nearest part around it. @returns undefined where it is not taken in */
export function findGoal(origins: readonly Origin[], { file, tokens }: Spot): Pointer | undefined {
  const around = origins.filter(
    (origin) => origin.file === file && origin.tokens.every((token, at) => token === tokens[at]),
  )
  const [nearest] = around.sort((one, other) => other.tokens.length - one.tokens.length)
  return nearest && below(nearest.pointer, ...tokens.slice(nearest.tokens.length))
}
