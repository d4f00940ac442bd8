import { listen } from '../mocks/adapters/http-server.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import { serveMock } from './serve-mock.ts'

const ABOUT = `Usage: rollcall mock [api or document ...] [options]

Serves a stateful mock over HTTP. Built in: ${Object.keys(BUILT_IN).join(', ')}; all of them when none is named.
For any other document of OpenAPI 3 or Swagger 2.0: it validates requests, and keeps records of the resources that
rollcall infer shows.
`

/**
 * `rollcall mock`: serves until Ctrl-C or SIGTERM.
 * @returns the exit code
 * @throws UsageError, DocumentError; Error with the code of the socket where the address cannot be had
 */
export const run = (args: readonly string[]): Promise<number> =>
  serveMock(args, { command: 'mock', about: ABOUT, port: 4010, listen })
