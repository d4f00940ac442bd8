import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { run, start } from './spawn-rollcall.ts'

const asBrowser = { headers: { accept: 'text/html,*/*;q=0.8' }, redirect: 'manual' } as const

describe('rollcall mock', () => {
  it('prints where the inspector is, opens it by --open, and leads a browser there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-open-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const [browser, opened] = [join(folder, 'browser'), join(folder, 'opened')]
    await writeFile(browser, `#!/bin/sh\necho "$1" > ${opened}\n`)
    await chmod(browser, 0o755)
    await using server = await start(['dynamic', '--open'], { env: { ...process.env, BROWSER: browser } })
    expect(server.stdout()).toContain(`\nInspector: ${server.url}/__rollcall/\n`)
    await expect.poll(() => readFile(opened, 'utf8').catch(() => '')).toBe(`${server.url}/__rollcall/\n`)
    const reply = await fetch(server.url, asBrowser)
    expect([reply.status, reply.headers.get('location')]).toEqual([302, '/__rollcall/'])
  })

  it('leaves it out with --no-inspector, and goes on where no browser can be opened', async () => {
    await using server = await start(['dynamic', '--no-inspector'])
    expect(server.stdout()).not.toContain('Inspector')
    expect((await fetch(`${server.url}/__rollcall/`)).status).toBe(404)
    expect((await fetch(server.url, asBrowser)).status).not.toBe(302)
    await using other = await start(['dynamic', '--open'], { env: { ...process.env, BROWSER: '/nowhere/browser' } })
    await expect.poll(other.stderr).toContain(`no browser could be opened; open ${other.url}/__rollcall/ yourself`)
    expect((await fetch(`${other.url}/__rollcall/health`)).status).toBe(200)
    const both = await run(['mock', '--open', '--no-inspector'])
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('--open and --no-inspector')])
  })
})
