import { describe, expect, it } from 'vitest'
import { UsageError } from './read-arguments.ts'
import { run } from './selftest.ts'

async function print(args: readonly string[], isTTY = false) {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await run(args, {
    stdout: { write: (text: string) => out.push(text) },
    stderr: { write: (text: string) => err.push(text), isTTY },
  })
  return { code, out: out.join(''), err: err.join('') }
}

describe('rollcall selftest', () => {
  it('prints each fault with its evidence and the case that woke, then the scores apart', async () => {
    const { code, out, err } = await print(['royalti', '--grep', 'the order'])
    expect(out).toContain('royalti: 1 faults, ')
    expect(out).toContain('the untouched mock wakes none')
    expect(out).toMatch(/^ {2}yes {2}documented {2}ignores the order +bulkCreateUsers\/stories\/pages$/m)
    expect(out).toContain('documented  1 of 1 noticed, 100 %')
    expect(out).toContain('assumed     0 of 0 noticed')
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })

  it('shows its progress on a terminal only', async () => {
    expect((await print(['royalti', '--grep', 'the order'], true)).err).toContain('royalti 1 of 1: ignores the order')
  })

  it('plants the faults of any API in a mock of a document', async () => {
    const { code, out } = await print(['--document', 'contract-tests/fixtures/orders.yaml', '--grep', 'maximum'])
    expect(out).toMatch(/yes {2}documented {2}accepts a number above the maximum /)
    expect(code).toBe(0)
  })

  it.each([
    [['nobody'], 'there is no API nobody; built in: '],
    [['royalty'], 'there is no API royalty; did you mean royalti?; built in: '],
    [['dynamic', 'royalti'], 'takes one API'],
    [['dynamic', '--document', 'a.yaml'], 'takes one API, or --document'],
    [['dynamic', '--overlay', 'a.yaml'], '--overlay changes a document of your own: give --document'],
    [['royalti', '--grep', 'no such fault'], 'no fault is called no such fault'],
  ])('does not understand %j', async (args, message) => {
    const error = await print(args).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as Error).message).toContain(message)
  })
})
