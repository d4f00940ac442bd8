import type { Json } from '../documents/read-document.ts'
import type { CaseKit } from './case-kit.ts'
import { requestOf } from './derive-round-trips.ts'
import { type FollowedLink, followLink, type Link, listLinks } from './follow-links.ts'
import type { CaseReply, CaseRequest, JudgedReply, Leftover } from './vocabulary.ts'
import { valuesAt } from './walk-schema.ts'

export type SendOne = (request: CaseRequest) => Promise<CaseReply>

/** Removes what the run created, and nothing else: only what a subject's own reply says it created is ever named. */
export class CleanUp {
  readonly #kit: CaseKit
  readonly #links: readonly Link[]
  readonly #send: SendOne
  readonly leftovers: Leftover[] = []

  constructor(kit: CaseKit, send: SendOne) {
    this.#kit = kit
    this.#links = listLinks(kit.document)
    this.#send = send
  }

  /** Called with every exchange in which something may have been created, before the next case. */
  async after(request: CaseRequest, reply: JudgedReply): Promise<void> {
    if (reply.status < 200 || reply.status >= 300) return
    const source = { request, reply }
    const from = this.#links.filter((link) => link.from === request.operationId)
    const direct = from.filter(({ role }) => role === 'clean-up')
    const [link] = direct
    if (link) {
      for (const followed of followLink(link, source)) await this.#remove(followed, request)
      return
    }
    // No id in the reply: find what was created first, and remove only what shows to be it.
    for (const readBack of from.filter(({ role }) => role === 'read-back')) {
      const onward = this.#links.find((next) => next.from === readBack.to && next.role === 'clean-up')
      if (!onward) continue
      for (const followed of followLink(readBack, source)) await this.#findAndRemove(followed, onward, request)
      return
    }
  }

  /** A request without an answer may have created something: nobody can say what. */
  unanswered(request: CaseRequest, reason: string): void {
    const isSubject = this.#links.some((link) => link.from === request.operationId && link.role !== 'subject')
    if (isSubject)
      this.leftovers.push({ what: `what ${request.method} ${request.path} may have created`, reason, foreseen: false })
  }

  async #findAndRemove(found: FollowedLink, onward: Link, origin: CaseRequest): Promise<void> {
    const request = { ...requestOf(this.#kit, found), ...(origin.credentials && { credentials: origin.credentials }) }
    try {
      const reply = toJudged(await this.#send(request))
      const source = { request, reply }
      const all = followLink(onward.each === undefined ? { ...onward, each: listOf(onward) } : onward, source)
      const shown = Object.entries(found.shows).filter(([, wanted]) => wanted !== undefined)
      for (const [index, followed] of all.entries()) {
        const isShown = ([pointer, wanted]: [string, Json]) =>
          valuesAt(reply.body, pointer.replace('/0', `/${index}`))[0] === wanted
        if (shown.length > 0 && shown.every(isShown)) await this.#remove(followed, origin)
        else if (shown.some((one) => String(one[1]).includes(this.#kit.context.tag) && isShown(one))) {
          // It carries the run's tag, but is not what was sent: nobody can say whose it is.
          this.leftovers.push({
            what: describe(followed),
            reason: 'it is not quite what was created, so it was left',
            foreseen: false,
          })
        }
      }
    } catch (error) {
      this.leftovers.push({ what: describe(found), reason: (error as Error).message, foreseen: false })
    }
  }

  async #remove(followed: FollowedLink, origin: CaseRequest): Promise<void> {
    const request = {
      ...requestOf(this.#kit, followed),
      ...(origin.credentials && { credentials: origin.credentials }),
    }
    try {
      const reply = await this.#send(request)
      if (reply.status >= 300 && reply.status !== 404) {
        this.leftovers.push({
          what: describe(followed),
          reason: `${request.method} ${request.path} answered ${reply.status}`,
          foreseen: false,
        })
      }
    } catch (error) {
      this.leftovers.push({ what: describe(followed), reason: (error as Error).message, foreseen: false })
    }
  }
}

/** `$response.body#/Users/0/id` stands for the list `/Users`. */
function listOf(link: Link): string {
  const text = JSON.stringify([link.parameters, link.requestBody])
  return /\$response\.body#[^"]*?(?=\/0(?:\/|"))/.exec(text)?.[0] ?? '$response.body#/'
}

const describe = ({ link, parameters, body }: FollowedLink): string =>
  `${link.from} → ${link.to} ${JSON.stringify(Object.keys(parameters).length > 0 ? parameters : body)}`

/** Reads a reply's JSON, where it is some. */
export function toJudged(reply: CaseReply): JudgedReply {
  let body: Json
  try {
    body = JSON.parse(reply.text)
  } catch {
    body = undefined
  }
  return { ...reply, body }
}
