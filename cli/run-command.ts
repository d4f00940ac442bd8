import { DocumentError } from '../documents/read/document-error.ts'
import { VERSION } from '../mocks/api/version.ts'
import { didYouMean, UsageError } from './read-arguments.ts'

/** A command, loaded when it is asked for: `mock` must not wait for what only `generate` needs. */
interface Command {
  readonly summary: string
  /** It runs until it is told to stop, whoever reads what it prints. */
  readonly isServer?: true
  readonly load: () => Promise<{ run(args: readonly string[]): Promise<number> }>
}

const COMMANDS: Readonly<Record<string, Command>> = {
  mock: { summary: 'Serve a stateful mock over HTTP.', isServer: true, load: () => import('./mock.ts') },
  prism: {
    summary: 'Serve the same mock with Prism in front of it.',
    isServer: true,
    load: () => import('./prism.ts'),
  },
  verify: { summary: 'Check a running implementation against its document.', load: () => import('./verify.ts') },
  selftest: { summary: 'Plant faults in a mock: does the contract suite notice?', load: () => import('./selftest.ts') },
  check: { summary: 'List what is wrong in a document, and what is done instead.', load: () => import('./check.ts') },
  infer: {
    summary: 'Show the resources of a document, and what each operation does to them.',
    load: () => import('./infer.ts'),
  },
  data: { summary: 'Print a valid request body full of users.', load: () => import('./data.ts') },
  generate: {
    summary: 'Write types, operations table and validators of a document.',
    load: () => import('./generate.ts'),
  },
  init: {
    summary: 'Set a project up for its documents, and print the lines to paste.',
    load: () => import('./init.ts'),
  },
}

const HELP = `rollcall ${VERSION}: types, a stateful mock and a contract suite from OpenAPI documents

Usage: rollcall <command> [options]

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`)
  .join('\n')}

  rollcall <command> --help   what a command takes
  rollcall --version

Exit codes: 0 done; 1 it could not be done; 2 the command line was not understood.`

async function dispatch([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(HELP)
    return name === undefined ? 2 : 0
  }
  if (name === '--version' || name === '-v') {
    console.log(VERSION)
    return 0
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) {
    const [kind, known] = name.startsWith('-') ? ['flag', ['--help', '--version']] : ['command', Object.keys(COMMANDS)]
    throw new UsageError(`there is no ${kind} ${name}${didYouMean(name, known)}; see rollcall --help`)
  }
  return (await command.load()).run(args)
}

/** Whether a command line is for a command that serves. */
export const isServer = ([name = '']: readonly string[]): boolean => COMMANDS[name]?.isServer === true

/**
 * Runs a command line to its end; what is wrong is told on stderr.
 * @returns the exit code
 */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    return await dispatch(args)
  } catch (thrown) {
    const error = thrown as Error
    const isExpected = error instanceof UsageError || error instanceof DocumentError || 'code' in error
    process.stderr.write(`rollcall: ${isExpected ? error.message : (error.stack ?? error.message)}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}
