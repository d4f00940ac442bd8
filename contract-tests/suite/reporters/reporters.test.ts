import { createHash } from 'node:crypto'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parseContract } from '../../../documents/contract/build-contract.ts'
import type { Json } from '../../../documents/read/read-document.ts'
import { Redactor } from '../secrets/redactor.ts'
import type { CaseResult, RunResult } from '../vocabulary.ts'
import { createReporters, REPORTERS, type ReporterName } from './index.ts'
import { createLocate, type Locate } from './locate.ts'
import { SAMPLE_DOCUMENT, sampleRun } from './sample-run.ts'

const contract = parseContract(SAMPLE_DOCUMENT, 'notes.yaml')
const NAMES = Object.keys(REPORTERS) as ReporterName[]

interface Written {
  stdout: string
  summary: string
  files: Record<string, string>
}

async function report(
  names: readonly ReporterName[],
  run: RunResult,
  {
    secrets = [],
    isTTY = false,
    hasColor = false,
    locate = createLocate(contract),
  }: { secrets?: string[]; isTTY?: boolean; hasColor?: boolean; locate?: Locate } = {},
): Promise<Written> {
  const written: Written = { stdout: '', summary: '', files: {} }
  const reporter = createReporters(
    names,
    {
      version: '0.1.0',
      again: `rollcall verify notes.yaml --url ${run.url}${secrets.map((secret) => ` --header ${secret}`).join('')}`,
      curl: {
        url: run.url,
        headers: Object.fromEntries(secrets.map((secret) => ['x-key', secret])),
        credentials: { own: { isPair: false, isPlain: true } },
      },
      locate,
      stdout: { write: (text) => void (written.stdout += text), isTTY, columns: 80 },
      hasColor,
      writeFile: async (name, text) => {
        written.files[name] = text
        return name
      },
      appendSummary: async (text) => void (written.summary += text),
    },
    new Redactor({ contract, secrets }),
  )
  reporter.onStart({ total: run.results.length })
  for (const [index, result] of run.results.entries()) reporter.onResult(result, index + 1, run.results.length)
  await reporter.onEnd(run)
  return written
}

describe('what reporters write', () => {
  it.each([...NAMES])('holds no secret: %s', async (name) => {
    for (const secret of ['canary9f8e7d', 'ca"na<ry&9f\'8e/7d']) {
      const written = await report([name], sampleRun({ secret, failures: 40 }), { secrets: [secret] })
      const bytes = `${written.stdout}${written.summary}${Object.values(written.files).join('')}`
      expect(bytes.length).toBeGreaterThan(300)
      expect(bytes).not.toContain(secret)
      expect(bytes).not.toMatch(/canary9f|9f.{0,6}8e\/7d/)
      expect(bytes).not.toContain(encodeURIComponent(secret))
    }
  })

  it('has the secret where nobody calls it one: the check above can fail', async () => {
    const written = await report(NAMES, sampleRun({ secret: 'canary9f8e7d' }))
    for (const text of [written.stdout, written.summary, ...Object.values(written.files)])
      expect(text).toContain('canary9f')
  })

  it.each(NAMES.filter((name) => name !== 'json'))('moves no cursor and turns no text round: %s', async (name) => {
    const { stdout, summary, files } = await report([name], sampleRun())
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the one that starts an escape sequence
    expect(stdout + summary + Object.values(files).join('')).not.toMatch(/\u001b|\u202E/)
  })

  it.each(NAMES.filter((name) => name !== 'json'))('says of a pointer that it leads nowhere: %s', async (name) => {
    const run = sampleRun()
    const [failure] = run.results.filter(({ outcome }) => outcome === 'fail') as [CaseResult]
    const rule = { text: 'a rule', pointer: '#/nowhere', evidence: 'documented' } as const
    const lost: RunResult = { ...run, results: [{ ...failure, breaches: [{ rule, seen: 'x' }] }] }
    const { stdout, files } = await report([name], lost)
    expect(stdout + Object.values(files).join('')).toContain('#/nowhere (not in the document)')
    const found = await report([name], run)
    expect(found.stdout + Object.values(found.files).join('')).not.toContain('not in the document')
  })

  it('is written by the others also when one of them cannot', async () => {
    const run = sampleRun()
    const done: string[] = []
    const reporter = createReporters(
      ['html', 'json'],
      {
        version: '0',
        again: 'rollcall verify x',
        curl: { url: run.url },
        locate: () => ({ excerpt: '' }),
        stdout: { write: () => {} },
        hasColor: false,
        writeFile: async (name) => {
          if (name.endsWith('.html')) throw new Error('the disk is full')
          done.push(name)
          return name
        },
      },
      new Redactor({ contract, secrets: [] }),
    )
    await expect(reporter.onEnd(run)).rejects.toThrow('the disk is full')
    expect(done).toEqual(['ctrf-report.json'])
  })
})

