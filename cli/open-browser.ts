/** What opens a URL as the person wants it, by platform; nothing of a shell comes near it. */
const OPENERS: Readonly<Record<string, readonly [command: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/**
 * Opens a URL in the browser of whoever sits here: by the program that the environment names in `BROWSER`, or that of the
 * system. The server goes on whether or not there is one.
 * @param tell told in one line where it could not be opened
 */
export async function openBrowser(url: string, tell: (line: string) => void): Promise<void> {
  const { spawn } = await import('node:child_process')
  const { BROWSER } = process.env
  const [command, ...args] = BROWSER ? ([BROWSER] as const) : (OPENERS[process.platform] ?? (['xdg-open'] as const))
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true })
  child.once('error', () => tell(`no browser could be opened; open ${url} yourself`))
  child.unref()
}
