import { PatientCall, Unready } from '../engine/patience.ts'
import { workInTurns } from '../engine/take-turns.ts'
import type { Answer, Call, Patience } from '../engine/vocabulary.ts'

/** How a call of an API is answered, by one that may be told to wait. */
export type Serve = (call: Call, patience: Patience) => Answer | Promise<Answer>

/** Most calls wait for nothing. */
const UNTRIED = new PatientCall()

/**
 * Whoever calls what takes long waits until it is done, and nobody else has to: the first call of a tenant that begins with
 * very many users, a search among very many records.
 */
export function servePatiently(serve: Serve): (call: Call) => Answer | Promise<Answer> {
  const atWork = new Map<string, Promise<unknown>>()
  const workFor = ({ key, work, isShared }: Unready): Promise<unknown> => {
    if (!isShared) return workInTurns(work)
    const known = atWork.get(key)
    if (known) return known
    const done = workInTurns(work).finally(() => atWork.delete(key))
    atWork.set(key, done)
    return done
  }
  const wait = async (call: Call, error: unknown, patience: PatientCall): Promise<Answer> => {
    if (!(error instanceof Unready)) throw error
    const value = await workFor(error)
    patience.keep(error.isShared ? undefined : { key: error.key, value })
    try {
      return await serve(call, patience)
    } catch (further) {
      return await wait(call, further, patience)
    }
  }
  return (call) => {
    try {
      const answered = serve(call, UNTRIED)
      return answered instanceof Promise ? answered.catch((error) => wait(call, error, new PatientCall())) : answered
    } catch (error) {
      return wait(call, error, new PatientCall())
    }
  }
}
