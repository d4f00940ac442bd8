import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from './verify.ts'

const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  security: [{ bearer: [] }],
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  paths: {
    '/login': {
      post: {
        operationId: 'logIn',
        security: [],
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['email', 'password'],
                properties: { email: { type: 'string' }, password: { type: 'string' } },
              },
              example: { email: 'ada@example.com', password: 'correct horse battery' },
            },
          },
        },
        responses: { 200: { description: 'In' }, 401: { description: 'Not in' } },
      },
    },
    '/logout': {
      post: { operationId: 'logOut', responses: { 204: { description: 'Out' } } },
      get: { operationId: 'logOutByLink', responses: { 204: { description: 'Out' } } },
    },
    '/notes': {
      get: {
        operationId: 'listNotes',
        responses: { 200: { description: 'All' }, 401: { description: 'Who?' }, 403: { description: 'Not you' } },
      },
    },
  },
}
const TOKEN = 'minted-0f81c2d7'

let folder: string
let file: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-login-'))
  file = join(folder, 'notes.json')
  await writeFile(file, JSON.stringify(DOCUMENT))
})
afterAll(() => rm(folder, { recursive: true }))

/** A server on a free port; its requests are kept. */
async function serve(listener: RequestListener, port = 0) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    listener(request, response)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** It lets in whoever has logged in with the right password. */
const notes: RequestListener = (request, response) => {
  let body = ''
  request.on('data', (part) => (body += part))
  request.on('end', () => {
    const send = (status: number, data: object = {}) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(data))
    }
    if (request.url === '/login') {
      const isRight = body.includes('correct horse battery')
      return isRight ? send(200, { user: { token: TOKEN } }) : send(401)
    }
    return send(request.headers.authorization === `Bearer ${TOKEN}` ? 200 : 401)
  })
}

async function command(args: readonly string[], env: NodeJS.ProcessEnv = {}, document = file) {
  let [stdout, stderr] = ['', '']
  const code = await run([document, '--seed', '1', ...args], {
    env,
    stdout: { write: (text: string) => Boolean((stdout += text)) } as never,
    stderr: { write: (text: string) => Boolean((stderr += text)) } as never,
  }).catch((error: Error) => error.message)
  return { code, stdout, stderr }
}

