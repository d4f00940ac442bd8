import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run, start } from './spawn-rollcall.ts'

const BOARDS = join(import.meta.dirname, '../mocks/resources/boards.yaml')

async function countBoards(url: string): Promise<number> {
  const reply = await fetch(`${url}/v1/boards`)
  return ((await reply.json()) as unknown[]).length
}

describe('rollcall mock of a document', () => {
  it('says at the start what is remembered, and remembers it', async () => {
    await using server = await start([BOARDS])
    expect(server.stdout()).toContain('6 resources remember; 1 operation answers from examples: readClock\n')
    const headers = { 'content-type': 'application/json' }
    const made = await fetch(`${server.url}/v1/boards`, { method: 'POST', headers, body: '{"title":"Roof"}' })
    expect(made.headers.get('location')).toBe(`${server.url}/v1/boards/3`)
    expect(await countBoards(server.url)).toBe(3)
  })

  it('says of a large document what is remembered once all of it is known', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'remember-'))
    const file = join(folder, 'many.json')
    const reply = (schema: object) => ({
      responses: { 200: { description: 'x', content: { 'application/json': { schema } } } },
    })
    const item = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } }
    const paths = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        [`/things${index}`, { get: reply({ type: 'array', items: item }), post: reply(item) }],
        [`/things${index}/{id}`, { get: reply(item) }],
      ]).flat(),
    )
    await writeFile(file, JSON.stringify({ openapi: '3.1.0', info: { title: 'Many', version: '1' }, paths }))
    await using server = await start([file])
    expect(server.stdout()).not.toContain('remember')
    await expect.poll(server.stdout, { timeout: 10_000 }).toContain('Many (many): 60 resources remember\n')
    await rm(folder, { recursive: true })
  })

  it.each<[flags: string[], count: number]>([
    [['--records', '4'], 4],
    [['--empty'], 0],
  ])('begins, with %j, with %d records', async (flags, count) => {
    await using server = await start(['--quiet', BOARDS, ...flags])
    expect(await countBoards(server.url)).toBe(count)
  })

  it('remembers nothing with --stateless', async () => {
    await using server = await start([BOARDS, '--stateless'])
    expect(server.stdout()).not.toContain('remember')
    const headers = { 'content-type': 'application/json' }
    await fetch(`${server.url}/v1/boards`, { method: 'POST', headers, body: '{"title":"Roof"}' })
    expect(await countBoards(server.url)).toBe(2)
  })

  it.each([
    [['--empty', '--records', '3'], '--empty and --records do not go together'],
    [['--stateless', '--records', '3'], '--stateless keeps no records: leave out --records'],
  ])('refuses %j', async (flags, message) => {
    const { code, stderr } = await run(['mock', BOARDS, ...flags])
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
  })
})
