/**
 * What a new user does: makes a fresh Vite and React app, adds the packed package by the lines of docs/msw.md and nothing
 * else, and looks at the app in Chromium. Then again with MSW's own Vite plugin, and with the oldest MSW. And in a fresh
 * project of CommonJS with Jest and a document of its own, by the lines of `rollcall init`. And the clients that orval,
 * hey-api, Kubb and openapi-fetch make, by the lines of docs/clients.md.
 * `--update-screenshot` writes the picture that docs/msw.md shows; without it the picture goes to node_modules/.cache.
 */
import { equal, match } from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, startServer } from '../cli/spawn-rollcall.ts'
import { launchChromium } from '../contract-tests/proofs/browsers/launch-chromium.ts'
import { driveBookshelf } from './drive-bookshelf.ts'
import { cleanEnv, npm, packPackage } from './pack-package.ts'
import { readOptions } from './read-options.ts'
import { installClients, tryClients } from './try-clients.ts'

const ROOT = join(import.meta.dirname, '..')
const SCREEN = join(ROOT, 'examples', 'vite-react')
const USAGE = `Usage: npm run try -- [options]

  --update-screenshot  writes the picture that docs/msw.md shows
  --help`

const { values } = readOptions(USAGE, { options: { 'update-screenshot': { type: 'boolean', default: false } } })
const picture = values['update-screenshot']
  ? join(SCREEN, 'import-users.png')
  : join(ROOT, 'node_modules', '.cache', 'rollcall', 'import-users.png')

const page = readFileSync(join(ROOT, 'docs', 'msw.md'), 'utf8')
const blocksOf = (language: string, text: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block = '']) => block)

