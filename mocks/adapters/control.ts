import type { Call, Reply } from '../engine/vocabulary.ts'
import type { Mock } from '../mock.ts'
import { VERSION } from '../version.ts'

/** Everything below it belongs to rollcall itself, on every server. */
export const CONTROL_PATH = '/__rollcall'

/** @param startedAt reading of `performance.now()` when the server began to listen */
export function answerControl(mock: Mock, call: Call, startedAt: number): Reply {
  const name = call.path.slice(CONTROL_PATH.length + 1)
  if (name === 'health') {
    if (call.method !== 'GET')
      return json(405, { error: `${call.method} is not allowed here; allowed: GET` }, { allow: 'GET' })
    return json(200, {
      status: 'ok',
      version: VERSION,
      apis: mock.apis.map(({ name, version }) => ({ name, version })),
      uptime: Math.round(performance.now() - startedAt) / 1000,
    })
  }
  return json(404, { error: `nothing at ${call.path}; there is ${CONTROL_PATH}/health` })
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body,
})
