/**
 * Draws the terminal that README.md shows: two calls of a mock, and what it answered. `npm run draw` writes it to
 * docs/terminal.svg; documentation.test.ts draws it again and compares.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run as spawn, start } from '../cli/spawn-rollcall.ts'

const USERS = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
const [WIDTH, LINE, LEFT, TOP] = [960, 21, 22, 62]
const COLOURS = { prompt: '#8b98ff', typed: '#f4f6fb', said: '#aab4c5', wrong: '#ff9d8a', right: '#8fe0a8' } as const

interface Line {
  readonly text: string
  readonly colour: keyof typeof COLOURS
}

/**
 * Starts a mock of its own, calls it twice, and draws that. The same for each run: an SVG document.
 * @param run what runs a command
 */
export async function drawTerminal(run = spawn): Promise<string> {
  await using server = await start(['dynamic', '--quiet'])
  const rows = JSON.stringify([{ email: 'ada@example.com' }, { email: 'grace@example.com' }])
  const lines: Line[] = [
    { text: '$ npx rollcall mock dynamic --quiet &', colour: 'typed' },
    { text: 'http://127.0.0.1:4010', colour: 'said' },
  ]
  for (const count of [1, 2]) {
    const reply = await fetch(`${server.url}${USERS}/bulk`, {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
      body: rows,
    })
    const { created, failed } = (await reply.json()) as Reply
    lines.push({ text: '', colour: 'said' })
    lines.push({
      text: `$ curl …/users/bulk -d '${rows}'${count === 1 ? '' : '    # the same again'}`,
      colour: 'typed',
    })
    lines.push({ text: `${reply.status} ${reply.statusText}`, colour: 'said' })
    for (const { id, email } of created) lines.push({ text: `  created  ${email}  ${id}`, colour: 'right' })
    for (const { user, code } of failed) lines.push({ text: `  failed   ${user.email}  ${code}`, colour: 'wrong' })
  }
  const { stdout } = await run(['verify', 'dynamic', '--url', server.url, '--strict', 'assumed', '--grep', 'email'])
  lines.push({ text: '', colour: 'said' })
  lines.push({
    text: '$ npx rollcall verify dynamic --url http://127.0.0.1:4010 --strict assumed --grep email',
    colour: 'typed',
  })
  const [, sum = ''] = /^(\d+ cases: [^;]+);/m.exec(stdout) ?? []
  lines.push({ text: sum, colour: 'right' })
  return draw(lines)
}

interface Reply {
  readonly created: readonly { readonly id: string; readonly email: string }[]
  readonly failed: readonly { readonly user: { readonly email: string }; readonly code: string }[]
}

function draw(lines: readonly Line[]): string {
  const height = TOP + lines.length * LINE + 14
  // Spaces at the beginning and beside each other are kept as no-break spaces alone.
  const escaped = (text: string) =>
    text.replace(/[&<>]/g, (one) => `&#${one.charCodeAt(0)};`).replaceAll('  ', '\u00a0\u00a0')
  const texts = lines.map(({ text, colour }, index) => {
    const prompt = text.startsWith('$ ') ? `<tspan fill="${COLOURS.prompt}">$ </tspan>` : ''
    const rest = prompt ? text.slice(2) : text
    return `  <text x="${LEFT}" y="${TOP + index * LINE}" fill="${COLOURS[colour]}">${prompt}${escaped(rest)}</text>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`,
    '  <title>A terminal: two users are created, the same two are refused, and the suite passes</title>',
    `  <rect width="${WIDTH}" height="${height}" rx="10" fill="#161b26"/>`,
    ...['#ff6b61', '#f5bf4f', '#62c554'].map(
      (fill, index) => `  <circle cx="${24 + index * 20}" cy="22" r="6" fill="${fill}"/>`,
    ),
    ...texts.filter((text) => !text.endsWith('"></text>')),
    '</svg>',
    '',
  ].join('\n')
}

if (process.argv[1] === import.meta.filename)
  writeFileSync(join(import.meta.dirname, 'terminal.svg'), await drawTerminal())
