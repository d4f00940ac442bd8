import { execFile } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createKit } from '../contract-tests/suite/case-kit.ts'
import { SAMPLE_DOCUMENT, sampleRun } from '../contract-tests/suite/reporters/sample-run.ts'
import { listCases, type VerifyOptions, verify } from '../contract-tests/suite/verify.ts'
import type { Case, CaseResult, RunResult } from '../contract-tests/suite/vocabulary.ts'
import { runHere } from './run-here.ts'
import { MAIN, run as spawn, start } from './spawn-rollcall.ts'
import { run, type Suite, type Surroundings } from './verify.ts'

let folder: string
let document: string
const servers: Server[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-verify-'))
  document = join(folder, 'notes.yaml')
  await writeFile(document, SAMPLE_DOCUMENT)
})
afterEach(async () => {
  await rm(folder, { recursive: true })
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function serve(listener: RequestListener = (_, response) => void response.end()): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const CASES = sampleRun().results.map(
  ({ case: one, exchanges }): Case => ({
    ...one,
    steps: exchanges.map(({ title, request }) => ({
      title,
      operationId: request.operationId,
      // What reads it is made of what came back.
      request: title === 'read it' ? undefined : request,
      follow: () => request,
      judge: () => [],
    })),
  }),
)

/** A stand-in: it keeps what it was asked, and answers with a run that is given. */
function suiteOf(outcome: Partial<RunResult> | ((options: VerifyOptions) => Promise<Partial<RunResult>>)) {
  const asked: VerifyOptions[] = []
  const suite: Suite = {
    listCases: ({ document, grep, only, ...derive }) => ({
      kit: createKit(document, derive),
      dropped: [{ id: 'addNote/refuses/0/any', reason: 'no value breaks it alone' }].filter(({ id }) => id === only),
      leftOut: [],
      cases: CASES.filter(({ id }) => (only === undefined || id === only) && (!grep || id.includes(grep))),
    }),
    verify: async (options) => {
      asked.push(options)
      const result = typeof outcome === 'function' ? await outcome(options) : outcome
      return { ...sampleRun(), results: PASSED, leftovers: [], dropped: [], ...result, url: options.url ?? '' }
    },
  }
  return { suite, asked }
}

const PASSED: readonly CaseResult[] = sampleRun().results.filter(({ outcome }) => outcome === 'pass')

async function command(args: readonly string[], surroundings: Partial<Surroundings> = {}) {
  const out = { stdout: '', stderr: '' }
  const code = await run(args, {
    suite: suiteOf({}).suite,
    env: {},
    stdout: { write: (text) => void (out.stdout += text) },
    stderr: { write: (text) => void (out.stderr += text) },
    signals: new EventEmitter(),
    exit: () => {},
    ...surroundings,
  })
  return { code, ...out }
}

describe('a command line that is refused in one line', () => {
  it.each<[args: string[], message: RegExp]>([
    [[], /takes one API or document/],
    [['a.yaml', 'b.yaml'], /takes one API or document/],
    [['dynmaic', '--url', 'http://127.0.0.1:1'], /there is no API dynmaic; did you mean dynamic\?/],
    [['DOC'], /verify needs --url/],
    [['DOC', '--url', '127.0.0.1:80'], /--url must be an http or https URL/],
    [['DOC', '--url', 'http://me:secret@127.0.0.1'], /must not hold credentials/],
    [['DOC', '--url', 'http://127.0.0.1/?a=1'], /without \? and #/],
    [['DOC', '--url', 'http://127.0.0.1:1'], /cannot be reached: 127\.0\.0\.1:1: nothing listens there/],
    [['DOC', '--url', 'https://notes.example.test/other'], /notes\.example\.test is a production host of notes/],
    [['DOC', '--url', 'https://NOTES.example.test.:8443'], /is a production host/],
    [['DOC', '--url', 'http://127.0.0.1:1', '--against', 'https://notes.example.test'], /is a production host/],
    [['DOC', '--url', 'https://staging.example.test'], /needs a credential: --token-env <name> or --token/],
    [['DOC', '--url', 'http://127.0.0.1:1', '--token-env', 'NOT_SET'], /NOT_SET is not set/],
    [['DOC', '--url', 'http://127.0.0.1:1', '--param', 'x'], /--param must be like name=value, not x/],
    [['DOC', '--url', 'http://127.0.0.1:1', '--header', 'x secret'], /--header must be like "Name: value"$/],
    [['DOC', '--url', 'http://127.0.0.1:1', '--rate', '2/day'], /--rate must be like 2\/s or 100\/min, not 2\/day/],
    [['DOC', '--url', 'http://127.0.0.1:1', '--strict', 'observd'], /did you mean observed\?/],
    [['DOC', '--url', 'http://127.0.0.1:1', '--reporter', 'list,htm'], /no htm; did you mean html\?/],
    [['DOC', '--url', 'http://127.0.0.1:1', '--concurrency', '0'], /whole number from 1 to 64/],
    [['DOC', '--url', 'http://127.0.0.1:1', '--max-requests', '0'], /whole number from 1 to/],
    [['DOC', '--url', 'http://127.0.0.1:1', '--budget', '10 minutes'], /--budget must be like 30s, 10m or 1h/],
    [['DOC', '--url', 'http://127.0.0.1:1', '--budget', '0s'], /--budget must be like/],
    [
      ['DOC', '--url', 'http://127.0.0.1:1', '--allow-changes=addNotes'],
      /no operation addNotes; did you mean addNote\?/,
    ],
    [['DOC', '--url', 'http://127.0.0.1:1', '--allow-changes=addNote,nothing'], /there is no operation nothing$/],
    [['DOC', '--url', 'http://127.0.0.1:1', '--allow-changes='], /needs an operationId; without = it allows all/],
    [['DOC', '--url', 'http://127.0.0.1:1', '--allow-changes', 'addNote'], /as in --allow-changes=updateUser/],
    [
      ['DOC', '--url', 'http://127.0.0.1:1', '--case', 'addNote/accepts/0/name/longst'],
      /there is no case .*; see --list/,
    ],
    [
      ['DOC', '--url', 'http://127.0.0.1:1', '--case', 'addNote/refuses/0/any'],
      /the case addNote\/refuses\/0\/any is dropped: no value breaks it alone$/,
    ],
    [['DOC', '--url', 'http://127.0.0.1:1', '--grep', 'nothing-like-it'], /no case has "nothing-like-it"/],
    [['DOC', '--ulr', 'x'], /verify has no flag --ulr; did you mean --url\?/],
  ])('%j', async (args, message) => {
    const { suite, asked } = suiteOf({})
    const refused = command(
      args.map((arg) => (arg === 'DOC' ? document : arg)),
      { suite },
    )
    const error = await refused.catch((thrown) => thrown)
    expect(error).toMatchObject({ name: 'UsageError', message: expect.stringMatching(message) })
    expect(error.message).not.toContain('\n')
    expect(asked).toEqual([])
  })
})

describe('what nothing is sent for', () => {
  it('--list prints the cases', async () => {
    const { code, stdout } = await command([document, '--list', '--grep', '0/name/'])
    expect(code).toBe(0)
    expect(stdout).toContain('addNote/accepts/0/name/shortest  the shortest name\n')
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('10 cases')
  })

  it('--dry-run prints the requests, their number per operation, and what they do to whom', async () => {
    const { code, stdout } = await command([document, '--dry-run', '--rate', '60/min', '--allow-changes'])
    expect(code).toBe(0)
    expect(stdout).toContain('POST /notes  addNote/accepts/0/name/shortest\n')
    expect(stdout).toContain('(what earlier replies lead to: read it)  addNote/stories/created-can-be-read\n')
    expect(stdout).toMatch(/^ +83 {2}addNote {2}changes whatever it names, as --allow-changes allows$/m)
    // What earlier replies lead to counts where it leads to.
    expect(stdout).toMatch(/^ +1 {2}readNote {2}/m)
    expect(stdout).toMatch(/^ +1 {2}replaceNote {2}changes whatever it names/m)
    expect(stdout).toMatch(/^ +85 {2}in all, 85\.0 s at 60\/min; requests that look at what is there, .* come on top$/m)
  })

  it('--dry-run says what is not sent, and which flag allows it', async () => {
    const { stdout } = await command([document, '--dry-run'])
    expect(stdout).toContain('not sent: POST /notes  addNote/accepts/0/name/shortest\n')
    expect(stdout).toMatch(/^ +0 {2}addNote {2}not sent: .*; --allow-changes=addNote allows it \(\d+ not sent\)$/m)
  })

  it('--dry-run tells of the life of an item once, whatever the number of cases that look at it', async () => {
    const shelves = join(import.meta.dirname, '../contract-tests/fixtures/shelves.yaml')
    const { stdout } = await command([shelves, '--dry-run', '--grep', '/stories/lifecycle/'], {
      suite: { listCases, verify },
    })
    const lines = stdout
      .split('\n')
      .filter((line) => line.includes('in the life of one item, at least once: createShelf'))
    expect(lines).toEqual(['(in the life of one item, at least once: createShelf)  shelves/lifecycle'])
    expect(stdout).toMatch(/^ +1 {2}deleteShelf {2}/m)
  })

  it('--dry-run needs no URL, and tells for another machine how long it takes', async () => {
    const flags = ['--dry-run', '--allow-changes', '--url', 'https://staging.example.test']
    const { stdout } = await command([document, ...flags])
    expect(stdout).toContain('42.5 s at 2/s')
  })
})

describe('what the run is given', () => {
  it('is what the flags say', async () => {
    const { suite, asked } = suiteOf({})
    const url = `${await serve()}/api`
    const flags = ['--param', 'a=1', '--param', 'b=x=y', '--second-param', 'a=2', '--seed', 's', '--strict', 'observed']
    const more = ['--grep', 'name', '--rate', '100/min', '--concurrency', '3', '--fail-fast', '--allow-mail']
    await command([document, '--url', url, '--bad-token', 'no', '--token', 'canary', ...flags, ...more], { suite })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({
      ...{ name: 'notes', url, params: { a: '1', b: 'x=y' }, secondParams: { a: '2' }, seed: 's', strict: 'observed' },
      ...{ grep: 'name', rate: { requests: 100, seconds: 60 }, concurrency: 3, failFast: true, allowMail: true },
      ...{ hasBadToken: true, secrets: ['canary', 'no'] },
    })
  })

  it('is a send with the credentials, taken from the environment, and with none that nobody gave', async () => {
    const heard: (string | undefined)[] = []
    const url = await serve((request, response) => {
      if (request.url === '/notes') heard.push(request.headers.authorization)
      response.end()
    })
    const { suite } = suiteOf(async ({ send, hasBadToken }) => {
      const request = { operationId: 'addNote', method: 'GET', path: '/notes', headers: {} }
      await send(request, new AbortController().signal)
      if (hasBadToken) await send({ ...request, credentials: 'bad' }, new AbortController().signal)
      return {}
    })
    await command([document, '--url', url], { suite })
    await command([document, '--url', url], { suite, env: { ROLLCALL_TOKEN: 'env', ROLLCALL_BAD_TOKEN: 'bad' } })
    await command([document, '--url', url, '--token-env', 'MINE'], { suite, env: { MINE: 'mine' } })
    expect(heard).toEqual([undefined, 'Bearer env', 'Bearer bad', 'Bearer mine'])
  })

  it.each<[flags: string[], given: Partial<VerifyOptions>, again: string]>([
    [['--allow-changes'], { allowChanges: true }, ' --allow-changes --case'],
    [['--allow-changes=addNote'], { allowChanges: ['addNote'] }, ' --allow-changes=addNote --case'],
    [['--allow-changes=addNote', '--allow-changes'], { allowChanges: true }, ' --allow-changes --case'],
    [['--allow-leftovers'], { allowLeftovers: true }, ' --allow-leftovers --case'],
    [['--max-requests', '400'], { maxRequests: 400 }, ' --max-requests 400 --case'],
    [['--budget', '30'], { budget: 30_000 }, ' --budget 30 --case'],
    [['--budget', '30s'], { budget: 30_000 }, ' --budget 30s --case'],
    [['--budget', '10m'], { budget: 600_000 }, ' --budget 10m --case'],
    [['--budget', '1h'], { budget: 3_600_000 }, ' --budget 1h --case'],
  ])('is how far it may go: %j', async (flags, given, again) => {
    const { suite, asked } = suiteOf(sampleRun())
    // Whichever stands last, the document is no flag's value.
    const { stdout } = await command(['--url', await serve(), ...flags, document], { suite })
    expect(asked[0]).toMatchObject(given)
    expect(stdout).toContain(again)
  })

  it('changes nothing that is not its own, and leaves nothing, unless a flag allows it', async () => {
    const { suite, asked } = suiteOf({})
    await command([document, '--url', await serve()], { suite })
    for (const option of ['allowChanges', 'allowLeftovers', 'maxRequests', 'budget'])
      expect(asked[0]).not.toHaveProperty(option)
  })

  it('has no rate on this machine', async () => {
    const { suite, asked } = suiteOf({})
    await command([document, '--url', await serve()], { suite })
    expect(asked[0]).not.toHaveProperty('rate')
    expect(asked[0]).not.toHaveProperty('seed')
  })
})

describe('how it ends', () => {
  const FAILED = sampleRun().results
  const LEFT = { what: 'note n_1', reason: 'DELETE answered 500', foreseen: false }
  const UNTRIED = PASSED.slice(0, 3).map(
    (result, index): CaseResult => ({
      ...result,
      ...(index === 0
        ? { outcome: 'skipped', reason: 'it may send messages' }
        : { outcome: 'not-reached', reason: 'PUT /notes would change what is there' }),
    }),
  )

  it.each<[what: string, outcome: Partial<RunResult>, code: number]>([
    ['nothing but passes', {}, 0],
    ['notes alone', { results: FAILED.filter(({ outcome }) => outcome === 'note') }, 0],
    ['a failure', { results: FAILED }, 1],
    ['a run that was broken off', { interrupted: 'the target stopped answering' }, 1],
    ['something left behind that nobody foresaw', { leftovers: [LEFT] }, 1],
    ['something left behind as expected', { leftovers: [{ ...LEFT, foreseen: true }] }, 0],
    ['no case that passed or failed', { results: UNTRIED }, 2],
    ['no case at all', { results: [] }, 2],
    ['no case that passed or failed, and something left behind', { results: UNTRIED, leftovers: [LEFT] }, 1],
  ])('%s', async (_, outcome, code) => {
    expect((await command([document, '--url', await serve()], suiteOf(outcome))).code).toBe(code)
  })

  it('says in one line why a run in which nothing passed or failed is no pass', async () => {
    const { stderr } = await command([document, '--url', await serve()], suiteOf({ results: UNTRIED }))
    expect(stderr).toBe(
      'rollcall: no case passed or failed: 2 not reached, 1 skipped; most often: PUT /notes would change what is there\n',
    )
    const none = await command([document, '--url', await serve()], suiteOf({ results: [] }))
    expect(none.stderr).toBe('rollcall: there was no case to try\n')
  })

  it('the first signal lets the run end and report, the second one leaves at once', async () => {
    const signals = new EventEmitter()
    const exits: number[] = []
    const { suite } = suiteOf(async ({ signal }) => {
      signals.emit('SIGINT')
      expect(signal?.aborted).toBe(true)
      expect(exits).toEqual([])
      signals.emit('SIGINT')
      return { interrupted: String(signal?.reason.message) }
    })
    const url = await serve()
    const { code, stdout, stderr } = await command([document, '--url', url], {
      suite,
      signals,
      exit: (n) => void exits.push(n),
    })
    expect({ code, exits }).toEqual({ code: 130, exits: [130] })
    expect(stderr).toBe('rollcall: stopping, and deleting what was created; once more to leave at once\n')
    expect(stdout).toContain('broken off: stopped from outside')
    expect(signals.listenerCount('SIGINT')).toBe(0)
  })

  it('the second signal says what is left before it leaves', async () => {
    const signals = new EventEmitter()
    const left = [
      { what: 'addNote → deleteNote {"id":"n_1","token":"canary-9f8e7d"}', reason: 'not yet deleted', foreseen: false },
      { what: 'note n_2\u001b[31m', reason: 'not yet\ndeleted', foreseen: true },
    ]
    const { suite } = suiteOf(async ({ onStop }) => {
      let pending = [{ what: 'note n_0', reason: 'not yet deleted', foreseen: false }, ...left]
      onStop?.(() => pending)
      signals.emit('SIGINT')
      // What was deleted meanwhile is not told.
      pending = left
      signals.emit('SIGINT')
      return { interrupted: 'stopped from outside' }
    })
    const told: string[] = []
    const { stderr } = await command([document, '--url', await serve()], {
      suite,
      signals,
      stderr: { write: (text) => void told.push(text) },
      exit: (code) => void told.push(`exit ${code}`),
    })
    expect(stderr).toBe('')
    expect(told).toEqual([
      expect.stringMatching(/^rollcall: stopping/),
      'left behind  addNote → deleteNote {"id":"n_1","token":"[redacted]"}: not yet deleted\n',
      'left behind  note n_2\\u001b[31m: not yet deleted\n',
      'exit 130',
    ])
  })

  it('a target that stops answering ends the run instead of failing every case', async () => {
    const url = await serve()
    const { suite } = suiteOf(async ({ send, signal }) => {
      for (const server of servers.splice(0)) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
      let sent = 0
      while (!signal?.aborted && sent < 100) {
        sent++
        await send({ operationId: 'x', method: 'GET', path: '/', headers: {} }, new AbortController().signal).catch(
          () => {},
        )
      }
      expect(sent).toBe(5)
      return { interrupted: signal?.reason.message }
    })
    const { code, stdout } = await command([document, '--url', url], { suite })
    expect(code).toBe(1)
    expect(stdout).toMatch(/broken off: the target stopped answering: .*connection refused/)
  })
})

describe('reports', () => {
  it('are written into the folder, all of them, without the token', async () => {
    const token = 'canary-9f8e7d'
    const { suite } = suiteOf({ ...sampleRun({ secret: token }) })
    const output = join(folder, 'deep', 'reports')
    const summary = join(folder, 'summary.md')
    const env = { ROLLCALL_TOKEN: token, GITHUB_STEP_SUMMARY: summary }
    const names = 'list,html,junit,json,github'
    const headers = ['--header', `X-Api-Key: ${token}2`]
    const args = [document, '--url', await serve(), '--reporter', names, '--output', output, ...headers]
    const { code, stdout, stderr } = await command(args, { suite, env })
    expect(code).toBe(1)
    const files = (await readdir(output)).sort()
    expect(files).toEqual(['ctrf-report.json', 'junit.xml', 'report-cases.html', 'report.html'])
    for (const name of files) expect(stderr).toContain(`report: ${join(output, name)}\n`)
    const texts = await Promise.all(
      [...files.map((name) => join(output, name)), summary].map((path) => readFile(path, 'utf8')),
    )
    for (const text of [stdout, stderr, ...texts]) expect(text).not.toContain('canary-9f')
  })

  it('say how to see a case again, with what this run was given', async () => {
    const url = await serve()
    const args = [document, '--url', url, '--param', "t=it's", '--strict', 'observed', '--token', 'canary']
    const { stdout } = await command(args, suiteOf(sampleRun()))
    const again = `--url ${url}/ --param 't=it'\\''s' --token-env ROLLCALL_TOKEN --strict observed --case addNote/refuses/0/name/enum --seed rollcall`
    expect(stdout).toContain(again.replace(`${url}/`, url))
  })
})

describe('--against', () => {
  it('shows only what differs, and fails when something does', async () => {
    const [one, other] = [await serve(), await serve()]
    const results = sampleRun().results
    const { suite } = suiteOf(async ({ url }) => ({
      results:
        url === one ? results : results.map((result, index) => (index === 3 ? { ...result, outcome: 'fail' } : result)),
    }))
    const same = await command([document, '--url', one, '--against', one], { suite })
    expect(same).toMatchObject({ code: 0, stdout: expect.stringContaining('\nno differences\n') })
    const { code, stdout } = await command([document, '--url', one, '--against', other], { suite })
    expect(code).toBe(1)
    expect(stdout).toContain(`${results[3]?.case.id}\n  - ${results[3]?.outcome} (201)\n  + fail (201)`)
    expect(stdout).toContain('\n1 difference\n')
    await expect(command([document, '--url', one, '--against', other, '--reporter', 'html'])).rejects.toThrow(
      'takes no --reporter',
    )
  })

  it('does not call two runs alike that tried nothing', async () => {
    const url = await serve()
    const args = [document, '--url', url, '--against', url]
    const results = PASSED.slice(0, 2).map((result) => ({ ...result, outcome: 'not-reached' as const, reason: 'no' }))
    const { code, stdout, stderr } = await command(args, suiteOf({ results }))
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'rollcall: no case passed or failed: 2 not reached; no\n' })
    expect(stdout).not.toContain('no differences')
    expect((await command(args, suiteOf({ results: [] }))).code).toBe(2)
  })

  it('tells why the one did not come to a case, and what each of them left behind', async () => {
    const [one, other] = [await serve(), await serve()]
    const { suite } = suiteOf(async ({ url }) =>
      url === one
        ? { remarks: ['1 of 2 was sent'], leftovers: [{ what: 'note n_1', reason: 'no', foreseen: true }] }
        : { results: PASSED.map((result) => ({ ...result, outcome: 'not-reached' as const, reason: 'a flag' })) },
    )
    const { code, stdout } = await command([document, '--url', one, '--against', other], { suite })
    expect(code).toBe(1)
    expect(stdout).toContain('  - pass (201)\n  + not-reached (201): a flag')
    expect(stdout).toContain(`\nremark at ${one}: 1 of 2 was sent\n`)
    expect(stdout).toContain(`\nleft behind, as expected at ${one}: note n_1: no\n`)
  })
})

/** Every connection is cut and none is taken any more. */
const die: RequestListener = () => {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
}

describe('a folder that no report can be written to', () => {
  it('is told before the run, where a reporter would write there', async () => {
    const url = await serve()
    const { suite, asked } = suiteOf({})
    const args = [document, '--url', url, '--output', document]
    await expect(command([...args, '--reporter', 'list,html'], { suite })).rejects.toThrow(
      `--output ${document} cannot be used: it is a file; name another folder`,
    )
    expect(asked).toEqual([])
    expect((await command(args, { suite })).code).toBe(0)
    expect(asked).toHaveLength(1)
  })
})

describe.skipIf(!existsSync('/dev/full'))('a full disk', () => {
  it('leaves a report out rather than half of it, says so in one line, and fails; the others are written', async () => {
    await using mock = await start(['royalti'])
    const output = join(folder, 'reports')
    await mkdir(output)
    await symlink('/dev/full', join(output, 'junit.xml.new'))
    const args = ['verify', 'royalti', '--url', mock.url, '--grep', 'guards', '--reporter', 'json,junit']
    const { code, stdout, stderr } = await spawn([...args, '--output', output])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^\d+ cases: \d+ passed/)
    expect(stderr.split('\n').sort()).toEqual([
      '',
      `report: ${join(output, 'ctrf-report.json')}`,
      `rollcall: ${join(output, 'junit.xml')} cannot be written: the disk is full`,
    ])
    expect(await readdir(output)).toEqual(['ctrf-report.json'])
  })
})

