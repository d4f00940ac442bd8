import { breachesOf, demandOf, textBreachesOf } from '../../documents/keywords/index.ts'
import type { Breach } from '../../documents/keywords/keyword.ts'
import { below, toPointer } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import type { RequestBuilder, RequestChanges } from './build-request.ts'
import { isUnmakeable } from './case-kit.ts'
import { type BodyForm, essenceOf } from './choose-body.ts'
import { composerOf } from './compose-site.ts'
import { isHeaderText, parameterChange, parameterSite } from './derive-accepts.ts'
import type { BrokenRule } from './inspect-body.ts'
import { covers, declaredReply } from './judge-reply.ts'
import { CHOICE, FORM, type Worth, worthOf } from './rank-cases.ts'
import type { Evidence } from './vocabulary.ts'
import { type Alternative, evidenceOf, GONE, isNullAlone, type Site, withValue } from './walk-schema.ts'
import { wholeQueryOf } from './whole-query.ts'

/** What is on the wire also where nobody gives it: browsers give no way to leave it out (Fetch, section 2.2.2). */
const ALWAYS_SENT = /^(?:user-agent|host|connection|accept-encoding|content-length)$/i

/** A request that breaks exactly one rule, or why there is none. */
export interface Refusal {
  readonly name: string
  readonly title: string
  /** The broken rule as a fact: "/0/country must match …". */
  readonly rule: string
  readonly pointer: string
  readonly evidence: Evidence
  readonly worth: Worth
  /** Whether its body is what breaks the rule. */
  readonly isOfBody: boolean
  /** `why`: it would break more or less than the one rule it names. @throws as building a request does */
  make(): RequestChanges | { readonly why: string }
}

/** Each rule broken alone. */
export function* deriveRefuses(builder: RequestBuilder): Generator<Refusal> {
  if (builder.choice) {
    if (builder.choice.form !== 'xml') yield* bodyRefusals(builder)
    yield* formRefusals(builder)
  }
  yield* parameterRefusals(builder)
  yield* wholeQueryRefusals(builder)
}

/** Each rule of the whole query broken alone, as those of a body are. */
function* wholeQueryRefusals(builder: RequestBuilder): Generator<Refusal> {
  const [query, parameter] = [builder.wholeQuery, wholeQueryOf(builder.operation)]
  if (!query || !parameter) return
  const prefix = `querystring/${parameter.name}`
  for (const refusal of query.choice?.form === 'xml' ? [] : bodyRefusals(query)) {
    const name = `${prefix}${refusal.name}`
    const make = () => {
      const made = refusal.make()
      if ('why' in made) return made
      const { text = '' } = made
      const querystring = query.choice?.form === 'form' ? text : encodeURIComponent(text)
      return { querystring, ...builder.plain(name) }
    }
    const tell = (text: string) => `querystring ${text.replace(/^body(?= )/, parameter.name)}`
    const told = { title: tell(refusal.title), rule: tell(refusal.rule) }
    yield { ...refusal, ...told, name, isOfBody: false, make }
  }
  if (query.choice?.form !== 'json') return
  const name = `${prefix}/form/json`
  yield {
    name,
    title: `querystring ${parameter.name} that is not JSON`,
    rule: `querystring ${parameter.name} must be JSON`,
    pointer: parameter.pointer,
    evidence: parameter.evidence,
    worth: FORM,
    isOfBody: false,
    make: () => ({
      querystring: encodeURIComponent(broken(query.write(query.body(name)).text)),
      ...builder.plain(name),
    }),
  }
}

