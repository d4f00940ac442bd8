import { join } from 'node:path'
import { chromium } from 'playwright'
import { isExecutable, onPath } from '../packages/find-program.ts'
import {
  commandFor,
  type Machine as InstallingMachine,
  installPackages,
  mayInstall,
  thisMachine,
  type Wanted,
} from '../packages/install-packages.ts'

/** The machine, as far as a search for a browser sees it. */
export interface Machine extends InstallingMachine {
  /** Installed browsers that are on no PATH. */
  readonly places: readonly string[]
  /** Where Playwright's own would be; it need not be there. */
  readonly ofPlaywright: string
}

const COMMANDS = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser']

const WANTED: Wanted = { what: 'Chrome or Chromium', packages: 'chromium', instead: 'set ROLLCALL_CHROMIUM' }

/**
 * The path of a Chromium: the one that `ROLLCALL_CHROMIUM` names, else an installed Chrome or Chromium, else
 * Playwright's own. Where there is none, and we are root on Debian, as in a container, Debian's is installed.
 * @throws Error with what to run, in one line
 */
export async function findChromium(machine: Machine = withBrowsers()): Promise<string> {
  const named = machine.env['ROLLCALL_CHROMIUM']
  if (named) {
    if (isExecutable(named)) return named
    throw new Error(`ROLLCALL_CHROMIUM names no program: ${named}; set it to the path of a Chrome or Chromium`)
  }
  const found = [...commandsOf(machine), ...machine.places, machine.ofPlaywright].find(isExecutable)
  if (found) return found
  if (!mayInstall(machine)) {
    throw new Error(`there is no Chrome or Chromium; run: npx playwright install chromium, or set ROLLCALL_CHROMIUM`)
  }
  await installPackages(machine, WANTED)
  const installed = commandsOf(machine).find(isExecutable)
  if (installed) return installed
  throw new Error(`after ${commandFor(WANTED)} there is still no chromium on the PATH; ${WANTED.instead}`)
}

const commandsOf = ({ env }: Machine): string[] => COMMANDS.flatMap((command) => onPath(env, command))

function withBrowsers(): Machine {
  const machine = thisMachine()
  const { env } = machine
  return {
    ...machine,
    places: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      ...[env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].flatMap((folder) =>
        folder ? [join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')] : [],
      ),
    ],
    ofPlaywright: chromium.executablePath(),
  }
}
