import { start } from '../../../cli/spawn-rollcall.ts'
import { type Attack, DYNAMIC, listedUsers } from './attack.ts'

/** Sessions that keep more than there is memory for. */
export const manySessions: Attack = {
  name: 'many-sessions',
  async run(tell, isShort) {
    const count = isShort ? 15 : 180
    const env = { ...process.env, NODE_OPTIONS: `--max-old-space-size=${isShort ? 512 : 1024}` }
    await using server = await start(['dynamic', '--quiet'], { env })
    const row = (index: number) => ({ email: `u${index}@example.com`, metadata: { note: 'x'.repeat(480 * 1024) } })
    const body = JSON.stringify(Array.from({ length: 50 }, (_, index) => row(index)))
    let answered = 0
    let failure = ''
    for (let at = 0; at < count; at++) {
      try {
        const headers = { ...DYNAMIC, 'x-rollcall-session': `s${at}` }
        const reply = await fetch(`${server.url}${listedUsers}/bulk`, { method: 'POST', headers, body })
        if (reply.status === 201) answered++
        else failure ||= `${reply.status}`
        await reply.arrayBuffer()
      } catch (error) {
        failure ||= String(error)
      }
    }
    tell({
      promise: `${count} sessions with a request of 24 MB each are all answered, and the process lives`,
      found: `${answered} answered${failure && `, then ${failure}`}`,
      isHeld: answered === count,
    })
    const health = await fetch(`${server.url}/__rollcall/health`)
      .then((reply) => reply.json())
      .catch(() => undefined)
    tell({
      promise: 'health tells how much sessions take',
      found: JSON.stringify(health?.memory),
      isHeld: health?.memory.used <= health?.memory.limit,
    })
    const mine = { ...DYNAMIC, 'x-rollcall-session': 'mine' }
    await fetch(`${server.url}${listedUsers}/bulk`, {
      method: 'POST',
      headers: mine,
      body: '[{"email":"ada@example.com"}]',
    })
    const other = { ...DYNAMIC, origin: 'https://evil.example' }
    for (let at = 0; at < 1001; at++) {
      await (
        await fetch(`${server.url}${listedUsers}`, { headers: { ...other, 'x-rollcall-session': `e${at}` } })
      ).arrayBuffer()
    }
    const { count: kept } = await (await fetch(`${server.url}${listedUsers}`, { headers: mine })).json()
    tell({
      promise: 'a page of another origin names 1,001 sessions, and mine stays',
      found: `${kept} user`,
      isHeld: kept === 1,
    })
  },
}
