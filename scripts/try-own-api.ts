/**
 * From an OpenAPI document to a typed, stateful mock that fails on demand, as a stranger gets there: the packed package in
 * an empty folder beside a document of 3.0, by the lines that `rollcall init` writes and prints. Under the Node of the
 * machine and under the one that `npm ci` brings along; each step is timed.
 */
import { equal, match, ok } from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Running, run, startServer } from '../cli/spawn-rollcall.ts'
import { showBookshelf } from './drive-bookshelf.ts'
import { envOf, hostNode } from './find-host-node.ts'
import { packPackage } from './pack-package.ts'

const ROOT = join(import.meta.dirname, '..')
const EXAMPLE = join(ROOT, 'examples', 'bookshelf')
/** What all of it may take together, in milliseconds, and what an edit may, until a reply shows it. */
const MOST = 600_000
const MOST_OF_EDIT = 1000

/** What the user has besides rollcall. The newest that this Node runs. */
const toolsFor = (major: number): readonly string[] => [
  ...['react@19', 'react-dom@19', '@types/react@19', '@types/react-dom@19', '@types/node@24', 'vite@8', 'jest@30'],
  ...['typescript@5.9', 'openapi-typescript@7', 'esbuild'],
  ...(major < 22 ? ['msw@2', 'vitest@4'] : ['msw@3', 'vitest@5']),
]

/** The application of the user: a screen that knows nothing of the mock, and a test of what it sends. */
const FILES: Readonly<Record<string, string>> = {
  'openapi.yaml': readFileSync(join(EXAMPLE, 'bookshelf.yaml'), 'utf8').replace(/^openapi: .*/, 'openapi: 3.0.3'),
  'index.html': `<!doctype html>
<html lang="en"><head><title>Shelf</title><link rel="icon" href="data:," /></head>
<body><div id="root"></div><script type="module" src="/src/main.tsx"></script></body></html>
`,
  'src/main.tsx': `import { createRoot } from 'react-dom/client'
import App from './App'
import './index.css'

createRoot(document.getElementById('root') as HTMLElement).render(<App />)
`,
  'test/shelf.test.ts': `import { expect, test } from 'vitest'
import { mock } from '../mock-server'

const BOOKS = 'https://bookshelf.example/v1/shelves/1/books'
const add = (title: string) =>
  fetch(BOOKS, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title, author: 'Virginia Woolf' }),
  })

test('the shelf keeps a book, and is full when that is ordered', async () => {
  expect((await add('Orlando')).status).toBe(201)
  mock.failNext({ operationId: 'createBook', failure: 'shelf_full' })
  const refused = await add('The Waves')
  expect([refused.status, await refused.json()]).toEqual([409, { message: 'The shelf is full' }])
  const books = (await (await fetch(BOOKS)).json()) as { title: string }[]
  expect(books.map(({ title }) => title)).toContain('Orlando')
})
`,
  'tsconfig.json': `{
  "compilerOptions": {
    "target": "es2023", "lib": ["es2023", "dom", "dom.iterable", "esnext.disposable"], "module": "esnext", "moduleResolution": "bundler",
    "jsx": "react-jsx", "strict": true, "exactOptionalPropertyTypes": true, "noUncheckedIndexedAccess": true,
    "noImplicitOverride": true, "verbatimModuleSyntax": true, "isolatedModules": true, "noEmit": true, "allowJs": true,
    "skipLibCheck": false, "types": ["node", "vite/client"]
  },
  "include": ["src", "test", "*.ts", "*.mjs"]
}
`,
}

