import type { Json } from '../read/read-document.ts'

/** An absolute URL of a document's server. */
export interface Server {
  /** As it is written: `https://{region}.example.com/v1`. */
  readonly template: string
  /** Its variables filled with their defaults. */
  readonly url: string
  /** The same first, and one for each other value that a variable may have. */
  readonly urls: readonly string[]
  /** The variables whose values are not told: any may be meant. */
  readonly openVariables: readonly string[]
}

/** More values of variables together than these are not told apart. */
const MOST_URLS = 200

/** The servers of a document, a path item or an operation (OpenAPI 3.1, Server Object). */
export const readServers = ({ servers = [] }: { readonly servers?: readonly Json[] }): Server[] =>
  servers.filter((server) => typeof server?.url === 'string').map(readServer)

function readServer({ url: template, variables = {} }: Json): Server {
  const names = [...template.matchAll(VARIABLE)].map(([, name]) => name as string)
  const valuesOf = (name: string): readonly string[] => {
    const { default: usual, enum: all = [] }: Json = variables[name] ?? {}
    // Where nobody names a value, any is as good as another.
    return [...new Set([usual ?? all[0] ?? name, ...all].map(String))]
  }
  const fill = (values: ReadonlyMap<string, string>) =>
    template.replace(VARIABLE, (whole: string, name: string) => values.get(name) ?? whole)
  const count = names.reduce((product, name) => product * valuesOf(name).length, 1)
  let filled: ReadonlyMap<string, string>[] = [new Map(names.map((name) => [name, valuesOf(name)[0] as string]))]
  for (const name of count <= MOST_URLS ? names : []) {
    filled = filled.flatMap((values) => valuesOf(name).map((value) => new Map([...values, [name, value]])))
  }
  const urls = [...new Set(filled.map(fill))]
  const isOpen = (name: string) => count > MOST_URLS || (variables[name]?.enum ?? []).length === 0
  return { template, url: urls[0] as string, urls, openVariables: names.filter(isOpen) }
}

const VARIABLE = /\{([^{}]+)\}/g
