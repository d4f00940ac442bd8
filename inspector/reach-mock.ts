import type { Mock } from '../mocks/api/mock.ts'
import { answerControl, CONTROL_PATH } from '../mocks/control/control.ts'
import type { Host } from './connection.ts'

/** Reaches a mock of this page, by the same control API, without a server. */
export function reachMock(mock: Mock): Host {
  const opened = performance.now()
  return {
    async control(name, init) {
      const [path = '', search = ''] = name.split('?')
      const call = {
        method: init.method ?? 'GET',
        path: `${CONTROL_PATH}/${path}`,
        // Nobody else can come this way: the guard is that of a server on this machine.
        headers: { ...(init.headers as Record<string, string>), host: 'localhost' },
        query: Object.fromEntries(new URLSearchParams(search)),
        ...(typeof init.body === 'string' && { text: init.body }),
      }
      const reply = await answerControl(mock, call, (performance.now() - opened) / 1000, { isLoopback: true })
      const { status, headers, body, stream, pieces } = reply
      if (pieces) return new Response([...pieces].join(''), { status, headers })
      if (!stream) return new Response(status === 204 ? null : JSON.stringify(body), { status, headers })
      const encoder = new TextEncoder()
      let stop = () => {}
      const text = new ReadableStream<Uint8Array>({
        start(controller) {
          stop = stream((one) => {
            if (one !== '') controller.enqueue(encoder.encode(one))
            return (controller.desiredSize ?? 0) > -1000
          })
          init.signal?.addEventListener('abort', () => stop())
        },
        cancel: () => stop(),
      })
      return new Response(text, { status, headers })
    },
    send: (path, init) => mock.fetch(new Request(new URL(path, location.origin), init)),
  }
}
