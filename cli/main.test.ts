import { describe, expect, it } from 'vitest'
import { VERSION } from '../mocks/api/version.ts'
import { runHere } from './run-here.ts'
import { run } from './spawn-rollcall.ts'

describe('rollcall', () => {
  it.each([
    ['--help', run],
    ['-h', runHere],
    ['help', runHere],
  ])('explains itself on stdout with %s', async (flag, run) => {
    const { code, stdout, stderr } = await run([flag])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('Usage: rollcall <command> [options]')
    expect(stdout).toMatch(/^ {2}mock +\S/m)
    expect(stdout).toMatch(/^ {2}generate +\S/m)
  })

  it.each([['--version'], ['-v']])('prints nothing but its version with %s', async (flag) => {
    expect(await runHere([flag])).toMatchObject({ code: 0, stdout: `${VERSION}\n`, stderr: '' })
  })

  it('shows its help and fails when no command is given', async () => {
    const { code, stdout } = await run([])
    expect(code).toBe(2)
    expect(stdout).toContain('Usage: rollcall <command> [options]')
  })

  it.each([
    ['mock', '--seed <text>'],
    ['check', '--strict'],
    ['generate', '--out <folder>'],
  ])('explains %s when asked for its help', async (command, flag) => {
    const { code, stdout, stderr } = await runHere([command, '--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`Usage: rollcall ${command} `)
    expect(stdout).toContain(flag)
  })
})

describe('a mistyped command line', () => {
  it.each([
    ['a command', ['mok'], 'there is no command mok; did you mean mock?; see rollcall --help'],
    ['a command far from any', ['deploy'], 'there is no command deploy; see rollcall --help'],
    [
      'a flag before any command',
      ['--versoin'],
      'there is no flag --versoin; did you mean --version?; see rollcall --help',
    ],
    ['a flag', ['mock', '--pot', '1'], 'mock has no flag --pot; did you mean --port?; see rollcall mock --help'],
    [
      'a flag with its value',
      ['mock', '--sede=1'],
      'mock has no flag --sede; did you mean --seed?; see rollcall mock --help',
    ],
    [
      'a flag of generate',
      ['generate', 'a.yaml', '--chek'],
      'generate has no flag --chek; did you mean --check?; see rollcall generate --help',
    ],
    ['a flag without its value', ['mock', '--port'], /--port.*missing; see rollcall mock --help/],
    ['a flag whose value looks like a flag', ['mock', '--seed', '-x'], /--seed.*ambiguous; see rollcall mock --help/],
    [
      'the name of an API',
      ['mock', 'dynamc'],
      /^there is no API dynamc; did you mean dynamic\?; built in: dynamic, .*; or name a document$/,
    ],
    ['a port that is a word', ['mock', '--port', 'abc'], '--port must be a whole number from 0 to 65535, not abc'],
    ['a port beyond the last', ['mock', '--port', '65536'], '--port must be a whole number from 0 to 65535, not 65536'],
    ['a port below the first', ['mock', '--port=-1'], '--port must be a whole number from 0 to 65535, not -1'],
    ['half a port', ['mock', '--port', '1.5'], '--port must be a whole number from 0 to 65535, not 1.5'],
    ['an empty host', ['mock', '--host', ''], '--host must not be empty'],
  ])('is answered in one line with exit code 2: %s', async (_, args, message) => {
    const { code, stdout, stderr } = await runHere(args)
    expect({ code, stdout, lines: stderr.split('\n').length - 1 }).toEqual({ code: 2, stdout: '', lines: 1 })
    expect(stderr).toMatch(/^rollcall: .*\n$/)
    const said = stderr.slice('rollcall: '.length, -1)
    if (typeof message === 'string') expect(said).toBe(message)
    else expect(said).toMatch(message)
  })
})
