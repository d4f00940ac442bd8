import type { Contract } from '../documents/contract/contract.ts'
import type { Server } from '../documents/contract/read-servers.ts'
import { copyLazily } from '../documents/read/define-lazily.ts'
import type { Api, Site } from './api/api.ts'
import { escapeRegExp } from './engine/match-route.ts'
import type { Operation } from './engine/vocabulary.ts'

/**
 * Every server of the document, or of the path item or the operation where these have their own (OpenAPI 3.1, Server
 * Object), with each value of its variables; servers that end in the same path are one place. Two operations may meet at
 * one path there: a more usual server goes before, and of two at the same server the earlier operation.
 */
export function listSites(contract: Contract, operations: readonly Operation[]): Site[] {
  const sites = new Map<string, { basePath: string; servers: Set<string>; operations: Operation[] }>()
  const taken = new Set<string>()
  const known = new Map<readonly Server[], readonly (readonly [path: string, urls: string[]])[]>()
  const places = operations.map((operation) => {
    const servers = contract.operation(operation.id)?.servers ?? contract.servers
    const paths = known.get(servers) ?? [...pathsOf(servers)]
    known.set(servers, paths)
    return { operation, servers, paths }
  })
  const most = Math.max(0, ...places.map(({ paths }) => paths.length))
  for (let rank = 0; rank < most; rank++) {
    for (const { operation, servers, paths } of places) {
      const [basePath, urls] = paths[rank] ?? []
      if (basePath === undefined) continue
      const template = decode(basePath + operation.path).replace(/\{[^{}]+\}/g, '{}')
      const route = `${operation.method} ${template}`
      if (taken.has(route)) continue
      taken.add(route)
      const key = JSON.stringify([basePath, servers.map(({ template }) => template)])
      const site = sites.get(key) ?? { basePath, servers: new Set(urls), operations: [] }
      sites.set(key, site)
      site.operations.push(operation)
    }
  }
  const patternOf = patternsOf(places.flatMap(({ servers }) => servers))
  return [...sites.values()].map((site) => ({ ...site, servers: [...site.servers], patternOf }))
}

/** An API with all that it has below one path. */
export function placeBelow(api: Api, basePath: string): Api {
  const { sites } = api
  const operations = [...new Set(sites?.flatMap((site) => site.operations))]
  const patternOf = sites?.[0]?.patternOf
  return Object.assign(copyLazily(api), {
    servers: [basePath],
    ...(sites && { sites: [{ basePath, servers: [basePath], operations, ...(patternOf && { patternOf }) }] }),
  })
}

/** The URLs of servers by the path that they end in; the root where there is none. */
function pathsOf(servers: readonly Server[]): Map<string, string[]> {
  const paths = new Map<string, string[]>()
  for (const url of servers.flatMap(({ urls }) => urls)) {
    const path = pathOf(url)
    if (path !== undefined) paths.set(path, [...(paths.get(path) ?? []), url])
  }
  return paths.size > 0 ? paths : new Map([['', []]])
}

/** Undefined where it is no URL. */
const pathOf = (url: string): string | undefined =>
  URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost').pathname.replace(/\/+$/, '') : undefined

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** What a request's URL has for a server whose variables may have any value, and for a character that may be encoded. */
function patternsOf(servers: readonly Server[]): (text: string) => string {
  const byUrl = new Map<string, string>()
  for (const { template, urls, openVariables } of servers) {
    if (openVariables.length === 0) continue
    for (const url of urls) {
      if (!URL.canParse(url)) continue
      byUrl.set(new URL(url).href.replace(/\/+$/, ''), openUp(template, url, new Set(openVariables)))
    }
  }
  return (text) => {
    const own = byUrl.get(text)
    if (own !== undefined) return own
    if (text.includes('://')) return escapeRegExp(text)
    // What a path has of a query is looked at when it is answered.
    return anyEncoding(decode(text.split('?', 1)[0] as string))
  }
}

/** The URL, but for its open variables. */
function openUp(template: string, url: string, open: ReadonlySet<string>): string {
  const pieces = template.replace(/\/+$/, '').split(/\{([^{}]+)\}/)
  let rest = url
  return pieces
    .map((piece, index) => {
      if (index % 2 === 0) {
        rest = rest.slice(piece.length)
        return escapeRegExp(piece)
      }
      const next = pieces[index + 1] as string
      const value = next === '' ? rest : rest.slice(0, rest.indexOf(next))
      rest = rest.slice(value.length)
      return open.has(piece) ? '[^/]+' : escapeRegExp(value)
    })
    .join('')
}

const anyEncoding = (text: string): string =>
  [...text].map((one) => (/[\w/-]/.test(one) ? one : `(?:${escapeRegExp(one)}|(?:%[0-9a-fA-F]{2})+)`)).join('')
