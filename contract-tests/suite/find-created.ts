import type { DeclaredLink } from '../../documents/contract/operation.ts'
import { valuesAt } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { asCaller } from './ask-as-caller.ts'
import type { CleanUpGround } from './clean-up-ground.ts'
import { requestOf } from './derive-round-trips.ts'
import { recordsIn, showsTag } from './find-identity.ts'
import type { Trail } from './find-trails.ts'
import { evaluate, followLink, type LinkSource } from './follow-links.ts'
import { sentRowsIn } from './read-rows.ts'

/** Records of what was created, and how many things that should be. */
export interface Created {
  readonly records: readonly Json[]
  readonly count: number
  /** They were found in a search, which may show anybody's. */
  readonly isListed: boolean
}

/** What a creation's reply shows of what was created, or where it says nothing of ids, what its search shows. */
export async function findCreated(ground: CleanUpGround, trail: Trail, source: LinkSource): Promise<Created> {
  const { request, reply } = source
  if (trail.search) return search(ground, trail.search, source)
  if (trail.each !== undefined) {
    const items = evaluate(trail.each, source)
    if (Array.isArray(items)) return { records: items, count: items.length, isListed: false }
    const rows = sentRowsIn(request, ground.kit.builderOf(request.operationId))
    return { records: [], count: Math.max(1, rows.length), isListed: false }
  }
  const records = Array.isArray(reply.body) ? reply.body : [reply.body]
  return { records, count: records.length, isListed: false }
}

/** A search may show anybody's records, so only those that show what was sent count. */
async function search({ kit, send }: CleanUpGround, link: DeclaredLink, source: LinkSource): Promise<Created> {
  const { request, reply } = source
  const builder = kit.builderOf(request.operationId)
  const failures = builder.operation.failures.filter(({ level }) => level === 'row')
  const refused = [...new Set(failures.map(({ at }) => at))].flatMap((pointer) => valuesAt(reply.body, pointer)).length
  const records: Json[] = []
  for (const followed of followLink(link, source)) {
    const shown = Object.entries(followed.shows).filter(([, wanted]) => wanted !== undefined)
    if (!shown.some(([, wanted]) => showsTag(wanted, kit.context.tag))) continue
    const found = await send(asCaller(requestOf(kit, followed), request))
    if ('failure' in found) continue
    for (const [index, record] of (recordsIn(found.body) ?? []).entries()) {
      const isIt = shown.every(
        ([pointer, wanted]) => valuesAt(found.body, pointer.replace('/0', `/${index}`))[0] === wanted,
      )
      if (isIt) records.push(record)
    }
  }
  return { records, count: Math.max(0, sentRowsIn(request, builder).length - refused), isListed: true }
}
