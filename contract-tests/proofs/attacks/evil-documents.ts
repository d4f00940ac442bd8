import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start } from '../../../cli/spawn-rollcall.ts'
import { type Attack, LONGEST_STALL } from './attack.ts'
import { measureStall } from './measure-stall.ts'

const PATTERNS = ['^(a+)+$', '^(a|a)*$', '(x+x+)+y', '^(\\w+\\s?)*$', '^((\\w+)\\s\\2?)+$', '^(a?){40}a{40}$']
const manyTemplates = `/${Array.from({ length: 20 }, (_, at) => `{p${at}}x`).join('')}`
const ok = { 204: { description: 'Done' } }
const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Evil', version: '1' },
  paths: {
    '/calm': { get: { operationId: 'calm', responses: ok } },
    '/match': {
      post: {
        operationId: 'match',
        requestBody: {
          content: {
            'application/json': {
              schema: {
                properties: Object.fromEntries(PATTERNS.map((pattern, at) => [`p${at}`, { type: 'string', pattern }])),
              },
            },
          },
        },
        responses: ok,
      },
    },
    '/huge': {
      get: {
        operationId: 'huge',
        responses: {
          200: {
            description: 'Huge',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['a', 'b'],
                  properties: { a: { type: 'string', minLength: 1e9 }, b: { type: 'array', items: {}, minItems: 1e9 } },
                },
              },
            },
          },
        },
      },
    },
    [manyTemplates]: {
      get: {
        operationId: 'templates',
        parameters: Array.from({ length: 20 }, (_, at) => ({ name: `p${at}`, in: 'path', required: true, schema: {} })),
        responses: ok,
      },
    },
  },
}

/** Rules of a document over which a server could try for ever, or make without end. */
export const evilDocuments: Attack = {
  name: 'evil-documents',
  async run(tell) {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-attack-'))
    try {
      const file = join(folder, 'evil.json')
      writeFileSync(file, JSON.stringify(DOCUMENT))
      await using server = await start([file, '--quiet'])
      const post = (name: string, text: string) => () =>
        fetch(`${server.url}/match`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ [name]: text }),
        })
      const attacks: readonly (readonly [what: string, send: () => Promise<Response>])[] = [
        ...PATTERNS.map((pattern, at) => [`the pattern ${pattern}`, post(`p${at}`, `${'a'.repeat(5000)}!`)] as const),
        ['minLength and minItems of a billion', () => fetch(`${server.url}/huge`)],
        ['twenty templates in a segment', () => fetch(`${server.url}/${'ax'.repeat(3000)}!`)],
      ]
      for (const [what, send] of attacks) {
        let status = 0
        const { longest } = await measureStall(`${server.url}/calm`, {}, async () => {
          status = (await send()).status
        })
        tell({
          promise: `${what}: answered, and nobody is held up for more than ${LONGEST_STALL} ms`,
          found: `${status}, ${Math.round(longest)} ms`,
          isHeld: longest <= LONGEST_STALL && status < 500,
        })
      }
      const { code, signal } = await server.stop()
      tell({ promise: 'SIGTERM ends the server', found: String(signal ?? code), isHeld: code === 0 })
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}