describe('a run that needs credentials', () => {
  it('is stopped in one sentence where all that it may read is answered with 401', async () => {
    await using target = await serve(notes)
    const { code } = await command(['--url', target.url, '--token', 'wrong-token-1'])
    expect(code).toBe(
      `${target.url} answers 401 to GET /notes: the credential that was given is not let in; give one with --token-env <name> or --token`,
    )
    expect(target.asked).not.toContain('POST /login')
  })

  it('is told so where it was given none', async () => {
    await using target = await serve(notes)
    const { code } = await command(['--url', target.url])
    expect(code).toBe(
      `${target.url} answers 401 to GET /notes: a credential is needed, and none was given; give one with --token-env <name> or --token`,
    )
  })

  it('goes on where it is answered with 403', async () => {
    await using target = await serve((_, response) => void response.writeHead(403).end())
    const { stdout } = await command(['--url', target.url, '--token', 'known-token-1'])
    expect(stdout).toMatch(/\n1 finding in 1 of \d+ cases: /)
  })

  it('gets its token itself: the document’s example logs in, and no report shows either', async () => {
    await using target = await serve(notes)
    const { code, stdout } = await command(['--url', target.url, '--login', 'logIn', '--token-from', '#/user/token'])
    expect([code, stdout]).toEqual([0, expect.stringMatching(/\n\d+ cases?: .*passed/)])
    expect(target.asked.filter((line) => line === 'POST /login')).toHaveLength(1)
    expect(stdout).not.toMatch(new RegExp(`${TOKEN}|correct horse`))
  })

  it('says who it is with --body, or a variable', async () => {
    await using target = await serve(notes)
    const login = ['--url', target.url, '--login', 'logIn', '--token-from', '#/user/token']
    const wrong = await command([...login, '--body', '{"email":"a@example.com","password":"guess"}'])
    expect(wrong.code).toBe("--login logIn was answered with 401; give its body with --body '<json>'")
    const right = { ROLLCALL_LOGIN_BODY: '{"email":"a@example.com","password":"correct horse battery"}' }
    expect((await command(login, right)).code).toBe(0)
  })

  it.each<[args: string[], message: RegExp]>([
    [
      ['--login', 'logUn', '--token-from', '#/user/token'],
      /^--login: there is no operation logUn; did you mean logIn\?$/,
    ],
    [['--login', 'logIn', '--token-from', '#/token'], /^--token-from: the reply of logIn has no text at #\/token$/],
    [['--login', 'logIn', '--token-from', 'token'], /^--token-from must be a JSON Pointer such as/],
    [['--login', 'logIn'], /^--login <operationId> and --token-from '#\/pointer' go together$/],
  ])('is refused in one line: %j', async (args, message) => {
    await using target = await serve(notes)
    expect((await command(['--url', target.url, ...args])).code).toMatch(message)
  })
})

describe('what begins or ends a session', () => {
  const args = ['--login', 'logIn', '--token-from', '#/user/token']

  it('is left alone, and said to be', async () => {
    await using target = await serve(notes)
    const { stdout } = await command(['--url', target.url, ...args])
    expect(stdout).toMatch(/it begins a session; --allow-changes=logIn tries it: logIn\/accepts\/plain/)
    expect(target.asked.filter((line) => line.endsWith('/logout'))).toEqual([])
  })

  it('is tried where it is named', async () => {
    await using target = await serve(notes)
    await command(['--url', target.url, ...args, '--allow-changes=logIn,logOut'])
    expect(target.asked.filter((line) => line === 'POST /login').length).toBeGreaterThan(2)
    expect(target.asked).toContain('POST /logout')
  })

  it('is not ended where all changes are allowed, but may be begun', async () => {
    await using target = await serve(notes)
    await command(['--url', target.url, ...args, '--allow-changes'])
    expect(target.asked.filter((line) => line === 'POST /login').length).toBeGreaterThan(2)
    expect(target.asked).not.toContain('POST /logout')
  })
})

describe('a target that is starting', () => {
  it('is waited for', async () => {
    const first = await serve(notes)
    await first[Symbol.asyncDispose]()
    const port = Number(new URL(first.url).port)
    const waiting = command(['--url', `http://127.0.0.1:${port}`, '--token', TOKEN, '--wait', '20'])
    await new Promise((resolve) => setTimeout(resolve, 300))
    await using _target = await serve(notes, port)
    expect((await waiting).code).toBe(0)
  })

  it('is given up after that, in one line', async () => {
    const gone = await serve(notes)
    await gone[Symbol.asyncDispose]()
    const { code } = await command(['--url', gone.url, '--token', TOKEN, '--wait', '1'])
    expect(code).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/ cannot be reached: /)
  })
})

/** Whoever sends nothing is let in, and whoever sends what is not known is not. */
const open: RequestListener = (request, response) =>
  void response.writeHead(request.headers.authorization === undefined ? 200 : 401).end()

/** The same document, where credentials are a key in `Authorization`, and it is said of one operation alone. */
const silent = () => {
  const { security: _, ...document } = structuredClone(DOCUMENT)
  const { '/notes': notes, ...paths } = document.paths
  return {
    ...document,
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'Authorization' } } },
    paths: {
      ...paths,
      '/notes': { get: { ...notes.get, security: [{ key: [] }] } },
      '/drafts': { get: { ...notes.get, operationId: 'listDrafts' } },
    },
  }
}

describe('credentials that nobody speaks of', () => {
  it('are none that was made up, where a server lets in who has none', async () => {
    await using target = await serve(open)
    const { stdout } = await command(['--url', target.url])
    expect(stdout).not.toMatch(/answers 401|no valid request was accepted/)
    expect(stdout).toContain('FAIL  listNotes/guards/none')
  })

  it('are made up where nobody is let in without, on this machine', async () => {
    await using target = await serve((request, response) => {
      response.writeHead(request.headers.authorization === undefined ? 401 : 200).end()
    })
    const { stdout } = await command(['--url', target.url])
    expect(stdout).toMatch(/^\d+ cases at /)
  })

  it('go along with operations of which the document is silent, as bearer tokens where the plain key is refused', async () => {
    const quiet = join(folder, 'silent.json')
    await writeFile(quiet, JSON.stringify(silent()))
    const shown: string[] = []
    await using target = await serve((request, response) => {
      const isIn = request.headers.authorization === `Bearer ${TOKEN}`
      if (isIn) shown.push(`${request.method} ${request.url}`)
      response.writeHead(isIn ? 200 : 403).end()
    })
    const { stdout } = await command(['--url', target.url, '--token', TOKEN], {}, quiet)
    expect(shown).toEqual(expect.arrayContaining(['GET /notes', 'GET /drafts']))
    expect(shown).not.toContain('POST /login')
    expect(stdout).not.toContain(TOKEN)
  })
})
