import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parseContract } from '../../../documents/contract/build-contract.ts'
import type { Json } from '../../../documents/read/read-document.ts'
import { Redactor } from '../secrets/redactor.ts'
import type { CaseResult, RunResult } from '../vocabulary.ts'
import { createReporters, REPORTERS, type ReporterName } from './index.ts'
import { createLocate } from './locate.ts'
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
  { secrets = [], isTTY = false, hasColor = false }: { secrets?: string[]; isTTY?: boolean; hasColor?: boolean } = {},
): Promise<Written> {
  const written: Written = { stdout: '', summary: '', files: {} }
  const reporter = createReporters(
    names,
    {
      version: '0.1.0',
      again: `rollcall verify notes.yaml --url ${run.url}${secrets.map((secret) => ` --header ${secret}`).join('')}`,
      curl: { url: run.url, headers: Object.fromEntries(secrets.map((secret) => ['x-key', secret])) },
      locate: createLocate(contract),
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
const WOULD_CHANGE = 'PUT /user would change what this run did not make; --allow-changes=updateUser lets it'

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
    expect(html).toMatch(/class="chip" data-o="not-reached"[^>]*>○ /)
    expect(html).toContain('id="f-not-reached"')
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

  it('is in every report: remarks, and what was left behind, all of it in files', async () => {
    const { stdout, summary, files } = await report(NAMES, carefulRun())
    const [remark] = carefulRun().remarks as [string]
    expect(stdout).toContain(`\nremark  ${remark}\n`)
    expect(stdout.match(/^left behind, as was to be expected {2}note n_\d+: nothing deletes it$/gm)).toHaveLength(20)
    expect(stdout).toContain('\n  … and 280 more; --reporter json lists all 300\n')
    expect(summary).toContain('400 of 1,000 requests were sent; &#45;&#45;max&#45;requests lets more')
    for (const text of [summary, ...Object.values(files)]) expect(text).toMatch(/n(?:_|&#95;)299/)
    for (const text of Object.values(files)) expect(text).toContain(remark)
  })

  it('tells what nobody foresaw from what was to be expected, and first', async () => {
    const { stdout, summary, files } = await report(NAMES, carefulRun({ unforeseen: 1 }))
    expect(stdout).toMatch(/\nleft behind {2}note x_1: DELETE answered 500\nleft behind, as was to be expected/)
    expect(stdout).toContain('::error title=rollcall left 1 behind::note x_1: DELETE answered 500\n')
    expect(summary).toMatch(/^## ❌/)
    expect(summary).toContain('### Left behind\n\n- note x&#95;1')
    expect(summary).toContain('<summary>Left behind, as was to be expected: 300</summary>')
    expect(files['junit.xml']).toMatch(/left behind: note x_1.*\nleft behind, as was to be expected: note n_0/)
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
    expect(stdout).toMatch(/ {2}sent {4}curl .*-H "Authorization: Bearer \$ROLLCALL_TOKEN" .*'\[\{"name":"O'\\''Brien/)
    expect(stdout).toContain('  back    201 application/json\n          {"created"')
    expect(stdout).toContain(
      '  again   rollcall verify notes.yaml --url http://127.0.0.1:4010/api/v0 --case addNote/refuses/0/name/enum --seed rollcall',
    )
  })

  it('says which of several replies broke the rule', async () => {
    const { stdout, files } = await report(['list', 'junit', 'html', 'json'], sampleRun())
    expect(stdout).toMatch(/^ {2}seen 2 {2}\S*forged/m)
    expect(stdout).toMatch(/^ {2}back 2 {2}404 /m)
    const [junit, html, json] = ['.xml', '.html', '.json'].map(
      (end) => Object.entries(files).find(([name]) => name.endsWith(end))?.[1] ?? '',
    )
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
    expect(stdout).toContain('It needs a plan that is used up.: addNote/failures/quota_reached')
    expect(stdout).toContain('it breaks two rules: addNote/refuses/0/phone/type')
    expect(stdout).toContain('left behind  note n_7 of word: DELETE answered 500')
    expect(stdout).toContain('seen: the message "exists, word" [observed]')
    expect(stdout).toMatch(/^addNote +16 +2 failed, 62 passed +1 passed, 1 skipped/m)
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      '86 cases: 4 failed, 1 with notes, 79 passed, 1 skipped, 1 unprovokable; 1 dropped; 12.3 s',
    )
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
    expect(different.match(/^ {2}case-\d+: rule \d+/gm)).toHaveLength(200)
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

  it('is in JUnit before any repetition', async () => {
    const { files } = await report(['junit'], runOf([breach('a is so')], [breach('a is so')], [breach('b is so')]))
    const order = [...(files['junit.xml'] as string).matchAll(/<testcase name="(op\d)/g)].map(([, name]) => name)
    expect(order.slice(0, 3)).toEqual(['op0', 'op2', 'op1'])
  })
})

describe('html', () => {
  it('is one file that asks for nothing from elsewhere and runs nothing', async () => {
    const html = (await report(['html'], sampleRun())).files['report.html'] as string
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    )
    expect(html).not.toMatch(/<(?:script|link|img|iframe)\b|\son\w+=|url\(|@import|src=/i)
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">')
  })

  it('has every case in the matrix with its outcome, and opens it by an id that is there once', async () => {
    const run = sampleRun()
    const html = (await report(['html'], run)).files['report.html'] as string
    const targets = [...html.matchAll(/popovertarget="(c\d+)"/g)].map(([, id]) => id)
    expect(targets).toHaveLength(run.results.length)
    for (const id of targets) expect(html.split(`id="${id}"`)).toHaveLength(2)
    expect(html).toMatch(/class="chip" data-o="fail"[^>]*>✗ enum</)
    for (const outcome of ['fail', 'note', 'pass', 'skipped', 'unprovokable'])
      expect(html).toContain(`id="f-${outcome}"`)
  })

  it('shows of a breach the rule, the document, the request, the reply and the curl line', async () => {
    const html = (await report(['html'], sampleRun())).files['report.html'] as string
    const finding = html.slice(html.indexOf('id="fail-0"'), html.indexOf('id="fail-1"'))
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
    const run = { ...sampleRun(), interrupted: 'the target answers no more' }
    const xml = (await report(['junit'], run)).files['junit.xml'] as string
    expect(xml).toContain('<error message="the target answers no more"')
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

describe('github', () => {
  it('annotates the line of the document, ten times at the most', async () => {
    const { stdout } = await report(['github'], sampleRun({ failures: 2 }))
    expect(stdout).toMatch(
      /^::error file=notes\.yaml,line=21,col=5,title=notes%3A addNote\/refuses\/0\/name\/enum::name must .*%0Aseen: /,
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
    expect(summary).not.toContain('<script>')
    expect(summary).toContain('### Left behind')
  })
})
