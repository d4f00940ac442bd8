import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from 'playwright'

/** The machine, as far as a search for a browser sees it. */
export interface Machine {
  readonly env: NodeJS.ProcessEnv
  readonly isRoot: boolean
  readonly isDebian: boolean
  /** Installed browsers that are on no PATH. */
  readonly places: readonly string[]
  /** Where Playwright's own would be; it need not be there. */
  readonly ofPlaywright: string
  readonly say: (line: string) => void
}

const COMMANDS = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser']

const INSTALL = ['update', 'install -y chromium'] as const
const INSTALL_COMMAND = INSTALL.map((args) => `apt-get ${args}`).join(' && ')

/**
 * The path of a Chromium: the one that `ROLLCALL_CHROMIUM` names, else an installed Chrome or Chromium, else
 * Playwright's own. Where there is none, and we are root on Debian, as in a container, Debian's is installed.
 * @throws Error with what to run, in one line
 */
export async function findChromium(machine: Machine = thisMachine()): Promise<string> {
  const named = machine.env['ROLLCALL_CHROMIUM']
  if (named) {
    if (isExecutable(named)) return named
    throw new Error(`ROLLCALL_CHROMIUM names no program: ${named}; set it to the path of a Chrome or Chromium`)
  }
  const found = [...onPath(machine.env), ...machine.places, machine.ofPlaywright].find(isExecutable)
  if (found) return found
  if (machine.isRoot && machine.isDebian) return installChromium(machine)
  throw new Error(`there is no Chrome or Chromium; run: npx playwright install chromium, or set ROLLCALL_CHROMIUM`)
}

async function installChromium({ env, say }: Machine): Promise<string> {
  say(`rollcall: there is no Chrome or Chromium; installing Debian's: ${INSTALL_COMMAND}`)
  try {
    for (const args of INSTALL) {
      const settings = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 64 * 1024 * 1024 }
      await promisify(execFile)('apt-get', args.split(' '), settings)
    }
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string }
    const last = (stderr?.trim() || message).split('\n').at(-1)
    throw new Error(`Chromium could not be installed: ${last}; run: ${INSTALL_COMMAND}, or set ROLLCALL_CHROMIUM`)
  }
  const installed = onPath(env).find(isExecutable)
  if (!installed)
    throw new Error(`after ${INSTALL_COMMAND} there is still no chromium on the PATH; set ROLLCALL_CHROMIUM`)
  return installed
}

const onPath = (env: NodeJS.ProcessEnv): string[] => {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean)
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function thisMachine(): Machine {
  const { env } = process
  return {
    env,
    isRoot: process.getuid?.() === 0,
    isDebian: existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8')),
    places: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      ...[env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].flatMap((folder) =>
        folder ? [join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')] : [],
      ),
    ],
    ofPlaywright: chromium.executablePath(),
    say: console.warn,
  }
}
