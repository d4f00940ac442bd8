import type { Contract } from '../../documents/contract/contract.ts'
import { best } from '../../documents/contract/evidence.ts'
import type { DeclaredFailure } from '../../documents/contract/operation.ts'
import { parsePointer, toPointer, valuesAt } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { createReplyJudge } from '../suite/judge-reply.ts'
import type { CaseRequest, Evidence } from '../suite/vocabulary.ts'
import { weaker } from '../suite/walk-schema.ts'
import { refusal } from './constraints.ts'
import { editAt, editText, isSuccess, parse, plantRequest } from './plant.ts'
import type { ReplyFault } from './replies.ts'
import type { Fault, Ground } from './vocabulary.ts'

/** Failures that show otherwise than the catalogue says, and credentials that are not looked at. Of any API. */
export const failureFaults = (): ReplyFault[] => [...wrongFailures(), ...openDoors()]

const CASES = /\/failures\//

/** The failures of an operation that a run can provoke. */
const catalogue = ({ operations }: Contract): { id: string; failure: DeclaredFailure }[] =>
  operations.flatMap(({ id, failures }) =>
    failures.filter(({ provoke }) => Array.isArray(provoke)).map((failure) => ({ id, failure })),
  )

const knownWhere =
  (fits: (failure: DeclaredFailure) => boolean) =>
  (contract: Contract): Evidence | undefined =>
    best(
      catalogue(contract)
        .filter(({ failure }) => fits(failure))
        .map(({ failure }) => failure.evidence),
    )

/** That a failure exists is one thing, that it has this status another. */
const knownStatus =
  (fits: (failure: DeclaredFailure) => boolean) =>
  (contract: Contract): Evidence | undefined => {
    const judge = createReplyJudge(contract, [])
    return best(
      catalogue(contract)
        .filter(({ failure }) => failure.status !== undefined && fits(failure))
        .map(({ id, failure: { status = 0, evidence } }) => weaker(evidence, judge.statusEvidence(id, status))),
    )
  }

const isRow = ({ level }: DeclaredFailure): boolean => level === 'row'
const hasCode = ({ at, code }: DeclaredFailure): boolean => at.startsWith('/') && code !== null
const hasMessage = ({ message, messageAt, code, at }: DeclaredFailure): boolean =>
  message !== undefined && (messageAt !== undefined || (code === null && at.startsWith('/')))
const messageOf = ({ messageAt, at }: DeclaredFailure): string => messageAt ?? at

/** What an operation's replies show of these failures is shown otherwise. */
function shownOtherwise(
  fits: (failure: DeclaredFailure) => boolean,
  edit: (body: Json, failure: DeclaredFailure) => Json,
): Fault['plant'] {
  return ({ send, contract }) => {
    const all = catalogue(contract).filter(({ failure }) => fits(failure))
    return async (request, signal) => {
      const reply = await send(request, signal)
      const own = all.filter(
        ({ id, failure }) => id === request.operationId && (isRow(failure) ? isSuccess(reply) : !isSuccess(reply)),
      )
      const places = [...new Map(own.map(({ failure }) => [`${failure.at} ${failure.messageAt}`, failure])).values()]
      return places.length === 0 ? reply : editText(reply, (body) => places.reduce(edit, body))
    }
  }
}

