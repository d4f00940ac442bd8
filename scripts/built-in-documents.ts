import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

/** The documents in `openapi/`, each with the folder of what is generated from it. */
export const BUILT_IN_DOCUMENTS = readdirSync(join(ROOT, 'openapi'))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({
    name: name.slice(0, -'.yaml'.length),
    file: join(ROOT, 'openapi', name),
    folder: join(ROOT, 'generated', name.slice(0, -'.yaml'.length)),
  }))
