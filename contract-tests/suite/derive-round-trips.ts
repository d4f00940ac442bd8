import type { DeclaredLink } from '../../documents/contract/operation.ts'
import { toPointer, valuesAt, withAnyIndex } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { IDENTITY } from './build-request.ts'
import type { CaseKit } from './case-kit.ts'
import { excerpt } from './cut-text.ts'
import { allTogether } from './derive-accepts.ts'
import { isListing } from './find-trails.ts'
import { type FollowedLink, followLink } from './follow-links.ts'
import { judgeAccepted } from './judge-outcome.ts'
import type { Breach, Case, CaseRequest, JudgedReply, Rule, Step, StepRun } from './vocabulary.ts'

/**
 * Along a document's links: what was created can be read back, and what was removed is gone.
 * @param named gives each id once
 */
export function deriveRoundTrips(kit: CaseKit, named: (id: string) => string): Case[] {
  const { links, subjects } = kit.contract
  return subjects.flatMap(({ id, evidence }) => {
    const readBacks = links.filter((link) => link.from === id && link.role === 'read-back' && !isListing(link))
    return readBacks.flatMap((link, index) => {
      const rule: Rule = {
        text: `what ${id} created can be read back by ${link.to}`,
        pointer: link.pointer,
        evidence,
      }
      const caseId = named(`${id}/stories/${link.name}`)
      const plain: Case = {
        id: caseId,
        operationId: id,
        kind: 'stories',
        title: `what it created can be read back by ${link.to}`,
        rule,
        steps: roundTrip(kit, caseId, link, rule),
      }
      // The first way back is enough; another may start at an update.
      if (index > 0 || kit.builderOf(id).bodySchema === undefined) return [plain]
      // Nobody documents that a member comes back under the name that it was sent under.
      const every: Rule = { ...rule, text: `${rule.text}, every member as it was sent`, evidence: 'assumed' }
      const title = `every member comes back by ${link.to} as it was sent`
      const everyId = named(`${caseId}/members`)
      const steps = memberTrip(kit, everyId, link, every)
      return [plain, { ...plain, id: everyId, title, rule: every, steps, witness: [] }]
    })
  })
}

function roundTrip(kit: CaseKit, caseId: string, link: DeclaredLink, rule: Rule): Step[] {
  const builder = kit.builderOf(link.from)
  const body = () => ({ body: builder.body(caseId) })
  return [
    ...kit.stepsFor(link.from, link.from, body, judgeAccepted(builder.operation, rule)),
    {
      title: 'reads back',
      operationId: link.to,
      request: undefined,
      follow: (run) => {
        const [followed] = follow(link, run)
        return followed ? requestOf(kit, followed) : { skip: 'nothing was created that could be read back' }
      },
      judge: (reply, run) => {
        const [followed] = follow(link, run)
        return followed ? judgeShown(reply, followed, rule) : []
      },
    },
  ]
}

/** The same with all members at once, where the reply shows whose they are. */
function memberTrip(kit: CaseKit, caseId: string, link: DeclaredLink, rule: Rule): Step[] {
  const builder = kit.builderOf(link.from)
  const body = () => ({ body: allTogether(builder, caseId, true) })
  const steps = kit.stepsFor(link.from, `${link.from} with every member`, body, judgeAccepted(builder.operation, rule))
  return [
    ...steps,
    {
      title: 'reads back',
      operationId: link.to,
      request: undefined,
      follow: (run) => {
        const [followed] = follow(link, run)
        return followed ? requestOf(kit, followed) : { skip: 'nothing was created that could be read back' }
      },
      judge: (reply, run) => {
        const sent = JSON.parse(run.requests[steps.length - 1]?.body ?? 'null')
        const [row] = valuesAt(sent, toPointer(builder.rowPath))
        return judgeMembers(reply.body, row, rule)
      },
    },
  ]
}

/**
 * Members of the same name and type have the value that was sent; null and "" stand for what was dropped. Only where
 * the same e-mail or login says that the reply is about this row: what a reply calls otherwise, it may show otherwise.
 */
export function judgeMembers(body: Json, row: Json, rule: Rule): Breach[] {
  const shown = findShown(body, row)
  if (shown === undefined) return []
  return Object.entries<Json>(row)
    .filter(([name, sent]) => {
      if (typeof sent === 'object' || !Object.hasOwn(shown, name) || shown[name] === sent) return false
      return typeof shown[name] === typeof sent || shown[name] === null || shown[name] === ''
    })
    .map(([name, sent]) => ({
      rule: { ...rule, text: `${rule.text}: ${name} is ${JSON.stringify(sent)}` },
      seen: excerpt(JSON.stringify(shown[name])),
    }))
}

function findShown(body: Json, row: Json): Json {
  if (typeof body !== 'object' || body === null || typeof row !== 'object' || row === null) return undefined
  const isOwn = Object.entries(row).some(
    ([name, sent]) => IDENTITY.test(name) && typeof sent === 'string' && sent !== '' && body[name] === sent,
  )
  if (isOwn) return body
  for (const member of Object.values<Json>(body)) {
    const found = findShown(member, row)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Where a link leads from the last exchange of a run; none where its expressions find nothing, or nothing was sent yet.
 */
export const follow = (link: DeclaredLink, run: StepRun): FollowedLink[] => {
  const request = run.requests.at(-1)
  const reply = run.replies.at(-1)
  return request && reply ? followLink(link, { request, reply }) : []
}

/** The request that a followed link stands for. */
export const requestOf = (kit: CaseKit, { link, parameters, body }: FollowedLink): CaseRequest =>
  kit.builderOf(link.to).linkedRequest(parameters, body)

/** The linked reply shows what the link says, in the order of a list or anywhere in it. */
function judgeShown(reply: JudgedReply, { shows }: FollowedLink, rule: Rule) {
  if (reply.status >= 300) return [{ rule, seen: `${reply.status} ${excerpt(reply.text)}` }]
  // Why it cannot be read is a finding of its own.
  if (reply.unreadable !== undefined) return []
  return Object.entries(shows)
    .filter(
      ([pointer, wanted]) => wanted !== undefined && !shownAt(reply.body, pointer).some((found) => same(found, wanted)),
    )
    .map(([pointer, wanted]) => ({
      rule: { ...rule, text: `${rule.text}: ${pointer} is ${JSON.stringify(wanted)}` },
      seen: excerpt(JSON.stringify(valuesAt(reply.body, pointer)[0]) ?? 'nothing'),
    }))
}

/** Index 0 of a list stands for any of its items: other people's may come first. */
const shownAt = (body: Json, pointer: string): Json[] => valuesAt(body, withAnyIndex(pointer))

const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b)
