import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isExecutable, onPath } from '../packages/find-program.ts'
import {
  commandFor,
  type Machine as InstallingMachine,
  installPackages,
  mayInstall,
  thisMachine,
  type Wanted,
} from '../packages/install-packages.ts'

/** The machine, as far as a search for PowerDNS sees it. */
export interface Machine extends InstallingMachine {
  /** Where its packages put the tables of the SQLite backend. */
  readonly schemas: readonly string[]
  /** Where its packages put servers, which the PATH of a user need not name. */
  readonly daemons: readonly string[]
}

/** An installed PowerDNS. */
export interface PowerDns {
  readonly program: string
  /** The tables of its SQLite backend, as SQL. */
  readonly schema: string
}

const WANTED: Wanted = {
  what: 'PowerDNS with SQLite',
  packages: '--no-install-recommends pdns-server pdns-backend-sqlite3',
  instead: 'set ROLLCALL_POWERDNS and ROLLCALL_POWERDNS_SCHEMA to pdns_server and its schema.sqlite3.sql',
}

/**
 * An installed PowerDNS; where there is none, and we are root on Debian, as in a container, Debian's is installed.
 * @throws Error with what to run, in one line
 */
export async function findPowerDns(machine: Machine = withSchemas()): Promise<PowerDns> {
  const found = search(machine)
  if (found) return found
  if (!mayInstall(machine))
    throw new Error(`there is no ${WANTED.what}; as root: ${commandFor(WANTED)}, or ${WANTED.instead}`)
  await installPackages(machine, WANTED)
  const installed = search(machine)
  if (installed) return installed
  throw new Error(`after ${commandFor(WANTED)} there is still no ${WANTED.what}; ${WANTED.instead}`)
}

function search({ env, schemas, daemons }: Machine): PowerDns | undefined {
  const named = env['ROLLCALL_POWERDNS']
  const usual = [...onPath(env, 'pdns_server'), ...daemons.map((folder) => join(folder, 'pdns_server'))]
  const program = (named ? [named] : usual).find(isExecutable)
  const schema = [env['ROLLCALL_POWERDNS_SCHEMA'] ?? '', ...schemas].find(existsSync)
  return program === undefined || schema === undefined ? undefined : { program, schema }
}

function withSchemas(): Machine {
  return {
    ...thisMachine(),
    daemons: ['/usr/sbin', '/usr/local/sbin'],
    schemas: [
      '/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql',
      '/usr/share/doc/pdns-backend-sqlite3/schema.sqlite3.sql',
    ],
  }
}
