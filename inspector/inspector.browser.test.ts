import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, ConsoleMessage, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { launchChromium } from '../contract-tests/proofs/browsers/launch-chromium.ts'
import { type Listening, type ListenOptions, listen } from '../mocks/adapters/http-server.ts'
import type { Api } from '../mocks/api/api.ts'
import type { Mock } from '../mocks/api/mock.ts'
import { createMock } from '../mocks/create-mock.ts'
import { dynamic } from '../mocks/dynamic.ts'
import { readApi } from '../mocks/read-api.ts'
import { royalti } from '../mocks/royalti.ts'
import { buildInspector } from '../scripts/build-inspector.ts'

const USERS = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
const HEADERS = { authorization: 'Bearer dyn_example', 'content-type': 'application/json' }
const VIEWS = ['Traffic', 'State', 'Failures', 'Operations', 'Sessions', 'Outbox', 'Document']

const BOOKS = `openapi: 3.1.0
info: { title: Books, version: '1' }
paths:
  /books:
    get:
      operationId: listBooks
      responses: { '200': { description: All, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Book' } } } } } }
    post:
      operationId: addBook
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
      responses: { '201': { description: New, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } } }
  /books/{id}:
    get:
      operationId: getBook
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } } }
components:
  schemas:
    Book:
      type: object
      required: [title]
      properties:
        id: { type: string, readOnly: true }
        title: { type: string, description: As it stands on the cover }
        pages: { type: integer, minimum: 1 }
        isNew: { type: boolean }
        kind: { type: string, enum: [novel, essay] }
        published: { type: string, format: date }
        note: { type: [string, 'null'] }
        tags: { type: array, items: { type: string } }
        weight: { type: number }
`

let folder: string
let browser: Browser
/** One for all tests, each with a server of its own: to open another takes longer than most of them. */
let shared: Page
let axe: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-inspector-'))
  await buildInspector(folder)
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  browser = await launchChromium()
  shared = await newPage()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true })
})

interface Opened {
  readonly page: Page
  readonly mock: Mock
  readonly server: Listening
  /** What the page's console has told that is wrong. */
  readonly wrongs: string[]
  create(email: string, headers?: Record<string, string>): Promise<Response>
  list(headers?: Record<string, string>): Promise<{ status: number; emails: string[] }>
  show(view: string): Promise<void>
}

async function newPage(context = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...context })
  page.setDefaultTimeout(10_000)
  return page
}

async function open(
  options: ListenOptions = {},
  given: { journal?: number; apis?: readonly Api[] } = {},
  page = shared,
): Promise<Opened> {
  const mock = createMock({ apis: [dynamic, royalti], ...given })
  const server = await listen(mock, { port: 0, inspector: folder, ...options })
  onTestFinished(() => server.close())
  const wrongs: string[] = []
  const onError = ({ message }: Error) => void wrongs.push(message)
  const onConsole = (message: ConsoleMessage) => void (message.type() === 'error' && wrongs.push(message.text()))
  page.on('pageerror', onError).on('console', onConsole)
  onTestFinished(async () => {
    page.off('pageerror', onError).off('console', onConsole)
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await page.goto('about:blank')
  })
  await page.goto(server.url)
  if (!options.controlToken) await page.getByText('live', { exact: true }).waitFor()
  const send = (path: string, init: RequestInit & { headers?: Record<string, string> }) =>
    fetch(server.url + path, { ...init, headers: { ...HEADERS, ...init.headers } })
  return {
    page,
    mock,
    server,
    wrongs,
    create: (email, headers = {}) =>
      send(`${USERS}/bulk`, { method: 'POST', headers, body: JSON.stringify([{ email }]) }),
    async list(headers = {}) {
      const reply = await send(USERS, { headers })
      const { users = [] } = await reply.json()
      return { status: reply.status, emails: users.map((user: { email: string }) => user.email) }
    },
    show: (view) => page.getByRole('navigation').getByRole('button', { name: view }).click(),
  }
}

const callsOf = (page: Page) => page.getByRole('listbox', { name: 'Calls' }).getByRole('option')

