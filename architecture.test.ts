import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const ROOT = import.meta.dirname
const SKIPPED = new Set(['node_modules', 'dist', '.git', '.ci'])

interface Room {
  readonly name: string
  readonly mayImport: readonly { readonly path: string; readonly typesOnly: boolean }[]
}

/** The table of rooms in ARCHITECTURE.md. */
function readRooms(): Room[] {
  const text = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8')
  return [...text.matchAll(/^\| `([^`]+)` \| [^|]+ \| ?([^|]*)\|$/gm)].map(([, name = '', arrows = '']) => ({
    name,
    mayImport: [...arrows.matchAll(/`([^`]+)`( \(types\))?/g)].map(([, path = '', types]) => ({
      path,
      typesOnly: types !== undefined,
    })),
  }))
}

function listSources(folder = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : listSources(path)
    return /\.(?:ts|js)$/.test(entry.name) && !/\.(?:test|spec|config|d)\.ts$/.test(entry.name) ? [path] : []
  })
}

interface Import {
  readonly from: string
  readonly to: string
  readonly isType: boolean
}

/** Every import, export-from, dynamic import and `require` of one of our own files, as paths from the root. */
function listImports(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  const found: Import[] = []
  const add = (specifier: ts.Node | undefined, isType: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier) || !specifier.text.startsWith('.')) return
    found.push({ from: fromRoot(file), to: fromRoot(join(dirname(file), specifier.text)), isType })
  }
  /** What is required may be chosen when it is. */
  const addAll = (node: ts.Node | undefined): void => {
    add(node, false)
    if (node) ts.forEachChild(node, addAll)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false)
    else if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require')
      addAll(node.arguments[0])
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const fromRoot = (path: string): string => relative(ROOT, path).split(sep).join('/')

const rooms = readRooms()
const imports = listSources().flatMap(listImports)
const roomOf = (path: string): Room | undefined =>
  rooms
    .filter(({ name }) => path === name || path.startsWith(`${name}/`))
    .sort((a, b) => b.name.length - a.name.length)[0]

