import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PowerDns } from './find-powerdns.ts'

/** A PowerDNS on loopback, with a database of its own. */
export interface StartedPowerDns extends AsyncDisposable {
  /** Without a slash at its end; its API is below `/api/v1`, its document is `/api/docs`. */
  readonly origin: string
  /** For `X-API-Key`. */
  readonly key: string
  ask(method: string, path: string, body?: unknown): Promise<Response>
  /** Every row of every table, as JSON: `domains {"id":1,…}`. */
  rows(): string[]
}

const KEY = 'powerdns-key-81f3c2'
const MOST_WAIT = 10_000

/** Waits until it answers. @throws Error with what it printed, where it ends before */
export async function startPowerDns({ program, schema }: PowerDns): Promise<StartedPowerDns> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-powerdns-'))
  const database = join(folder, 'zones.sqlite3')
  const tables = new DatabaseSync(database)
  tables.exec(readFileSync(schema, 'utf8'))
  tables.close()
  const [dns, web] = [await findFreePort(), await findFreePort()]
  const origin = `http://127.0.0.1:${web}`
  const settings = {
    ...{ 'config-dir': folder, 'socket-dir': folder, daemon: 'no', guardian: 'no', 'disable-syslog': 'yes' },
    ...{ launch: 'gsqlite3', 'gsqlite3-database': database, 'gsqlite3-dnssec': 'yes' },
    ...{ 'local-address': '127.0.0.1', 'local-port': dns },
    ...{ api: 'yes', 'api-key': KEY, webserver: 'yes', 'webserver-loglevel': 'none' },
    ...{ 'webserver-address': '127.0.0.1', 'webserver-port': web, 'webserver-allow-from': '127.0.0.0/8' },
  }
  const child = spawn(
    program,
    Object.entries(settings).map(([name, value]) => `--${name}=${value}`),
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let printed = ''
  let hasEnded = false
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-4000)
    })
  }
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      hasEnded = true
      resolve()
    }
    child.once('error', end).once('close', end)
  })
  const ask: StartedPowerDns['ask'] = (method, path, body) =>
    fetch(origin + path, {
      method,
      headers: { 'x-api-key': KEY, accept: 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true })
  }
  const isUp = () =>
    ask('GET', '/api/v1/servers').then(
      ({ ok }) => ok,
      () => false,
    )
  for (const began = Date.now(); !(await isUp()); await sleep(50)) {
    if (!hasEnded && Date.now() - began < MOST_WAIT) continue
    await stop()
    throw new Error(`PowerDNS did not start: ${printed.trim().split('\n').at(-1) ?? ''}`)
  }
  return { origin, key: KEY, ask, rows: () => readRows(database), [Symbol.asyncDispose]: stop }
}

function readRows(database: string): string[] {
  const read = new DatabaseSync(database, { readOnly: true })
  try {
    const tables = read
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all()
    return tables.flatMap(({ name }) =>
      read
        .prepare(`SELECT * FROM "${name}" ORDER BY rowid`)
        .all()
        .map((row) => `${name} ${JSON.stringify(row)}`),
    )
  } finally {
    read.close()
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
