import type { Random } from '../../../documents/patterns/random.ts'
import { type Client, compare, restoreState, type Send } from './client.ts'

const EMAILS = Array.from({ length: 60 }, (_, at) => `u${at}@example.com`)

/** Users of an environment: their e-mails by id, in order of creation. */
export function createDynamicClient(send: Send, environment: string, ownsSession: boolean): Client {
  const path = `/api/v0/environments/${environment}/users`
  let users = new Map<string, string>()

  const create = async (random: Random) => {
    const emails = Array.from({ length: random.integer(1, 6) }, () => random.pick(EMAILS))
    const { status, body } = await send(
      'POST',
      `${path}/bulk`,
      emails.map((email) => ({ email })),
    )
    const taken = new Set(users.values())
    const [made, failed]: string[][] = [[], []]
    for (const email of emails) {
      ;(taken.has(email) ? failed : made)?.push(email)
      taken.add(email)
    }
    compare(`the creation of ${emails}`, status, 201)
    const nameOf = ({ email }: { email: string }) => email
    compare('created', body.created.map(nameOf), made)
    compare(
      'failed',
      body.failed.map(({ code }: { code: string }) => code),
      failed?.map(() => 'email_already_exists'),
    )
    for (const { id, email } of body.created) users.set(id, email)
  }
  const pickId = (random: Random): string =>
    random.chance(0.8) && users.size > 0 ? random.pick([...users.keys()]) : '00000000-0000-4000-8000-000000000000'

  const steps: Readonly<Record<string, (random: Random) => Promise<void>>> = {
    create,
    createMore: create,
    async read(random) {
      const id = pickId(random)
      const { status, body } = await send('GET', `${path}/${id}`)
      compare(`user ${id}`, [status, body.user?.email], users.has(id) ? [200, users.get(id)] : [404, undefined])
    },
    async remove(random) {
      const id = pickId(random)
      const { status } = await send('DELETE', `${path}/${id}`)
      compare(`the removal of ${id}`, status, users.delete(id) ? 204 : 404)
    },
    async list(random) {
      const [offset, limit] = [random.integer(0, 20), random.integer(1, 30)]
      const { status, body } = await send('GET', `${path}?offset=${offset}&limit=${limit}`)
      const ids = body.users.map(({ id }: { id: string }) => id)
      compare('the list', [status, body.count, ids], [200, users.size, [...users.keys()].slice(offset, offset + limit)])
    },
    async search(random) {
      const wanted = `u${random.integer(0, 6)}`
      const { status, body } = await send(
        'GET',
        `${path}?limit=100&filter[filterColumn]=email&filter[filterValue]=${wanted}`,
      )
      const ids = body.users.map(({ id }: { id: string }) => id)
      const found = [...users].filter(([, email]) => email.includes(wanted)).map(([id]) => id)
      compare('the search', [status, ids], [200, found])
    },
    async refuse(random) {
      const bodies = [{}, [], [{ email: 7 }], [{ email: 'none' }, { unknown: 1 }]]
      const { status } = await send('POST', `${path}/bulk`, random.pick(bodies.slice(0, 3)))
      compare('what is invalid', status, 400)
    },
  }
  const ofSession: typeof steps = {
    restore: () => restoreState(send),
    async order() {
      const order = { api: 'dynamic', operationId: 'listUsers', status: 503 }
      compare('an order', (await send('POST', '/__rollcall/failures', order)).status, 204)
      compare('what was ordered', (await send('GET', path)).status, 503)
    },
    async reset() {
      compare('a reset', (await send('POST', '/__rollcall/reset')).status, 204)
      users = new Map()
    },
  }
  const all = Object.values(steps)
  return {
    step: (random) =>
      (ownsSession && random.chance(0.05) ? random.pick(Object.values(ofSession)) : random.pick(all))(random),
  }
}
