import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { load } from 'js-yaml'
import { describe, expect, it, onTestFinished } from 'vitest'
import { linesToPaste } from './cli/lines-to-paste.ts'
import { runHere } from './cli/run-here.ts'
import { MAIN, type Running, run, start } from './cli/spawn-rollcall.ts'
import { LINES } from './contract-tests/proofs/attacks/hostile-lines.ts'
import { share } from './contract-tests/proofs/fuzz/keep-corpus.ts'
import { drawTerminal } from './docs/draw-terminal.ts'
import { readContract } from './documents/contract/build-contract.ts'

const ROOT = import.meta.dirname
const require = createRequire(import.meta.url)
const { dependencies, exports, scripts, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

interface Block {
  readonly language: string
  readonly code: string
}

/** The files that a user reads. */
const pages = [
  'README.md',
  'ARCHITECTURE.md',
  'openapi/README.md',
  'openapi/PRISM.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].map((path) => {
  const text = readFileSync(join(ROOT, path), 'utf8')
  const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', code = '']): Block => ({ language, code }),
  )
  return { path, text, blocks }
})
const blocksOf = (language: string): string[] =>
  pages.flatMap(({ blocks }) => blocks.filter((block) => block.language === language).map(({ code }) => code))
const shellLines = blocksOf('sh').flatMap((block) => block.split('\n').filter(Boolean))

const isFixture = (code: string): boolean => /rollcall\/(?:vitest|playwright)/.test(code)
/** Into the file that its first line names. */
const isPasted = (code: string): boolean => /^\/\/ src\/\S+\.tsx?\b/.test(code)
/** What a project has that generates its client: `npm run try` runs all of docs/clients.md. */
const isOfClient = (code: string): boolean =>
  /^\/\/ (?:orval\.config|kubb\.config|test\/[\w-]+(?:\.test)?)\.ts\n/.test(code)
/** What a project has, beside its document: it is tried with one of ours. */
const isOfProject = (code: string): boolean => /^\/\/ (?:rollcall\.config|pets\.behaviours)\.ts\b/.test(code)
/** The document of the reader, and one that stands for it here. */
const READERS = './your-openapi.yaml'
const OURS = 'examples/todos/todos.yaml'

/**
 * What can be tried here: a host or a secret of the reader's is not here, and what takes long is tried by tests of its own.
 * The implementation of the reader's document is the mock that was started before. Of every command the name and the flags
 * are looked at.
 */
const isTried = (line: string): boolean =>
  /^(?:curl |npx rollcall (?!prism|init|selftest))/.test(line) &&
  !/example\.test|\$[A-Z_]+/.test(line) &&
  (!line.includes(':3000') || line.includes(READERS))

/** The package as the commands of the tests are built in; other packages where they are installed. */
const fromBuilt = (code: string): string =>
  code
    .replace(/from 'rollcall([^']*)'/g, (_, name) => {
      return `from '${pathToFileURL(join(MAIN, '../../..', exports[`.${name}`].default))}'`
    })
    .replace(/from '(msw[^']*)'/g, (_, name) => `from '${pathToFileURL(require.resolve(name))}'`)

const PETS = `openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200': { description: All, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } }
    post:
      operationId: createPet
      x-failures: [{ id: name_taken, status: 409, message: The name is taken, evidence: documented }]
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses:
        '201': { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
        '409': { description: Taken, content: { application/json: { schema: { type: object } } } }
components:
  schemas:
    Pet: { type: object, required: [name], properties: { id: { type: integer, readOnly: true }, name: { type: string } } }
`

