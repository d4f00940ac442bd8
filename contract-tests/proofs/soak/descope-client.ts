import type { Random } from '../../../documents/patterns/random.ts'
import { type Client, compare, restoreState, type Send } from './client.ts'

const LOGINS = Array.from({ length: 40 }, (_, at) => `login-${at}`)

/** Users of a project: their names by login id, in order of creation. */
export function createDescopeClient(send: Send, ownsSession: boolean): Client {
  const users = new Map<string, string>()

  const create = async (random: Random) => {
    const logins = Array.from({ length: random.integer(1, 5) }, () => random.pick(LOGINS))
    const name = `Name ${random.integer(0, 99)}`
    const { status, body } = await send('POST', '/v1/mgmt/user/create/batch', {
      users: logins.map((loginId) => ({ loginId, name })),
    })
    const made = new Set<string>()
    for (const login of logins) if (!users.has(login)) made.add(login)
    const loginOf = ({ loginIds }: { loginIds: string[] }) => loginIds[0]
    compare(`the creation of ${logins}`, [status, body.createdUsers?.map(loginOf)], [200, [...made]])
    compare('how many failed', body.failedUsers?.length, logins.length - made.size)
    for (const login of made) users.set(login, name)
  }
  const wanted = (login: string) => (users.has(login) ? [200, users.get(login)] : [404, undefined])

  const steps: readonly ((random: Random) => Promise<void>)[] = [
    create,
    create,
    async (random) => {
      const login = random.pick(LOGINS)
      const { status, body } = await send('GET', `/v1/mgmt/user?loginId=${login}`)
      compare(`user ${login}`, [status, body.user?.name], wanted(login))
    },
    async (random) => {
      const [loginId, name] = [random.pick(LOGINS), `Patched ${random.integer(0, 99)}`]
      const { status, body } = await send('PATCH', '/v1/mgmt/user/patch', { loginId, name })
      if (users.has(loginId)) users.set(loginId, name)
      compare(`the patch of ${loginId}`, [status, body.user?.name], wanted(loginId))
    },
    async (random) => {
      const loginId = random.pick(LOGINS)
      const { status } = await send('POST', '/v1/mgmt/user/delete', { loginId })
      compare(`the removal of ${loginId}`, status, users.delete(loginId) ? 200 : 404)
    },
    async (random) => {
      const [limit, page] = [random.integer(1, 15), random.integer(0, 3)]
      const { status, body } = await send('POST', '/v2/mgmt/user/search', { limit, page })
      const names = body.users.map(({ name }: { name: string }) => name)
      const all = [...users.values()]
      compare('the search', [status, body.total, names], [200, all.length, all.slice(page * limit, (page + 1) * limit)])
    },
    async () => {
      const { status } = await send('POST', '/v1/mgmt/user/create/batch', { users: [{ loginId: 7 }] })
      compare('what is invalid', status, 400)
    },
  ]
  return {
    step: (random) => (ownsSession && random.chance(0.02) ? restoreState(send) : random.pick(steps)(random)),
  }
}
