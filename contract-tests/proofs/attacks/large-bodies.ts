import { start } from '../../../cli/spawn-rollcall.ts'
import { type Attack, DESCOPE, DYNAMIC, LONGEST_STALL, listedUsers } from './attack.ts'
import { measureStall } from './measure-stall.ts'

const MEGABYTES = 24
const repeated = (text: string): string => text.repeat(Math.floor((MEGABYTES * 2 ** 20) / text.length))
const members = (count: number): string =>
  `{${Array.from({ length: count }, (_, index) => `"member${index}":${index}`).join(',')}}`

interface Body {
  readonly what: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly text: () => string
}

const BULK = `${listedUsers}/bulk`
const BATCH = '/v1/mgmt/user/create/batch'
const row = (metadata: string) => `[{"email":"a@example.com","metadata":${metadata}}]`
const BODIES: readonly Body[] = [
  { what: '2 million members', path: BULK, headers: DYNAMIC, text: () => row(members(1_300_000)) },
  { what: '8 million empty lists', path: BULK, headers: DYNAMIC, text: () => `[${repeated('[],')}[]]` },
  { what: '99,900 members', path: BULK, headers: DYNAMIC, text: () => row(members(99_900)) },
  { what: '149,900 empty lists', path: BULK, headers: DYNAMIC, text: () => row(`{"a":[${'[],'.repeat(149_900)}[]]}`) },
  { what: '299,900 numbers', path: BULK, headers: DYNAMIC, text: () => row(`{"a":[${'0,'.repeat(299_900)}0]}`) },
  {
    what: 'a form of 24 MB of spaces',
    path: BULK,
    headers: { ...DYNAMIC, 'content-type': 'application/x-www-form-urlencoded' },
    text: () => `a=${'+'.repeat(24_000_000)}`,
  },
  {
    what: '99,900 members of attributes',
    path: BATCH,
    headers: DESCOPE,
    text: () => `{"users":[{"loginId":"a","customAttributes":${members(99_900)}}]}`,
  },
  {
    what: '140,000 empty objects in the place of rows',
    path: BULK,
    headers: DYNAMIC,
    text: () => `[${'{},'.repeat(140_000)}{}]`,
  },
  {
    what: '50 rows with 480 KB of metadata each',
    path: BULK,
    headers: DYNAMIC,
    text: () =>
      JSON.stringify(
        Array.from({ length: 50 }, (_, index) => ({
          email: `u${index}@example.com`,
          metadata: { note: 'x'.repeat(480 * 1024) },
        })),
      ),
  },
  {
    what: 'an e-mail of 24 MB',
    path: BULK,
    headers: DYNAMIC,
    text: () => `[{"email":"${repeated('a.')}@example.com"}]`,
  },
  {
    what: 'a login ID of 24 MB',
    path: BATCH,
    headers: DESCOPE,
    text: () => `{"users":[{"loginId":"${repeated('a.')}","phone":"${'1'.repeat(1000)}"}]}`,
  },
  { what: 'a name of 24 MB', path: BULK, headers: DYNAMIC, text: () => `[{"firstName":"${repeated('a ')}"}]` },
]

/** Bodies that take long to read, to check or to answer. */
export const largeBodies: Attack = {
  name: 'large-bodies',
  async run(tell, isShort) {
    for (const flags of isShort ? [[]] : [[], ['--check-replies']]) {
      await using server = await start(['dynamic', 'descope', '--quiet', ...flags])
      for (const { what, path, headers, text } of BODIES) {
        const body = text()
        let status = 0
        const send = async () => {
          const reply = await fetch(server.url + path, { method: 'POST', headers, body })
          status = reply.status
          await reply.arrayBuffer()
        }
        const { longest } = await measureStall(`${server.url}${listedUsers}?limit=1`, DYNAMIC, send)
        tell({
          promise: `${what}${flags.length > 0 ? `, ${flags}` : ''}: nobody is held up for more than ${LONGEST_STALL} ms, and it is no fault of ours`,
          found: `${status}, ${Math.round(longest)} ms`,
          isHeld: longest <= LONGEST_STALL && status < 500,
        })
        await fetch(`${server.url}/__rollcall/reset`, { method: 'POST' })
      }
    }
  },
}
