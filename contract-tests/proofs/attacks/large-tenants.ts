import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { start } from '../../../cli/spawn-rollcall.ts'
import { type Attack, DESCOPE, DYNAMIC, LONGEST_STALL, listedUsers } from './attack.ts'
import { measureStall, type Stall } from './measure-stall.ts'

interface Step {
  readonly what: string
  readonly path: string
  readonly method?: string
  readonly body?: unknown
}

interface Case {
  readonly api: string
  readonly headers: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

const search = (what: string, body: object): Step => ({
  what,
  path: '/v2/mgmt/user/search',
  method: 'POST',
  body: { withTestUser: true, limit: 10, ...body },
})
const control = (what: string, path: string, method = 'GET'): Step => ({ what, path: `/__rollcall/${path}`, method })
const controlOf = (api: string): readonly Step[] => [
  control('its records are looked at', `records/${api}/users?limit=50&offset=1000`),
  control('its records are searched', `records/${api}/users?search=no-such-user`),
  control('its records are sorted', `records/${api}/users?sort=-email`),
  control('the state is read', 'state'),
  control('the state is kept under a name', 'snapshots/large', 'PUT'),
  control('a state that was kept is compared', 'snapshots/large/changes'),
  control('a state that was kept is read', 'snapshots/large'),
  control('a state that was kept is put back', 'snapshots/large/restore', 'POST'),
  control('a state that was kept is forgotten', 'snapshots/large', 'DELETE'),
  control('the journal is read', 'journal'),
]
const CASES: readonly Case[] = [
  {
    api: 'dynamic',
    headers: DYNAMIC,
    steps: [
      { what: 'the first touch', path: `${listedUsers}?limit=1` },
      { what: 'a list', path: `${listedUsers}?limit=50&offset=1000` },
      { what: 'a filter', path: `${listedUsers}?filter[filterValue]=no-such-user` },
      { what: 'a sorted list', path: `${listedUsers}?orderBy=email-desc&limit=50` },
      { what: 'the last page of a sorted list', path: `${listedUsers}?orderBy=email-asc&limit=50&offset=999999` },
      { what: 'a creation', path: `${listedUsers}/bulk`, method: 'POST', body: [{ email: 'ada@large.example' }] },
      { what: 'a removal', path: `${listedUsers}/<id>`, method: 'DELETE' },
      ...controlOf('dynamic'),
    ],
  },
  {
    api: 'descope',
    headers: DESCOPE,
    steps: [
      search('the first touch', { limit: 1 }),
      search('a list', { page: 100 }),
      search('a filter', { text: 'no-such-user' }),
      search('a sorted list', { sort: [{ field: 'email', desc: true }] }),
      {
        what: 'a creation',
        path: '/v1/mgmt/user/create/batch',
        method: 'POST',
        body: { users: [{ loginId: 'ada', email: 'ada@large.example' }] },
      },
      { what: 'a removal', path: '/v1/mgmt/user/delete', method: 'POST', body: { loginId: 'ada' } },
      ...controlOf('descope'),
    ],
  },
]

/** A tenant with very many users, and what is asked of all of them. */
export const largeTenants: Attack = {
  name: 'large-tenants',
  async run(tell, isShort) {
    const users = isShort ? 50_000 : 1_000_000
    for (const { api, headers, steps } of CASES) {
      await using server = await start([api, '--quiet', '--users', `${users}`])
      let id = ''
      const ask = async ({ path, method = 'GET', body }: Step): Promise<string> => {
        // Fetch waits for no longer than five minutes.
        const sent = request(server.url + path.replace('<id>', id), { method, headers })
        sent.end(body === undefined ? undefined : JSON.stringify(body))
        const [reply] = (await once(sent, 'response')) as [IncomingMessage]
        let bytes = 0
        let head = ''
        for await (const chunk of reply) {
          if (bytes < 1000) head += String(chunk)
          bytes += chunk.length
        }
        id = /"id":"([^"]+)"/.exec(head)?.[1] ?? id
        return `${reply.statusCode}, ${bytes} bytes`
      }
      for (const step of steps) {
        const began = performance.now()
        let found = ''
        let stall: Stall = { asked: 0, failed: 0, longest: Number.POSITIVE_INFINITY }
        try {
          stall = await measureStall(`${server.url}/__rollcall/health`, {}, async () => {
            found = await ask(step)
          })
        } catch (error) {
          found = `${error}: ${(error as Error).cause ?? ''}; ${server.stderr().slice(0, 300)}`
        }
        const elapsed = ((performance.now() - began) / 1000).toFixed(1)
        tell({
          promise: `${users} users of ${api}, ${step.what}: nobody is held up for more than ${LONGEST_STALL} ms`,
          found: `${found}, ${elapsed} s, ${Math.round(stall.longest)} ms`,
          isHeld: /^2/.test(found) && stall.failed === 0 && stall.longest <= LONGEST_STALL,
        })
      }
    }
  },
}