describe('the inspector', () => {
  it('shows a call as it arrives, and why it was refused: the rule, and the line of the document, by keyboard', async () => {
    const { page, create, wrongs, server } = await open()
    await page.getByText('No call yet').waitFor()
    await create('ada@example.com')
    await fetch(`${server.url}${USERS}/bulk`, { method: 'POST', headers: HEADERS, body: '[{"country":"usa"}]' })
    await expect.poll(() => callsOf(page).count()).toBe(2)
    await page.getByRole('listbox', { name: 'Calls' }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    const panel = page.getByRole('region', { name: /^POST / })
    expect(await panel.textContent()).toMatch(/Why it was refused.*\/0\/country must match pattern/)
    expect(await panel.textContent()).toMatch(/dynamic\.yaml, line \d+\s*pattern: '\^\[A-Z\]\{2\}\$'/)
    expect(await panel.textContent()).not.toContain('dyn_example')
    await page.keyboard.press('Escape')
    await expect.poll(() => panel.count()).toBe(0)
    expect(wrongs).toEqual([])
  })

  it('finds calls by words and by outcome', async () => {
    const { page, create, list } = await open()
    await create('ada@example.com')
    await list()
    await list({ authorization: '' })
    await expect.poll(() => callsOf(page).count()).toBe(3)
    await page.getByLabel('Outcome').selectOption('refused')
    await expect.poll(() => callsOf(page).allTextContents()).toEqual([expect.stringContaining('401')])
    await page.getByLabel('Outcome').selectOption('')
    await page.getByLabel('Search').fill('bulk 201')
    await expect.poll(() => callsOf(page).allTextContents()).toEqual([expect.stringContaining('bulkCreateUser')])
  })

  it('orders a failure, which the next call meets, and tells that it was used up', async () => {
    const { page, list, show } = await open()
    await show('Failures')
    await page.getByRole('button', { name: /listUsers \/environments/ }).click()
    await page.getByRole('radio', { name: /^503/ }).check()
    await page.getByRole('button', { name: 'Order', exact: true }).click()
    await page.getByText('The next call of listUsers will meet 503.').waitFor()
    expect((await list()).status).toBe(503)
    expect((await list()).status).toBe(200)
    await page.getByRole('heading', { name: 'Used up' }).waitFor()
    await page.getByText('No failure is ordered').waitFor()
  })

  it('orders dropped connections and delays, which a page meets as often as they were ordered', async () => {
    const { page, mock, show } = await open()
    const list = () =>
      page.evaluate(
        async ([path, authorization]) => {
          const began = performance.now()
          const outcome = await fetch(path, { headers: { authorization } }).then(
            ({ status }) => status,
            ({ name }) => name,
          )
          return [outcome, performance.now() - began >= 299]
        },
        [USERS, HEADERS.authorization] as const,
      )
    // On a connection that was used before, a browser sends once more by itself.
    expect(await list()).toEqual([200, false])
    await show('Failures')
    await page.getByRole('button', { name: /listUsers \/environments/ }).click()
    await page.getByRole('radio', { name: /^a dropped connection/ }).check()
    await page.getByLabel('How many calls').fill('2')
    await page.getByRole('button', { name: 'Order', exact: true }).click()
    await page.getByText('The next 2 calls of listUsers will meet a dropped connection.').waitFor()
    expect([await list(), await list(), await list()].map(([outcome]) => outcome)).toEqual([
      'TypeError',
      'TypeError',
      200,
    ])
    await page.getByRole('radio', { name: /^what they would meet anyway/ }).check()
    await page.getByLabel('How many calls').fill('1')
    await page.getByLabel('Held back, in ms').fill('300')
    await page.getByRole('button', { name: 'Order', exact: true }).click()
    await page.getByText('The next call of listUsers will meet 300 ms of delay.').waitFor()
    expect([await list(), await list()]).toEqual([
      [200, true],
      [200, false],
    ])
    expect(mock.session('').readOrders()).toEqual([])
  })

  it('shows the note of a row that names no failure', async () => {
    const { page, create } = await open()
    await create('email_exists@rollcall.test')
    await callsOf(page).filter({ hasText: 'accepted, with a note' }).click()
    const note = 'bulkCreateUser has no failure email_exists; the closest is email_already_exists'
    await page.getByRole('paragraph').filter({ hasText: note }).waitFor()
  })

  it('sends a call again, with a credential that is typed in, and fails the next one like it', async () => {
    const { page, create, list, mock } = await open()
    await create('ada@example.com')
    await callsOf(page).first().click()
    await page.getByLabel(/^Credential to send again with/).fill('dyn_example')
    await page.getByRole('button', { name: 'Send again' }).click()
    await expect.poll(() => callsOf(page).count()).toBe(2)
    expect(mock.journal.at(-1)?.reply.body).toMatchObject({ failed: [{ code: 'email_already_exists' }] })
    await list({ authorization: '' })
    await callsOf(page).filter({ hasText: '401' }).click()
    await page.getByRole('button', { name: 'Fail the next one like this' }).click()
    await page.getByText('The next listUsers answers 401 too.').waitFor()
    expect((await list()).status).toBe(401)
  })

  it('edits a record as JSON, which the API then shows, and refuses what breaks its schema', async () => {
    const { page, create, list, show } = await open()
    await create('ada@example.com')
    await show('State')
    await page.getByRole('listbox', { name: 'Records' }).getByRole('option').first().click()
    await page.getByRole('button', { name: 'JSON', exact: true }).click()
    const editor = page.getByLabel('Record as JSON')
    const kept = await editor.inputValue()
    await editor.fill(kept.replace('"newUser": true', '"newUser": "yes"'))
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/newUser must be boolean/).waitFor()
    await editor.fill(kept.replaceAll('ada@example.com', 'eve@example.com'))
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    expect((await list()).emails).toEqual(['eve@example.com'])
    await page.getByRole('button', { name: 'Delete' }).click()
    await expect.poll(async () => (await list()).emails).toEqual([])
    await page.getByRole('button', { name: 'Add one, made up' }).click()
    // The makers of data are loaded when they are first asked for.
    await expect.poll(async () => (await list()).emails, { timeout: 10_000 }).toHaveLength(1)
  })

  it('keeps a snapshot, tells what has changed since, and restores it', async () => {
    const { page, create, list, show } = await open()
    await create('ada@example.com')
    await show('State')
    await page.getByText('Snapshots', { exact: true }).click()
    await page.getByLabel('Name').fill('one user')
    await page.getByRole('button', { name: 'Keep the state as it is' }).click()
    await create('ben@example.com')
    await page.getByRole('button', { name: 'What changed since one user' }).click()
    await page.getByText('1 added, 0 changed, 0 removed').waitFor()
    await page.getByRole('button', { name: 'Restore one user' }).click()
    await page.getByText('The state is that of one user.').waitFor()
    expect((await list()).emails).toEqual(['ada@example.com'])
  })

  it('switches sessions: each has calls and records of its own; and keeps the choice over a reload, not in the URL', async () => {
    const { page, create, show, server } = await open()
    await create('ada@example.com')
    await create('ben@example.com', { 'x-rollcall-session': 'mine' })
    await create('cyd@example.com', { 'x-rollcall-session': 'mine' })
    await expect.poll(() => callsOf(page).count()).toBe(1)
    await show('Sessions')
    await page.getByRole('button', { name: 'Switch to mine' }).click()
    await show('Traffic')
    await expect.poll(() => callsOf(page).count()).toBe(2)
    await page.reload()
    await expect.poll(() => callsOf(page).count()).toBe(2)
    expect(page.url()).toBe(`${server.url}/__rollcall/`)
  })

  it('says that the server is lost, and goes on without a gap when it is there again', async () => {
    const { page, mock, server } = await open()
    const ask = (path: string) => mock.answer({ method: 'GET', path })
    ask('/before')
    await expect.poll(() => callsOf(page).count()).toBe(1)
    await server.close()
    await page.getByText('connection lost').waitFor()
    for (const path of ['/one', '/two', '/three']) ask(path)
    const again = await listen(mock, { port: server.port, inspector: folder })
    onTestFinished(() => again.close())
    await page.getByText('live', { exact: true }).waitFor()
    await expect
      .poll(() => callsOf(page).locator('.path').allTextContents())
      .toEqual(['/three', '/two', '/one', '/before'])
  })

  it('tries an operation in the session at hand', async () => {
    const { page, show, list } = await open()
    await show('Operations')
    await page.getByRole('button', { name: /bulkCreateUser / }).click()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('region', { name: 'Reply' }).waitFor()
    expect((await list()).emails).toHaveLength(1)
  })

  it('shows what records hold, also where the page behind them comes first', async () => {
    const { page, create, show } = await open()
    await create('ada@example.com')
    await page.route(/offset=0&/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500))
      await route.continue()
    })
    await show('State')
    await page
      .getByRole('listbox', { name: 'Records' })
      .getByRole('option', { name: /ada@example/ })
      .waitFor()
  })

  it('begins at the first row when other records are looked for, and tells of some before all were looked at', async () => {
    const { page, mock, show } = await open()
    const body = Array.from({ length: 300 }, (_, at) => ({ email: `${at < 60 ? 'zoe' : 'ben'}${at}@example.com` }))
    for (const at of [0, 50, 100, 150, 200, 250])
      mock.answer({ method: 'POST', path: `${USERS}/bulk`, headers: HEADERS, body: body.slice(at, at + 50) })
    const asked: string[] = []
    // The first answer of each search is that of a server that has not looked at all.
    await page.route(/search=(?:zoe|ben)/, async (route) => {
      asked.push(route.request().url())
      const reply = await route.fetch()
      const told = await reply.json()
      if (asked.length === 1) Object.assign(told, { found: 30, looked: 40, records: told.records.slice(0, 30) })
      await route.fulfill({ response: reply, json: told })
    })
    await show('State')
    const list = page.getByRole('listbox', { name: 'Records' })
    const shows = (text: RegExp) => list.getByRole('option', { name: text }).waitFor()
    await shows(/zoe0@/)
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight))
    await shows(/ben299@/)
    const counts = page.evaluate(
      () =>
        new Promise((resolve) => {
          const count = document.querySelector('.main .count') as HTMLElement
          new MutationObserver(() => /so far/.test(count.innerText) && resolve(count.innerText)).observe(count, {
            ...{ characterData: true, childList: true, subtree: true },
          })
        }),
    )
    await page.getByRole('searchbox').fill('zoe')
    expect(await counts).toBe('30 of 300 records, 40 looked at so far …')
    await page.getByText('60 of 300 records').waitFor()
    await shows(/zoe0@/)
    expect(asked.every((url) => /offset=0&/.test(url))).toBe(true)
    await page.getByRole('searchbox').fill('')
    await page.getByText('300 records', { exact: true }).waitFor()
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight))
    await shows(/ben299@/)
    await page.getByRole('button', { name: 'email' }).click()
    await shows(/ben100@/)
  })

  it('edits a record in a form by its schema: what is wrong is told at its field', async () => {
    await writeFile(join(folder, 'books.yaml'), BOOKS)
    const { page, mock, show, wrongs } = await open({}, { apis: [await readApi(join(folder, 'books.yaml'))] })
    const book = {
      title: 'Emma',
      pages: 3,
      isNew: true,
      kind: 'novel',
      published: '1815-12-23',
      note: 'dusty',
      tags: [],
    }
    const { id } = mock.answer({ method: 'POST', path: '/books', body: book }).body as { id: string }
    await show('State')
    await page.getByRole('listbox', { name: 'Records' }).getByRole('option', { name: 'Emma' }).click()
    const field = (name: string) => page.getByLabel(name, { exact: true })
    const save = () => page.getByRole('button', { name: 'Save' }).press('Enter')
    const isAt = async (name: string, text: RegExp) => {
      await page.getByText(text).first().waitFor()
      expect(await field(name).evaluate((one) => one === document.activeElement)).toBe(true)
      expect(await field(name).getAttribute('aria-invalid')).toBe('true')
      const about = (await field(name).getAttribute('aria-describedby')) as string
      expect(await page.locator(`#${about.split(' ')[0]}`).textContent()).toMatch(text)
    }
    await field('pages').fill('0')
    await save()
    await isAt('pages', /data\/pages must be >= 1/)
    await field('pages').fill('')
    await save()
    await isAt('pages', /This is no number/)
    await field('pages').fill('12')
    await field('tags').fill('["old"')
    await save()
    await isAt('tags', /This is no JSON/)
    await field('tags').fill('["old"]')
    await field('title').fill('Persuasion')
    await field('isNew').selectOption('false')
    await field('kind').selectOption('essay')
    await field('published').fill('1817-12-20')
    await field('note is').selectOption('null')
    await page.getByText('1 member that it has not').click()
    await field('weight is').selectOption('value')
    await field('weight').fill('0.25')
    await save()
    await page.getByText('Saved.').waitFor()
    expect(mock.answer({ method: 'GET', path: `/books/${id}` }).body).toEqual({
      ...{ id, title: 'Persuasion', pages: 12, isNew: false, kind: 'essay', published: '1817-12-20' },
      ...{ note: null, tags: ['old'], weight: 0.25 },
    })
    await page.getByRole('button', { name: 'JSON', exact: true }).click()
    expect(await page.getByLabel('Record as JSON').inputValue()).toContain('"title": "Persuasion"')
    expect(wrongs.filter((wrong) => !wrong.includes('400'))).toEqual([])
  })

  it('leaves calls out that come faster than they could be read, says how many, and loads them', async () => {
    const { page, mock } = await open({}, { journal: 20_000 })
    await page.getByText('No call yet').waitFor()
    let sent = 0
    const call = (path: string) => void (++sent && mock.answer({ method: 'GET', path }))
    const load = setInterval(() => {
      for (let count = 0; count < 30; count++) call('/busy')
    }, 10)
    await page
      .getByText(/^[\d,]+ calls came too fast to be shown/)
      .waitFor()
      .finally(() => clearInterval(load))
    call('/last')
    await page.getByText('/last').waitFor()
    await page.getByRole('button', { name: 'Load them' }).click()
    await page.getByText(`${sent.toLocaleString('en')} calls`, { exact: true }).waitFor()
    expect(await page.getByText(/came too fast/).count()).toBe(0)
  })

  it('asks for the control token once, and keeps it for the tab', async () => {
    const { page, show } = await open({ controlToken: 'sesame-4711' })
    await page.getByLabel(/^Control token/).fill('сезам')
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('No control token has с').waitFor()
    await page.getByLabel(/^Control token/).fill('sesame-4711')
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('live', { exact: true }).waitFor()
    await page.reload()
    await page.getByText('live', { exact: true }).waitFor()
    await show('Sessions')
    await page.getByText('default', { exact: true }).first().waitFor()
    expect(page.url()).not.toContain('sesame')
  })

  it('shows what comes from outside as text, never as markup', async () => {
    const { page, server, wrongs } = await open()
    const hostile = '<img src=x onerror=document.title=1>'
    // What no operation declares of a query is taken for a secret, wherever it shows again.
    await fetch(`${server.url}${USERS}/bulk?x=${encodeURIComponent(`${hostile}?`)}`, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify([{ firstName: hostile, email: 'ada@example.com' }]),
    })
    await callsOf(page).first().click()
    await page.getByText(hostile).first().waitFor()
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.title()).toBe('rollcall inspector')
    expect(wrongs).toEqual([])
  })
})

