import type { Contract } from '../../../documents/contract/contract.ts'
import type { CaseReply, CaseRequest, CaseResult, RunResult } from '../vocabulary.ts'
import { findNamed } from './find-named.ts'
import { findShapes } from './find-shaped.ts'
import { isSecretName } from './is-secret-name.ts'
import { isWordLike, type Words, wordsOf } from './is-word-like.ts'
import { readingsOf } from './read-escapes.ts'
import { inLowerCase, type Place, SecretFinder } from './secret-finder.ts'
import { credentialsIn, secretsInReply, valuesInRequest } from './secrets-in.ts'
import { WholeFinder } from './whole-finder.ts'

/** A target may tell any number of secrets of any length; what is beyond is hidden in its own place alone. */
const MOST = 100_000
const LONGEST = 20_000

/** In the place of what the run was given. */
const GIVEN = '$ROLLCALL_TOKEN'
/** In the place of what came back. */
const CAME_BACK = '[redacted]'

type Texts = Readonly<Record<string, string>>

interface RedactorOptions {
  /** Secrets are told from its words. */
  readonly contract: Contract
  /** The run's credentials. */
  readonly secrets: readonly string[]
  /** What else the user has given by name: headers, parameters. What is called a secret among them is one. */
  readonly called?: readonly Texts[]
}

/** What of a text is hidden besides the secrets that are known. */
interface Extent {
  /** What could be a word, where it stands as a whole value. */
  readonly whole?: true
  /** What is called a secret. */
  readonly named?: true
  /** What is left of a secret where the text was cut off. */
  readonly cut?: true
}

/**
 * Hides secrets in what came from outside, never in our own words: those that were given, and those that came back, in
 * whichever reply. Invented test data are none, though they may be called a password: nobody is harmed by them, and the
 * curl line of a case must send what the case sent.
 */
export class Redactor {
  readonly #words: Words
  /** Of the document. */
  readonly #text: string
  readonly #anywhere = new SecretFinder()
  readonly #whole = new WholeFinder()
  readonly #given = new Set<string>()
  /** What requests brought along. */
  readonly #sent = new Set<string>()
  readonly #learnt = new WeakSet<CaseResult>()