/** What a block says was printed; `…` stands for anything, and in a line of its own for any lines or none. */
const asPattern = (text: string): RegExp => {
  const parts = text.trim().replaceAll('\n…\n', '\n…').split('…')
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${escaped.join('[\\s\\S]*?')}$`.replaceAll('4010', '\\d+'))
}

/** Pastes what a page says into a shell, in its order; the mock that it starts runs on a free port. */
async function paste(blocks: readonly Block[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-docs-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  let server: Running | undefined
  onTestFinished(async () => void (await server?.stop('SIGKILL')))
  for (const [index, { language, code }] of blocks.entries()) {
    if (language !== 'sh') continue
    let printed = ''
    for (const line of code.split('\n').filter(isTried)) {
      const [written = '', said = ''] = line.split(/ {2,}# /)
      const command = written.trim().replaceAll(READERS, OURS)
      if (command.startsWith('npx rollcall mock')) {
        await server?.stop('SIGKILL')
        const [, , , ...args] = command.replace(/ --port \d+/, '').split(' ')
        server = await start([...args, '--quiet'])
      } else if (command.startsWith('curl ')) {
        const outcome = await run(['-c', toServer(command, server)], { command: ['bash'], cwd: ROOT })
        expect({ line, ...outcome }).toMatchObject({ code: 0, stderr: '' })
        if (said) expect(outcome.stdout, command).toContain(said)
        else expect(outcome.stdout, command).toBe('')
      } else {
        const [, , ...args] = toServer(command, server).replace('--out src', `--out ${folder}`).split(/ +/)
        const { code, stdout } = await runHere(args, { cwd: ROOT })
        expect({ line, code }).toEqual({ line, code: 0 })
        printed += stdout.replace(/^\d+ of \d+ done\n/gm, '')
      }
    }
    const shown = blocks[index + 1]
    if (shown?.language === 'text') expect(printed.trim()).toMatch(asPattern(shown.code))
  }
}

const toServer = (command: string, server: Running | undefined): string =>
  server ? command.replaceAll(/http:\/\/127\.0\.0\.1:(?:4010|3000)/g, server.url) : command

describe('what is pasted from', () => {
  const withLines = pages.filter(({ blocks }) =>
    blocks.some(({ language, code }) => language === 'sh' && code.split('\n').some(isTried)),
  )
  it('the pages is enough to be worth while', () => expect(withLines.length).toBeGreaterThan(10))

  it.each(withLines)('$path answers as is said beside it', ({ blocks }) => paste(blocks), 120_000)
})

describe('what the pages show', () => {
  it.each(blocksOf('js'))('has a program that prints what its comments say: %#', async (code) => {
    expect(code).toMatch(/^\/\/ [\w-]+\.mjs\n/)
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-docs-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'program.mjs'), fromBuilt(code))
    const { stdout, stderr } = await run(['--no-warnings', join(folder, 'program.mjs')], {
      command: [process.execPath],
    })
    const said = [...code.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, text]) => `${text}\n`)
    expect(said.length).toBeGreaterThan(0)
    expect({ stdout, stderr }).toEqual({ stdout: said.join(''), stderr: '' })
  })

  it('has the files of a project, which a mock goes by', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-project-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    for (const [name, text] of Object.entries({
      'openapi.yaml': PETS,
      'pets.overlay.yaml':
        'overlay: 1.0.0\ninfo: { title: None, version: "1" }\nactions: [{ target: $.info, update: {} }]\n',
    }))
      await writeFile(join(folder, name), text)
    for (const code of blocksOf('ts').filter(isOfProject)) {
      const [, name = ''] = /^\/\/ (\S+)/.exec(code) ?? []
      await writeFile(join(folder, name), code)
    }
    await using server = await start([], { cwd: folder })
    const headers = { authorization: 'Bearer let-me-in', 'x-rollcall-session': 'mine' }
    const list = await fetch(`${server.url}/pets`, { headers })
    expect([list.status, (await list.json()).length]).toEqual([200, 30])
    const create = async (name: string) => {
      const body = JSON.stringify({ name })
      const made = await fetch(`${server.url}/pets`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
      })
      return [made.status, made.headers.get('x-made-by')]
    }
    const made = []
    for (const name of ['Ada', 'Ada', 'Ada', 'Ada', 'Rex']) made.push(await create(name))
    expect(made).toEqual([
      [503, null],
      [503, null],
      [201, 'hand'],
      [409, null],
      [409, null],
    ])
  })

  it('has no code in TypeScript that is neither pasted into a file, nor an example, nor a file of a project', () => {
    const isTold = (code: string) => isFixture(code) || isPasted(code) || isOfClient(code) || isOfProject(code)
    expect(blocksOf('ts').filter((code) => !isTold(code))).toEqual([])
    const ofClients = pages.filter(({ blocks }) => blocks.some(({ code }) => isOfClient(code)))
    expect(ofClients.map(({ path }) => path)).toEqual(['docs/clients.md'])
  })

  it.each(blocksOf('ts').filter(isFixture))('has a test that stands among the examples, which are run: %#', (code) => {
    const examples = readdirSync(join(ROOT, 'examples'), { recursive: true, withFileTypes: true })
      .filter(({ name, parentPath }) => /\.(?:test|spec)\.ts$/.test(name) && !parentPath.includes('node_modules'))
      .map(({ name, parentPath }) => readFileSync(join(parentPath, name), 'utf8'))
    expect(examples).toContain(code)
  })

  it('has the files of a Vite app as `rollcall init` prints them; `npm run try` runs them', () => {
    const lines = linesToPaste('vite', { name: 'dynamic', operationId: '', mswMajor: 2 })
    expect(blocksOf('ts').filter(isPasted)).toEqual(lines)
  })

  it.each(blocksOf('yaml'))('has YAML that can be read: %#', (code) => {
    expect(typeof load(code)).toBe('object')
  })

  it('has no block of a kind that nothing looks at', () => {
    const languages = new Set(pages.flatMap(({ blocks }) => blocks.map(({ language }) => language)))
    expect([...languages].filter((one) => !['sh', 'text', 'js', 'ts', 'yaml', ''].includes(one))).toEqual([])
  })

  it('names commands and flags that exist', async () => {
    const helps = new Map<string, string>()
    for (const line of shellLines.filter((text) => text.startsWith('npx rollcall'))) {
      const [, , command = ''] = line.split(/\s+/)
      if (!helps.has(command)) {
        const { code, stdout } = await runHere([command, '--help'])
        expect({ command, code }).toEqual({ command, code: 0 })
        helps.set(command, stdout)
      }
      for (const [flag] of line.matchAll(/--[a-z-]+/g)) expect(helps.get(command)).toContain(flag)
    }
    const everything = [...helps.values()].join('\n')
    const named = pages
      .filter(({ path }) => path.startsWith('docs/') && path !== 'docs/promises.md')
      .flatMap(({ text }) => [...text.matchAll(/`(--[a-z-]+)/g)].map(([, flag = '']) => flag))
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((flag) => !everything.includes(flag))).toEqual([])
  }, 60_000)

  it('names scripts that package.json has', () => {
    const named = pages.flatMap(({ text }) => [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name))
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  it('imports what the package exports', () => {
    for (const { text } of pages)
      for (const [, name = ''] of text.matchAll(/from 'rollcall([^']*)'/g)) expect(exports).toHaveProperty([`.${name}`])
  })

  it('draws a terminal as it is', async () => {
    expect(readFileSync(join(ROOT, 'docs', 'terminal.svg'), 'utf8')).toBe(await drawTerminal(runHere))
  }, 60_000)
})

