import type { Reply } from '../engine/vocabulary.ts'
import { type Control, DONE, json } from './exchange.ts'

/** The sessions that there are, the default one first, with what each holds. */
export function listSessions({ mock }: Control): Reply {
  const names = ['', ...mock.named.keys()]
  return json(
    200,
    names.map((name) => {
      const { session, journal } = mock.session(name).open()
      const { state } = session
      let records = 0
      for (const [api, tenants] of state.tenants) {
        for (const tenant of tenants.keys()) {
          for (const { name: collection, size } of sizesOf(state.open(api, tenant).collections)) {
            if (!collection.startsWith('(')) records += size
          }
        }
      }
      const { entries } = journal
      return {
        name,
        calls: entries.length,
        ...(entries.length > 0 && { lastCall: new Date(entries.at(-1)?.time ?? 0).toISOString() }),
        records,
        orders: session.programmed.length,
        messages: state.outbox.length,
      }
    }),
  )
}

const sizesOf = (collections: Readonly<Record<string, { readonly size: number }>>) =>
  Object.entries(collections).map(([name, { size }]) => ({ name, size }))

/** Back to the start; a session with a name is forgotten. */
export function resetSession({ mock, params }: Control): Reply {
  const name = params['name'] ?? ''
  mock.reset(name)
  return DONE
}