  constructor({ contract, secrets, called = [] }: RedactorOptions) {
    this.#words = wordsOf(contract)
    this.#text = JSON.stringify(contract.model)
    const named = called.flatMap((texts) => Object.entries(texts)).filter(([name]) => isSecretName(name))
    const all = [...secrets, ...named.flatMap(([, value]) => credentialsIn(value))]
    for (const secret of all) {
      this.#given.add(inLowerCase(secret))
      this.#keep(secret, GIVEN)
      // The password of `user:password`, the key of `project:key`; a short one is not told from a word.
      const part = secret.slice(secret.indexOf(':') + 1)
      if (part !== secret && !isWordLike(part, this.#words)) this.#keep(part, GIVEN)
    }
  }

  #keep(secret: string, standIn: string): void {
    if (isWordLike(secret, this.#words)) this.#whole.add(secret, standIn)
    else this.#anywhere.add(secret, standIn)
  }

  /** Takes note of the secrets that came back in a case. */
  learn(result: CaseResult): void {
    if (this.#learnt.has(result)) return
    this.#learnt.add(result)
    const bodies: string[] = []
    for (const { request, reply } of result.exchanges) {
      for (const value of valuesInRequest(request)) this.#sent.add(value)
      // Nobody invents these: they came from somewhere, or the document has them.
      for (const secret of findShapes(`${request.path}\n${request.body ?? ''}`))
        if (!this.#text.includes(secret)) this.#learnSecret(secret)
      bodies.push(request.body ?? '')
      for (const secret of reply ? secretsInReply(reply) : []) {
        if (this.#anywhere.has(secret) || this.#sent.has(secret)) continue
        if (!bodies.some((body) => body.includes(secret))) this.#learnSecret(secret)
      }
    }
  }

  #learnSecret(secret: string): void {
    if (secret.length > LONGEST || this.#anywhere.size > MOST) return
    // What only one reply calls a secret may be any word or sentence: `session: "active"`, `password: "is too short"`.
    const isSentence = /\s/.test(secret) && !/[^\p{L}\p{P}\s]/u.test(secret)
    if (!isSentence && !isWordLike(secret, this.#words)) this.#anywhere.add(secret, CAME_BACK)
    else if (/\d/.test(secret) && /\p{L}/u.test(secret)) this.#whole.add(secret, CAME_BACK)
  }

  /** A sentence of ours that quotes what came from outside. */
  hideIn = (text: string): string => this.#hide(text, { whole: true, named: true, cut: true })

  /** A sentence in which something from outside is rare, and words of the document are not. */
  hideKnown = (text: string): string => this.#hide(text, {})

  /** Headers of the user's, or parameters; whoever puts the credential in the place of its stand-in has them again. */
  pairs(pairs: Texts): Record<string, string> {
    return mapValues(pairs, (value, name) => {
      if (!isSecretName(name)) return this.#hide(value, { whole: true })
      const standIn = this.#standInOf(value)
      const [, before] = /^((?:Bearer|Basic|Digest|Token|ApiKey) +|[\w.-]+=)[^=;\s]+=*$/i.exec(value) ?? []
      return standIn === GIVEN && before !== undefined ? before + standIn : standIn
    })
  }

  result(result: CaseResult): CaseResult {
    const { reason, breaches, exchanges } = result
    return {
      ...result,
      ...(reason !== undefined && { reason: this.hideIn(reason) }),
      breaches: breaches.map(({ rule, seen, ...more }) => ({
        ...more,
        rule: { ...rule, text: this.hideKnown(rule.text) },
        seen: this.hideIn(seen),
      })),
      exchanges: exchanges.map(({ request, reply, ...more }) => ({
        ...more,
        request: this.#request(request),
        ...(reply && { reply: this.#reply(reply) }),
      })),
    }
  }

  /** The whole run, with what was learnt in all of its cases hidden in each. */
  run(run: RunResult): RunResult {
    for (const result of run.results) this.learn(result)
    return {
      ...run,
      url: this.hideKnown(run.url),
      results: run.results.map((result) => this.result(result)),
      leftovers: run.leftovers.map((one) => ({ ...one, what: this.hideIn(one.what), reason: this.hideIn(one.reason) })),
      remarks: run.remarks.map(this.hideKnown),
      ...(run.interrupted !== undefined && { interrupted: this.hideIn(run.interrupted) }),
    }
  }

  #request(request: CaseRequest): CaseRequest {
    const hide = (text: string) => this.#hide(text, { whole: true })
    const { path, params, headers, body } = request
    return {
      ...request,
      path: hide(path),
      ...(params && { params: mapValues(params, hide) }),
      headers: mapValues(headers, hide),
      ...(body !== undefined && { body: hide(body) }),
    }
  }

  #reply(reply: CaseReply): CaseReply {
    const hide = (text: string) => this.#hide(text, { whole: true, named: true })
    return {
      ...reply,
      headers: mapValues(reply.headers, (value, name) =>
        isSecretName(name) && value !== '' ? this.#standInOf(value) : hide(value),
      ),
      text: hide(reply.text),
    }
  }

  #standInOf(value: string): string {
    return this.#hide(value, { whole: true }).includes(GIVEN) ? GIVEN : CAME_BACK
  }

  #hide(text: string, { whole, named, cut }: Extent): string {
    const places: Place[] = []
    for (const reading of readingsOf(text)) {
      const lower = inLowerCase(reading.text)
      const found = this.#anywhere.find(lower)
      if (whole) found.push(...this.#whole.find(reading.text, lower))
      for (const { start, end, standIn } of found) {
        const [from, to] = reading.toOriginal(start, end)
        places.push({ start: from, end: to, standIn })
      }
    }
    for (const { start, end, value, isNumber } of named ? findNamed(text) : []) {
      const standIn = this.#given.has(inLowerCase(value)) ? GIVEN : CAME_BACK
      // JSON stays JSON.
      places.push({ start, end, standIn: isNumber ? `"${standIn}"` : standIn })
    }
    const lower = cut ? inLowerCase(text) : ''
    for (let end = lower.indexOf('…'); end !== -1; end = lower.indexOf('…', end + 1)) {
      const place = this.#anywhere.findCutOff(lower, end)
      if (place) places.push(place)
    }
    return replace(text, places)
  }
}

/** Places that overlap are one. */
function replace(text: string, places: readonly Place[]): string {
  if (places.length === 0) return text
  const parts: string[] = []
  let last = 0
  const inOrder = places.toSorted((a, b) => a.start - b.start || b.end - a.end)
  for (let index = 0; index < inOrder.length; ) {
    let { start, end, standIn } = inOrder[index++] as Place
    for (let next = inOrder[index]; next && next.start < end; next = inOrder[++index]) {
      end = Math.max(end, next.end)
      if (next.standIn === GIVEN) standIn = GIVEN
    }
    parts.push(text.slice(last, start), standIn)
    last = end
  }
  return [...parts, text.slice(last)].join('')
}

const mapValues = (record: Texts, change: (value: string, name: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]))