/** As GitHub and VitePress make it of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

describe('the links', () => {
  it.each(pages)('of $path lead to what is there', ({ path, text }) => {
    const prose = text.replace(/^```[\s\S]*?^```$/gm, '')
    const dead = [...prose.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].filter(([, to = '', anchor]) => {
      const file = to ? join(ROOT, dirname(path), to) : join(ROOT, path)
      if (!existsSync(file)) return true
      const headings = anchor ? [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)] : []
      return anchor !== undefined && !headings.some(([, heading = '']) => anchorOf(heading) === anchor)
    })
    expect(dead.map(([link]) => link)).toEqual([])
  })

  it('of README.md, docs/index.md and the menu of the site lead to every page of docs', () => {
    const names = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md') && name !== 'index.md')
    for (const [path, link] of [
      ['README.md', (name: string) => `](docs/${name})`],
      ['docs/index.md', (name: string) => `](${name})`],
      ['docs/.vitepress/config.mts', (name: string) => `, '${name.slice(0, -3)}')`],
    ] as const) {
      const text = readFileSync(join(ROOT, path), 'utf8')
      expect(
        names.filter((name) => !text.includes(link(name))),
        path,
      ).toEqual([])
    }
  })
})

describe('README.md', () => {
  it('names the tarball as npm pack does', () => {
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(`rollcall-${version}.tgz`)
  })

  const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
  /** A figure as it is written: `2,442`. */
  const figure = (number: number): string => number.toLocaleString('en')
  /** The promise of README.md that begins so. */
  const promised = (name: string): string =>
    new RegExp(`^\\| ${name} \\| (.*) \\|$`, 'm').exec(read('README.md'))?.[1] ?? `README.md has no promise ${name}`

  it('says how many packages come with it', () => {
    expect(Object.keys(dependencies)).toEqual(['@faker-js/faker'])
    expect(read('README.md')).toContain('One package is installed with it (`@faker-js/faker`)')
    expect(read('docs/decisions.md')).toContain('One package is installed with rollcall')
  })

  it('counts the cases that PARITY.md compares, as docs/promises.md does', () => {
    const rows = [...read('PARITY.md').matchAll(/^\| \w+ \| [\d,]+ \| [\d,]+ \| [\d,]+ \| ([\d,]+) \|/gm)]
    expect(rows.length).toBe(3)
    const cases = figure(rows.reduce((sum, [, equal = '']) => sum + Number(equal.replace(',', '')), 0))
    expect(promised('one behaviour on every transport')).toContain(`${cases} cases are answered alike`)
    expect(read('docs/promises.md')).toContain(`| ${cases} cases |`)
  })

  it('has the scores of docs/promises.md, which those that take them hold', () => {
    const [, caught = ''] = read('docs/promises.md').split('## What the suite catches')
    const rows = [...caught.matchAll(/^\| (?:documented|observed|assumed) \| ([\d,]+) \| ([\d,]+) \|$/gm)]
    const [planted, noticed] = [1, 2].map((at) => rows.reduce((sum, row) => sum + Number(row[at]?.replace(',', '')), 0))
    const [, places, score] =
      /in\s+([\d,]+) places, one at a time, and the suite noticed [\d,]+ \((\d+ %)\)/.exec(caught) ?? []
    expect(promised('the suite notices')).toBe(
      `${noticed} of ${planted} planted faults wake the case that is about them; of ${places} changes of the mock's own code it notices ${score}`,
    )
    expect(read('docs/promises.md')).toContain(`| ${noticed} of ${planted} | \`npx rollcall selftest\` |`)
    expect(read('docs/promises.md')).toContain(`| ${score} | \`npm run mutate\` |`)
  })

  it('leads to a page of promises that counts what is sent as it is: lines of HTTP, and inputs of a fuzz', () => {
    const page = read('docs/promises.md')
    const refused = LINES.filter(({ want }) => want === 'refused').length
    expect(page).toContain(`| ${refused} of RFC 9112, and ${LINES.length - refused} unusual ones are read as it says |`)
    expect(page).toContain(`| ${figure(share(100))} inputs in \`npm test\``)
  })

  it('is read in a few minutes: at most 150 lines', () => {
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(150)
  })
})

describe.each(['dynamic', 'royalti', 'descope'])('the page of %s', (name) => {
  it('has every operation and every failure of the document, as well known as it says', async () => {
    const page = readFileSync(join(ROOT, 'docs', `${name}.md`), 'utf8')
    const { operations } = await readContract(join(ROOT, 'openapi', `${name}.yaml`))
    const said = (id: string): string =>
      new RegExp(`^\\| \`${id}\` \\|.*$`, 'm').exec(page)?.[0] ?? `${id} is not there`
    for (const { id, method, path, failures } of operations) {
      expect(said(id)).toContain(`\`${method.toUpperCase()} ${path}\``)
      for (const { id: failure, evidence } of failures)
        expect(said(failure), id).toMatch(new RegExp(`\\| [DOA, ]*${evidence[0]?.toUpperCase()}[DOA, ]* \\|$`))
    }
  })
})