/** A run that kept its hands off what is not its own, and still left something behind. */
function carefulRun({ unforeseen = 0 } = {}): RunResult {
  const run = sampleRun()
  const missed = run.results.slice(0, 3).map(
    (result, index): CaseResult => ({
      ...result,
      outcome: 'not-reached',
      reason: index < 2 ? WOULD_CHANGE : 'an earlier step had no result',
      exchanges: [],
    }),
  )
  return {
    ...run,
    results: [...missed, ...run.results.slice(3).filter(({ outcome }) => outcome === 'pass' || outcome === 'skipped')],
    remarks: ['400 of 1,000 requests were sent; --max-requests lets more'],
    leftovers: [
      ...Array.from({ length: 300 }, (_, index) => ({
        what: `note n_${index}`,
        reason: 'nothing deletes it',
        foreseen: true,
      })),
      ...Array.from({ length: unforeseen }, () => ({
        what: 'note x_1',
        reason: 'DELETE answered 500',
        foreseen: false,
      })),
    ],
  }
}
const WOULD_CHANGE = 'PUT /user would change what this run did not make; --allow-changes=updateUser allows it'

describe('a case that was not reached', () => {
  it('is an outcome of its own in every report, with its reason', async () => {
    const run = carefulRun()
    const { stdout, summary, files } = await report(NAMES, run)
    expect(stdout).toContain(`\nNot reached\n     2  ${WOULD_CHANGE}: addNote/accepts/0/name/shortest, `)
    expect(stdout).toContain('     1  an earlier step had no result: ')
    expect(stdout).toMatch(/^\d+ cases: \d+ passed, 3 not reached, 1 skipped; /m)
    expect(summary).toContain('### Not reached')
    expect(summary).toMatch(/\| PUT \/user would change .* \| 2 \| <code>addNote/)
    const [html, junit, json] = ['report.html', 'junit.xml', 'ctrf-report.json'].map((name) => files[name] as string)
    expect(html).toMatch(/class="chip i" data-o="not-reached"[^>]*>○ /)
    expect(html).toContain('name="f" value="not-reached"')
    expect(html).toContain(`<summary>Not reached: <b>3</b></summary><p>2 × ${WOULD_CHANGE}</p>`)
    expect(junit).toContain(`<skipped message="not reached: ${WOULD_CHANGE}"/>`)
    expect(junit).toMatch(/<testsuites [^>]*failures="0" errors="0" skipped="4"/)
    const { summary: sums, tests } = JSON.parse(json as string).results
    expect(sums).toMatchObject({ failed: 0, skipped: 1, other: 3 })
    expect(tests[0]).toMatchObject({ status: 'other', rawStatus: 'not-reached', message: WOULD_CHANGE })
  })

  it('is no pass where every case is one', async () => {
    const run = carefulRun()
    const none = { ...run, results: run.results.filter(({ outcome }) => outcome === 'not-reached') }
    const { summary, files } = await report(NAMES, none)
    expect(summary).not.toContain('✅')
    expect(files['report.html']).toContain('>No case passed or failed</p>')
    expect(files['report.html']).not.toContain('Passed')
  })
})

