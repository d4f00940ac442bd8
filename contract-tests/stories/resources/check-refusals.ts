import { failingAt } from '../../suite/judge-outcome.ts'
import { isPassing } from '../../suite/judge-reply.ts'
import type { Answered } from '../../suite/vocabulary.ts'
import { weaker } from '../../suite/walk-schema.ts'
import type { Deed } from './course.ts'
import { isSuccess, type Journey, toldOf } from './journey.ts'
import { goneEvidence, goneStatuses, knownAs } from './known-as.ts'

/**
 * What names nothing that is there is refused: as declared, where that is, and never failed at.
 * @param text what is refused, as a fact: "reading what is not there is refused"
 */
export function checkRefusal({ chapters }: Journey, chapter: string, text: string, deed: Deed, answer: Answered): void {
  const { reply, exchange } = answer
  const { declared } = deed
  const seen = toldOf(deed, reply)
  chapters.saw(chapter, exchange)
  const wanted = goneStatuses(declared)
  const known = goneEvidence(declared)
  if (isSuccess(reply)) chapters.breaks(chapter, { text, seen, evidence: weaker(knownAs(deed), known), exchange })
  else if (reply.status >= 500) {
    const cause = failingAt(declared, reply.status)
    // A document that says how it refuses what is not there says that this is no fault of the server.
    const evidence = isPassing(reply.status) ? 'assumed' : known
    chapters.breaks(chapter, { text: `${text}, not answered with 5xx`, seen, evidence, exchange, cause })
  } else if (wanted.length > 0 && !wanted.includes(String(reply.status)))
    chapters.breaks(chapter, { text: `${text} with ${wanted.join(' or ')}`, seen, evidence: 'assumed', exchange })
}
