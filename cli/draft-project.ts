import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { nameDocument } from '../documents/read/name-document.ts'
import type { Api } from '../mocks/api/api.ts'
import { escapeControl } from '../mocks/api/escape-control.ts'
import type { Operation } from '../mocks/engine/vocabulary.ts'
import { expected, readText } from './put-worker.ts'
import { CONFIG_NAMES } from './read-config.ts'

/** A file that a project is to get, and what is in it. */
export interface DraftedFile {
  readonly path: string
  readonly text: string
}

/** What a project is to get. */
export interface DraftedProject {
  /** None of them is there yet. */
  readonly files: readonly DraftedFile[]
  /** `package.json` with the scripts that it has not. */
  readonly manifest?: DraftedFile & { readonly scripts: readonly string[] }
  /** What is there already and stays, and what cannot be done, each in a line. */
  readonly left: readonly string[]
}

/** A document of the project, and what was read of it. */
export interface OwnDocument {
  readonly path: string
  readonly api: Api
}

/** What a project gets for its documents: configuration, behaviours, scripts; nothing that is there is written over. */
export async function draftProject(documents: readonly OwnDocument[]): Promise<DraftedProject> {
  const left: string[] = []
  const ending = runsTypeScript() ? 'ts' : 'mjs'
  const names = nameEach(documents.map(({ path }) => path))
  const behaviours = names.map((name) => `${documents.length === 1 ? 'rollcall' : name}.behaviours.${ending}`)
  const files: DraftedFile[] = []
  const draft = (path: string, text: string) => {
    if (existsSync(path)) left.push(`${path} is there already, and stays as it is`)
    else files.push({ path, text })
  }
  const config = CONFIG_NAMES.find((name) => existsSync(name))
  if (config) left.push(`${config} is there already, and stays as it is`)
  else {
    draft(
      `rollcall.config.${ending}`,
      writeConfig(
        documents.map(({ path }) => path),
        names,
        behaviours,
      ),
    )
    for (const [index, { api, path }] of documents.entries())
      draft(
        behaviours[index] as string,
        writeBehaviours(api, path, ending, documents.length === 1 ? 'src/api' : outOf(names[index] as string)),
      )
  }
  const manifest = await draftManifest(left)
  return { files, left, ...(manifest && { manifest }) }
}

/** Whether this Node runs TypeScript, by itself or by what the project has installed for it. */
function runsTypeScript(): boolean {
  if (process.features.typescript) return true
  try {
    createRequire(join(process.cwd(), 'package.json')).resolve('jiti')
    return true
  } catch {
    return false
  }
}

/** The names of documents, each another. */
function nameEach(paths: readonly string[]): string[] {
  const names: string[] = []
  for (const path of paths) {
    const name = nameDocument(path)
    let own = name
    for (let number = 2; names.includes(own); number++) own = `${name}-${number}`
    names.push(own)
  }
  return names
}

/** Names of a document may hold anything: none of it ends the text, or the line of a comment. */
const quote = (text: string): string =>
  `'${text.replace(/[\\'\p{Cc}\u2028\u2029]/gu, (char) =>
    /[\\']/.test(char) ? `\\${char}` : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}'`

/** A name may hold what no folder may be called. */
const outOf = (name: string): string => `src/api/${name.replace(/[^\w.-]+/g, '-')}`

function writeConfig(paths: readonly string[], names: readonly string[], behaviours: readonly string[]): string {
  const [first = ''] = paths
  const outs = names.map(outOf)
  const own =
    paths.length === 1
      ? [
          `  documents: ${quote(first)},`,
          `  behaviours: ${quote(`./${behaviours[0]}`)},`,
          "  out: 'src/api', // where `rollcall generate` writes",
        ]
      : [
          '  apis: {',
          ...paths.map(
            (path, index) =>
              `    ${quote(names[index] as string)}: { document: ${quote(path)}, behaviours: ${quote(`./${behaviours[index]}`)}, out: ${quote(outs[index] as string)} },`,
          ),
          '  },',
        ]
  return `import { defineConfig } from 'rollcall/config'

export default defineConfig({
${own.join('\n')}
})
`
}

/** One operation is written down, as a comment: what is not written comes from the document. */
function writeBehaviours({ operations }: Api, file: string, ending: string, out: string): string {
  const path = escapeControl(file)
  const operation = operations.find(({ method, body }) => method === 'POST' && body) ?? operations[0]
  const typed =
    ending === 'ts'
      ? `
// \`npx rollcall generate\` writes types into ${out}. With this line, defineBehaviours<operations>() holds each to the document:
// import type { operations } from './${out}/types.js'
`
      : ''
  return `import { defineBehaviours } from 'rollcall'
${typed}
// What is not written here comes from ${path}: what its paths remember, then its examples.
export default defineBehaviours()({
${operation ? comment(writeBehaviour(operation)) : ''}})
`
}

const comment = (lines: readonly string[]): string => lines.map((line) => `  // ${line}\n`).join('')

function writeBehaviour({ id, failures, body }: Operation): string[] {
  const [failure] = failures
  const name = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(id) ? id : quote(id)
  return [
    `${name}(turn, { inherit${failure ? ', fail' : ''} }) {`,
    ...(failure
      ? [
          `  if (JSON.stringify(turn.input.${body ? 'body' : 'path'}).includes('fail')) return fail(${quote(failure.id)})`,
        ]
      : []),
    '  const outcome = inherit(turn)',
    "  if ('refused' in outcome) return outcome",
    "  return { ...outcome, headers: { ...outcome.headers, 'x-behaviour': 'mine' } }",
    '},',
  ]
}

const SCRIPTS: Readonly<Record<string, string>> = {
  mock: 'rollcall mock --watch',
  'mock:check': 'rollcall check',
}

async function draftManifest(left: string[]): Promise<DraftedProject['manifest']> {
  const path = 'package.json'
  const text = await readText(path)
  if (text === undefined) {
    left.push(`there is no package.json, which would get the script mock: npx rollcall mock --watch does the same`)
    return undefined
  }
  let manifest: { scripts?: Record<string, string> }
  try {
    manifest = JSON.parse(text)
  } catch (error) {
    throw expected(`package.json is no JSON: ${(error as Error).message}`)
  }
  const known = manifest.scripts ?? {}
  const missing = Object.entries(SCRIPTS).filter(([name]) => !Object.hasOwn(known, name))
  for (const name of Object.keys(SCRIPTS).filter((one) => Object.hasOwn(known, one) && known[one] !== SCRIPTS[one]))
    left.push(`the script ${name} of package.json is there already, and stays as it is`)
  if (missing.length === 0) return undefined
  const written = JSON.stringify(
    { ...manifest, scripts: { ...known, ...Object.fromEntries(missing) } },
    undefined,
    /^\{\r?\n([ \t]+)/.exec(text)?.[1] ?? 2,
  )
  return { path, text: `${written}${text.endsWith('\n') ? '\n' : ''}`, scripts: missing.map(([name]) => name) }
}