describe('what a reader must know of a run', () => {
  it('is told once where it is the same many times, and how often', async () => {
    const same = { what: 'something that POST /notes created', reason: 'it shows nothing of this run', foreseen: false }
    const leftovers = [same, { ...same, reason: 'it answered 500' }, same, same]
    const { stdout, files } = await report(NAMES, { ...carefulRun(), leftovers })
    expect(stdout).toContain('\nleft behind  3 × something that POST /notes created: it shows nothing of this run\n')
    expect(stdout).toContain('\nleft behind  something that POST /notes created: it answered 500\n')
    expect(files['report.html']).toContain('<li>3 × <code>something that POST /notes created</code>')
    expect(JSON.parse(files['ctrf-report.json'] ?? '').results.extra.leftovers).toHaveLength(4)
  })

  it('is told once a kind where there are more than twenty to be told, and how often', async () => {
    const left = (path: string) => (_: unknown, at: number) => ({
      ...{ what: `something that POST ${path} created`, reason: `its reply does not name it; it said {"id":${at}}` },
      foreseen: false,
    })
    const leftovers = [...Array.from({ length: 30 }, left('/notes')), ...Array.from({ length: 2 }, left('/tags'))]
    const { stdout } = await report(['list'], { ...carefulRun(), leftovers })
    expect(stdout.match(/^left behind .*$/gm)).toEqual([
      'left behind  30 × something that POST /notes created: its reply does not name it; it said {"id":0}',
      'left behind  2 × something that POST /tags created: its reply does not name it; it said {"id":0}',
    ])
    expect(stdout).toContain('\n  --reporter json lists all 32\n')
  })

  it('is in every report: remarks, and what was left behind, all of it in files', async () => {
    const { stdout, summary, files } = await report(NAMES, carefulRun())
    const [remark] = carefulRun().remarks as [string]
    expect(stdout).toContain(`\nremark  ${remark}\n`)
    expect(stdout.match(/^left behind, as expected {2}note n_\d+: nothing deletes it$/gm)).toHaveLength(20)
    expect(stdout).toContain('\n  … and 280 more; --reporter json lists all 300\n')
    expect(summary).toContain('400 of 1,000 requests were sent; &#45;&#45;max&#45;requests lets more')
    const { 'report-cases.html': _, ...whole } = files
    for (const text of [summary, ...Object.values(whole)]) expect(text).toMatch(/n(?:_|&#95;)299/)
    for (const text of Object.values(whole)) expect(text).toContain(remark)
  })

  it('tells what nobody foresaw from what was to be expected, and first', async () => {
    const { stdout, summary, files } = await report(NAMES, carefulRun({ unforeseen: 1 }))
    expect(stdout).toMatch(/\nleft behind {2}note x_1: DELETE answered 500\nleft behind, as expected/)
    expect(stdout).toContain('::error title=rollcall left 1 behind::note x_1: DELETE answered 500\n')
    expect(summary).toMatch(/^## ❌/)
    expect(summary).toContain('### Left behind\n\n- note x&#95;1')
    expect(summary).toContain('<summary>Left behind, as expected: 300</summary>')
    expect(files['junit.xml']).toMatch(/left behind: note x_1.*\nleft behind, as expected: note n_0/)
    expect(files['report.html']).toContain('<b>Left behind at the target: 1</b>')
    expect(files['report.html']).toContain('>Something was left behind</p>')
    const { leftovers } = JSON.parse(files['ctrf-report.json'] as string).results.extra
    expect(leftovers.filter((one: Json) => !one.foreseen)).toHaveLength(1)
    const foreseen = await report(NAMES, carefulRun())
    expect(foreseen.summary).toMatch(/^## ✅/)
    expect(foreseen.files['report.html']).toContain('>Passed</p>')
  })
})

describe('list', () => {
  it('tells each breach: the rule, its place, what was sent, what came back, how to see it again', async () => {
    const { stdout } = await report(['list'], sampleRun())
    expect(stdout).toContain('FAIL  addNote/refuses/0/name/enum')
    expect(stdout).toContain('  rule    name must satisfy its enum (documented)')
    expect(stdout).toContain('  at      notes.yaml:21  #/components/schemas/Note')
    expect(stdout).toMatch(/ {2}sent {4}curl .*-H "authorization: Bearer \$ROLLCALL_TOKEN" .*'\[\{"name":"O'\\''Brien/)
    expect(stdout).toContain('  back    201 application/json\n          {"created"')
    expect(stdout).toContain(
      '  again   rollcall verify notes.yaml --url http://127.0.0.1:4010/api/v0 --case addNote/refuses/0/name/enum --seed rollcall',
    )
  })

  it('says which of several replies broke the rule', async () => {
    const { stdout, files } = await report(['list', 'junit', 'html', 'json'], sampleRun())
    expect(stdout).toMatch(/^ {2}seen 2 {2}\S*forged/m)
    expect(stdout).toMatch(/^ {2}back 2 {2}404 /m)
    const [junit, html, json] = ['junit.xml', 'report.html', 'ctrf-report.json'].map((name) => files[name])
    expect(junit).toMatch(/^seen 2: \S*forged/m)
    expect(junit).toMatch(/^back 2: 404 /m)
    expect(html).toContain('Seen in “read it”: ')
    const { tests } = JSON.parse(json ?? '').results
    const own = tests.find((test: Json) => test.extra.caseId.endsWith('/created-can-be-read'))
    expect(own.extra.breaches).toMatchObject([{ exchange: 1 }])
  })

  it('ends with notes, what was not tried and why, what was left behind, and the sums', async () => {
    const { stdout } = await report(['list'], sampleRun())
    expect(stdout).toContain('the run has no --bad-token: addNote/guards/bad-token')
    expect(stdout).toContain('It needs a plan that is used up: addNote/failures/quota_reached')
    expect(stdout).toContain('it breaks two rules: addNote/refuses/0/phone/type')
    expect(stdout).toContain('left behind  note n_7 of word: DELETE answered 500')
    expect(stdout).toContain('seen: the message "exists, word" [observed]')
    expect(stdout).toMatch(/^addNote +16 +2 failed, 62 passed +1 passed, 1 skipped/m)
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      '4 findings in 4 of 86 cases: 4 failed, 1 with notes, 79 passed, 1 skipped, 1 unprovokable; 1 dropped; 12.3 s',
    )
  })

  it('tells ten reasons why cases were not tried, and counts the rest', async () => {
    const dropped = Array.from({ length: 26 }, (_, index) => ({ id: `case-${index}`, reason: `reason ${index % 13}` }))
    const { stdout } = await report(['list'], { ...sampleRun(), dropped })
    const told = stdout.split('\nDropped\n')[1]?.split('\n\n')[0]?.split('\n') ?? []
    expect(told).toHaveLength(11)
    expect([told[0], told[10]]).toEqual([
      '     2  reason 0: case-0, case-13',
      '     6  for 3 more reasons; --reporter json tells each',
    ])
  })

  it('tells reasons once that differ in nothing but what was drawn', async () => {
    const dropped = ['a1', 'b2-c'].map((drawn, index) => ({
      id: `case-${index}`,
      reason: `400 "rollcall${drawn}" is long\n`,
    }))
    const { stdout } = await report(['list'], { ...sampleRun(), dropped })
    expect(stdout).toContain('\nDropped\n     2  400 "rollcalla1" is long: case-0, case-1\n')
  })

  it('keeps a progress line on a terminal, and writes plain lines into a pipe', async () => {
    const live = (await report(['list'], sampleRun(), { isTTY: true })).stdout
    expect(live).toContain('\r\x1b[K[2/86] addNote/')
    const piped = (await report(['list'], sampleRun())).stdout
    expect(piped).not.toMatch(/\r/)
    expect(piped).toContain('86 of 86 done, 4 failed\n')
  })

  it('tells one rule once, however many cases broke it, and not more than a person reads', async () => {
    const run = sampleRun()
    const [failure] = run.results.filter(({ outcome }) => outcome === 'fail')
    const many = Array.from({ length: 500 }, (_, index) => ({
      ...failure,
      case: { ...failure?.case, id: `case-${index}` },
    }))
    const same = (await report(['list'], { ...run, results: many } as RunResult)).stdout
    expect(same.match(/^FAIL/gm)).toHaveLength(1)
    expect(same).toContain('499 more cases: case-1, case-2, case-3, … (496 more)')
    const rules = many.map((result, index) => ({
      ...result,
      breaches: [{ rule: { text: `rule ${index}`, pointer: '#', evidence: 'documented' }, seen: 'x' }],
    }))
    const different = (await report(['list'], { ...run, results: rules } as RunResult)).stdout
    expect(different.match(/^FAIL/gm)).toHaveLength(10)
    expect(different.match(/^ {2}case-\d+: rule \d+.*\n {4}notes\.yaml #$/gm)).toHaveLength(490)
    expect(different).toContain('\nEach of them again, as here the first:\n  again   rollcall verify notes.yaml ')
  })
})

describe('a finding', () => {
  const breach = (text: string, more: Json = {}): Json => ({
    rule: { text, pointer: '#/components/schemas/User/required', evidence: 'documented' },
    seen: 'it is missing',
    ...more,
  })
  /** A run whose cases, each of an operation of its own, showed these. */
  const runOf = (...shown: readonly (readonly Json[])[]): RunResult => {
    const run = sampleRun()
    const [failure] = run.results.filter(({ outcome }) => outcome === 'fail') as [RunResult['results'][0]]
    const results = shown.map((breaches, at) => ({
      ...failure,
      case: { ...failure.case, id: `op${at}/accepts/plain`, operationId: `op${at}` },
      breaches,
    }))
    return { ...run, results } as RunResult
  }

  it('is one for all items of a list, and for all operations that answer with the same schema', async () => {
    const rows = Array.from({ length: 50 }, (_, at) => breach(`/created/${at} has id`))
    const same = { cause: '#/components/schemas/User/required has id' }
    const other = [breach('/user has id', same), breach('/user/0 has id', same)]
    const { stdout } = await report(['list'], runOf(rows, rows, other))
    expect(stdout).toContain('\n2 findings in 3 of 3 cases\n')
    expect(stdout.match(/^FAIL/gm)).toHaveLength(2)
    expect(stdout).toContain('1 more case: op1/accepts/plain')
  })

  it('comes before what fewer cases show, and documented before assumed', async () => {
    const rare = breach('a is so')
    const often = breach('b is so')
    const thought = breach('c is so', { rule: { text: 'c is so', pointer: '#', evidence: 'assumed' } })
    const run = { ...runOf([rare], [thought], [often, thought], [often, thought]), strict: 'assumed' } as RunResult
    const { stdout } = await report(['list'], run)
    expect([...stdout.matchAll(/rule {4}(\w) is so/g)].map(([, name]) => name)).toEqual(['b', 'a', 'c'])
  })

  it('is in JUnit before any repetition, most telling first, in a suite that says how many there are', async () => {
    const [rare, often] = [breach('a is so'), breach('b is so')]
    const { files } = await report(['junit'], runOf([rare], [often], [rare, often], [often]))
    const xml = files['junit.xml'] as string
    const order = [...xml.matchAll(/<testcase name="(op\d).*<failure message="(\w)/g)].map(([, ...found]) => found)
    expect(order).toEqual([
      ['op1', 'b'],
      ['op0', 'a'],
      ['op2', 'a'],
      ['op3', 'b'],
    ])
    expect(xml).toContain('<testsuite name="2 findings in 4 of 4 cases" tests="2" failures="2"')
  })

  it('is counted alike everywhere', async () => {
    const rows = [[breach('a is so')], [breach('a is so')], [breach('b is so')]]
    const { stdout, summary, files } = await report(NAMES, runOf(...rows))
    for (const text of [
      stdout,
      summary,
      ...['report.html', 'junit.xml', 'ctrf-report.json'].map((name) => files[name]),
    ])
      expect(text).toContain('2 findings in 3 of 3 cases')
    expect(stdout).toContain('::notice title=rollcall%3A notes::2 findings in 3 of 3 cases\n')
  })

  it('has its place, what was sent, what came back and how to see it again in every report', async () => {
    const rule = { text: 'a is so', pointer: '#/components/schemas/Note', evidence: 'documented' }
    const { stdout, summary, files } = await report(NAMES, runOf([breach('a is so', { rule })]))
    const annotation = /^::error .*$/m.exec(stdout)?.[0] ?? ''
    const list = stdout.slice(0, stdout.indexOf('::'))
    const { 'report-cases.html': _, ...whole } = files
    for (const text of [list, annotation, summary, ...Object.values(whole)]) {
      expect(text).toMatch(/notes\.yaml:21/)
      expect(text).toMatch(/curl -sS .*ROLLCALL_TOKEN/)
      expect(text).toMatch(/201 application\/json|201 {2}in 4 ms/)
      expect(text).toMatch(/rollcall verify notes\.yaml --url \S+ --case op0\/accepts\/plain --seed rollcall/)
    }
  })

  it('is in the job summary however many there are, and GitHub takes what that has: less than 1 MiB', async () => {
    const long = 'x`*"&'.repeat(2000)
    const rows = Array.from({ length: 400 }, (_, at) => [breach(`rule ${at} is so ${long}`, { seen: long })])
    const { summary } = await report(['github'], runOf(...rows))
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024)
    expect(summary).toMatch(/… and \d+ more findings; other reporters have all of them\./)
    const short = await report(['github'], runOf(...rows.map((_, at) => [breach(`rule ${at} is so`)])))
    expect(short.summary.match(/^\| rule \d+ is so \|/gm)).toHaveLength(400)
  })
})

describe('a document that is not in the user’s checkout', () => {
  it('is named, and nothing in it is annotated', async () => {
    const locate = createLocate(contract, () => ({ file: 'rollcall/openapi/notes.yaml' }))
    const { stdout, files } = await report(NAMES, sampleRun(), { locate })
    expect(stdout).toContain('  at      rollcall/openapi/notes.yaml:21  #/components/schemas/Note')
    expect(stdout).toMatch(/^::error title=notes%3A .*%0Aat: rollcall\/openapi\/notes\.yaml:21 {2}#/m)
    expect(stdout).not.toContain('file=')
    const { tests } = JSON.parse(files['ctrf-report.json'] as string).results
    const failed = tests.filter((test: Json) => test.status === 'failed')
    expect(failed.map((test: Json) => test.filePath)).toEqual(failed.map(() => undefined))
    expect(failed[0].extra.at).toBe('rollcall/openapi/notes.yaml:21  #/components/schemas/Note')
  })
})

describe('what a target says', () => {
  const HOSTILE = [
    '::error::forged',
    '  ::stop-commands::x',
    '##[error]forged',
    'say ##vso[task.complete result=Succeeded]x',
    ']]>',
    '</pre><script>alert(1)</script>',
    '\u001b[2J\u001b]0;title\u0007',
    '\u202Eabc\u2066',
    '\r::warning::forged',
    '```',
    '| a | b |',
    '\uD800',
    '\uFFFE\u0000\u0008',
  ].join('\n')
  const hostile = (): RunResult => {
    const run = sampleRun()
    const [failure] = run.results.filter(({ outcome }) => outcome === 'fail') as [CaseResult]
    const [{ request }] = failure.exchanges as [CaseResult['exchanges'][0]]
    const reply = { status: 200, headers: { 'x-evil': HOSTILE, 'content-type': HOSTILE }, text: HOSTILE, duration: 1 }
    const result = {
      ...failure,
      reason: HOSTILE,
      breaches: failure.breaches.map((one) => ({ ...one, seen: HOSTILE })),
      exchanges: [{ title: HOSTILE, request, reply }],
    }
    const left = { what: HOSTILE, reason: HOSTILE, foreseen: false }
    return { ...run, results: [result], remarks: [HOSTILE], leftovers: [left], interrupted: HOSTILE }
  }

  it('is no command to who reads the log: a line begins with none of it, however far in', async () => {
    const { stdout } = await report(['list'], hostile())
    // The runner leaves out blanks before it looks: https://github.com/actions/runner, ActionCommand.cs.
    expect(stdout.split(/[\n\r]/).filter((line) => line.trimStart().startsWith('::'))).toEqual([])
    expect(stdout).not.toMatch(/##[\w-]*\[/)
    expect(stdout).toContain('\\u003a:error::forged')
  })

  it('is no command of its own in annotations: those are ours, each on its line', async () => {
    const { stdout } = await report(['github'], hostile())
    const commands = stdout.split('\n').filter(Boolean)
    expect(commands.map((line) => /^::(?:notice|error|warning) /.test(line))).toEqual(commands.map(() => true))
    expect(stdout).not.toMatch(/\r|##\[/)
  })

  it('moves no cursor, turns no text round, and is neither HTML, XML, Markdown nor half a character', async () => {
    const { stdout, summary, files } = await report(NAMES, hostile())
    const { 'ctrf-report.json': json = '', ...texts } = files
    for (const text of [stdout, summary, ...Object.values(texts)])
      expect(text.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
    for (const text of [outsideOfCode(summary), ...Object.values(texts)]) expect(text).not.toContain('<script>alert')
    for (const text of Object.values(texts)) expect(text.isWellFormed()).toBe(true)
    expect(texts['junit.xml']).not.toContain(']]>')
    expect(() => JSON.parse(json)).not.toThrow()
    // A block of code that a line of three would end has a fence of four.
    expect(summary).toMatch(/^````\n200[\s\S]*?\n```\n[\s\S]*?\n````$/m)
  })
})

describe('html', () => {
  it('is two files that ask for nothing from elsewhere, and run and look as we say alone', async () => {
    const { files } = await report(['html'], sampleRun())
    expect(Object.keys(files)).toEqual(['report-cases.html', 'report.html'])
    for (const html of Object.values(files)) {
      const [, policy = ''] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html) ?? []
      const hashed = (tag: string) => {
        const texts = [...html.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'))].map(([, text = '']) => text)
        return texts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
      }
      expect(policy).toBe(
        `default-src 'none'; style-src ${hashed('style')}; script-src ${hashed('script')}; base-uri 'none'; form-action 'none'`,
      )
      expect(html).not.toMatch(/<(?:link|img|iframe)\b|<script[^>]|\son\w+=|\sstyle=|url\(|@import|src=/i)
      expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
      expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">')
    }
  })

  it('has every case with its outcome, and leads to all that it sent and got', async () => {
    const run = sampleRun()
    const { 'report.html': html = '', 'report-cases.html': cases = '' } = (await report(['html'], run)).files
    const targets = [...html.matchAll(/class="chip i" [^>]*href="report-cases\.html#(c\d+)"/g)].map(([, id]) => id)
    expect(new Set(targets).size).toBe(run.results.length)
    for (const id of targets) expect(cases.split(`id="${id}"`)).toHaveLength(2)
    expect(html).toMatch(/class="chip i" data-o="fail"[^>]*>✗ enum</)
    for (const outcome of ['fail', 'note', 'pass', 'skipped', 'unprovokable'])
      expect(html).toContain(`name="f" value="${outcome}"`)
  })

  it('shows every finding also where each of a thousand cases has its own, and stays below 1 MB', async () => {
    const run = sampleRun()
    const [failure] = run.results.filter(({ outcome }) => outcome === 'fail') as [CaseResult]
    const long = 'a <b> & "c" '.repeat(50)
    const results = Array.from({ length: 1000 }, (_, at): CaseResult => {
      const rule = { text: `rule ${at} ${long}`, pointer: '#/components/schemas/Note', evidence: 'documented' } as const
      const id = `addNote/refuses/0/${'member/'.repeat(9)}${at}`
      return { ...failure, case: { ...failure.case, id }, breaches: [{ rule, seen: long }] }
    })
    const html = (await report(['html'], { ...run, results })).files['report.html'] as string
    expect(Buffer.byteLength(html)).toBeLessThan(1e6)
    const missing = results.filter((_, at) => !html.includes(`rule ${at} a &lt;b&gt;`))
    expect(missing).toEqual([])
    expect(html.match(/<details class="finding i"/g)?.length).toBeGreaterThan(2)
  })

  it('shows of a breach the rule, the document, the request, the reply and the curl line', async () => {
    const html = (await report(['html'], sampleRun())).files['report.html'] as string
    const finding = html.slice(html.indexOf('id="finding-1"'), html.indexOf('id="finding-2"'))
    for (const part of [
      'name must satisfy its enum',
      'notes.yaml:21',
      '# as printed',
      'POST /notes',
      '201  in 4 ms',
      'curl -sS',
    ])
      expect(finding).toContain(part)
  })
})

describe('junit', () => {
  it('counts as its cases do, and holds only what XML can hold', async () => {
    const xml = (await report(['junit'], sampleRun())).files['junit.xml'] as string
    expect(xml).toContain(
      '<testsuites name="rollcall notes" tests="87" failures="4" errors="0" skipped="2" time="12.345">',
    )
    expect(xml.match(/<testcase /g)).toHaveLength(87)
    expect(xml.match(/<failure /g)).toHaveLength(4)
    expect(xml.match(/<skipped /g)).toHaveLength(2)
    expect(xml).toContain('unprovokable: It needs a plan that is used up.')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML does not allow
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|<script>/)
  })

  it('says that a run was broken off', async () => {
    const run = { ...sampleRun(), interrupted: 'the target stopped answering' }
    const xml = (await report(['junit'], run)).files['junit.xml'] as string
    expect(xml).toContain('<error message="the target stopped answering"')
  })
})

describe('json', () => {
  /** The required part of schema/ctrf.schema.json of https://github.com/ctrf-io/ctrf. */
  const CTRF = {
    type: 'object',
    required: ['results', 'reportFormat', 'specVersion'],
    additionalProperties: false,
    properties: {
      reportFormat: { const: 'CTRF' },
      specVersion: { type: 'string', pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+$' },
      reportId: { type: 'string', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$' },
      timestamp: { type: 'string' },
      generatedBy: { type: 'string' },
      results: {
        type: 'object',
        required: ['tool', 'summary', 'tests'],
        additionalProperties: false,
        properties: {
          tool: {
            type: 'object',
            required: ['name'],
            properties: { name: { type: 'string' }, version: { type: 'string' } },
          },
          summary: {
            type: 'object',
            required: ['tests', 'passed', 'failed', 'skipped', 'pending', 'other', 'start', 'stop'],
            additionalProperties: { type: 'integer' },
          },
          environment: { type: 'object' },
          extra: { type: 'object' },
          tests: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'status', 'duration'],
              additionalProperties: false,
              properties: {
                id: { type: 'string' },
                name: { type: 'string', minLength: 1 },
                status: { enum: ['passed', 'failed', 'skipped', 'pending', 'other'] },
                rawStatus: { type: 'string' },
                duration: { type: 'integer' },
                suite: { type: 'array', minItems: 1, items: { type: 'string' } },
                message: { type: 'string' },
                trace: { type: 'string' },
                snippet: { type: 'string' },
                filePath: { type: 'string' },
                line: { type: 'integer' },
                tags: { type: 'array', items: { type: 'string' } },
                extra: { type: 'object' },
              },
            },
          },
        },
      },
    },
  }

  it('is CTRF', async () => {
    const ctrf = JSON.parse((await report(['json'], sampleRun())).files['ctrf-report.json'] as string)
    const validate = new Ajv({ strict: false }).compile(CTRF)
    validate(ctrf)
    expect(validate.errors).toBeNull()
    const { tests, passed, failed, skipped, pending, other } = ctrf.results.summary
    expect({ tests, passed, failed, skipped, other }).toEqual({
      tests: 86,
      passed: 80,
      failed: 4,
      skipped: 1,
      other: 1,
    })
    expect(passed + failed + skipped + pending + other).toBe(tests)
    expect(ctrf.results.tests.find((test: { rawStatus: string }) => test.rawStatus === 'note').status).toBe('passed')
    expect(ctrf.results.extra.leftovers).toHaveLength(1)
  })

  it('calls a case by the same id in every run', async () => {
    const ids = async () =>
      JSON.parse((await report(['json'], sampleRun())).files['ctrf-report.json'] as string).results.tests.map(
        (test: { id: string }) => test.id,
      )
    const [first, second] = [await ids(), await ids()]
    expect(first).toEqual(second)
    expect(new Set(first).size).toBe(86)
  })
})

/** Without blocks of code, in which nothing is read as Markdown or HTML (CommonMark, section 4.5). */
const outsideOfCode = (markdown: string): string => markdown.replace(/^(`{3,}).*\n[\s\S]*?^\1$/gm, '')

describe('github', () => {
  it('annotates the line of the document, ten times at the most', async () => {
    const { stdout } = await report(['github'], sampleRun({ failures: 2 }))
    expect(stdout).toMatch(
      /^::error file=notes\.yaml,line=21,col=5,title=notes%3A addNote\/refuses\/0\/name\/enum::name must .*%0Aseen: .*%0Asent: curl .*%0Aback: 201 .*%0Aagain: rollcall /m,
    )
    expect(stdout).toMatch(/^::warning file=notes\.yaml,line=9,/m)
    const many = (await report(['github'], sampleRun({ failures: 40 }))).stdout
    expect(many.match(/^::error /gm)).toHaveLength(10)
    expect(many).toContain('more findings; see the job summary')
  })

  it('writes a summary in which nothing from outside is Markdown or HTML', async () => {
    const { summary } = await report(['github'], sampleRun())
    expect(summary).toContain('## ❌ rollcall: Notes &#38; more 2026&#45;11')
    expect(summary).toContain('| <code>addNote</code> | 16 | **2 failed** of 64 |')
    expect(summary).toContain('### Broken rules')
    expect(outsideOfCode(summary)).not.toContain('<script>')
    expect(summary).toContain('### Left behind')
  })
})
