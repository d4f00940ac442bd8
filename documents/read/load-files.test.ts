import { execFileSync } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { createFolder } from '../../contract-tests/fixtures/create-folder.ts'
import { FileLoader } from './load-files.ts'
import { readFiles } from './read-files.ts'
import type { ReadOptions } from './read-options.ts'

const folder = createFolder()
afterAll(() => folder.remove())

const referring = (reference: string) =>
  `openapi: 3.1.0\ncomponents: { schemas: { A: { items: { $ref: '${reference}' } } } }`

/** What came of the reference of a document made by `referring`: the type it leads to, or why it leads nowhere. */
async function lookUp(document: string, options?: ReadOptions): Promise<string> {
  const { data, broken } = await readFiles(document, options)
  if (broken[0]) return broken[0].reason
  const { A, ...others } = data.components.schemas
  return Object.values<{ type: string }>(others)
    .map(({ type }) => type)
    .join()
}

describe('a $ref to a file', () => {
  it.each(['.git/HEAD', 'package.json'])('is followed within the nearest folder upwards that has %s', async (mark) => {
    const document = folder.write({
      'repo/api/v1/openapi.yaml': referring('../../common/pet.yaml'),
      [`repo/${mark}`]: '{}',
      'repo/common/pet.yaml': 'type: object',
    })
    expect(await lookUp(document)).toBe('object')
  })

  it.each([
    ['a relative path', '../outside/pet.yaml'],
    ['a path with escapes', '%2e%2e/outside/pet.yaml'],
    ['a file URL', 'FILE'],
  ])('is not followed beyond that by %s', async (_, reference) => {
    const document = folder.write({ 'repo/openapi.yaml': '', 'repo/.git/HEAD': '', 'outside/pet.yaml': 'type: object' })
    const root = dirname(document)
    writeFileSync(document, referring(reference === 'FILE' ? `file://${join(root, '../outside/pet.yaml')}` : reference))
    expect(await lookUp(document)).toBe(`it is a file outside of ${root}; --allow-files <folder> allows it`)
    expect(await lookUp(document, { allowFiles: [join(root, '../outside')] })).toBe('object')
    expect(await lookUp(document, { allowFiles: [join(root, '../out')] })).toMatch(/^it is a file outside/)
  })

  it('is judged by where symlinks lead: out of the repository none does', async () => {
    const document = folder.write({
      'repo/openapi.yaml': referring('linked/pet.yaml'),
      'repo/.git/HEAD': '',
      'outside/pet.yaml': 'type: object',
      'repo/inside/pet.yaml': 'type: string',
    })
    const root = dirname(document)
    symlinkSync(join(root, '../outside'), join(root, 'linked'))
    expect(await lookUp(document)).toMatch(/^it is a file outside of /)
    writeFileSync(document, referring('other.yaml'))
    symlinkSync(join(root, 'inside/pet.yaml'), join(root, 'other.yaml'))
    expect(await lookUp(document)).toBe('string')
  })

  it('is followed below the working directory where the document lies there', async () => {
    const document = folder.write({
      'here/api/openapi.yaml': referring('../pet.yaml'),
      'here/pet.yaml': 'type: object',
    })
    expect(await lookUp(document)).toMatch(/^it is a file outside of /)
    vi.spyOn(process, 'cwd').mockReturnValue(dirname(dirname(document)))
    expect(await lookUp(document)).toBe('object')
    vi.mocked(process.cwd).mockReturnValue('/')
    expect(await lookUp(document)).toMatch(/^it is a file outside of /)
    vi.restoreAllMocks()
  })

  it('leads to plain files only', async () => {
    const document = folder.write({ 'openapi.yaml': referring('pipe.yaml') })
    execFileSync('mkfifo', [join(dirname(document), 'pipe.yaml')])
    expect(await lookUp(document)).toBe('it is no plain file')
  })

  it('leads to no file of another machine', async () => {
    expect(await lookUp(folder.write({ 'openapi.yaml': referring('file://elsewhere/pet.yaml') }))).toBe(
      'it is no file of this machine',
    )
  })

  it('fetches nothing, unless it is allowed', async () => {
    const { url, seen } = await serve((_, response) => response.end('type: object'))
    const document = folder.write({ 'openapi.yaml': referring(`${url}/pet.yaml`) })
    expect(await lookUp(document)).toBe('nothing is fetched; --allow-remote allows it')
    expect(seen).toEqual([])
    expect(await lookUp(document, { allowRemote: true })).toBe('object')
  })

  it('is read up to a size and a number of files', async () => {
    const limits = { bytes: 20, time: 1000, files: 2 }
    const document = folder.write({
      'openapi.yaml': 'a: 1',
      'b.yaml': 'type: string',
      'c.yaml': `a: ${'x'.repeat(20)}`,
    })
    const loader = new FileLoader(document, {}, limits)
    const uri = (name: string) => `file://${join(dirname(document), name)}`
    expect(await loader.load(uri('b.yaml'))).toMatchObject({ data: { type: 'string' } })
    expect(await loader.load(uri('c.yaml'))).toBe('it is larger than 20 bytes')
    expect(await loader.load(uri('b.yaml'))).toBe('more than 2 files are not read')
  })
})

