import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../cli/spawn-rollcall.ts'
import { VERSION } from '../mocks/api/version.ts'
import { checkRelease, notesOf, type Release, tagOf } from './check-release.ts'

const ROOT = join(import.meta.dirname, '..')
const CHANGELOG = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')
const owned = { repository: 'github:a/b', homepage: 'https://a.example', bugs: 'https://a.example/bugs' }
const ready: Release = {
  manifest: { version: '1.2.0', ...owned },
  changelog: '# Changelog\n\n## 1.2.0 (2026-12-01)\n\n- It is faster.\n\n## 1.1.0\n\n- It is.\n',
  version: '1.2.0',
  uncommitted: [],
}

describe('a release', () => {
  it('may be made where nothing is missing', () => expect(checkRelease(ready)).toEqual([]))

  it.each(['repository', 'homepage', 'bugs'])('is refused without %s, which the owner alone can name', (name) => {
    const { [name as 'bugs']: _, ...rest } = owned
    expect(checkRelease({ ...ready, manifest: { version: '1.2.0', ...rest } })).toEqual([
      `package.json names no ${name}: the owner of the package adds it, and nobody else can`,
    ])
  })

  it.each(['1.2', 'v1.2.0', '1.02.0', '1.2.0-', '1.2.0+build'])('is refused with the version %s', (version) => {
    expect(checkRelease({ ...ready, manifest: { version, ...owned }, version })).toContain(
      `package.json has the version ${version}, which is no semantic version`,
    )
  })

  it('is refused where the code prints another version, nothing is told of it, or something is not committed', () => {
    const other = { ...ready, manifest: { ...owned, version: '1.3.0' }, uncommitted: ['README.md'] }
    expect(checkRelease(other)).toEqual([
      'package.json has the version 1.3.0, and mocks/api/version.ts 1.2.0',
      'CHANGELOG.md has nothing about 1.3.0: add "## 1.3.0"',
      'not committed: README.md',
    ])
  })

  it('is told by the lines of its own section', () => {
    expect(notesOf(ready.changelog, '1.2.0')).toBe('- It is faster.')
    expect(notesOf(ready.changelog, '1.2')).toBeUndefined()
    expect(notesOf('## 2.0.0\n\n## 1.0.0\n- x\n', '2.0.0')).toBeUndefined()
  })

  it('is for whoever asks for it, as long as it is a candidate', () => {
    expect([tagOf('1.0.0'), tagOf('1.0.0-rc.0')]).toEqual(['latest', 'next'])
  })
})

describe('this package', () => {
  it('has a line about its version', () => expect(notesOf(CHANGELOG, VERSION)).toMatch(/^- /m))

  it('is not published before its owner has said where it is at home', async () => {
    const { code, stderr } = await run([join(ROOT, 'scripts', 'release.ts')], { command: [process.execPath] })
    expect(code).toBe(1)
    expect(stderr).toMatch(/names no repository[\s\S]*names no homepage[\s\S]*names no bugs/)
  })
})