const started = Date.now()
const say = (done: string) => console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s  ${done}`)

const folder = mkdtempSync(join(tmpdir(), 'rollcall-new-user-'))
const app = join(folder, 'app')
process.once('exit', (code) => code !== 0 && console.error(`what was made is left as it is: ${folder}`))
const inApp = (...path: string[]) => join(app, ...path)

/** As in a shell; what it printed. */
async function paste(line: string): Promise<string> {
  const { code, stdout, stderr } = await run(['-c', line], { command: ['bash'], cwd: app, env: cleanEnv })
  if (code !== 0) throw new Error(`${line} failed in ${app}: ${stdout}${stderr}`)
  return stdout
}

/** Pastes a block into the file that its first line names. */
function pasteFile(block: string): void {
  const [, file = '', place = ''] = /^\/\/ ([^\s,]+)(.*)\n/.exec(block) ?? []
  match(file, /^src\//, `a block of docs/msw.md names no file: ${block}`)
  const before = place === ', first' ? `\n${readFileSync(inApp(file), 'utf8')}` : ''
  writeFileSync(inApp(file), block + before)
}

/** Imports the rows in the app that `npm run dev` serves, and reloads it. */
async function importInBrowser(screenshot?: string): Promise<void> {
  const vite = [process.execPath, inApp('node_modules', 'vite', 'bin', 'vite.js')] as const
  await using server = await startServer(
    ['--port', '0'],
    { command: vite, cwd: app, env: { ...cleanEnv, NO_COLOR: '1' } },
    /(http:\/\/localhost:\d+)\//,
  )
  await using browser = await launchChromium()
  const page = await browser.newPage({ viewport: { width: 960, height: 400 }, deviceScaleFactor: 1.5 })
  const wrong: string[] = []
  page.on('pageerror', ({ message }) => void wrong.push(message))
  page.on('console', (said) => said.type() === 'error' && wrong.push(said.text()))
  await page.goto(server.url)
  await page.locator('input[type=file]').setInputFiles(join(SCREEN, 'users.csv'))
  await page.getByRole('button', { name: 'Import' }).click()
  await page.getByText('4 created').waitFor()
  const results = await page.locator('tbody tr td:last-child').allInnerTexts()
  match(
    results.join('\n'),
    /^(?:created [0-9a-f]{8}\n){3}failed email_already_exists\ncreated [0-9a-f]{8}\nfailed username_already_exists$/,
  )
  await page.getByText('4 in the environment').waitFor()
  if (screenshot) await page.screenshot({ path: screenshot, fullPage: true })
  await page.reload()
  await page.getByText('4 in the environment').waitFor()
  equal(wrong.join('\n'), '')
}

/** Jest in CommonJS, with a document of its own. */
async function tryJest(tarball: string): Promise<void> {
  const own = join(folder, 'own')
  mkdirSync(own)
  writeFileSync(join(own, 'package.json'), '{ "private": true }')
  cpSync(join(ROOT, 'examples', 'todos', 'todos.yaml'), join(own, 'todos.yaml'))
  await npm(['install', '--save-dev', '--no-audit', '--no-fund', tarball, 'jest@30'], own)
  /** As in a shell there. */
  const inOwn = async (line: string): Promise<string> => {
    const { code, stdout, stderr } = await run(['-c', line], { command: ['bash'], cwd: own, env: cleanEnv })
    equal(code, 0, `${line} failed in ${own}: ${stdout}${stderr}`)
    return stdout + stderr
  }
  const told = await inOwn('npx rollcall init --yes --for jest')
  match(told, /^rollcall\.config\.(?:ts|mjs): written$/m)
  const lines = told.slice(told.indexOf('// jest.config.js'), told.indexOf('\nNow: '))
  for (const block of lines.split(/\n(?=\/\/ \S+\.c?js)/)) {
    const [, file = ''] = /^\/\/ ([^\s,]+)/.exec(block) ?? []
    writeFileSync(join(own, file), block)
  }
  match(await inOwn('npx jest'), /Tests: +1 passed, 1 total/)
  say('Jest in CommonJS, with a document of its own, by the lines of rollcall init')
  await rm(own, { recursive: true })
}

/** The clients that others generate. */
async function tryGeneratedClients(tarball: string): Promise<void> {
  const project = await installClients(folder, tarball)
  await tryClients(project)
  say('the clients of orval, hey-api, Kubb and openapi-fetch, on MSW and on a server, by the lines of docs/clients.md')
  await rm(project, { recursive: true })
}

const tarball = await packPackage(folder)
say('packed')
// Each has a folder of its own, whose making and removal wait for the network and the disk while another needs a core.
const others = [tryJest(tarball), tryGeneratedClients(tarball)]
for (const one of others) one.catch(() => {})
await npm(['create', '--yes', 'vite@9', 'app', '--', '--template', 'react-ts', '--no-interactive'], folder)
for (const file of ['App.tsx', 'index.css']) cpSync(join(SCREEN, file), inApp('src', file))
say('a fresh Vite and React app')

// The package is not on a registry yet: its tarball takes the place of its name, and nothing else is changed.
let printed = ''
for (const line of blocksOf('sh', page)[0]?.trim().split('\n') ?? [])
  printed = await paste(line.replace(/^(npm install .*)\brollcall\b/, `$1${tarball} --no-audit --no-fund`))
for (const block of blocksOf('ts', page).filter((text) => text.startsWith('// src/'))) pasteFile(block)
say('the lines of docs/msw.md')

mkdirSync(join(picture, '..'), { recursive: true })
await importInBrowser(picture)
say(`four users created, two refused, still there after a reload: ${picture}`)

await paste('npm run build')
const built = readdirSync(inApp('dist', 'assets')).map((file) => readFileSync(inApp('dist', 'assets', file), 'utf8'))
equal(built.filter((text) => /mockServiceWorker|email_already_exists/.test(text)).length, 0)
say('built for production, types checked, nothing of the mock in it')

const withPlugin = printed.slice(printed.indexOf('// vite.config.ts'))
const config = readFileSync(inApp('vite.config.ts'), 'utf8')
match(withPlugin, /^\/\/ vite\.config\.ts/)
rmSync(inApp('public', 'mockServiceWorker.js'))
writeFileSync(
  inApp('vite.config.ts'),
  `import react from '@vitejs/plugin-react'\n${withPlugin.replace('plugins: [', 'plugins: [react(), ')}`,
)
match(await paste('npx rollcall init --for vite'), /vite\.config\.ts has MSW's plugin/)
await importInBrowser()
say("the same with MSW's own Vite plugin")

writeFileSync(inApp('vite.config.ts'), config)
await paste('npx rollcall init --for vite')
await paste('npm install --save-dev msw@2.10.0 --no-audit --no-fund')
match(await paste('npx rollcall init --for vite'), /the worker of MSW 2\.10\.0, in place of that of 3\./)
await importInBrowser()
say('the same with MSW 2.10.0')

const shown = values['update-screenshot'] ? join(ROOT, 'examples', 'bookshelf') : join(picture, '..')
await driveBookshelf(app, paste, (width) => join(shown, `bookshelf-${width}.png`))
say('examples/bookshelf: generated from its document; books listed, added, changed and removed')

await Promise.all(others)

await rm(folder, { recursive: true })
