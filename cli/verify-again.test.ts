import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { MAIN, run } from './spawn-rollcall.ts'

const SECRET = 's3cret-9f8e7d6c'
const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Rooms', version: '1' },
  security: [{ bearer: [] }],
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  paths: {
    '/{house}/rooms': {
      parameters: [{ name: 'house', in: 'path', required: true, schema: { type: 'string' } }],
      get: {
        operationId: 'listRooms',
        responses: {
          200: { description: 'All', content: { 'application/json': { schema: { type: 'array' } } } },
          401: { description: 'Who?' },
        },
      },
    },
  },
}

/** Lets in who knows the secret, and breaks its document. */
const heard: string[] = []
const server = createServer((request, response) => {
  heard.push(`${request.method} ${request.url} ${request.headers.authorization}`)
  const status = request.headers.authorization === `Bearer ${SECRET}` ? 200 : 401
  response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
})

let folder: string
let url: string
/** What a user has: `npx` finds rollcall, and the environment has the token. */
let surroundings: { cwd: string; env: NodeJS.ProcessEnv }
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-it's again-"))
  await mkdir(join(folder, 'bin'))
  const npx = join(folder, 'bin', 'npx')
  await writeFile(npx, `#!/bin/sh\ntest "$1" = rollcall || exit 9\nshift\nexec '${process.execPath}' '${MAIN}' "$@"\n`)
  await chmod(npx, 0o755)
  await writeFile(join(folder, 'my rooms.json'), JSON.stringify(DOCUMENT, null, 2))
  const PATH = [join(folder, 'bin'), process.env['PATH']].join(delimiter)
  surroundings = { cwd: folder, env: { ...process.env, PATH, ROLLCALL_TOKEN: SECRET } }
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

const shell = (line: string) => run(['-c', line], { ...surroundings, command: ['sh'] })

describe.skipIf(process.platform === 'win32')('what a finding says', () => {
  it.each([
    ['a token of the environment', ['--token-env', 'ROLLCALL_TOKEN']],
    ['a token', ['--token', SECRET]],
    ['a header', ['--header', `Authorization: Bearer ${SECRET}`]],
  ])('works as pasted, with %s: it shows itself again, and curl sends the same request', async (_, credential) => {
    const flags = ['--param', "house=it's $HOME", '--header', 'X-Trace: a "b" $c', '--strict', 'observed']
    const first = await run(['verify', 'my rooms.json', '--url', url, ...flags, ...credential], surroundings)
    expect(first.code).toBe(1)
    expect(first.stdout).not.toContain(SECRET)
    const [, again = ''] = /^ {2}again {3}(npx rollcall .*)$/m.exec(first.stdout) ?? []
    const second = await shell(again)
    expect(second).toMatchObject({ code: 1, stderr: '' })
    const findingIn = (text: string) => /^FAIL [\s\S]*?^ {2}again .*$/m.exec(text)?.[0]
    expect(findingIn(second.stdout)).toBe(findingIn(first.stdout))
    const [, curl = ''] = /^ {2}sent {4}(curl .*)$/m.exec(first.stdout) ?? []
    const sent = heard.filter((line) => line.endsWith(`Bearer ${SECRET}`)).at(-1)
    heard.length = 0
    expect(await shell(curl)).toMatchObject({ code: 0, stdout: expect.stringContaining('HTTP/1.1 200 OK') })
    expect(heard).toEqual([sent])
  })

  it('keeps what the URL of an overlay has for a secret', async () => {
    const overlay = {
      overlay: '1.0.0',
      info: { title: 'A', version: '1' },
      actions: [{ target: '$.info', update: {} }],
    }
    const shelf = createServer((_, response) => void response.end(JSON.stringify(overlay)))
    await new Promise<void>((resolve) => void shelf.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void shelf.close())
    const source = `http://127.0.0.1:${(shelf.address() as AddressInfo).port}/rooms.overlay.json`
    const args = ['verify', 'my rooms.json', '--url', url, '--param', 'house=a', '--strict', 'observed']
    const { stdout } = await run([...args, '--overlay', `${source}?signature=0a1b2c3d4e5f6071`], surroundings)
    expect(stdout).toContain(`--overlay "${source}?signature=$ROLLCALL_TOKEN"`)
    expect(stdout).not.toContain('0a1b2c3d4e5f6071')
  })
})
