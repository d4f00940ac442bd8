import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** So deep below the project's folder documents lie. */
const DEEPEST = 4
/** Folders that hold what others wrote, or what is built. */
const FOREIGN = new Set(['node_modules', 'dist', 'build', 'out', 'coverage', 'vendor', 'target', 'bin', 'obj'])
/** How much of a file is looked at. */
const HEAD = 4096

/**
 * The documents of OpenAPI and Swagger in a folder and below it, the nearest first: relative paths with `/`. Hidden folders
 * are left out.
 */
export async function findDocuments(folder: string): Promise<string[]> {
  const found: string[] = []
  let level = ['']
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
    const below: string[] = []
    for (const at of level) {
      const entries = await readdir(join(folder, at), { withFileTypes: true }).catch(() => [])
      for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
        const path = at === '' ? entry.name : `${at}/${entry.name}`
        if (entry.name.startsWith('.')) continue
        if (entry.isDirectory() && !FOREIGN.has(entry.name)) below.push(path)
        if (entry.isFile() && /\.(?:ya?ml|json)$/i.test(entry.name) && (await isDocument(join(folder, path)))) {
          found.push(path)
        }
      }
    }
    level = below
  }
  return found
}

/** A document says its version among its first members, whose names nothing is before in YAML. */
const SAYS_VERSION = /^(?:\uFEFF?[ \t{]*"|["']?)(?:openapi|swagger)["']?[ \t]*:[ \t]*["']?[23]\./m

async function isDocument(path: string): Promise<boolean> {
  try {
    await using file = await open(path)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return SAYS_VERSION.test(buffer.toString('utf8', 0, bytesRead))
  } catch {
    return false
  }
}
