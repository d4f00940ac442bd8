import { connect } from 'node:net'
import { start } from '../../../cli/spawn-rollcall.ts'
import type { Attack } from './attack.ts'
import { LINES } from './hostile-lines.ts'

/** Long after a server that means to answer has answered, in milliseconds. */
const QUIET = 400
/** So many connections at once. */
const AT_ONCE = 20

interface Heard {
  readonly statuses: readonly number[]
  readonly isClosed: boolean
}

/** Sends bytes on a connection of their own. */
function say(port: number, bytes: string): Promise<Heard> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1').setEncoding('latin1')
    let heard = ''
    let timer: NodeJS.Timeout
    const end = (isClosed: boolean) => {
      clearTimeout(timer)
      socket.destroy()
      resolve({ statuses: [...heard.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status)), isClosed })
    }
    const listen = () => {
      clearTimeout(timer)
      timer = setTimeout(end, QUIET, false)
    }
    socket.on('data', (text: string) => {
      heard += text
      listen()
    })
    socket.on('error', () => {}).on('close', () => end(true))
    socket.on('connect', () => socket.write(bytes, 'latin1'))
    listen()
  })
}

/** Lines that are no request, or that two readers may read differently. */
export const httpLines: Attack = {
  name: 'http-lines',
  async run(tell) {
    await using server = await start(['dynamic', '--quiet'])
    const port = Number(new URL(server.url).port)
    const wrong: string[] = []
    let refusals = 0
    for (let first = 0; first < LINES.length; first += AT_ONCE) {
      await Promise.all(
        LINES.slice(first, first + AT_ONCE).map(async ({ what, bytes, want }) => {
          const { statuses, isClosed } = await say(port, bytes)
          if (want === 'refused') refusals++
          const isRight =
            want === 'refused'
              ? isClosed && statuses.length > 0 && statuses.every((status) => status >= 400 && status < 500)
              : statuses.length === want
          if (!isRight) wrong.push(`${what}: ${statuses}${isClosed ? ', closed' : ', open'}`)
        }),
      )
    }
    tell({
      promise: `${refusals} hostile lines are refused and their connections end, ${LINES.length - refusals} unusual ones are read as RFC 9112 says`,
      found: wrong.length === 0 ? 'all of them' : wrong.join('; '),
      isHeld: wrong.length === 0,
    })
  },
}