const wrongFailures = (): ReplyFault[] => [
  ...(['row', 'request'] as const).flatMap((level): ReplyFault[] => {
    const isOf = (failure: DeclaredFailure) => failure.level === level
    return [
      {
        name: `names another code for a failed ${level}`,
        rule: `a failed ${level} shows its code`,
        wakes: { cases: CASES, breach: /: \/\S+ is [^"\s]+$/ },
        knownIn: knownWhere((one) => isOf(one) && hasCode(one)),
        plant: shownOtherwise(
          (one) => isOf(one) && hasCode(one),
          (body, { at }) => editAt(body, at, () => 'unknown_error'),
        ),
      },
      {
        name: `words the message of a failed ${level} otherwise`,
        rule: `a failed ${level} shows its message`,
        wakes: { cases: CASES, breach: / is "/ },
        knownIn: knownWhere((one) => isOf(one) && hasMessage(one)),
        plant: shownOtherwise(
          (one) => isOf(one) && hasMessage(one),
          (body, failure) => editAt(body, messageOf(failure), () => 'It did not work'),
        ),
      },
      {
        name: `shows a failed ${level} at another place`,
        rule: `a failed ${level} shows at its place`,
        wakes: { cases: CASES, breach: /: \/\S+ is/ },
        knownIn: knownWhere((one) => isOf(one) && one.at.startsWith('/')),
        plant: shownOtherwise(
          (one) => isOf(one) && one.at.startsWith('/'),
          (body, { at }) => moved(body, at),
        ),
      },
    ]
  }),
  {
    name: 'refuses the whole request for one failed row',
    rule: 'a failed row does not fail the request',
    wakes: { cases: CASES, breach: /the row is refused, not the request/ },
    knownIn: knownWhere(isRow),
    plant: ({ send, contract }) => {
      const rows = catalogue(contract).filter(({ failure }) => isRow(failure))
      return async (request, signal) => {
        const reply = await send(request, signal)
        const own = rows.filter(({ id }) => id === request.operationId)
        const isFailed =
          isSuccess(reply) && own.some(({ failure }) => valuesAt(parse(reply.text), failure.at).length > 0)
        return isFailed ? refusal(send, request, signal) : reply
      }
    },
  },
  {
    name: 'says nothing of failed rows',
    rule: 'a failed row is reported',
    wakes: { cases: CASES, breach: /: \/\S+ is/ },
    knownIn: knownWhere(isRow),
    plant: shownOtherwise(isRow, (body, { at }) => editAt(body, at.slice(0, at.indexOf('/*')), () => [])),
  },
  {
    name: 'says success where the request fails',
    rule: 'a failed request is refused',
    wakes: { cases: CASES, breach: /the request is refused/ },
    knownIn: knownWhere((one) => one.level === 'request'),
    plant:
      ({ send }) =>
      async (request, signal) => {
        const reply = await send(request, signal)
        return reply.status >= 400 && reply.status < 500 ? { ...reply, status: 200 } : reply
      },
  },
  {
    name: 'answers another status for a failed request',
    rule: 'a failed request has its status',
    wakes: { cases: CASES, breach: /status is \d+$|status is \d+ / },
    knownIn: knownStatus((one) => one.level === 'request'),
    plant:
      ({ send }) =>
      async (request, signal) => {
        const reply = await send(request, signal)
        return reply.status >= 400 && reply.status < 500 ? { ...reply, status: 409 } : reply
      },
  },
]

/** The last member of the pointer is called otherwise; of `/errors/*`, the list. */
function moved(body: Json, at: string): Json {
  const tokens = parsePointer(at) ?? []
  const last = tokens.findLastIndex((token) => token !== '*')
  const name = tokens[last] as string
  return editAt(body, toPointer(tokens.slice(0, last)), (holder) => {
    if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, name)) return holder
    const { [name]: value, ...others } = holder
    return { ...others, [`${name}Info`]: value }
  })
}

/** Somebody without the run's credentials is let in with them. */
const letIn = (credentials: readonly CaseRequest['credentials'][]): Fault['plant'] =>
  plantRequest(
    undefined,
    () =>
      ({ credentials: given, ...request }) =>
        credentials.includes(given) ? request : { ...request, ...(given && { credentials: given }) },
  )

const refusedAs =
  (status: number) =>
  ({ send }: Ground): ReturnType<Fault['plant']> =>
  async (request, signal) => {
    const reply = await send(request, signal)
    return reply.status === 401 || reply.status === 403 ? { ...reply, status } : reply
  }

const openDoors = (): ReplyFault[] => [
  {
    name: 'lets in whoever has no credentials',
    rule: 'a request without credentials is refused',
    wakes: { cases: /\/guards\/none$/, breach: /without credentials is refused/ },
    plant: letIn(['none']),
  },
  {
    name: 'lets in whoever has one of several credentials',
    rule: 'credentials that are needed together are all needed',
    wakes: { cases: /\/guards\/without\//, breach: /needed beside other credentials/ },
    plant:
      ({ send }) =>
      ({ credentials, ...request }, signal) =>
        send(
          credentials?.startsWith('without') ? request : { ...request, ...(credentials && { credentials }) },
          signal,
        ),
  },
  {
    name: 'lets in any token',
    rule: 'a wrong token is refused',
    wakes: { cases: /\/guards\/bad$/, breach: /wrong token is refused/ },
    plant: letIn(['bad']),
  },
  {
    name: 'lets the token in, whatever its scheme',
    rule: 'credentials of another scheme are refused',
    wakes: { cases: /\/guards\/other-scheme$/, breach: /another scheme/ },
    plant: letIn(['other-scheme']),
  },
  {
    name: 'tells whoever has no credentials what is wrong with the request',
    rule: 'credentials are checked before the request',
    wakes: { cases: /\/guards\/(?:none|bad)-and-invalid$/, breach: /before anything is said of the request/ },
    plant:
      ({ send }) =>
      async ({ credentials, ...request }, signal) => {
        if (credentials !== 'none' && credentials !== 'bad')
          return send({ ...request, ...(credentials && { credentials }) }, signal)
        const reply = await send(request, signal)
        return reply.status === 400 || reply.status === 422 ? reply : send({ ...request, credentials }, signal)
      },
  },
  {
    name: 'answers 404 to whoever has no credentials',
    rule: 'without credentials the status is 401',
    wakes: { cases: /\/guards\/none$|\/failures\//, breach: /status (?:is )?401|status 403/ },
    knownIn: knownStatus(({ status }) => status === 401),
    plant: refusedAs(404),
  },
  {
    name: 'answers 400 to whoever has no credentials',
    rule: 'without credentials the status is 401',
    wakes: { cases: /\/guards\/none$|\/failures\//, breach: /status (?:is )?401|status 403/ },
    knownIn: knownStatus(({ status }) => status === 401),
    plant: refusedAs(400),
  },
]
