import { copyLazily } from '../documents/read/define-lazily.ts'
import type { Api } from './api/api.ts'
import { checkNamed } from './api/define-api.ts'
import { findClosest } from './api/find-closest.ts'
import type { OwnBehaviours } from './engine/define-behaviours.ts'
import { type Behaviour, type Decision, isRefusal, refuse, type Turn } from './engine/vocabulary.ts'
import { findCulprit } from './find-culprit.ts'

/**
 * An API with behaviours of one's own in the place of those that it has; the others stay. What one of them throws is
 * answered with 500, which says where in its file that was, and changes nothing.
 * @throws Error when the behaviours name an operation that the API has not, in one line, with the closest name
 */
export function extendApi(api: Api, own: OwnBehaviours): Api {
  const { behaviours: inherited } = api
  const { collections } = own
  const operations = {
    ...inherited.operations,
    ...Object.fromEntries(
      Object.entries(own.operations).map(([id, behave]) => [id, play(id, behave, inherited.operations[id])]),
    ),
  }
  const behaviours = Object.assign(copyLazily(inherited), own, {
    operations,
    // A document that is read at run time works its collections out when they are first asked for.
    ...(collections && { collections: { ...inherited.collections, ...collections } }),
  })
  const unanswered = checkNamed(api.name, api.operations, behaviours)
  return Object.assign(copyLazily(api), { behaviours, unanswered })
}

const play =
  (id: string, behave: OwnBehaviours['operations'][string], inherited: Behaviour | undefined): Behaviour =>
  (turn) => {
    let outcome: Decision | undefined
    const inherit = (given: Turn): Decision => {
      if (!inherited) throw new Error(`there is nothing to inherit: ${id} has no other behaviour`)
      outcome = inherited(given)
      return outcome
    }
    const fail = (rule: string, message = '') => {
      const known = Object.keys(turn.failures)
      if (!known.includes(rule)) {
        const closest = findClosest(rule, known)
        throw new Error(`${id} has no failure ${rule}; ${closest ? `the closest is ${closest.name}` : 'it has none'}`)
      }
      return refuse('failure', message, { rule })
    }
    try {
      const decision: Partial<Decision> | undefined = behave(turn, { inherit, fail })
      if (!decision || (!isRefusal(decision) && !Number.isInteger(decision.status))) {
        throw new Error('it must return a reply with a status, or a refusal, at once')
      }
      if (decision === outcome || isRefusal(decision)) return decision as Decision
      // What was inherited gives way to the document; what was written by hand must keep to it.
      const { yields: _, ...reply } = decision as Exclude<Decision, { refused: unknown }>
      return reply
    } catch (cause) {
      const place = findCulprit(cause)
      const where = place ? ` at ${place}` : ''
      return refuse('broken-reply', `the behaviour of ${id} failed${where}: ${cause}; nothing was changed`, {
        rule: 'behaviour',
        cause,
      })
    }
  }