function* bodyRefusals(builder: RequestBuilder): Generator<Refusal> {
  /** What is sent in the place of several alternatives where it is of a type that none of them is of. */
  const foreign = new Set<string>()
  for (const site of builder.bodySites) {
    const isChoice = site.alternatives.length > 0
    // What is not null may be all the same.
    if (isChoice && isNullAlone(builder.context.contract, site.schema)) continue
    const place = toPointer(site.path)
    const seen = new Set<string>()
    for (const { keyword, breach } of breachesOf(site.schema)) {
      const name = `${place}/${breach.what}`
      if (seen.has(name) || ('lacks' in breach && builder.isReadOnly([...site.path, breach.lacks]))) continue
      if (site.isBesideNull && breach.what === 'type/null') continue
      seen.add(name)
      if (keyword.name === 'type' && isRootOfOne(site)) {
        const sent = JSON.stringify([name, site.alternatives.slice(0, -1).map(({ pointer }) => pointer)])
        if (foreign.has(sent)) continue
        foreign.add(sent)
      }
      const worth = worthOf(site.path.length, seen.size - 1)
      yield {
        name,
        title: `${place || 'body'} ${breach.title}`,
        rule: `${place || 'body'} ${demandOf(keyword, site.schema)}${isChoice ? ', or what another alternative says' : ''}`,
        pointer: below(site.pointer, keyword.name),
        evidence: evidenceOf(site.schema, keyword.name, site.evidence),
        worth: isChoice ? worth + CHOICE : worth,
        isOfBody: true,
        make: () => makeBroken(builder, site, name, keyword.name, breach),
      }
    }
  }
}

const isRootOfOne = ({ path, alternatives }: Site): boolean => alternatives.at(-1)?.path.length === path.length

function makeBroken(builder: RequestBuilder, site: Site, name: string, keyword: string, breach: Breach) {
  let why = 'no value breaks this rule alone'
  for (const body of brokenBodies(builder, site, name, breach)) {
    const broken = builder.broken(body)
    if (broken === undefined) return { why: 'nobody can tell which rule a value breaks in this media type' }
    if (isAlone(broken, site, keyword)) {
      const written = builder.write(body)
      if (written.text !== '' || builder.operation.body?.required) return written
      return { why: 'without it the body is empty, which is allowed' }
    }
    why = whyNotAlone(broken, site)
  }
  return { why }
}

/** Whether one rule of a site is all that is broken: of one that need not hold, what keeps out this alternative, and all others are. */
function isAlone(broken: readonly BrokenRule[], { path, alternatives }: Site, keyword: string): boolean {
  const place = toPointer(path)
  const isOnly = (rules: readonly BrokenRule[]): boolean =>
    rules.length === 1 && rules.every((rule) => (rule.path === place && rule.keyword === keyword) || isOfOne(rule))
  const isOfOne = (rule: BrokenRule): boolean => rule.alternatives?.some(isOnly) ?? false
  if (alternatives.length > 0) return broken.length === 1 && broken.every(isOfOne)
  return isOnly(broken) && !broken.some(isOfOne)
}

function whyNotAlone(broken: readonly BrokenRule[], { alternatives }: Site): string {
  if (broken.length > 0)
    return `no value breaks this rule alone; the one tried breaks ${broken.map(({ path, keyword }) => `${path}/${keyword}`).join(', ')}`
  return alternatives.length > 0
    ? 'another alternative allows what breaks this one'
    : 'the value that should break it breaks no rule'
}

/** None where no value breaks the rule, or none can be made; of an alternative also such as are made to be of it. */
function* brokenBodies(builder: RequestBuilder, site: Site, name: string, breach: Breach): Generator<Json> {
  for (const alternatives of site.alternatives.length > 0 ? [[], site.alternatives] : [[]]) {
    const body = breakBody(builder, site, name, breach, alternatives)
    if (body !== undefined) yield body
  }
}

function breakBody(
  builder: RequestBuilder,
  site: Site,
  name: string,
  breach: Breach,
  alternatives: readonly Alternative[],
): Json {
  try {
    if ('lacks' in breach) {
      const path = [...site.path, breach.lacks]
      return withValue(builder.sharedBodyWith(`lacks ${breach.lacks}`, path, null, alternatives), path, GONE)
    }
    const made = breach.value(builder.random(name), composerOf(builder, site))
    return made === undefined ? undefined : builder.sharedBodyWith(name, site.path, made, alternatives)
  } catch (error) {
    if (!isUnmakeable(error)) throw error
    return undefined
  }
}

/** Media types that bodies are hardly ever sent as; the first that the document does not declare is sent. */
const FOREIGN = ['text/plain', 'application/xml', 'image/png']

