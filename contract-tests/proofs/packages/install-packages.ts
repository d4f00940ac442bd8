import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** The machine, as far as an installation sees it. */
export interface Machine {
  readonly env: NodeJS.ProcessEnv
  readonly isRoot: boolean
  readonly isDebian: boolean
  /** What Debian asks before it starts a service (invoke-rc.d(8)); it need not be there. */
  readonly policy: string
  readonly say: (line: string) => void
}

/** What is installed, and what may be done instead. */
export interface Wanted {
  readonly what: string
  /** What `apt-get install -y` is given. */
  readonly packages: string
  /** `set ROLLCALL_CHROMIUM` */
  readonly instead: string
}

/** As root on Debian, as in a container. */
export const mayInstall = ({ isRoot, isDebian }: Machine): boolean => isRoot && isDebian

/** How anybody else would do it. */
export const commandFor = ({ packages }: Wanted): string => `apt-get update && apt-get install -y ${packages}`

/** Installs packages of Debian; no service that they bring is started. @throws Error with what to run, in one line */
export async function installPackages(machine: Machine, wanted: Wanted): Promise<void> {
  const { env, say, policy } = machine
  const { what, packages, instead } = wanted
  say(`rollcall: there is no ${what}; installing Debian's: ${commandFor(wanted)}`)
  const isOurs = !existsSync(policy)
  try {
    // 101: not allowed (invoke-rc.d(8)).
    if (isOurs) await writeFile(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
    for (const args of ['update', `install -y ${packages}`]) {
      const settings = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 64 * 1024 * 1024 }
      await promisify(execFile)('apt-get', args.split(' '), settings)
    }
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string }
    const last = (stderr?.trim() || message).split('\n').at(-1)
    throw new Error(`${what} could not be installed: ${last}; run: ${commandFor(wanted)}, or ${instead}`)
  } finally {
    if (isOurs) await rm(policy, { force: true })
  }
}

/** The one that this runs on. */
export function thisMachine(): Machine {
  return {
    env: process.env,
    isRoot: process.getuid?.() === 0,
    isDebian: existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8')),
    policy: '/usr/sbin/policy-rc.d',
    say: console.warn,
  }
}
