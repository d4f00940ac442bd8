import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readCall, type WireCall, type WireReply } from '../../fixtures/serve-json.ts'

/** Passes a call on to the target. */
export type Forward = (call: WireCall) => Promise<WireReply>

/** What stands in between: it may change a call on its way, or its reply on the way back. */
export type Between = (call: WireCall, forward: Forward) => WireReply | Promise<WireReply>

/** A proxy on loopback. */
export interface Proxy extends AsyncDisposable {
  readonly url: string
  /** What went wrong in the proxy itself. */
  readonly faults: readonly unknown[]
}

/** Of one connection alone (RFC 9110, section 7.6.1), or counted anew. */
const NOT_CARRIED = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host'])

/** Stands before a target. @param target its base URL; what is asked of the proxy is asked of it under the same path */
export async function openProxy(target: string, between: Between): Promise<Proxy> {
  const { origin, pathname } = new URL(target)
  const faults: unknown[] = []
  const forward: Forward = async ({ method, path, search, headers, text }) => {
    const reply = await fetch(origin + path + search, {
      method,
      headers: carried(headers),
      redirect: 'manual',
      ...(text !== '' && { body: text }),
    })
    return { status: reply.status, headers: carried(Object.fromEntries(reply.headers)), text: await reply.text() }
  }
  const server = createServer(async (request, response) => {
    try {
      const { status, headers, text } = await between(await readCall(request), forward)
      response.writeHead(status, headers)
      response.end(text)
    } catch (error) {
      faults.push(error)
      response.destroy()
    }
  })
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    faults,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const carried = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || NOT_CARRIED.has(name) ? [] : [[name, [value].flat().join(', ')]],
    ),
  )
