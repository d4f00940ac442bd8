import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BUILT_IN } from '../mocks/built-in.ts'
import { checkBody, makeBody, makeRows } from '../mocks/data/index.ts'
import { run as runData } from './data.ts'
import { UsageError } from './read-arguments.ts'
import { run } from './spawn-rollcall.ts'

const data = (...args: string[]) => run(['data', ...args])

describe('rollcall data', () => {
  it.each(Object.keys(BUILT_IN))('prints a ready body of %s, and nothing else', async (name) => {
    const { code, stdout, stderr } = await data(name, '--count', '50', '--seed', 'x')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const api = await (BUILT_IN[name] as () => Promise<never>)()
    expect(JSON.parse(stdout)).toEqual(makeBody(api, makeRows(api, 50, 'x')))
    expect(checkBody(api, JSON.parse(stdout))).toBeUndefined()
    expect(stdout.trimEnd()).not.toContain('\n')
  })

  it('asks for no mails, and indents when told', async () => {
    const { stdout } = await data('royalti', '--count', '1', '--pretty')
    expect(JSON.parse(stdout).sendEmail).toBe(false)
    expect(stdout).toContain('\n  "users": [\n')
  })

  it('makes a body of any document', async () => {
    const { code, stdout } = await data(join(import.meta.dirname, '..', 'openapi', 'descope.yaml'), '--count', '3')
    expect(code).toBe(0)
    expect(JSON.parse(stdout).users).toHaveLength(3)
  })

  it.each<[args: string[], message: RegExp]>([
    [[], /takes one API or document/],
    [['dynamic', 'royalti'], /takes one API or document/],
    [['dynmaic'], /did you mean dynamic\?/],
    [['dynamic', '--count', 'many'], /--count must be a whole number/],
    [['dynamic', '--count', '51'], /--count 51 does not fit one request of dynamic: .*50/],
    [['dynamic', '--coutn', '1'], /did you mean --count\?/],
  ])('does not understand %j', async (args, message) => {
    const refused = runData(args)
    await expect(refused).rejects.toThrow(UsageError)
    await expect(refused).rejects.toThrow(message)
  })

  it.each<[args: string[], code: number, message: RegExp]>([
    [['dynmaic'], 2, /^rollcall: there is no API dynmaic.*\n$/],
    [['./missing.yaml'], 1, /^rollcall: cannot read .*there is no such file\n$/],
  ])('%j ends with %i and one line', async (args, code, message) => {
    expect(await data(...args)).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(message) })
  })
})