/** What is not the same in every color scheme. */
const COLORS =
  "{ runOnly: ['cat.color'], rules: { 'color-contrast-enhanced': { enabled: false } }, resultTypes: ['violations'] }"

describe('for everyone', () => {
  it('has nothing that axe finds in any view, nor in its dark colors, and never pans sideways from 360 to 1920 px', async () => {
    const page = await newPage({ bypassCSP: true, reducedMotion: 'reduce' })
    onTestFinished(() => page.close())
    const { create, show, wrongs, server } = await open({}, {}, page)
    await create('ada@example.com')
    await fetch(`${server.url}${USERS}/bulk`, { method: 'POST', headers: HEADERS, body: '[{"country":"usa"}]' })
    await page.evaluate(axe)
    const found: string[] = []
    const look = async (view: string) => {
      for (const [colorScheme, options] of [
        ['dark', COLORS],
        ['light', "{ resultTypes: ['violations'] }"],
      ] as const) {
        await page.emulateMedia({ colorScheme })
        const { violations } = (await page.evaluate(`axe.run(${options})`)) as {
          violations: { id: string; nodes: { html: string }[] }[]
        }
        found.push(...violations.map(({ id, nodes }) => `${view}, ${colorScheme}: ${id} at ${nodes[0]?.html}`))
      }
      for (const width of [360, 1920, 1280]) {
        await page.setViewportSize({ width, height: 800 })
        const over = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        if ((over as number) > 0) found.push(`${view}: ${over} px too wide at ${width}`)
      }
    }
    for (const view of VIEWS) {
      await show(view)
      if (view === 'Traffic') {
        await callsOf(page).first().click()
        await page.getByText('Why it was refused').waitFor()
      } else if (view === 'State')
        await page.getByRole('listbox', { name: 'Records' }).getByRole('option').first().click()
      else if (view === 'Failures' || view === 'Operations')
        await page.getByRole('button', { name: /bulkCreateUser / }).click()
      await look(view)
    }
    expect(found).toEqual([])
    expect(wrongs).toEqual([])
    // axe looks at every element of seven views.
  }, 90_000)
})
