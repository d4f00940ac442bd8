import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { MAIN, run } from './spawn-rollcall.ts'

/** Runs the command with its streams where a shell puts them. */
const redirected = (args: readonly string[], where: string) =>
  run(args, { command: ['sh', '-c', `exec "$0" "$@" ${where}`, process.execPath, MAIN] })

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Every write to it fails, as on a full disk. */
describe.skipIf(!existsSync('/dev/full'))('a stdout that cannot be written', () => {
  it.each([['--version'], ['--help'], ['verify dynamic --list'], ['data dynamic']])(
    'fails a command, in one line: %s',
    async (line) => {
      expect(await redirected(line.split(' '), '> /dev/full')).toMatchObject({
        code: 1,
        stderr: 'rollcall: stdout cannot be written: the disk is full\n',
      })
    },
  )

  it('leaves the exit code of a command line that is not understood, and needs no stderr', async () => {
    expect(await redirected(['mok'], '> /dev/full')).toMatchObject({ code: 2 })
    expect(await redirected(['mok'], '2> /dev/full')).toMatchObject({ code: 2, stdout: '', stderr: '' })
    expect(await redirected(['--version'], '> /dev/full 2> /dev/full')).toMatchObject({ code: 1 })
  })

  it.each<[what: string, hasStderr: boolean]>([
    ['with one line', true],
    ['without a word, where stderr is full too', false],
  ])('does not end a server, %s', async (_, hasStderr) => {
    const full = openSync('/dev/full', 'w')
    const port = await freePort()
    const stdio = ['ignore', full, hasStderr ? 'pipe' : full] as const
    const child = spawn(process.execPath, [MAIN, 'mock', 'royalti', '--port', String(port)], { stdio: [...stdio] })
    onTestFinished(() => {
      child.kill('SIGKILL')
      closeSync(full)
    })
    let stderr = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const ended = once(child, 'close')
    const ask = () => fetch(`http://127.0.0.1:${port}/user/`, { headers: { authorization: 'Bearer any' } })
    while (child.exitCode === null && !(await ask().catch(() => undefined)))
      await new Promise((resolve) => setTimeout(resolve, 50))
    for (let turn = 0; turn < 3; turn++) expect((await ask()).status).toBe(200)
    child.kill('SIGTERM')
    expect((await ended)[0]).toBe(0)
    const said = 'rollcall: stdout cannot be written: the disk is full; serving goes on without it\n'
    expect(stderr).toBe(hasStderr ? said : '')
  })
})
