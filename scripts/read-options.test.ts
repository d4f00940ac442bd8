import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../cli/spawn-rollcall.ts'

const soak = (...args: string[]) =>
  run(args, { command: [process.execPath, join(import.meta.dirname, '../contract-tests/proofs/soak/run.ts')] })

describe('a script of the project', () => {
  it('prints with --help how it is called', async () => {
    expect(await soak('--help')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Usage: npm run soak .*--help\n$/s),
    })
  })

  it('says in a line which option it does not know, with exit code 2', async () => {
    const { code, stdout, stderr } = await soak('--minute', '1')
    expect([code, stdout, stderr.split('\n')[0]]).toEqual([2, '', "Unknown option '--minute'"])
    expect(stderr).not.toMatch(/\n\s+at /)
  })
})
