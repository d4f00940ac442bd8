import { existsSync } from 'node:fs'
import { listen } from '../mocks/adapters/http-server.ts'
import type { Api } from '../mocks/api.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import { createMock } from '../mocks/create-mock.ts'
import { describeStart } from './describe-start.ts'
import { logAnswers } from './log-answers.ts'
import { didYouMean, readArguments, readInteger, UsageError } from './read-arguments.ts'

const HELP = `Usage: rollcall mock [api or document ...] [options]

Serves a stateful mock over HTTP. Built in: ${Object.keys(BUILT_IN).join(', ')}; all of them when none is named.
For any other OpenAPI 3.1 document: validation, and replies from its examples.

  --port <n>      default 4010; 0 takes a free one
  --host <name>   default 127.0.0.1
  --token <t>     let only this credential in; may be given several times
  --seed <text>   the same seed gives the same ids and data
  --quiet         print only the address
  --help

A request with the header "x-rollcall-session: <any>" has a state of its own.`

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('mock', args, {
    port: { type: 'string', default: '4010' },
    host: { type: 'string', default: '127.0.0.1' },
    token: { type: 'string', multiple: true },
    seed: { type: 'string' },
    quiet: { type: 'boolean', short: 'q', default: false },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    console.log(HELP)
    return 0
  }
  const port = readInteger('--port', values.port, 0, 65535)
  const apis = await Promise.all((positionals.length > 0 ? positionals : Object.keys(BUILT_IN)).map(loadApi))
  const mock = createMock({
    apis,
    ...(values.seed !== undefined && { seed: values.seed }),
    ...(values.token && { tokens: values.token }),
  })
  const log = values.quiet ? undefined : logAnswers(process.stdout)
  const server = await listen(mock, { port, host: values.host, ...(log && { onAnswer: log }) }).catch((error) =>
    explain(error, values.host, port),
  )
  console.log(values.quiet ? server.url : describeStart(apis, server.url, values.token !== undefined))
  await untilStopped()
  await server.close()
  return 0
}

async function loadApi(name: string): Promise<Api> {
  const load = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined
  if (load) return load()
  if (!existsSync(name) && !/[./\\]/.test(name)) {
    const known = Object.keys(BUILT_IN)
    throw new UsageError(
      `there is no API ${name}${didYouMean(name, known)}; built in: ${known.join(', ')}; or name a document`,
    )
  }
  const { readApi } = await import('../mocks/read-api.ts')
  return readApi(name)
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): never {
  const reasons: Record<string, string> = {
    EADDRINUSE: `port ${port} of ${host} is taken; choose another with --port, or --port 0 for a free one`,
    EACCES: `port ${port} needs more rights; choose one above 1023 with --port`,
    EADDRNOTAVAIL: `${host} is not an address of this machine`,
    ENOTFOUND: `the host ${host} is not known`,
  }
  throw Object.assign(new Error(reasons[error.code ?? ''] ?? error.message), { code: error.code ?? 'ELISTEN' })
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}
