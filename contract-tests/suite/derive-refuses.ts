import { breachesOf, demandOf, textBreachesOf } from '../../documents/keywords/index.ts'
import type { Breach } from '../../documents/keywords/keyword.ts'
import { below, toPointer } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import type { RequestBuilder, RequestChanges } from './build-request.ts'
import { isUnmakeable } from './case-kit.ts'
import { composerOf } from './compose-site.ts'
import { isHeaderText, parameterChange, parameterSite } from './derive-accepts.ts'
import { inspectorOf } from './inspect-body.ts'
import { covers } from './judge-reply.ts'
import type { Evidence } from './vocabulary.ts'
import { evidenceOf, GONE, type Site, withValue } from './walk-schema.ts'

/** A request that breaks exactly one rule. */
interface NegativeVariant {
  readonly name: string
  readonly title: string
  /** The broken rule as a fact: "/0/country must match …". */
  readonly rule: string
  readonly pointer: string
  readonly evidence: Evidence
  readonly changes: RequestChanges
}

/** Requests that each break one rule alone, and the attempts that did not, by name, with the reason. */
export interface Refuses {
  readonly variants: readonly NegativeVariant[]
  readonly dropped: readonly { readonly name: string; readonly reason: string }[]
}

/** Each rule broken alone; what breaks more or less than the one rule it names is dropped, with the reason. */
export function deriveRefuses(builder: RequestBuilder): Refuses {
  const variants: NegativeVariant[] = []
  const dropped: { name: string; reason: string }[] = []
  if (builder.bodySchema) {
    const inspect = inspectorOf(builder.context.contract, builder.operation.id)
    for (const attempt of bodyAttempts(builder)) {
      const body = attempt.body
      if (body === undefined) {
        dropped.push({ name: attempt.name, reason: 'no value breaks this rule alone' })
        continue
      }
      const text = JSON.stringify(body)
      const broken = inspect(text)
      const [first] = broken
      const isAlone = broken.length === 1 && first?.path === attempt.at && first.keyword === attempt.keyword
      if (isAlone) variants.push(variantOf(attempt, text))
      else
        dropped.push({
          name: attempt.name,
          reason:
            broken.length === 0
              ? 'it breaks no rule'
              : `it breaks ${broken.map(({ path, keyword }) => `${path}/${keyword}`).join(', ')}`,
        })
    }
    variants.push(...formVariants(builder))
  }
  variants.push(...parameterVariants(builder))
  return { variants, dropped }
}

interface Attempt {
  readonly name: string
  readonly title: string
  readonly rule: string
  /** Where the validator will find it, as a pointer. */
  readonly at: string
  readonly keyword: string
  readonly site: Site
  readonly body: Json
}

function variantOf({ name, title, rule, keyword, site }: Attempt, text: string): NegativeVariant {
  const pointer = below(site.pointer, keyword)
  return { name, title, rule, pointer, evidence: evidenceOf(site.schema, keyword, site.evidence), changes: { text } }
}

function* bodyAttempts(builder: RequestBuilder): Generator<Attempt> {
  for (const site of builder.bodySites) {
    if (site.isAlternative) continue
    const place = toPointer(site.path)
    const seen = new Set<string>()
    for (const { keyword, breach } of breachesOf(site.schema)) {
      const name = `${place}/${breach.what}`
      if (seen.has(name) || ('lacks' in breach && builder.isReadOnly([...site.path, breach.lacks]))) continue
      seen.add(name)
      let body: Json
      try {
        body = breakBody(builder, site, name, breach)
      } catch (error) {
        if (!isUnmakeable(error)) throw error
      }
      yield {
        name,
        title: `${place || 'body'} ${breach.title}`,
        rule: `${place || 'body'} ${demandOf(keyword, site.schema)}`,
        at: place,
        keyword: keyword.name,
        site,
        body,
      }
    }
  }
}

/** @returns undefined where no value breaks the rule @throws DataError or PatternError where none can be made */
function breakBody(builder: RequestBuilder, site: Site, name: string, breach: Breach): Json {
  if ('lacks' in breach) {
    const path = [...site.path, breach.lacks]
    return withValue(builder.sharedBodyWith(`lacks ${breach.lacks}`, path, null), path, GONE)
  }
  const made = breach.value(builder.random(name), composerOf(builder, site))
  return made === undefined ? undefined : builder.sharedBodyWith(name, site.path, made)
}

/** Media types that JSON is hardly ever sent as; the first that the document does not declare is sent. */
const FOREIGN = ['text/plain', 'application/xml', 'image/png']

/** The form of the request: its JSON, its media type, that there is a body at all. */
function formVariants(builder: RequestBuilder): NegativeVariant[] {
  const good = JSON.stringify(builder.body('form'))
  const { body } = builder.operation
  if (!body) return []
  const common = { pointer: body.contentPointer, evidence: builder.evidence }
  const contentType = FOREIGN.find((foreign) => !body.content.some(({ type }) => covers(type, foreign)))
  return [
    {
      ...common,
      name: '/form/json',
      title: 'a body that is not JSON',
      rule: 'the body must be JSON',
      changes: { text: broken(good) },
    },
    ...(contentType === undefined
      ? []
      : [
          {
            ...common,
            // That the others are refused, no document says.
            evidence: 'assumed' as const,
            name: '/form/content-type',
            title: 'a body that does not say it is JSON',
            rule: 'the content type must be a declared one',
            changes: { text: good, contentType },
          },
        ]),
    ...(body.required
      ? [
          {
            ...common,
            pointer: below(body.pointer, 'required'),
            name: '/form/empty',
            title: 'no body',
            rule: 'the body is required',
            changes: { text: '' },
          },
        ]
      : []),
  ]
}

/** Without its end, or with more than its end where that is JSON as well. */
function broken(good: string): string {
  const cut = good.slice(0, -1)
  try {
    JSON.parse(cut)
  } catch {
    if (cut !== '') return cut
  }
  return `${good},`
}

/** Each parameter out of its schema. */
function* parameterVariants(builder: RequestBuilder): Generator<NegativeVariant> {
  for (const parameter of builder.operation.parameters) {
    if (parameter.in === 'cookie' || parameter.style === 'deepObject') continue
    const { schema, pointer, evidence } = parameterSite(parameter)
    const random = builder.random(`parameter ${parameter.name}`)
    for (const { keyword, text } of textBreachesOf(schema, random, builder.context.tag)) {
      const name = `${parameter.in}/${parameter.name}/${keyword.name}`
      if (parameter.in === 'header' && !isHeaderText(text)) continue
      yield {
        name,
        title: `${parameter.in} ${parameter.name} breaks its ${keyword.name}`,
        rule: `${parameter.in} ${parameter.name} ${demandOf(keyword, schema)}`,
        pointer: below(pointer, keyword.name),
        evidence: evidenceOf(schema, keyword.name, evidence),
        changes: {
          ...parameterChange(parameter, text),
          ...(builder.bodySchema && { body: builder.body(name) }),
        },
      }
    }
  }
}