describe('ARCHITECTURE.md', () => {
  it('names rooms that exist', () => {
    expect(rooms.length).toBeGreaterThan(8)
    for (const { name, mayImport } of rooms) {
      expect(() => statSync(join(ROOT, name)), name).not.toThrow()
      for (const { path } of mayImport) expect(() => statSync(join(ROOT, path)), `${name} -> ${path}`).not.toThrow()
    }
  })

  it('has a room for every source file that imports another', () => {
    expect(imports.length).toBeGreaterThan(50)
    expect(imports.filter(({ from, to }) => !roomOf(from) || !roomOf(to))).toEqual([])
  })

  it('draws every arrow that the imports take', () => {
    const undrawn = imports.filter(({ from, to, isType }) => {
      const [room, target] = [roomOf(from), roomOf(to)]
      if (!room || room === target) return false
      return !room.mayImport.some(
        ({ path, typesOnly }) => (path === target?.name || path === to) && (isType || !typesOnly),
      )
    })
    expect(undrawn.map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
  })

  it('draws no arrow that no import takes', () => {
    const unused = rooms.flatMap(({ name, mayImport }) =>
      mayImport
        .filter(
          ({ path }) =>
            !imports.some(({ from, to }) => roomOf(from)?.name === name && (roomOf(to)?.name === path || to === path)),
        )
        .map(({ path }) => `${name} -> ${path}`),
    )
    expect(unused).toEqual([])
  })
})

/** The ways that lead back to where they began. */
function listCycles(arrows: Iterable<readonly [from: string, to: string]>): string[] {
  const next = new Map<string, Set<string>>()
  for (const [from, to] of arrows) next.set(from, (next.get(from) ?? new Set()).add(to))
  const done = new Set<string>()
  const cycles: string[] = []
  const walk = (one: string, path: readonly string[]): void => {
    const start = path.indexOf(one)
    if (start >= 0) cycles.push([...path.slice(start), one].join(' -> '))
    if (start >= 0 || done.has(one)) return
    for (const to of next.get(one) ?? []) walk(to, [...path, one])
    done.add(one)
  }
  for (const one of next.keys()) walk(one, [])
  return cycles
}

describe('the imports', () => {
  it('form no cycle, type imports included', () => {
    expect(listCycles(imports.map(({ from, to }) => [from, to]))).toEqual([])
  })

  it('form no cycle of rooms either', () => {
    const between = imports.map(({ from, to }) => [roomOf(from)?.name ?? '', roomOf(to)?.name ?? ''] as const)
    expect(listCycles(between.filter(([from, to]) => from !== to))).toEqual([])
  })

  it('are seen where a module is required', () => {
    expect(imports).toContainEqual({ from: 'mocks/load-data.ts', to: 'mocks/data/index.ts', isType: false })
  })
})

describe('a document', () => {
  const saying = (what: RegExp): string[] =>
    listSources()
      .filter((file) => what.test(readFileSync(file, 'utf8')))
      .map(fromRoot)

  it('is a key of nothing: what is worked out of it is kept by its contract', () => {
    expect(saying(/new (?:Weak)?Map<(?:Document|Contract)\b/)).toEqual([])
  })

  it('is open data by one name, which is given where it is read; benchmarks know no document of ours', () => {
    expect(saying(/type \w+ = any\b/).filter((file) => !file.startsWith('benchmarks/'))).toEqual([
      'documents/read/json.ts',
    ])
  })
})

describe('the vendors', () => {
  const ALLOWED = [
    /^(?:openapi|generated|mocks\/behaviours|mocks\/data|contract-tests\/proofs\/(?:attacks|fuzz|soak)|examples|benchmarks|docs)\//,
    /^(?:mocks|contract-tests\/stories|contract-tests\/selftest)\/(?:dynamic|royalti|descope)\.ts$/,
    /^(?:mocks|contract-tests|contract-tests\/selftest)\/built-in\.ts$/,
  ]
  /** `dynamic` alone is an English word; the vendor's name is one in quotes, in a path or as a type's beginning. */
  const NAMED = /royalti|descope|dyn_|dynamicauth|DynamicUser|['"`/]dynamic['"`./]|\bDynamic\b/i

  it('are named only where a vendor may be named', () => {
    const naming = listSources()
      .filter((file) => !ALLOWED.some((place) => place.test(fromRoot(file))))
      .filter((file) => NAMED.test(readFileSync(file, 'utf8').replace(/\bdynamic import/gi, '')))
    expect(naming.map(fromRoot)).toEqual([])
  })
})

describe('the exported names', () => {
  const OUTSIDE = /^(?:generated|examples|benchmarks|contract-tests\/fixtures)\/|\.(?:js|suite\.ts)$/

  /** What a file exports by its own statements: a name for each, and whether a docblock stands above. */
  const listExports = (file: string) => {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
    return source.statements.flatMap((statement) => {
      const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(isExportKeyword)
      if (!isExported) return []
      const declared = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement]
      const isDocumented = ts.getJSDocCommentsAndTags(statement).length > 0
      return declared.map((one) => ({
        name: `${fromRoot(file)} ${ts.getNameOfDeclaration(one as ts.Declaration)?.getText()}`,
        isDocumented,
      }))
    })
  }
  const isExportKeyword = ({ kind }: ts.Node): boolean => kind === ts.SyntaxKind.ExportKeyword

  it('have a docblock, at least 85 of 100 of them', () => {
    const exported = listSources()
      .filter((file) => !OUTSIDE.test(fromRoot(file)))
      .flatMap(listExports)
    const bare = exported.filter(({ isDocumented }) => !isDocumented).map(({ name }) => name)
    expect(exported.length).toBeGreaterThan(500)
    expect(bare.length / exported.length, bare.join('\n')).toBeLessThanOrEqual(0.15)
  })
})
