import type { Json } from '../../documents/read/read-document.ts'
import type { CaseRequest } from '../suite/vocabulary.ts'
import { editSent, editText, isSuccess, mapTexts, parse, plantRequest } from './plant.ts'
import type { Fault } from './vocabulary.ts'

/** Faults that show over several calls, made for the operations and members of one API. */

/** Where an API has its rows, and what tells them apart. */
export interface Rows {
  /** The operation that creates. */
  readonly create: string
  readonly rowsOf: (body: Json) => Json[]
  /** The member of a row that is unique. */
  readonly key: string
}

/** Rows of one request are not compared with each other. */
export const letTwinsIn = ({ create, rowsOf, key }: Rows): Fault['plant'] =>
  aliasKeys(create, rowsOf, key, (text, seen) => seen.has(text.toLowerCase()))

/** The same key in another case is another key. */
export const mindTheCase = ({ create, rowsOf, key }: Rows): Fault['plant'] =>
  aliasKeys(create, rowsOf, key, (text) => text !== text.toLowerCase())

/** A request does not see what another one, which came at the same time, is about to write. */
export const letTwinsAtOnceIn =
  ({ create, rowsOf, key }: Rows): Fault['plant'] =>
  (ground) => {
    let open = 0
    const send = aliasKeys(create, rowsOf, key, () => open > 1)(ground)
    return async (request, signal) => {
      if (request.operationId !== create) return send(request, signal)
      open++
      try {
        return await send(request, signal)
      } finally {
        open--
      }
    }
  }

/** Some keys reach the good server as others, and come back as they were. */
function aliasKeys(
  create: string,
  rowsOf: Rows['rowsOf'],
  key: string,
  isAliased: (text: string, seen: ReadonlySet<string>) => boolean,
): Fault['plant'] {
  return ({ send }) => {
    const originals = new Map<string, string>()
    return async (request, signal) => {
      const seen = new Set<string>()
      const sent =
        request.operationId !== create
          ? request
          : editSent(request, (body) => {
              for (const row of rowsOf(body)) {
                const text = row?.[key]
                if (typeof text !== 'string' || text === '') continue
                if (isAliased(text, seen)) {
                  row[key] = `twin${originals.size}.${text}`
                  originals.set(row[key], text)
                }
                seen.add(text.toLowerCase())
              }
            })
      const reply = await send(sent, signal)
      return { ...reply, text: [...originals].reduce((all, [alias, text]) => all.replaceAll(alias, text), reply.text) }
    }
  }
}

/** Every text that is sent is kept as another; the keys of the rows stay. */
export const keepTexts = (
  operations: readonly string[],
  spared: RegExp,
  change: (text: string) => string,
): Fault['plant'] =>
  plantRequest(
    operations,
    () => (request) =>
      editSent(request, (body) => mapTexts(body, (text, name) => (spared.test(name) ? text : change(text)))),
  )

/** What was read once is read for ever. @param keyOf what the reader asks for; undefined: it is asked anew */
export const readStale =
  (operations: readonly string[], keyOf: (request: CaseRequest) => string | undefined): Fault['plant'] =>
  ({ send }) => {
    const kept = new Map<string, Awaited<ReturnType<typeof send>>>()
    return async (request, signal) => {
      const key = operations.includes(request.operationId) ? keyOf(request) : undefined
      const old = key === undefined ? undefined : kept.get(key)
      if (old) return old
      const reply = await send(request, signal)
      if (key !== undefined && isSuccess(reply)) kept.set(key, reply)
      return reply
    }
  }

/** Each reading counts as a change. */
export const changeByReading =
  (operations: readonly string[], member: string): Fault['plant'] =>
  ({ send }) => {
    let readings = 0
    return async (request, signal) => {
      const reply = await send(request, signal)
      if (!operations.includes(request.operationId) || !isSuccess(reply)) return reply
      readings++
      return editText(reply, (body) => bump(body, member, readings))
    }
  }

function bump(value: Json, member: string, by: number): Json {
  if (Array.isArray(value)) return value.map((item) => bump(item, member, by))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries<Json>(value).map(([name, one]) => [name, name === member ? later(one, by) : bump(one, member, by)]),
  )
}

