import type { Api } from '../../../mocks/api/api.ts'
import { type Mock, SESSION_HEADER } from '../../../mocks/api/mock.ts'
import { isJson } from '../../../mocks/engine/validate-call.ts'
import type { Answer, Call } from '../../../mocks/engine/vocabulary.ts'
import type { Snapshot } from '../../../mocks/state/snapshot.ts'

/** Longer than any answer may take, in milliseconds, on a machine that does other things as well. */
export const PATIENCE = 3000

/** @throws Error that says what is wrong, unless the condition holds */
export function insist(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what)
}

const PROTOTYPES = [Object, Array, Function, String, Number, Boolean, Map, Set, Date].map(({ name, prototype }) => ({
  name,
  prototype,
  keys: Reflect.ownKeys(prototype).length,
}))

/**
 * Holds the prototypes to what they were when this module was loaded.
 * @throws Error that names the first one polluted
 */
export function insistOnCleanPrototypes(): void {
  for (const { name, prototype, keys } of PROTOTYPES) {
    insist(Reflect.ownKeys(prototype).length === keys, `${name}.prototype has other members than before`)
  }
  insist(Object.getPrototypeOf({}) === Object.prototype, 'an object has another prototype')
  for (const _ in {}) insist(false, 'an empty object has members')
}

/** The whole state of the session that a call belongs to. */
export const stateFor = (mock: Mock, call: Call): string =>
  JSON.stringify(mock.session(call.headers?.[SESSION_HEADER] ?? '').snapshot())

/**
 * Answers a call and holds the answer to what is true of every answer.
 * @param before the state before the call, where it is known
 */
export function answerSoundly(mock: Mock, call: Call, before = stateFor(mock, call)): Answer {
  const session = mock.session(call.headers?.[SESSION_HEADER] ?? '')
  const began = performance.now()
  const answer = mock.serve(call)
  const elapsed = performance.now() - began
  insist(elapsed < PATIENCE, `the answer took ${Math.round(elapsed)} ms`)
  const { status, headers, body } = answer.reply
  insist(Number.isInteger(status) && status >= 200 && status <= 599, `the status is ${status}`)
  // In a change of one user its e-mail orders a failure of the whole request, which may be one of the server.
  const isTriggered = answer.refusal?.refused === 'failure' && /@rollcall\.test/i.test(call.text ?? '')
  insist(
    status < 500 || answer.isForced === true || isTriggered,
    `${status} was not ordered: ${answer.refusal?.message}`,
  )
  for (const value of Object.values(headers)) insist(/^[\t\x20-\x7e\x80-\xff]*$/.test(value), `a header is ${value}`)
  if (body !== undefined && isJson(headers['content-type']?.split(';')[0] ?? '')) {
    const text = JSON.stringify(body)
    insist(JSON.stringify(JSON.parse(text)) === text, 'the body does not survive the wire')
  }
  if (status >= 400) insist(stateFor(mock, call) === before, `${status} changed the state`)
  JSON.stringify(session.readJournal(1))
  insistOnCleanPrototypes()
  return answer
}

/** What is true of every state: ids and unique keys are, and what was written out can be read in again. */
export function insistOnSoundState(mock: Mock, apis: readonly Api[], name = ''): Snapshot {
  const session = mock.session(name)
  const snapshot = session.snapshot()
  for (const [api, tenants] of Object.entries(snapshot.apis)) {
    const rulesOf = apis.find((one) => one.name === api)?.behaviours.collections ?? {}
    for (const collections of Object.values(tenants)) {
      for (const [name, records] of Object.entries(collections)) {
        const { idOf, keysOf } = rulesOf[name] as (typeof rulesOf)[string]
        insist(new Set(records.map(idOf)).size === records.length, `two ${name} of ${api} have one id`)
        const holders = new Map<string, string>()
        for (const record of records) {
          for (const [index, key] of keysOf(record)) {
            const holder = holders.get(`${index} ${key}`) ?? idOf(record)
            insist(holder === idOf(record), `two ${name} of ${api} have the ${index} ${key}`)
            holders.set(`${index} ${key}`, holder)
          }
        }
      }
    }
  }
  const text = JSON.stringify(snapshot)
  session.restore(JSON.parse(text) as Snapshot)
  insist(JSON.stringify(session.snapshot()) === text, 'the state is another one after it was restored')
  return snapshot
}
