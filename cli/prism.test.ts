import { describe, expect, it } from 'vitest'
import { run, start } from './spawn-rollcall.ts'

const BULK = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users/bulk'

describe('rollcall prism', () => {
  it('serves the named APIs with their state, logs, and stops when told', async () => {
    await using server = await start(['dynamic'], {}, 'prism')
    const create = async (body: string) => {
      const headers = { authorization: 'Bearer any', 'content-type': 'application/json' }
      const reply = await fetch(server.url + BULK, { method: 'POST', headers, body })
      return reply.json()
    }
    expect(await create('[{"email":"ada@example.com"}]')).toMatchObject({ created: [{ email: 'ada@example.com' }] })
    expect(await create('[{"email":"ada@example.com"}]')).toMatchObject({ failed: [{ code: 'email_already_exists' }] })
    // The sentence is the one that Prism's validator says.
    expect(await create('[]')).toEqual({ error: 'body must NOT have fewer than 1 items' })
    await server.printed(/400 POST \S+ +[\d.]+ ms {2}body must NOT have fewer than 1 items\n/)
    expect(await server.stop()).toMatchObject({ code: 0, stderr: '' })
  })

  it('serves all built-in APIs when none is named', async () => {
    await using server = await start(['--quiet'], {}, 'prism')
    const health = await (await fetch(`${server.url}/__rollcall/health`)).json()
    expect(health.apis.map(({ name }: { name: string }) => name)).toEqual(['dynamic', 'royalti', 'descope'])
  })

  it('has the port beside that of the mock by default, and says what it takes', async () => {
    const { code, stdout } = await run(['prism', '--help'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/Usage: rollcall prism .*@stoplight\/prism-http.*--port <n> +default 4011;/s)
    expect((await run(['prism', '--prot', '1'])).stderr).toContain('prism has no flag --prot; did you mean --port?')
  })
})
