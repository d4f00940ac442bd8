import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

const ROOT = join(import.meta.dirname, '../../..')

/** Every source of the engine, of the state, of the journal and of the behaviours, with its text: none is left out. */
export function readMutated(): ReadonlyMap<string, string> {
  const files = ['mocks/behaviours', 'mocks/engine', 'mocks/journal', 'mocks/state'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.ts') && !/\.(?:test|suite)\.ts$/.test(name))
      .map((name) => `${folder}/${name}`),
  )
  return new Map(files.sort().map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]))
}

/** A change to the mock's source that no case noticed. */
export interface Survivor {
  /** The function or constant that it stands in: `openDraft.put`. */
  readonly place: string
  readonly line: number
  readonly mutator: string
  /** The source text, and what stood in its stead; long ones are cut. */
  readonly original: string
  readonly replacement: string
}

/** What a run found out about one file of the mock. */
export interface FileScore {
  /** Of the file as it was; another means that the score may have changed. */
  readonly sha256: string
  /** But those out of reach. */
  readonly mutants: number
  readonly noticed: number
  /** How many survivors stand in places that SURVIVORS.md calls out of reach. What was noticed is in reach, wherever it stands. */
  readonly outOfReach: number
  readonly survivors: readonly Survivor[]
}

/** What score.json holds, by file. */
export interface Score {
  readonly files: Readonly<Record<string, FileScore>>
}

/** What is used of Stryker's results. */
export interface Mutant {
  readonly status: string
  readonly mutatorName: string
  readonly replacement?: string | undefined
  readonly location: { readonly start: Position; readonly end: Position }
}

interface Position {
  /** Both from 1. */
  readonly line: number
  readonly column: number
}

const SURVIVED = new Set(['Survived', 'NoCoverage'])
const NOTICED = new Set(['Killed', 'Timeout', 'RuntimeError'])

/** @param isOutOfReach whether no caller can see what a place does, or a source text in it */
export function scoreFile(
  name: string,
  text: string,
  mutants: readonly Mutant[],
  isOutOfReach: (place: string, original: string) => boolean,
): FileScore {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)
  const survivors: Survivor[] = []
  let noticed = 0
  let outOfReach = 0
  for (const { status, location, mutatorName, replacement = '' } of mutants) {
    if (NOTICED.has(status)) noticed++
    if (!SURVIVED.has(status)) continue
    const from = source.getPositionOfLineAndCharacter(location.start.line - 1, location.start.column - 1)
    const to = source.getPositionOfLineAndCharacter(location.end.line - 1, location.end.column - 1)
    const place = placeOf(source, from, to)
    const original = cut(text.slice(from, to))
    if (isOutOfReach(place, original)) outOfReach++
    else
      survivors.push({
        place,
        line: location.start.line,
        mutator: mutatorName,
        original,
        replacement: cut(replacement),
      })
  }
  return {
    sha256: hashOf(text),
    mutants: noticed + survivors.length,
    noticed,
    outOfReach,
    survivors: survivors.sort(
      (a, b) => a.line - b.line || compare(a.original, b.original) || compare(a.replacement, b.replacement),
    ),
  }
}

/** The first 16 hexadecimal digits of SHA-256, of the text as UTF-8. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const LONGEST = 80

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}

/** The names around a piece of source: of classes, functions, methods, and of what a module declares. */
function placeOf(source: ts.SourceFile, from: number, to: number): string {
  const names: string[] = []
  const visit = (node: ts.Node): void => {
    if (node.getStart(source) > from || node.getEnd() < to) return
    const name = nameIn(node)
    if (name !== undefined) names.push(name)
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(source, visit)
  return names.join('.') || 'the module'
}

function nameIn(node: ts.Node): string | undefined {
  const isNamed =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isAccessor(node) ||
    (ts.isVariableDeclaration(node) && (isFunction(node.initializer) || isOfModule(node))) ||
    (ts.isPropertyDeclaration(node) && isFunction(node.initializer)) ||
    (ts.isPropertyAssignment(node) && (isFunction(node.initializer) || isOfModule(node.parent.parent)))
  if (ts.isConstructorDeclaration(node)) return 'constructor'
  return isNamed && node.name ? node.name.getText() : undefined
}

const isOfModule = (node: ts.Node): boolean =>
  ts.isVariableDeclaration(node) && ts.isSourceFile(node.parent.parent.parent)

const isFunction = (node: ts.Node | undefined): boolean =>
  node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node))

/** What is noticed of several files together. */
export interface Sum {
  readonly mutants: number
  readonly noticed: number
  /** In percent, rounded down: 84.9 is not 85. */
  readonly percent: number
}

/** Adds up files; without a mutant it is 0 %. */
export function sumOf(files: Iterable<Pick<FileScore, 'mutants' | 'noticed'>>): Sum {
  let mutants = 0
  let noticed = 0
  for (const file of files) {
    mutants += file.mutants
    noticed += file.noticed
  }
  return { mutants, noticed, percent: Math.floor((noticed / Math.max(1, mutants)) * 100) }
}