/** What a body that cannot be read is called in ids, and what it is: any text is a form, a text or bytes. */
const UNREADABLE: Partial<Readonly<Record<BodyForm, readonly [what: string, called: string]>>> = {
  json: ['json', 'JSON'],
  multipart: ['multipart', 'multipart'],
  xml: ['xml', 'XML'],
}

/** The form of the request: that its body can be read, its media type, that there is a body at all. */
function* formRefusals(builder: RequestBuilder): Generator<Refusal> {
  const { choice, operation } = builder
  const { body } = operation
  if (!body || !choice) return
  const common = { pointer: body.contentPointer, evidence: builder.evidence, worth: FORM, isOfBody: true }
  const good = () => builder.write(builder.body('form'))
  const [what, called] = UNREADABLE[choice.form] ?? []
  if (what) {
    yield {
      ...common,
      name: `/form/${what}`,
      title: `a body that is not ${called}`,
      rule: `the body must be ${called}`,
      make: () => ({ ...good(), text: unreadable(choice.form, good().text) }),
    }
  }
  const contentType = FOREIGN.find((foreign) => !body.content.some(({ type }) => covers(type, foreign)))
  if (contentType !== undefined) {
    yield {
      ...common,
      // That the others are refused, no document says, but where it says how.
      evidence: declaredReply(operation, 415)?.status === '415' ? builder.evidence : 'assumed',
      name: '/form/content-type',
      title: `a body that does not say it is ${called ?? essenceOf(choice.type)}`,
      rule: 'the content type must be a declared one',
      make() {
        const written = good()
        // A body without content is none, and of no type.
        return written.text === '' ? { why: 'its body is empty' } : { ...written, contentType }
      },
    }
  }
  // Nothing is a text too, and bytes; and a form, where no member must be there.
  const isNothing = choice.form === 'text' || choice.form === 'bytes'
  const isEmptyForm = choice.form === 'form' && (builder.bodySites[0]?.schema.required ?? []).length === 0
  if (!body.required || isNothing || isEmptyForm) return
  yield {
    ...common,
    pointer: below(body.pointer, 'required'),
    name: '/form/empty',
    title: 'no body',
    rule: 'the body is required',
    make: () => ({ text: '' }),
  }
}

const unreadable = (form: BodyForm, good: string): string =>
  form === 'json' ? broken(good) : form === 'xml' ? good.slice(0, good.lastIndexOf('<')) : 'not multipart'

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

/** Each parameter out of its schema, and without those that must be there. */
function* parameterRefusals(builder: RequestBuilder): Generator<Refusal> {
  const telling = new Set(new URLSearchParams(builder.operation.pathQuery).keys())
  for (const parameter of builder.parameters) {
    const { in: place, name: own, required } = parameter
    // Without it, or with another value, a request is one of another operation of that path.
    if (place === 'query' && telling.has(own)) continue
    const { schema, pointer, evidence } = parameterSite(parameter)
    const random = builder.random(`parameter ${own}`)
    const common = { isOfBody: false, evidence }
    let round = 0
    const isWritten = place !== 'querystring' && parameter.style !== 'deepObject'
    for (const { keyword, text } of isWritten ? textBreachesOf(schema, random, builder.context.tag) : []) {
      const name = `${place}/${own}/${keyword.name}`
      if (place === 'header' && !isHeaderText(text)) continue
      yield {
        ...common,
        name,
        title: `${place} ${own} breaks its ${keyword.name}`,
        rule: `${place} ${own} ${demandOf(keyword, schema)}`,
        pointer: below(pointer, keyword.name),
        evidence: evidenceOf(schema, keyword.name, evidence),
        worth: worthOf(1, round++),
        make: () => ({ ...parameterChange(parameter, text), ...builder.plain(name) }),
      }
    }
    if (!required || place === 'path') continue
    const name = `${place}/${own}/required`
    yield {
      ...common,
      name,
      title: `no ${place} ${own}`,
      rule: `${place} ${own} is required`,
      pointer: below(parameter.pointer, 'required'),
      evidence: parameter.evidence,
      worth: worthOf(0, 0),
      make: () =>
        place === 'header' && ALWAYS_SENT.test(own)
          ? { why: `${own} is sent by each client, whatever it is told` }
          : { without: [`${place} ${own}`], ...builder.plain(name) },
    }
  }
}
