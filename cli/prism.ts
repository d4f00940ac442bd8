import { listen } from '../mocks/adapters/prism.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import { serveMock } from './serve-mock.ts'

const ABOUT = `Usage: rollcall prism [api or document ...] [options]

Serves the stateful mock with Prism in front of it: Prism finds the operation, asks for credentials and validates.
Built in: ${Object.keys(BUILT_IN).join(', ')}; all of them when none is named. Needs the package @stoplight/prism-http.
`

/**
 * `rollcall prism`: as `rollcall mock`; what Prism holds against a reply goes to stderr, a line for each rule.
 * @throws Error (code `ERR_MODULE_NOT_FOUND`) where @stoplight/prism-http is not installed
 */
export const run = (args: readonly string[]): Promise<number> =>
  serveMock(args, {
    command: 'prism',
    about: ABOUT,
    port: 4011,
    listen: (mock, options) =>
      listen(mock, {
        ...options,
        onViolation: ({ method, path }, violations) => {
          for (const one of violations)
            process.stderr.write(`rollcall: Prism on the reply to ${method} ${path}: ${one}\n`)
        },
      }),
  })