/** Makes one such project, with all steps. @returns how long it took, in milliseconds */
async function tryUnder(node: string, tarball: string, folder: string): Promise<number> {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  const env = { ...envOf(node), NO_COLOR: '1' }
  const project = join(folder, `node-${version.slice(1)}`)
  const at = (...path: string[]) => join(project, ...path)
  const begun = Date.now()
  let last = begun
  const say = (done: string) => {
    const now = Date.now()
    console.log(`${version}  ${((now - last) / 1000).toFixed(1).padStart(5)} s  ${done}`)
    last = now
  }
  const write = (path: string, text: string) => {
    mkdirSync(dirname(at(path)), { recursive: true })
    writeFileSync(at(path), text)
  }
  const edit = (path: string, from: string | RegExp, to: string) => {
    const before = readFileSync(at(path), 'utf8')
    const after = before.replace(from, to)
    ok(after !== before, `${path} holds no ${from}`)
    writeFileSync(at(path), after)
  }
  /** As in a shell; all that it printed. */
  const paste = async (line: string): Promise<string> => {
    const { code, stdout, stderr } = await run(['-c', line], { command: ['bash'], cwd: project, env })
    equal(code, 0, `${line} failed in ${project}: ${stdout}${stderr}`)
    return stdout + stderr
  }

  mkdirSync(project, { recursive: true })
  write('openapi.yaml', FILES['openapi.yaml'] as string)
  await paste('npm init --yes')
  // The package is not on a registry yet: its tarball takes the place of its name.
  const tools = toolsFor(Number.parseInt(version.slice(1), 10)).join(' ')
  // What the Node before it has downloaded is not asked for again.
  await paste(`npm install --save-dev --no-audit --no-fund --prefer-offline ${tarball} ${tools}`)
  say('npm install: rollcall, and React, Vite, MSW, Vitest, Jest and TypeScript')

  const printed = await paste('npx rollcall init --yes --for vite --for vitest --for jest')
  const [, behaviours = ''] = /^(rollcall\.behaviours\.(?:ts|mjs)): written$/m.exec(printed) ?? []
  match(behaviours, /./, printed)
  say('npx rollcall init --yes')

  await using server = await startServer(
    ['mock', '--watch', '--port', '0'],
    // As npx starts it, which would stand between it and what stops it.
    { command: [at('node_modules', '.bin', 'rollcall')], cwd: project, env },
    /(http:\/\/127\.0\.0\.1:\d+)/,
  )
  say('npx rollcall mock --watch')
  await editBehaviour(server, (from, to) => edit(behaviours, from, to), say)

  const FAILURE =
    '\n      x-failures: [{ id: shelf_full, status: 409, message: The shelf is full, evidence: documented }]'
  edit('openapi.yaml', /(?<=operationId: createBook)/, FAILURE)
  await until(async () => (await (await fetch(`${server.url}/__rollcall/failures`)).text()).includes('shelf_full'))
  say('x-failures of the document: a failure more, which can be ordered')
  const order = JSON.stringify({ operationId: 'createBook', failure: 'shelf_full' })
  equal((await fetch(`${server.url}/__rollcall/failures`, { method: 'POST', body: order })).status, 204)
  const books = `${server.url}/v1/shelves/1/books`
  const add = async () => {
    const reply = await fetch(books, {
      method: 'POST',
      headers: JSON_TYPE,
      body: '{"title":"Orlando","author":"Woolf"}',
    })
    return `${reply.status} ${await reply.text()}`
  }
  equal(await add(), '409 {"message":"The shelf is full"}')
  match(await add(), /^201 .*"title":"Orlando"/)
  say('ordered, and answered once')

  await paste('npx rollcall generate')
  for (const [path, text] of Object.entries(FILES)) if (!existsSync(at(path))) write(path, text)
  for (const file of ['App.tsx', 'index.css']) cpSync(join(EXAMPLE, file), at('src', file))
  for (const [path, text, isFirst] of blocksOf(printed)) {
    write(path, isFirst && existsSync(at(path)) ? `${text}\n${readFileSync(at(path), 'utf8')}` : text)
  }
  say('npx rollcall generate, and the lines that init has printed')

  const shots = join(ROOT, 'node_modules', '.cache', 'rollcall')
  mkdirSync(shots, { recursive: true })
  await showBookshelf(project, env, node, (width) => join(shots, `own-api-${version}-${width}.png`))
  say('a React page on MSW in Chromium: listed, added, refused, changed, removed, still there after a reload')

  match(await paste('npx vitest run test/shelf.test.ts'), /Tests +1 passed/)
  say('a test of Vitest')
  match(await paste('npx jest outage'), /Tests: +1 passed, 1 total/)
  say('a test of Jest')

  equal(await paste('npx tsc'), '')
  // And with the types of the document, as the file says.
  if (behaviours.endsWith('.ts')) {
    edit(behaviours, /^\/\/ (import type .*)$/m, '$1')
    edit(behaviours, 'defineBehaviours()', 'defineBehaviours<operations>()')
  }
  equal(await paste('npx tsc'), '')
  say('tsc, strict and without skipLibCheck')

  match(await paste(`npx rollcall verify --url ${server.url}`), /^\d+ cases: \d+ passed/m)
  say('npx rollcall verify, against the mock')
  const took = Date.now() - begun
  console.log(`${version}  ${(took / 1000).toFixed(1).padStart(5)} s  together`)
  return took
}

