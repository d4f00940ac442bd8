import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { start } from '../../../cli/spawn-rollcall.ts'
import { type Attack, DYNAMIC, listedUsers } from './attack.ts'

const HEAD = `POST ${listedUsers}/bulk HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\ncontent-type: application/json\r\n`
const BEGINNINGS: Readonly<Record<string, string>> = {
  'say nothing': '',
  'never end their headers': `GET ${listedUsers} HTTP/1.1\r\nhost: x\r\n`,
  'never end their body': `${HEAD}content-length: 1000000\r\n\r\n[`,
  'never end their chunks': `${HEAD}transfer-encoding: chunked\r\n\r\n1\r\n[\r\n`,
  'keep a connection idle': `GET ${listedUsers} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\n\r\n`,
}
const EACH = 100

/** Connections that are held for as long as the server lets them. */
export const slowClients: Attack = {
  name: 'slow-clients',
  async run(tell) {
    await using server = await start(['dynamic', '--quiet', '--client-timeout', '1s'])
    const port = Number(new URL(server.url).port)
    for (const [what, bytes] of Object.entries(BEGINNINGS)) {
      const began = performance.now()
      const sockets: Socket[] = Array.from({ length: EACH }, () => {
        const socket = connect(port, '127.0.0.1').on('error', () => {})
        socket.resume().write(bytes)
        return socket
      })
      const ends = Promise.all(sockets.map((socket) => once(socket, 'close')))
      const { status } = await fetch(`${server.url}${listedUsers}`, { headers: DYNAMIC })
      await ends
      const seconds = (performance.now() - began) / 1000
      tell({
        promise: `${EACH} clients that ${what} are let go after their second, and others are answered meanwhile`,
        found: `${status}, gone after ${seconds.toFixed(1)} s`,
        isHeld: status === 200 && seconds < 5,
      })
    }
  },
}
