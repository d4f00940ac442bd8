import { isLoopback } from '../contract-tests/suite/is-loopback.ts'
import { schemesOf } from '../contract-tests/suite/list-schemes.ts'
import { SendError } from '../contract-tests/suite/send-error.ts'
import { createSend, probe, type SendOptions } from '../contract-tests/suite/send-http.ts'
import type { Send } from '../contract-tests/suite/vocabulary.ts'
import type { Contract } from '../documents/contract/contract.ts'
import { basePathOf } from '../mocks/api/api.ts'
import { checkBasePath } from './check-base-path.ts'
import { askReadings, checkCredentials, completeKey, isBareKey, isShut } from './check-credentials.ts'
import { logIn } from './log-in.ts'
import { UsageError } from './read-arguments.ts'
import type { VerifyArguments } from './verify-arguments.ts'
import type { Subject } from './verify-subject.ts'

/** What a mock of ours refuses always, and what it lets in where its API names nothing. */
const REFUSED = 'invalid'
const PLAIN_TOKEN = 'token'

/** A target and the credentials for it. */
export interface Target {
  readonly url: string
  /** A sentence: nothing of the document seems to be there. */
  readonly doubt?: string
  readonly isNear: boolean
  readonly token: string | undefined
  readonly badToken: string | undefined
  readonly secondToken: string | undefined
  readonly secrets: readonly string[]
}

/** @throws UsageError when the URL is not one, or leads to production without leave */
export function admitUrl(flag: string, text: string, { flags }: VerifyArguments, { name, contract }: Subject): URL {
  const url = readUrl(flag, text)
  if (!flags['allow-production'] && isProduction(url, contract)) {
    throw new UsageError(`${url.hostname} is a production host of ${name}; give --allow-production if you mean it`)
  }
  return url
}

/** @throws UsageError when nothing answers there, or a credential is missing */
export async function reachTarget(
  url: URL,
  { flags, headers, params, timeout, wait }: VerifyArguments,
  { contract, api }: Subject,
  env: NodeJS.ProcessEnv,
): Promise<Target> {
  const { token: given, 'token-env': variable, 'bad-token': bad, 'second-token': second } = flags
  const isNear = isLoopback(url)
  if (variable !== undefined && !env[variable]) throw new UsageError(`the environment variable ${variable} is not set`)
  const own = given ?? (variable === undefined ? env['ROLLCALL_TOKEN'] : env[variable])
  const hasCredentialHeader = Object.keys(headers).some((name) => SECRET_HEADER.test(name))
  if (
    own === undefined &&
    !isNear &&
    flags.login === undefined &&
    contract.operations.some(({ security }) => security.length > 0) &&
    !hasCredentialHeader
  ) {
    throw new UsageError('a target that is not on this machine needs a credential: --token-env <name> or --token')
  }
  await probeUntil(url, Date.now() + wait, Math.min(timeout, 10_000))
  const isMock = await isOurMock(url)
  const secondToken = second ?? env['ROLLCALL_SECOND_TOKEN']
  const badToken = bad ?? env['ROLLCALL_BAD_TOKEN']
  const example = api?.behaviours.exampleCredential
  const target = completeUrl(url, isMock, contract)
  const scheme = schemesOf(contract)
  const { login: operationId, 'token-from': pointer = '', body = env['ROLLCALL_LOGIN_BODY'] } = flags
  const login = operationId === undefined ? undefined : { operationId, pointer, body }
  const loggedIn = login && (await logIn(contract, params, login, createSend({ url: target, headers, timeout })))
  const isNoneGiven = own === undefined && loggedIn === undefined && !hasCredentialHeader
  const ask = (token: string | undefined) =>
    askReadings(contract, params, createSend({ url: target, token, headers, scheme, timeout }))
  // Who lets in everybody may still refuse a token that it does not know.
  const isMade = isNoneGiven && isNear && (isMock || isShut(await ask(undefined)))
  const plain = loggedIn?.token ?? own ?? (isMade ? (example ?? PLAIN_TOKEN) : undefined)
  const token = plain !== undefined && isBareKey(plain, scheme) ? await completeKey(plain, ask) : plain
  checkCredentials(target, await ask(token), isNoneGiven)
  const doubt = await checkBasePath(contract, target, (base) =>
    createSend({ url: base, token, headers, scheme, timeout }),
  )
  const secrets = [
    own ?? (isNear ? example : undefined),
    ...(loggedIn?.secrets ?? []),
    secondToken,
    badToken,
    ...secretHeaders(headers),
  ]
  return {
    url: target,
    ...(doubt !== undefined && { doubt }),
    isNear,
    token,
    badToken: badToken ?? (isMock ? REFUSED : undefined),
    secondToken,
    // Words that anybody may print; to hide them would make reports unreadable.
    secrets: secrets.filter((secret): secret is string => !!secret && secret !== REFUSED && secret !== PLAIN_TOKEN),
  }
}