const JSON_TYPE = { 'content-type': 'application/json' }

/** The operation that stands there as a comment, written; then edited while it is served. */
async function editBehaviour(
  { url }: Running,
  edit: (from: string | RegExp, to: string) => void,
  say: (done: string) => void,
): Promise<void> {
  const seen = async () => {
    const reply = await fetch(`${url}/v1/shelves`, { method: 'POST', headers: JSON_TYPE, body: '{"name":"Poems"}' })
    return reply.headers.get('x-behaviour')
  }
  equal(await seen(), null)
  edit(/^ {2}\/\/ /gm, '  ')
  await until(async () => (await seen()) === 'mine')
  say('a behaviour written')
  const times: number[] = []
  // Somebody else may need the processor meanwhile.
  for (const [from, to] of [
    ['mine', 'one'],
    ['one', 'two'],
    ['two', 'three'],
  ] as const) {
    const saved = performance.now()
    edit(`'${from}'`, `'${to}'`)
    await until(async () => (await seen()) === to)
    times.push(Math.round(performance.now() - saved))
  }
  ok(Math.min(...times) <= MOST_OF_EDIT, `an edit is seen after ${times.join(', ')} ms`)
  say(`a behaviour edited, and seen after ${times.join(', ')} ms`)
}

/** @throws Error after half a minute */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; !(await holds()); ) {
    if (Date.now() > end) throw new Error('an edit was not seen within 30 s')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** The files that `rollcall init` has printed; whether they are to stand first in one that is there. */
function* blocksOf(printed: string): Generator<[path: string, text: string, isFirst: boolean]> {
  for (const block of printed.split(/^--- .*\n\n|\n(?=\/\/ \S+\.[cm]?[jt]sx?\b)|^Now: .*/m)) {
    const [, path, told] = /^\/\/ ([^\s,]+\.[cm]?[jt]sx?)(?:, (.*))?\n/.exec(block) ?? []
    if (path === undefined || told?.startsWith('if ')) continue
    yield [path, block, told === 'first']
  }
}

const folder = mkdtempSync(join(tmpdir(), 'rollcall-own-api-'))
process.once('exit', (code) => code !== 0 && console.error(`the projects were left as they are: ${folder}`))
const majorOf = (node: string) =>
  execFileSync(node, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' })
const tarball = await packPackage(folder)
const nodes = [...new Map([hostNode, process.execPath].map((node) => [majorOf(node), node])).values()]
if (nodes.length === 1) console.log(`there is no Node but ${process.version} here: it is tried under this one alone`)
for (const node of nodes) ok((await tryUnder(node, tarball, folder)) <= MOST, 'it took more than ten minutes')
rmSync(folder, { recursive: true })
