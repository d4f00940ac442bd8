import type { Json } from '../documents/read-document.ts'
import { type CaseKit, subjectsOf } from './case-kit.ts'
import { type FollowedLink, followLink, type Link, listLinks } from './follow-links.ts'
import { judgeAccepted } from './judge-outcome.ts'
import { excerpt, pointerOf } from './judge-reply.ts'
import type { Case, JudgedReply, Rule, Step, StepRun } from './vocabulary.ts'
import { valuesAt } from './walk-schema.ts'

/** Along a document's links: what was created can be read back, and what was removed is gone. */
export function deriveRoundTrips(kit: CaseKit): Case[] {
  const links = listLinks(kit.document)
  return subjectsOf(kit.document).flatMap(({ id, operation }) => {
    const readBacks = links.filter((link) => link.from === id && link.role === 'read-back')
    return readBacks.map((link) => {
      const evidence = operation['x-evidence'] ?? 'documented'
      const rule: Rule = {
        text: `what ${id} created can be read back by ${link.to}`,
        pointer: `${pointerOf(kit.builderOf(id).place)}/responses`,
        evidence,
      }
      return {
        id: `${id}/stories/${link.name}`,
        operationId: id,
        kind: 'stories' as const,
        title: `what it created can be read back by ${link.to}`,
        rule,
        steps: roundTrip(kit, id, link, rule),
      }
    })
  })
}

function roundTrip(kit: CaseKit, operationId: string, link: Link, rule: Rule): Step[] {
  const builder = kit.builderOf(operationId)
  const caseId = `${operationId}/stories/${link.name}`
  const body = () => ({ body: builder.body(caseId) })
  return [
    ...kit.stepsFor(operationId, link.from, body, judgeAccepted(kit, builder.place, rule)),
    {
      title: 'reads back',
      request: (run) => {
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

export const follow = (link: Link, run: StepRun): FollowedLink[] => {
  const request = run.requests.at(-1)
  const reply = run.replies.at(-1)
  return request && reply ? followLink(link, { request, reply }) : []
}

export function requestOf(kit: CaseKit, { link, parameters, body }: FollowedLink) {
  const builder = kit.builderOf(link.to)
  const isPath = (name: string) => builder.place.parameters.some((one) => one.in === 'path' && one.name === name)
  const query = Object.entries(parameters).filter(([name]) => !isPath(name))
  return builder.request({
    ...(body !== undefined && { body }),
    path: Object.fromEntries(
      Object.entries(parameters).flatMap(([name, value]) => (isPath(name) ? [[name, String(value)]] : [])),
    ),
    query: Object.fromEntries(query.flatMap(([name, value]) => queryPairs(name, value))),
  })
}

/** A deepObject is written member by member: `filter[filterColumn]=id` (OpenAPI 3.1, Style Values). */
function queryPairs(name: string, value: Json): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]]
  return Object.entries(value).map(([member, one]) => [`${name}[${member}]`, String(one)])
}

/** The linked reply shows what the link says, in the order of a list or anywhere in it. */
export function judgeShown(reply: JudgedReply, { shows }: FollowedLink, rule: Rule) {
  if (reply.status >= 300) return [{ rule, seen: `${reply.status} ${excerpt(reply.text)}` }]
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
const shownAt = (body: Json, pointer: string): Json[] => valuesAt(body, pointer.replace(/\/0(?=\/|$)/g, '/*'))

const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b)