/** @param end milliseconds since 1970; it is tried once at least @throws UsageError */
async function probeUntil(url: URL, end: number, timeout: number): Promise<void> {
  for (;;) {
    try {
      await probe(url.href, { timeout })
      return
    } catch (error) {
      if (Date.now() >= end) throw new UsageError(`${url.href} cannot be reached: ${(error as Error).message}`)
      await new Promise((resolve) => setTimeout(resolve, PROBE_PAUSE))
    }
  }
}

/** Milliseconds. */
const PROBE_PAUSE = 200

const SECRET_HEADER = /auth|key|token|secret|cookie|session|pass|credential/i

const secretHeaders = (headers: Readonly<Record<string, string>>): string[] =>
  Object.entries(headers)
    .filter(([name]) => SECRET_HEADER.test(name))
    // `Bearer xyz`: the word is no secret, and the token can show without it.
    .flatMap(([, value]) => [value, ...value.split(/\s+/).filter((word) => word.length > 6)])

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

/** Whether it is one of the hosts that the document itself names, that is: the vendor's production. */
function isProduction(url: URL, { servers }: Contract): boolean {
  if (isLoopback(url)) return false
  const host = url.hostname.replace(/\.$/, '')
  return servers.some(
    ({ template, url: filled }) =>
      hostPattern(template)?.test(host) || (URL.canParse(filled) && new URL(filled).hostname === host),
  )
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

/** Whether a mock of ours answers there; whatever else does is heard for 2 s and a few kB at most. */
export async function isOurMock(url: URL): Promise<boolean> {
  if (!isLoopback(url)) return false
  const send = createSend({ url: url.origin, maxBytes: 16 * 1024, longestWait: 0, grace: 0 })
  const request = { operationId: 'health', method: 'GET', path: '/__rollcall/health', headers: {} }
  try {
    const { status, text } = await send(request, AbortSignal.timeout(2000))
    const health = JSON.parse(text) as { status?: unknown; apis?: unknown } | null
    return status === 200 && health?.status === 'ok' && Array.isArray(health.apis)
  } catch {
    return false
  }
}

/** A mock of ours serves each API under the path of its first server; whoever leaves that out means it. */
function completeUrl(url: URL, isMock: boolean, { servers }: Contract): string {
  const base = isMock && url.pathname === '/' ? basePathOf({ servers: servers.map((server) => server.url) }) : ''
  return (url.href.replace(/\/+$/, '') + base).replace(/\/+$/, '')
}

/** So many requests in a row that nothing answers, and the target is taken for gone. */
const PATIENCE = 5

interface SendUntilGoneOptions extends SendOptions {
  /** Takes a line for people: whoever waits longer than they expect should know what for. */
  readonly say?: (line: string) => void
}

/** Sends until the target is gone: it says so once then, instead of failing every case that is left. */
export function sendUntilGone(gone: AbortController, { say, ...options }: SendUntilGoneOptions): Send {
  const send = createSend({ ...options, ...(say && { onWait: (...wait) => say(describeWait(...wait)) }) })
  let inARow = 0
  return async (request, signal) => {
    try {
      const reply = await send(request, signal)
      inARow = 0
      return reply
    } catch (error) {
      const isSilent = error instanceof SendError && (error.kind === 'unreachable' || error.kind === 'timeout')
      inARow = isSilent ? inARow + 1 : 0
      if (inARow >= PATIENCE && !gone.signal.aborted) {
        gone.abort(new Error(`the target stopped answering: ${(error as Error).message}`))
      }
      throw error
    }
  }
}

const describeWait = (milliseconds: number, reason: string): string =>
  milliseconds > 0 ? `waiting ${Math.round(milliseconds / 1000)} s: ${reason}` : `not waiting any longer: ${reason}`
