import type { Contract } from '../../documents/contract/contract.ts'
import { best, evidenceOf } from '../../documents/contract/evidence.ts'
import { toPointer, withAnyIndex } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { isPast } from '../suite/is-past.ts'
import type { CaseReply, Evidence } from '../suite/vocabulary.ts'
import { type Site, walkSchema } from '../suite/walk-schema.ts'
import type { GenericFault } from './constraints.ts'
import { eachObject, editAt, editText, isSuccess, oneInThree, plantReply } from './plant.ts'
import type { Fault } from './vocabulary.ts'

/** A fault of any API. */
export interface ReplyFault extends GenericFault {
  /** How well the document knows the rule; undefined: it has no such rule. Left out: as its cases say. */
  readonly knownIn?: (contract: Contract) => Evidence | undefined
}

/** Wrong statuses, wrong headers and wrong bodies, of any API. */
export const replyFaults = (): ReplyFault[] => [
  ...wrongStatuses(),
  ...wrongHeaders(),
  ...wrongBodies(),
  ...wrongMembers(),
]

const ANY = /\/(?:accepts|stories|refuses|failures|guards)\//
const GOOD = /\/(?:accepts|stories)\//

/** How well the success responses of the subjects are known, the best of them. */
const knownSuccess = (contract: Contract): Evidence | undefined =>
  best(successesOf(contract).map(({ evidence }) => evidence))

/** The success responses of the subjects, with the schema of their JSON. */
const successesOf = ({ subjects }: Contract) =>
  subjects.flatMap(({ id, replies }) =>
    replies
      .filter(({ status }) => status.startsWith('2'))
      .map(({ status, evidence, json }) => ({ id, status: Number(status), evidence, json })),
  )

interface ReplySite extends Site {
  readonly operationId: string
}

/** Every place of the subjects' success replies. */
const sitesOf = (contract: Contract): readonly ReplySite[] => contract.once(listSites)

const listSites = (contract: Contract): ReplySite[] =>
  successesOf(contract).flatMap(({ id, json }) =>
    json ? [...walkSchema(contract, json)].map((site) => ({ ...site, operationId: id })) : [],
  )

const typesOf = ({ schema }: Site): readonly string[] => [schema.type ?? []].flat()

/** Changes the values of all places that fit; only where a rule says that this is wrong. */
function atSites(
  keyword: string,
  fits: (site: ReplySite, contract: Contract) => boolean,
  change: (value: Json, site: ReplySite) => Json,
): Pick<ReplyFault, 'knownIn' | 'plant'> {
  const fitting = (contract: Contract) =>
    sitesOf(contract).filter((site) => site.alternatives.length === 0 && !site.isBesideNull && fits(site, contract))
  return {
    knownIn: (contract) => best(fitting(contract).map(({ schema, evidence }) => evidenceOf(schema, keyword, evidence))),
    plant: (ground) => {
      const places = fitting(ground.contract)
      return plantReply(undefined, () => (reply, { operationId }) => {
        const own = places.filter((site) => site.operationId === operationId)
        if (!isSuccess(reply) || own.length === 0) return reply
        return editText(reply, (body) =>
          own.reduceRight(
            (edited, site) => editAt(edited, withAnyIndex(toPointer(site.path)), (value) => change(value, site)),
            body,
          ),
        )
      })(ground)
    },
  }
}

const onSuccess = (change: (reply: CaseReply) => CaseReply | Promise<CaseReply>): Fault['plant'] =>
  plantReply(undefined, ({ contract }) => {
    const subjects = new Set(contract.subjects.map(({ id }) => id))
    return (reply, { operationId }) => (isSuccess(reply) && subjects.has(operationId) ? change(reply) : reply)
  })

const onStatus = (from: readonly number[], change: (reply: CaseReply) => CaseReply): Fault['plant'] =>
  plantReply(undefined, () => (reply) => (from.includes(reply.status) ? change(reply) : reply))

/** How well a rule is known that the subjects' refusals are judged by. */
const knownRefusal = ({ subjects }: Contract): Evidence | undefined =>
  best(
    subjects.map(({ replies, evidence }) => {
      const refusals = replies.filter(({ status }) => status.startsWith('4'))
      return refusals.some((refusal) => refusal.evidence === 'documented') ? evidence : 'assumed'
    }),
  )