const later = (time: Json, by: number): Json =>
  typeof time === 'number' ? time + by : new Date(Date.parse(time) + by * 1000).toISOString()

/** Says that it deleted, and does not. */
export const deleteNobody =
  (operations: readonly string[], reply: { readonly status: number; readonly body?: Json }): Fault['plant'] =>
  ({ send }) =>
  async (request, signal) =>
    operations.includes(request.operationId) && request.credentials === undefined
      ? {
          status: reply.status,
          headers: reply.body === undefined ? {} : { 'content-type': 'application/json' },
          text: reply.body === undefined ? '' : JSON.stringify(reply.body),
          duration: 0,
        }
      : send(request, signal)

/** The id of whoever was deleted is given to whoever comes next. @param idsIn the ids in a reply, in order */
export const reuseIds =
  (
    deletions: readonly string[],
    idIn: (request: CaseRequest) => string | undefined,
    idsIn: (operationId: string, body: Json) => readonly string[],
  ): Fault['plant'] =>
  ({ send }) => {
    const free: string[] = []
    const known = new Set<string>()
    const olds = new Map<string, string>()
    const renamed = (text: string, pairs: Iterable<readonly [string, string]>) =>
      [...pairs].reduce((all, [from, to]) => all.replaceAll(from, to), text)
    return async (request, signal) => {
      const back = [...olds].map(([now, old]) => [old, now] as const)
      const sent = {
        ...request,
        path: renamed(request.path, back),
        ...(request.body !== undefined && { body: renamed(request.body, back) }),
      }
      const reply = await send(sent, signal)
      const gone = deletions.includes(request.operationId) && isSuccess(reply) ? idIn(sent) : undefined
      if (gone !== undefined && !olds.has(gone)) free.push(gone)
      for (const id of isSuccess(reply) ? idsIn(request.operationId, parse(reply.text)) : []) {
        if (known.has(id)) continue
        known.add(id)
        const old = free.shift()
        if (old !== undefined) olds.set(id, old)
      }
      return { ...reply, text: renamed(reply.text, olds) }
    }
  }

/** A request that is refused has created its good rows all the same. */
export const keepHalf =
  ({ create, rowsOf }: Rows, withRows: (body: Json, rows: Json[]) => Json): Fault['plant'] =>
  ({ send }) =>
  async (request, signal) => {
    const reply = await send(request, signal)
    const body = parse(request.body)
    if (request.operationId !== create || isSuccess(reply) || body === undefined) return reply
    const rows = rowsOf(body)
    if (!Array.isArray(rows) || rows.length < 2) return reply
    for (const row of rows) await send({ ...request, body: JSON.stringify(withRows(body, [row])) }, signal)
    return reply
  }

/** Parameters of the query that are not looked at. */
export const ignoreQuery = (operation: string, ...names: readonly RegExp[]): Fault['plant'] =>
  plantRequest(
    [operation],
    () => (request) =>
      editQuery(request, (query) => {
        for (const name of [...query.keys()]) if (names.some((one) => one.test(name))) query.delete(name)
      }),
  )

/** What the query leaves out is another value than the documented one. */
export const assumeQuery = (operation: string, name: string, value: string): Fault['plant'] =>
  plantRequest(
    [operation],
    () => (request) =>
      editQuery(request, (query) => {
        if (!query.has(name)) query.set(name, value)
      }),
  )

/** The request with its query edited; the question mark goes where nothing is left. */
export function editQuery(request: CaseRequest, edit: (query: URLSearchParams) => void): CaseRequest {
  const [path = '', text = ''] = request.path.split('?')
  const query = new URLSearchParams(text)
  edit(query)
  return { ...request, path: path + (query.size > 0 ? `?${query}` : '') }
}

/** A copy of a request's query. */
export const queryOf = ({ path }: CaseRequest): URLSearchParams => new URLSearchParams(path.split('?')[1] ?? '')

/** Every page but the first begins some rows too late, or too early. */
export const shiftOffset = (operation: string, name: string, by: number): Fault['plant'] =>
  plantRequest(
    [operation],
    () => (request) =>
      editQuery(request, (query) => {
        const offset = Number(query.get(name) ?? 0)
        if (offset > 0) query.set(name, String(offset + by))
      }),
  )