describe('rollcall verify', () => {
  it('passes our own mock, whose base path may be left out', async () => {
    await using mock = await start(['royalti'])
    const { code, stdout, stderr } = await spawn(['verify', 'royalti', '--url', mock.url, '--grep', 'guards'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/\n\d+ cases: \d+ passed; /)
  })

  it('tells a closed port in one line, with exit code 2', async () => {
    const { code, stdout, stderr } = await runHere(['verify', 'dynamic', '--url', 'http://127.0.0.1:1'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe(
      'rollcall: http://127.0.0.1:1/ cannot be reached: 127.0.0.1:1: nothing listens there (connection refused)\n',
    )
  })

  it('fails a server that answers 200 {} to everything', async () => {
    const url = await serve((request, response) => {
      request.resume()
      request.on('end', () => response.setHeader('content-type', 'application/json').end('{}'))
    })
    const { code, stdout } = await runHere(['verify', 'dynamic', '--url', url, '--grep', '/alias/', '--seed', '1'])
    expect(code).toBe(1)
    expect(stdout).toContain('FAIL  bulkCreateUser/')
    expect(stdout).toMatch(/at {6}openapi\/dynamic\.yaml:\d+ {2}#\//)
  })

  it.each<[what: string, misbehave: RequestListener, verdict: RegExp]>([
    ['dies', die, /stopped answering/],
    ['stalls', () => {}, /stopped answering: no complete reply within 0\.8 s/],
    ['resets', (request) => request.socket.resetAndDestroy(), /failed/],
    ['answers garbage', (request) => request.socket.end('what?\r\n\r\n'), /not HTTP/],
    [
      'redirects',
      (_, response) => response.writeHead(302, { location: 'https://elsewhere.test' }).end(),
      /seen {4}302/,
    ],
  ])('gives a verdict on a target that %s after a while', async (_, misbehave, verdict) => {
    let answered = 0
    const url = await serve((request, response) => {
      request.resume()
      if (answered++ > 8) misbehave(request, response)
      else request.on('end', () => response.setHeader('content-type', 'application/json').end('{}'))
    })
    const args = ['verify', 'royalti', '--url', url, '--grep', 'refuses', '--timeout', '800']
    const { code, stdout, stderr } = await runHere(args)
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toMatch(verdict)
    expect(stdout).toMatch(/^(?:\d+ findings? in \d+ of )?\d+ cases?: /m)
  })

  it.skipIf(process.platform === 'win32')('reports and leaves nothing behind after Ctrl-C', async () => {
    await using mock = await start(['royalti', '--users', '3', '--delay', '10'])
    const state = async () => await (await fetch(`${mock.url}/__rollcall/state`)).text()
    // A workspace and its users are there once somebody asked for them.
    await fetch(`${mock.url}/user/`, { headers: { authorization: 'Bearer RWAK-example' } })
    const before = await state()
    expect(JSON.parse(before).apis.royalti).toBeDefined()
    const child = execFile(process.execPath, [MAIN, 'verify', 'royalti', '--url', mock.url])
    let stdout = ''
    child.stdout?.on('data', (text) => {
      if (!/ done/.test(stdout) && / done/.test(stdout + text)) child.kill('SIGINT')
      stdout += text
    })
    const [code] = await once(child, 'close')
    expect(code).toBe(130)
    expect(stdout).toMatch(/broken off: stopped from outside/)
    expect(stdout).not.toContain('left behind')
    expect(JSON.parse(await state())).toEqual(JSON.parse(before))
  })
})
