import { analyse } from 'scslre'
import type { Contract } from '../contract/contract.ts'
import { withinTime } from '../patterns/limit-time.ts'
import { mayBacktrack } from '../patterns/match-in-time.ts'
import { showPattern } from '../patterns/show-pattern.ts'
import { below } from '../read/json-pointer.ts'
import type { Finding } from './finding.ts'
import { visitParts } from './visit-parts.ts'

/** In milliseconds, for one pattern. */
const LIMIT = 200

/**
 * The patterns over which a regular expression could try for ever: each step further doubles what there is to try. Whoever
 * copies such a pattern into a server has one that a single request stops.
 */
export function* checkPatterns(contract: Contract): Generator<Finding | undefined> {
  const known = new Map<string, boolean>()
  const backtracks = (pattern: string): boolean => {
    let found = known.get(pattern)
    if (found === undefined) known.set(pattern, (found = isExponential(pattern)))
    return found
  }
  for (const visited of visitParts(contract)) {
    if (!visited) {
      yield undefined
      continue
    }
    const [part, at] = visited
    const { pattern } = part as { readonly pattern?: unknown }
    if (typeof pattern !== 'string' || !backtracks(pattern)) continue
    yield {
      rule: 'pattern-backtracks',
      message: `the pattern ${showPattern(pattern)} can be tried in more ways than anybody can wait for`,
      instead: 'long texts are held to it in another way, or not longer than a tenth of a second',
      pointer: below(at, 'pattern'),
    }
  }
}

function isExponential(pattern: string): boolean {
  if (!mayBacktrack(pattern)) return false
  try {
    const options = { maxReports: 1, reportTypes: { Move: false } }
    const { reports } = withinTime(LIMIT, () => analyse(new RegExp(pattern, 'u'), options))
    return reports.some(({ exponential }) => exponential)
  } catch {
    // It is none, and told elsewhere; or so large that nobody knows.
    return false
  }
}
