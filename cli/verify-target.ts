import { readFile } from 'node:fs/promises'
import { basename, extname, relative } from 'node:path'
import { schemesOf } from '../contract-tests/send-http-credentials.ts'
import { DocumentError } from '../documents/document-error.ts'
import { findShipped } from '../documents/find-shipped.ts'
import { serversOf } from '../documents/list-operations.ts'
import { type Document, parseOpenApi, readDocument } from '../documents/read-document.ts'
import { type Api, basePathOf } from '../mocks/api.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import { checkName } from './load-api.ts'
import { UsageError } from './read-arguments.ts'

/** The document that a run verifies against. */
export interface Subject {
  readonly name: string
  readonly document: Document
  /** As a person can open it from here. */
  readonly file: string
  readonly text: string
  /** Of a built-in API: what its mock lets in, and how fast the vendor lets one call. */
  readonly api?: Api
}

/** @throws UsageError when it is neither a built-in API nor a file; DocumentError when the document is not valid */
export async function loadSubject(name: string): Promise<Subject> {
  const load = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined
  const file = load ? shippedDocument(name) : name
  checkName(name)
  const text = await readFile(file, 'utf8').catch(() => undefined)
  // What cannot be read is explained by who reads documents.
  const document = text === undefined ? await readDocument(file) : parseOpenApi(text, file)
  const api = await load?.()
  const shown = load ? relative(process.cwd(), file) : file
  return {
    name: load ? name : basename(name, extname(name)),
    document,
    file: shown.startsWith('..') ? `openapi/${basename(file)}` : shown,
    text: text ?? '',
    ...(api && { api }),
  }
}

/** @throws DocumentError when the installation is not whole */
function shippedDocument(name: string): string {
  const file = findShipped(name)
  if (file === undefined) throw new DocumentError(`openapi/${name}.yaml is missing from this installation`)
  return file
}

/** A base URL from the command line. @throws UsageError */
export function readUrl(flag: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new UsageError(`${flag} must be an http or https URL, such as https://staging.example.test/api/v0`)
  }
  if (url.username || url.password)
    throw new UsageError(`${flag} must not hold credentials; use --token or --token-env`)
  if (url.search || url.hash) throw new UsageError(`${flag} must be a base URL, without ? and #`)
  return url
}

export const isLoopback = ({ hostname }: URL): boolean =>
  /^(?:localhost|(?:[a-z0-9-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])\.?$/i.test(hostname)

/** Whether it is one of the hosts that the document itself names, that is: the vendor's production. */
export function isProduction(url: URL, document: Document): boolean {
  if (isLoopback(url)) return false
  const host = url.hostname.replace(/\.$/, '')
  const given = (document.servers ?? []).some((server) => hostPattern(server.url)?.test(host) ?? false)
  return given || serversOf(document).some((server) => URL.canParse(server) && new URL(server).hostname === host)
}

/** `https://{region}.example.com/v1` as a pattern of hosts; undefined for a relative URL. */
function hostPattern(template: string): RegExp | undefined {
  const [, authority] = /^[a-z]+:\/\/(?:[^/@]*@)?([^/]+)/i.exec(template) ?? []
  if (!authority) return undefined
  const host = authority.replace(/:(?:\d+|\{[^}]*\})$/, '').toLowerCase()
  // A template that is nothing but a variable says nothing about production.
  if (/^\{[^}]*\}$/.test(host)) return undefined
  const escaped = host.split(/\{[^}]*\}/).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${escaped.join('[^/]+')}$`)
}

/** Whether a mock of ours answers there. */
export async function isOurMock(url: URL): Promise<boolean> {
  if (!isLoopback(url)) return false
  try {
    const reply = await fetch(new URL('/__rollcall/health', url), {
      signal: AbortSignal.timeout(2000),
      redirect: 'manual',
    })
    const health = (await reply.json()) as { status?: unknown; apis?: unknown }
    return reply.status === 200 && health.status === 'ok' && Array.isArray(health.apis)
  } catch {
    return false
  }
}

/** A mock of ours serves each API under the path of its first server; whoever leaves that out means it. */
export function completeUrl(url: URL, isMock: boolean, document: Document): string {
  const base = isMock && url.pathname === '/' ? basePathOf({ servers: serversOf(document) }) : ''
  return (url.href.replace(/\/+$/, '') + base).replace(/\/+$/, '')
}

/** Whether any operation wants a credential. */
export const wantsCredentials = (document: Document): boolean => schemesOf(document).size > 0

export interface Rate {
  readonly requests: number
  readonly seconds: number
}

const USUAL_RATE: Rate = { requests: 2, seconds: 1 }

/** For a target elsewhere: nine tenths of the tightest limit that the vendor documents, and never more than usual. */
export function politeRate({ api }: Subject): Rate {
  const limits = api?.behaviours.limits ?? []
  const rates = limits.map(({ requests, seconds }) => ({ requests: Math.max(1, Math.floor(requests * 0.9)), seconds }))
  const perSecond = ({ requests, seconds }: Rate) => requests / seconds
  return rates.reduce((least, rate) => (perSecond(rate) < perSecond(least) ? rate : least), USUAL_RATE)
}

export const describeRate = ({ requests, seconds }: Rate): string =>
  `${requests}/${({ 1: 's', 60: 'min', 3600: 'h' } as Record<number, string>)[seconds] ?? `${seconds} s`}`

/** `2/s`, `100/min`. @throws UsageError */
export function readRate(text: string): Rate {
  const [, number = '', unit = ''] = /^(\d+)\/(s|sec|second|m|min|minute|h|hour)$/.exec(text) ?? []
  const requests = Number(number)
  if (!(requests > 0)) throw new UsageError(`--rate must be like 2/s or 100/min, not ${text}`)
  return { requests, seconds: unit.startsWith('s') ? 1 : unit.startsWith('m') ? 60 : 3600 }
}
