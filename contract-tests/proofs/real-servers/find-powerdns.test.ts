import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { findPowerDns, type Machine } from './find-powerdns.ts'

let folder: string
let said: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-find-powerdns-'))
  said = []
  onTestFinished(() => rm(folder, { recursive: true }))
  await mkdir(join(folder, 'bin'))
})

const machine = (more: Partial<Machine> = {}, env: NodeJS.ProcessEnv = {}): Machine => ({
  isRoot: false,
  isDebian: false,
  policy: join(folder, 'policy-rc.d'),
  schemas: [join(folder, 'schema.sql')],
  daemons: [join(folder, 'sbin')],
  say: (line) => void said.push(line),
  ...more,
  env: { PATH: join(folder, 'bin'), ...env },
})

async function put(name: string, script = ''): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return path
}

/** `apt-get` that writes down how it was called, and installs. */
const putApt = () =>
  put(
    'bin/apt-get',
    `echo "$*" >> ${folder}/calls; echo > ${folder}/schema.sql; echo > ${folder}/bin/pdns_server; /bin/chmod 755 ${folder}/bin/pdns_server`,
  )

describe('findPowerDns', () => {
  it('takes the installed one with its tables, or what the environment names', async () => {
    const program = await put('bin/pdns_server')
    const schema = await put('schema.sql')
    expect(await findPowerDns(machine())).toEqual({ program, schema })
    const other = await put('other')
    const named = { ROLLCALL_POWERDNS: other, ROLLCALL_POWERDNS_SCHEMA: other }
    expect(await findPowerDns(machine({}, named))).toEqual({ program: other, schema: other })
  })

  it('finds it where servers are, though the PATH does not name that', async () => {
    await mkdir(join(folder, 'sbin'))
    const program = await put('sbin/pdns_server')
    const schema = await put('schema.sql')
    expect(await findPowerDns(machine())).toEqual({ program, schema })
  })

  it('installs those of Debian as root, and says so', async () => {
    await putApt()
    expect(await findPowerDns(machine({ isRoot: true, isDebian: true }))).toEqual({
      program: join(folder, 'bin', 'pdns_server'),
      schema: join(folder, 'schema.sql'),
    })
    expect(await readFile(join(folder, 'calls'), 'utf8')).toBe(
      'update\ninstall -y --no-install-recommends pdns-server pdns-backend-sqlite3\n',
    )
    expect(said).toEqual([expect.stringContaining('there is no PowerDNS with SQLite; installing')])
  })

  it.each([
    { isRoot: true, isDebian: false },
    { isRoot: false, isDebian: true },
  ])('installs nothing where %o, and says in one line what to run', async (more) => {
    await putApt()
    await expect(findPowerDns(machine(more))).rejects.toThrow(
      /^there is no PowerDNS with SQLite; as root: apt-get update && apt-get install -y --no-install-recommends pdns-.*$/,
    )
    await expect(readFile(join(folder, 'calls'))).rejects.toThrow('ENOENT')
  })
})