describe('a document that is given by a URL', () => {
  it('is read with what lies below its folder, by the name of its URL without what may be secret', async () => {
    const { url, seen } = await serve((request, response) =>
      response.end(request.url?.includes('openapi') ? referring('schemas/pet.yaml') : 'type: object'),
    )
    const { data, findPlace } = await readFiles(`${url}/v1/openapi.yaml?token=secret`)
    expect(data.components.schemas.pet).toEqual({ type: 'object' })
    expect(seen).toEqual(['/v1/openapi.yaml?token=secret', '/v1/schemas/pet.yaml'])
    expect(findPlace('#/components')).toMatchObject({ file: `${url}/v1/openapi.yaml`, line: 2 })
    expect(findPlace('#/components/schemas/pet/type')?.file).toBe(`${url}/v1/schemas/pet.yaml`)
  })

  it('is not fetched again where its files refer back to it without its query', async () => {
    const { url, seen } = await serve((request, response) =>
      response.end(
        request.url?.includes('openapi')
          ? referring('pet.yaml')
          : 'not: { $ref: "openapi.yaml#/components/schemas/A" }',
      ),
    )
    const { data } = await readFiles(`${url}/openapi.yaml?token=secret`)
    expect(data.components.schemas.pet).toEqual({ not: { $ref: '#/components/schemas/A' } })
    expect(seen).toEqual(['/openapi.yaml?token=secret', '/pet.yaml'])
  })

  it.each([
    ['above the folder', '../pet.yaml'],
    ['beside it', '/v10/pet.yaml'],
    ['above it, hidden', 'x/..%2f..%2Fpet.yaml'],
    ['another origin', 'http://localhost:1/v1/pet.yaml'],
    ['another scheme', 'https://127.0.0.1/v1/pet.yaml'],
  ])('reads nothing from elsewhere: %s', async (_, reference) => {
    const { url, seen } = await serve((_request, response) => response.end(referring(reference)))
    expect(await lookUp(`${url}/v1/openapi.yaml`)).toBe(
      `only what is below ${url}/v1/ is fetched; --allow-remote allows it`,
    )
    expect(seen).toHaveLength(1)
  })

  it('reads no file of this machine, unless it is allowed', async () => {
    const file = folder.write({ 'pet.yaml': 'type: object' })
    const { url } = await serve((_, response) => response.end(referring(`file://${file}`)))
    expect(await lookUp(`${url}/openapi.yaml`)).toBe('it is a file; --allow-files <folder> allows it')
    expect(await lookUp(`${url}/openapi.yaml`, { allowFiles: [dirname(file)] })).toBe('object')
  })

  it('follows redirects below its folder, and references from where they led', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/v1/openapi.yaml') response.writeHead(302, { location: 'latest/openapi.yaml' }).end()
      else response.end(request.url === '/v1/latest/openapi.yaml' ? referring('pet.yaml') : `type: ${request.url}`)
    })
    expect(await lookUp(`${url}/v1/openapi.yaml`)).toBe('/v1/latest/pet.yaml')
  })

  it.each([
    ['above the folder', '/elsewhere/openapi.yaml', '/elsewhere/openapi.yaml: only what is below'],
    ['to another origin', 'http://localhost:1/v1/openapi.yaml', 'http://localhost:1/v1/openapi.yaml: only what is'],
    ['to a file', 'file:///etc/hostname', 'it redirects to'],
    ['without end', '/v1/openapi.yaml', 'it redirects more than 10 times'],
  ])('follows no redirect %s', async (_, location, reason) => {
    const { url } = await serve((_request, response) => response.writeHead(301, { location }).end())
    const options = location.startsWith('file:') ? { allowRemote: true } : {}
    const error = expect(readFiles(`${url}/v1/openapi.yaml`, options)).rejects
    await error.toThrow(`cannot read ${url}/v1/openapi.yaml: `)
    await expect(readFiles(`${url}/v1/openapi.yaml`, options)).rejects.toThrow(reason)
  })

  it.each<[what: string, listener: RequestListener, reason: RegExp]>([
    ['is not found', (_, response) => response.writeHead(404).end(), /the server answered 404$/],
    ['is huge', (_, response) => response.end('a'.repeat(2000)), /it is larger than 1000 bytes$/],
    ['is slow', (_, response) => response.write('a'), /it took longer than 0\.2 s$/],
    ['never answers', () => {}, /it took longer than 0\.2 s$/],
    ['breaks off', (_, response) => response.write('a', () => response.destroy()), /it cannot be fetched: \w+/],
    ['is no YAML', (_, response) => response.end('a: ['), /openapi\.yaml:1:5 is not valid YAML: /],
    ['is of another encoding', (_, response) => response.end(Buffer.of(0xff, 0xfe, 0, 0)), /openapi\.yaml is UTF-32; /],
  ])('says in one line that it %s', async (_, listener, reason) => {
    const { url } = await serve(listener)
    const loader = new FileLoader(`${url}/openapi.yaml`, {}, { bytes: 1000, time: 200, files: 1 })
    await expect(loader.loadDocument()).rejects.toThrow(reason)
  })

  it('says that nobody answers', async () => {
    const { url, close } = await serve(() => {})
    await close()
    await expect(readFiles(`${url}/openapi.yaml`)).rejects.toThrow(
      `cannot read ${url}/openapi.yaml: it cannot be fetched: ECONNREFUSED`,
    )
  })
})

const running: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of running.splice(0)) await close()
})

async function serve(listener: RequestListener): Promise<{ url: string; seen: string[]; close: () => Promise<void> }> {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(request.url as string)
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  running.push(close)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, close }
}

describe.skipIf(process.platform === 'win32')('what is no plain file', () => {
  const limits = { bytes: 1000, time: 100, files: 1 }
  const read = (path: string) => new FileLoader(path, {}, limits).loadDocument()

  it('is read where somebody writes to it', async () => {
    const path = join(dirname(folder.write({ a: '' })), 'written')
    execFileSync('mkfifo', [path])
    const writing = writeFile(path, 'openapi: 3.1.0')
    expect((await read(path)).data).toEqual({ openapi: '3.1.0' })
    await writing
  })

  it('is waited for no longer than its time, and read no further than its limit', async () => {
    const path = join(dirname(folder.write({ a: '' })), 'silent')
    execFileSync('mkfifo', [path])
    await expect(read(path)).rejects.toThrow(`cannot read ${path}: nobody wrote to it for 0.1 s`)
    await expect(read('/dev/zero')).rejects.toThrow('cannot read /dev/zero: it is larger than 1000 bytes')
  })
})
