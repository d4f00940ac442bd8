/** The example app `examples/bookshelf` in a Vite app, generated from its document and driven in Chromium. */
import { deepEqual, equal, match } from 'node:assert/strict'
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startServer } from '../cli/spawn-rollcall.ts'
import { launchChromium } from '../contract-tests/proofs/browsers/launch-chromium.ts'
import { cleanEnv } from './pack-package.ts'

const EXAMPLE = join(import.meta.dirname, '..', 'examples', 'bookshelf')
const WIDTHS = [1280, 390] as const

/**
 * Puts the example into an app that has rollcall, MSW and its worker, and lists, adds, changes and removes books.
 * @param app its folder
 * @param paste runs a line there
 * @param pictureOf where the picture of a width goes
 */
export async function driveBookshelf(
  app: string,
  paste: (line: string) => Promise<string>,
  pictureOf: (width: number) => string,
): Promise<void> {
  for (const file of ['App.tsx', 'index.css']) cpSync(join(EXAMPLE, file), join(app, 'src', file))
  cpSync(join(EXAMPLE, 'bookshelf.yaml'), join(app, 'bookshelf.yaml'))
  await paste('npm install --save-dev openapi-typescript typescript@5.9 esbuild --no-audit --no-fund')
  const lines = await paste('npx rollcall init --yes --document bookshelf.yaml --for vite')
  const [mock = '', generate = ''] =
    /^\/\/ src\/mock\.ts\n.*?\/\/ (npx rollcall generate .*?)\n.*?(?=\n\/\/ src)/ms.exec(lines) ?? []
  match(generate, /bookshelf\.yaml --out src\/api$/)
  writeFileSync(join(app, 'src', 'mock.ts'), mock)
  await paste(generate)
  await showBookshelf(app, cleanEnv, process.execPath, pictureOf)
}

/**
 * Lists, adds, changes and removes books in the app, which Vite serves.
 * @param app its folder
 * @param node what runs Vite
 * @param pictureOf where the picture of a width goes
 */
export async function showBookshelf(
  app: string,
  env: NodeJS.ProcessEnv,
  node: string,
  pictureOf: (width: number) => string,
): Promise<void> {
  const vite = [node, join(app, 'node_modules', 'vite', 'bin', 'vite.js')] as const
  await using server = await startServer(
    ['--port', '0'],
    { command: vite, cwd: app, env: { ...env, NO_COLOR: '1' } },
    /(http:\/\/localhost:\d+)\//,
  )
  await using browser = await launchChromium()
  const page = await browser.newPage({ viewport: { width: WIDTHS[0], height: 640 }, deviceScaleFactor: 1.5 })
  const wrong: string[] = []
  page.on('pageerror', ({ message }) => void wrong.push(message))
  const titles = () => page.locator('li strong').allInnerTexts()
  const write = async (values: Readonly<Record<string, string>>, button: string) => {
    for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value)
    await page.getByRole('button', { name: button, exact: true }).click()
  }
  await page.goto(server.url)
  await page.getByText('Middlemarch').first().waitFor()
  const before = await titles()
  await write({ Title: 'The Waves', Author: 'Virginia Woolf', Year: '1931' }, 'Add')
  await page.getByText('Virginia Woolf, 1931').waitFor()
  deepEqual(await titles(), [...before, 'The Waves'])
  await page.getByRole('button', { name: 'Edit The Waves' }).click()
  await write({ Title: 'Orlando', Year: '1928' }, 'Save')
  await page.getByText('Virginia Woolf, 1928').waitFor()
  deepEqual(await titles(), [...before, 'Orlando'])
  await write({ Title: 'Orlando', Author: 'Somebody else' }, 'Add')
  match(await page.getByRole('alert').innerText(), /Orlando|title/)
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 640 })
    equal(await page.evaluate('document.documentElement.scrollWidth'), width, `it is wider than ${width}`)
    await page.screenshot({ path: pictureOf(width), fullPage: true })
  }
  await page.reload()
  await page.getByText('Orlando').waitFor()
  await page.getByRole('button', { name: 'Delete Orlando' }).click()
  await page.getByText('Orlando').waitFor({ state: 'detached' })
  deepEqual(await titles(), before)
  equal(wrong.join('\n'), '')
}