const wrongStatuses = (): ReplyFault[] => [
  {
    name: 'answers another success status than the declared one',
    rule: 'the status is a declared one',
    wakes: { cases: GOOD, breach: /status is one of/ },
    knownIn: knownSuccess,
    plant: onSuccess((reply) => ({ ...reply, status: reply.status === 200 ? 201 : 200 })),
  },
  {
    name: 'answers 206 where all was done',
    rule: 'the status is a declared one',
    wakes: { cases: GOOD, breach: /status is one of/ },
    knownIn: knownSuccess,
    plant: onSuccess((reply) => ({ ...reply, status: 206 })),
  },
  {
    name: 'refuses with an undeclared status',
    rule: 'the status is a declared one',
    wakes: { cases: /\/refuses\//, breach: /status is one of/ },
    knownIn: (contract) => knownRefusal(contract) && 'assumed',
    plant: onStatus([400, 422], (reply) => ({ ...reply, status: 418 })),
  },
  {
    name: 'redirects instead of answering',
    rule: 'the status is a declared one',
    wakes: { cases: GOOD, breach: /status is one of|is accepted/ },
    knownIn: knownSuccess,
    plant: onSuccess((reply) => ({ ...reply, status: 302, text: '', headers: { location: '/login' } })),
  },
  {
    name: 'fails one time in three',
    rule: 'what is valid is accepted, every time',
    wakes: { cases: /\/accepts\//, breach: /is accepted/ },
    knownIn: knownSuccess,
    plant: (ground) => {
      const strikes = oneInThree('500')
      return onSuccess((reply) =>
        strikes() ? { ...reply, status: 500, text: 'it broke', headers: { 'content-type': 'text/plain' } } : reply,
      )(ground)
    },
  },
  {
    name: 'breaks the connection off one time in three',
    rule: 'every request is answered',
    wakes: { cases: ANY, breach: /every request is answered/ },
    knownIn: knownSuccess,
    plant: ({ send }) => {
      const strikes = oneInThree('reset')
      return async (request, signal) => {
        const reply = await send(request, signal)
        if (strikes()) throw new Error('the connection was reset')
        return reply
      }
    },
  },
]

const withHeader = ({ headers, ...reply }: CaseReply, name: string, value: string | undefined): CaseReply => {
  const { [name]: _, ...others } = headers
  return { ...reply, headers: value === undefined ? others : { ...others, [name]: value } }
}

const header = (name: string, text: string, breach: RegExp, value: string | undefined): ReplyFault => ({
  name,
  rule: text,
  wakes: { cases: GOOD, breach },
  knownIn: (contract) => (successesOf(contract).some(({ json }) => json) ? knownSuccess(contract) : undefined),
  plant: onSuccess((reply) => withHeader(reply, 'content-type', value)),
})

const wrongHeaders = (): ReplyFault[] => [
  header(
    'says that its JSON is a page',
    'the content type is a declared one',
    /content type is/,
    'text/html; charset=utf-8',
  ),
  header('says that its JSON is plain text', 'the content type is a declared one', /content type is/, 'text/plain'),
  header('does not say what it answers', 'the content type is a declared one', /content type is/, undefined),
  header('names another charset than UTF-8', 'JSON is in UTF-8', /UTF-8/, 'application/json; charset=iso-8859-1'),
  {
    name: 'shows the token in a header',
    rule: 'no reply shows the token it was asked with',
    wakes: { cases: ANY, breach: /no reply shows the token/ },
    knownIn: () => 'documented',
    plant: (ground) => onSuccess((reply) => withHeader(reply, 'x-request-context', `token=${ground.token}`))(ground),
  },
  {
    name: 'shows the token in a refusal',
    rule: 'no reply shows the token it was asked with',
    wakes: { cases: /\/(?:refuses|failures)\//, breach: /no reply shows the token/ },
    knownIn: () => 'documented',
    plant: (ground) =>
      onStatus([400, 422], (reply) =>
        editText(reply, (body) => ({ ...body, debug: { authorization: `Bearer ${ground.token}` } })),
      )(ground),
  },
]

const text = (name: string, change: (text: string) => string): ReplyFault => ({
  name,
  rule: 'the body is JSON',
  wakes: { cases: GOOD, breach: /the body is JSON/ },
  knownIn: (contract) => (successesOf(contract).some(({ json }) => json) ? knownSuccess(contract) : undefined),
  plant: onSuccess((reply) => ({ ...reply, text: change(reply.text) })),
})

const wrongBodies = (): ReplyFault[] => [
  text('answers a page', () => '<!doctype html><title>Sign in</title>'),
  text('cuts its reply off', (all) => all.slice(0, -1)),
  text('answers nothing', () => ''),
  text('answers a line of JSON for each row', (all) => `${all}\n${all}`),
  {
    name: 'answers letters beyond ASCII as question marks',
    rule: 'what was sent comes back letter by letter',
    wakes: { cases: /\/stories\/values$/, breach: /./ },
    plant: plantReply(undefined, () => (reply) => ({ ...reply, text: reply.text.replace(/[^\0-\x7f]/gu, '?') })),
  },
]

const requires = ({ schema: { required = [] } }: ReplySite): boolean => required.length > 0

const isInner = ({ path }: ReplySite): boolean => path.length > 0

const wrongMembers = (): ReplyFault[] => [
  {
    name: 'leaves a required member out',
    rule: 'a reply has its required members',
    wakes: { cases: GOOD, breach: /\/required$/ },
    ...atSites('required', (site) => !isInner(site) && requires(site), without(0)),
  },
  {
    name: 'leaves a required member of an inner object out',
    rule: 'a reply has its required members',
    wakes: { cases: GOOD, breach: /\/required$/ },
    ...atSites('required', (site) => isInner(site) && requires(site), without(-1)),
  },
  {
    name: 'renames a required member',
    rule: 'a reply has its required members',
    wakes: { cases: GOOD, breach: /\/required$/ },
    ...atSites(
      'required',
      (site) => requires(site),
      (value, { schema }) => {
        const [name = ''] = schema.required ?? []
        if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return value
        const { [name]: member, ...others } = value
        return { ...others, [`${name}_`]: member }
      },
    ),
  },
  mistyped(
    'answers null where it is not allowed',
    (site) => isInner(site) && isRequired(site),
    () => null,
  ),
  mistyped(
    'answers numbers as texts',
    (site) => has(site, 'number', 'integer') && !has(site, 'string'),
    (value) => (typeof value === 'number' ? String(value) : value),
  ),
  mistyped(
    'answers texts as numbers',
    (site) => has(site, 'string') && !has(site, 'number', 'integer'),
    (value) => (typeof value === 'string' ? value.length : value),
  ),
  mistyped(
    'answers booleans as numbers',
    (site) => has(site, 'boolean') && !has(site, 'number', 'integer'),
    (value) => (typeof value === 'boolean' ? Number(value) : value),
  ),
  mistyped(
    'answers lists as objects',
    (site) => has(site, 'array') && !has(site, 'object'),
    (value) => (Array.isArray(value) ? { ...value } : value),
  ),
  mistyped(
    'answers the only item of a list without its list',
    (site) => has(site, 'array') && !has(site, 'object', 'string'),
    (value) => (Array.isArray(value) && value.length === 1 ? value[0] : value),
  ),
  mistyped(
    'answers null for empty lists',
    (site) => has(site, 'array') && !has(site, 'null'),
    (value) => (Array.isArray(value) && value.length === 0 ? null : value),
  ),
  mistyped(
    'answers objects as texts',
    (site) => isInner(site) && has(site, 'object') && !has(site, 'string'),
    (value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value),
  ),
  {
    name: 'answers a stranger to an enum',
    rule: 'a reply keeps its enums',
    wakes: { cases: GOOD, breach: /\/enum$/ },
    ...atSites(
      'enum',
      ({ schema }) => schema.enum?.some((one) => typeof one === 'string') === true,
      (value) => (typeof value === 'string' ? `${value}-v2` : value),
    ),
  },
  {
    name: 'answers a date-time that is none',
    rule: 'a reply keeps its formats',
    wakes: { cases: GOOD, breach: /\/format$/ },
    ...atSites(
      'format',
      ({ schema }) => schema.format === 'date-time',
      (value) => (typeof value === 'string' ? new Date(value).toUTCString() : value),
    ),
  },
  {
    name: 'answers a member that is not declared',
    rule: 'a reply has declared members only',
    wakes: { cases: GOOD, breach: /is declared/ },
    knownIn: (contract) =>
      successesOf(contract).some(
        ({ json: { schema } = {} }) => typeof schema === 'object' && (schema.properties || schema.$ref),
      )
        ? 'assumed'
        : undefined,
    plant: onSuccess((reply) =>
      editText(reply, (body) => (Array.isArray(body) ? body : { ...body, internalShard: 'eu-7' })),
    ),
  },
  {
    name: 'gives one id to all of a list',
    rule: 'ids are told apart',
    wakes: { cases: GOOD, breach: /told apart|of its own| is listed by / },
    knownIn: (contract) =>
      sitesOf(contract).some(({ path }) => isId(path) && path.includes('0')) ? 'assumed' : undefined,
    plant: onSuccess((reply) => editText(reply, shareIds)),
  },
  {
    name: 'answers timestamps of next year',
    rule: 'nothing happened in the future',
    wakes: { cases: GOOD, breach: /not from the future/ },
    knownIn: (contract) => (sitesOf(contract).some(({ path }) => isPast(path.at(-1) ?? '')) ? 'assumed' : undefined),
    plant: onSuccess((reply) => editText(reply, (body) => void eachObject(body, ageBy(365 * 86_400_000)))),
  },
  {
    name: 'finds nobody that it created',
    rule: 'what was created can be read back',
    wakes: { cases: /\/stories\//, breach: /can be read back/ },
    plant: ({ send, contract }) => {
      const readBacks = new Set(contract.operations.filter(({ role }) => role === 'read-back').map(({ id }) => id))
      return async (request, signal) => {
        const reply = await send(request, signal)
        return readBacks.has(request.operationId) && isSuccess(reply) ? { ...reply, status: 404, text: '{}' } : reply
      }
    },
  },
  {
    name: 'fails at letters beyond ASCII',
    rule: 'what is valid is accepted, whatever its letters',
    wakes: { cases: /\/accepts\/.*\/corners$|\/stories\/values$/, breach: /is accepted|status is/ },
    plant:
      ({ send }) =>
      async (request, signal) => {
        const reply = await send(request, signal)
        return /[^\0-\x7f]/.test(request.body ?? '') ? { ...reply, status: 500, text: '{}' } : reply
      },
  },
  {
    name: 'fails at characters beyond 16 bits',
    rule: 'what is valid is accepted, whatever its letters',
    wakes: { cases: /\/accepts\/.*\/corners$|\/stories\/values$/, breach: /is accepted|status is/ },
    plant:
      ({ send }) =>
      async (request, signal) => {
        const reply = await send(request, signal)
        return /[\u{10000}-\u{10ffff}]/u.test(request.body ?? '') ? { ...reply, status: 500, text: '{}' } : reply
      },
  },
  {
    name: 'fails at what is invalid',
    rule: 'what is invalid is refused, not answered with 5xx',
    wakes: { cases: /\/refuses\//, breach: /refused, not answered with 5xx/ },
    plant: onStatus([400, 422], (reply) => ({ ...reply, status: 500 })),
  },
  {
    name: 'says success to what is invalid',
    rule: 'what is invalid is not accepted',
    wakes: { cases: /\/refuses\//, breach: /must/ },
    plant:
      ({ send, kit }) =>
      async (request, signal) => {
        const reply = await send(request, signal)
        const builder = kit.builderOf(request.operationId)
        if ((reply.status !== 400 && reply.status !== 422) || !builder.bodySchema) return reply
        const other = await send({ ...builder.request({ body: builder.body('a good one') }) }, signal)
        return isSuccess(other) ? other : { ...other, status: 200 }
      },
  },
  {
    name: 'hangs up instead of refusing',
    rule: 'a refused request is answered',
    wakes: { cases: /\/refuses\//, breach: /every request is answered/ },
    knownIn: () => 'documented',
    plant:
      ({ send }) =>
      async (request, signal) => {
        const reply = await send(request, signal)
        if (reply.status === 400 || reply.status === 422) throw new Error('nothing came back')
        return reply
      },
  },
]

const has = (site: ReplySite, ...types: readonly string[]): boolean => types.some((one) => typesOf(site).includes(one))

const isRequired = (site: ReplySite): boolean => typesOf(site).length > 0 && !has(site, 'null')

function mistyped(name: string, fits: (site: ReplySite) => boolean, change: (value: Json) => Json): ReplyFault {
  return {
    name,
    rule: 'a reply keeps its types',
    wakes: { cases: GOOD, breach: /\/type$/ },
    ...atSites('type', fits, change),
  }
}

/** @param index of the required member that goes, from the end if it is negative */
function without(index: number): (value: Json, site: ReplySite) => Json {
  return (value, { schema }) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    const { [schema.required?.at(index) as string]: _, ...others } = value
    return others
  }
}

const ID = /^(?:id|userId)$/
const isId = (path: readonly string[]): boolean => ID.test(path.at(-1) ?? '')

function shareIds(body: Json): void {
  if (typeof body !== 'object' || body === null) return
  for (const member of Object.values(body)) shareIds(member)
  if (!Array.isArray(body)) return
  for (const item of body) {
    for (const name of Object.keys(item ?? {})) if (ID.test(name)) item[name] = body[0][name]
  }
}

/** Moves what looks like a time by its name, in milliseconds. */
const ageBy =
  (by: number) =>
  (one: Record<string, Json>): void => {
    for (const [name, value] of Object.entries(one)) {
      if (!isPast(name)) continue
      if (typeof value === 'number' && value > 1e9) one[name] = value + by / 1000
      if (typeof value === 'string' && /^\d{4}-/.test(value)) one[name] = new Date(Date.parse(value) + by).toISOString()
    }
  }
