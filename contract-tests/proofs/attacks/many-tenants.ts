import { start } from '../../../cli/spawn-rollcall.ts'
import { type Attack, DESCOPE } from './attack.ts'

const SEARCH = '/v2/mgmt/user/search'

/** Tenants by new tokens, each with all the users that one begins with, and orders that bring much along. */
export const manyTenants: Attack = {
  name: 'many-tenants',
  async run(tell, isShort) {
    // Together they would take more than the heap has.
    const [users, count, heap] = isShort ? [5000, 60, 256] : [10_000, 400, 1024]
    const env = { ...process.env, NODE_OPTIONS: `--max-old-space-size=${heap}` }
    await using server = await start(['descope', '--quiet', '--users', `${users}`], { env })
    let answered = 0
    let failure = ''
    const search = async (project: string): Promise<number> => {
      const headers = { ...DESCOPE, authorization: `Bearer ${project}:key` }
      const reply = await fetch(server.url + SEARCH, {
        method: 'POST',
        headers,
        body: '{"withTestUser":true,"limit":1}',
      })
      return ((await reply.json()) as { total: number }).total
    }
    const attempt = async (step: () => Promise<boolean>) => {
      try {
        if (await step()) answered++
      } catch (error) {
        failure ||= String(error)
      }
    }
    for (let at = 0; at < count; at++) await attempt(async () => (await search(`P${at}`)) === users)
    tell({
      promise: `${count} tenants that begin with ${users} users each are all answered with ${heap} MB of heap`,
      found: `${answered} answered${failure && `, then ${failure}`}`,
      isHeld: answered === count,
    })
    answered = 0
    const orders = isShort ? 10 : 200
    const body = JSON.stringify({ operationId: 'searchUsers', status: 500, times: 1, note: 'x'.repeat(20 * 2 ** 20) })
    for (let at = 0; at < orders; at++) {
      await attempt(
        async () => (await fetch(`${server.url}/__rollcall/failures`, { method: 'POST', body })).status === 204,
      )
    }
    tell({
      promise: `${orders} orders with a member of 20 MB each are taken, and it is not kept`,
      found: `${answered} taken${failure && `, then ${failure}`}`,
      isHeld: answered === orders,
    })
  },
}
