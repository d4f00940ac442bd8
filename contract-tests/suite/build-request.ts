import type { Contract } from '../../documents/contract/contract.ts'
import { keywordsOf } from '../../documents/contract/follow-schema.ts'
import type { DeclaredOperation, DeclaredParameter } from '../../documents/contract/operation.ts'
import type { Schema, SchemaObject } from '../../documents/contract/schema.ts'
import { createRandom, type Random } from '../../documents/patterns/random.ts'
import { toPointer, valueAt, valuesAt } from '../../documents/read/json-pointer.ts'
import { DocumentError, type Json } from '../../documents/read/read-document.ts'
import { compileSchema } from '../../documents/values/compile-schema.ts'
import { type MakeOptions, makeValue } from '../../documents/values/make-value.ts'
import { tellsApart } from '../../documents/values/vary-example.ts'
import { type BodyChoice, bodyChoicesOf } from './choose-body.ts'
import { findRepeated, type Repeated } from './find-repeated.ts'
import { groupBy } from './group-by.ts'
import { type BrokenRule, bodyValidatorOf, type Inspector, inspectorOf } from './inspect-body.ts'
import { covers } from './judge-reply.ts'
import { readBack } from './read-back.ts'
import type { CaseRequest, Evidence } from './vocabulary.ts'
import { type Alternative, GONE, type Site, walkSchema, withoutNull, withValue } from './walk-schema.ts'
import { asBody, wholeQueryOf } from './whole-query.ts'
import { sampleOf, type WrittenBody, writeBody } from './write-body.ts'
import { encodeLiteral, headerTextOf, pathTextOf, toWireText, writeParameter } from './write-parameter.ts'

/** What all requests of a run have in common. */
export interface RequestContext {
  readonly contract: Contract
  readonly seed: string
  readonly tag: string
  /** Path and query parameters of the run, by name. */
  readonly params: Readonly<Record<string, string>>
}

/** What a case changes in the plain request. */
export interface RequestChanges {
  readonly body?: Json
  /** The body's exact text; wins over `body`. */
  readonly text?: string
  readonly contentType?: string
  /** Each character of the text is a byte. */
  readonly isBytes?: true
  readonly path?: Readonly<Record<string, string>>
  /** A name with several texts is sent once for each. */
  readonly query?: Readonly<Record<string, string | readonly string[]>>
  readonly headers?: Readonly<Record<string, string>>
  /** The whole query as it goes out; wins over `query`. */
  readonly querystring?: string
  /** As `query`. */
  readonly cookies?: Readonly<Record<string, string | readonly string[]>>
  /** Required parameters that are left out all the same, as `query limit`. */
  readonly without?: readonly string[]
  readonly credentials?: CaseRequest['credentials']
}

/** So often a row is made anew that has the id of another. */
const ID_DRAWS = 20

/** Builds requests of one operation: valid ones that carry the run's tag, and changes of them. */
export class RequestBuilder {
  readonly context: RequestContext
  readonly operation: DeclaredOperation
  readonly evidence: Evidence
  /** In which media type bodies are sent; undefined where the operation takes none. */
  readonly choice: BodyChoice | undefined
  /** Undefined where the operation takes no JSON body. */
  readonly bodySchema: Schema | undefined
  /** Without what is read-only: a server may ignore it (JSON Schema, Validation, section 9.4). */
  readonly bodySites: readonly Site[]
  /** Instance path of the first row: `['0']`, `['users', '0']`, or `[]` where the body itself is the row. */
  readonly rowPath: readonly string[]
  /** By place: in several schemas, each a site. */
  readonly #sites: ReadonlyMap<string, readonly Site[]>
  readonly #containers = new Map<Site, Site>()
  readonly #validated: Pick<MakeOptions, 'validator'>
  /** Pointers of the members that no request has. */
  readonly #readOnly: ReadonlySet<string>
  /** Bodies with all that a path needs, by its pointer. */
  readonly #shared = new Map<string, Json>()
  /** The members that a row is told apart by. */
  readonly #identities: readonly Site[]
  /** Sites with something to say of what a run puts there. */
  readonly #specials: readonly Site[]

  /** @param choice of the media types that the operation takes; left out: the first */
  constructor(context: RequestContext, operation: DeclaredOperation, choice?: BodyChoice) {
    this.context = context
    this.operation = operation
    this.evidence = operation.evidence
    this.choice = choice ?? bodyChoicesOf(operation)[0]
    const { media, form } = this.choice ?? {}
    this.bodySchema = form === 'json' ? media?.schema?.schema : undefined
    const validator = bodyValidatorOf(context.contract, operation.id, media)
    this.#validated = validator ? { validator } : {}
    // Nobody can say which bytes a schema allows.
    const sites = media?.schema && form !== 'bytes' ? [...walkSchema(context.contract, media.schema)] : []
    this.#readOnly = new Set(sites.filter(({ schema }) => schema.readOnly).map(({ path }) => toPointer(path)))
    this.bodySites = sites.filter(({ path }) => !path.some((_, at) => this.isReadOnly(path.slice(0, at + 1))))
    this.rowPath = findRowPath(this.bodySites)
    this.#identities = this.bodySites.filter(
      ({ path, schema }) =>
        path.length === this.rowPath.length + 1 &&
        this.rowPath.every((part, at) => part === path[at]) &&
        IDENTITY.test(path.at(-1) ?? '') &&
        allowsText(schema),
    )
    this.#specials = this.bodySites.filter((site) => isAnything(site) || site.schema['x-run'])
    this.#sites = groupBy(this.bodySites, ({ path }) => toPointer(path))
  }

  /** How many values all bodies hold together that it has made so far. */
  get madeValues(): number {
    return this.#madeValues
  }

  #madeValues = 0

  /** Chance of one case: the same for the same seed, tag, operation and case. */
  random(caseId: string): Random {
    return createRandom(this.context.seed, this.context.tag, this.operation.id, caseId)
  }

  /** Whether a member is none of a request's. */
  isReadOnly(path: readonly string[]): boolean {
    return this.#readOnly.has(toPointer(path))
  }

  /** Without those that are how a credential travels: the run's own is sent there. */
  get parameters(): readonly DeclaredParameter[] {
    const { parameters, security } = this.operation
    const keys = security.flat().flatMap(({ type, in: place, key }) => (type === 'apiKey' ? [`${place} ${key}`] : []))
    return parameters.filter(({ in: place, name }) => !keys.includes(`${place} ${name}`))
  }

  /** Whether a parameter of its path may be this text, read as a value of any type. */
  takesInPath(name: string, text: string): boolean {
    const schema = this.operation.parameters.find((one) => one.in === 'path' && one.name === name)?.schema.schema
    const validate = compileSchema(this.context.contract, schema ?? true, 'requests')
    return validate(text) === true || (/^-?\d+(?:\.\d+)?$/.test(text) && validate(Number(text)) === true)
  }

  /** Whether a request of it has a body. */
  get takesBody(): boolean {
    return this.choice !== undefined
  }

  /** The rules that a body breaks, as who reads it in its media type sees it; undefined where nobody can say. */
  broken(body: Json): ReturnType<Inspector> | undefined {
    if (!this.choice) return []
    const read = readBack(this.choice, body, this.#schemasAt)
    return read === undefined ? undefined : this.inspect(JSON.stringify(read))
  }

  /** The rules that a JSON text breaks as a body. */
  get inspect(): Inspector {
    return inspectorOf(this.context.contract, this.operation.id, this.choice?.media)
  }

  /** A body as it goes out. @throws Error where the operation takes none */
  write(body: Json): WrittenBody {
    return writeBody(this.context.contract, this.choice ?? PLAIN_JSON, body, this.#schemasAt)
  }

  readonly #schemasAt = (path: readonly string[]): readonly SchemaObject[] =>
    (this.#sites.get(toPointer(path)) ?? []).map(({ schema }) => schema)

  /**
   * A body with what is required and what tells the row apart, and all that is optional if asked. Its values are the
   * document's examples, where it has some: a rule may hold that no schema can say.
   * @param options isDrawn: none of them, for who looks for them afterwards
   */
  body(caseId: string, { all = false, isDrawn = false }: { all?: boolean; isDrawn?: boolean } = {}): Json {
    const random = this.random(caseId)
    const { media, form, type } = this.choice ?? PLAIN_JSON
    const [example] = Object.values(media.examples ?? {})
    if (form === 'bytes') return typeof example === 'string' ? example : sampleOf(type)
    // An example of what has no schema, or is no JSON, is all that there is to go by.
    if (media.schema === undefined || (form === 'xml' && typeof example === 'string'))
      return example ?? (form === 'text' ? `rollcall ${this.context.tag}` : {})
    let body = makeValue(this.context.contract, media.schema.schema, random.at('body'), '', {
      optional: all ? 1 : 0,
      examples: !isDrawn,
      ...this.#validated,
    })
    body = this.#identify(this.#renew(this.#oneRow(isDrawn ? body : this.#asInExample(body), random), random), random)
    // A form without members is no body at all.
    if (!all && (form === 'form' || form === 'multipart') && Object.keys(body ?? {}).length === 0)
      return this.body(caseId, { all: true, isDrawn })
    return this.dress(body, random)
  }

  /** What a plain request has besides its parameters: its body, where the operation takes one. */
  plain(caseId: string): RequestChanges {
    return this.takesBody ? { body: this.body(caseId) } : {}
  }

  /** The same members with the values that the document's own example of the body has for them, where that is valid. */
  #asInExample(body: Json): Json {
    const [example] = Object.values(this.choice?.media.examples ?? {})
    if (example === undefined) return body
    const taken = takeValues(body, example)
    return this.#validated.validator?.()(taken) === false ? body : taken
  }

  /** The same with another value at a site; containers on the way are made. */
  bodyWith(caseId: string, path: readonly string[], value: Json): Json {
    return withValue(this.#bodyAround(caseId, path), path, value)
  }

  /**
   * As `bodyWith`, of a body that is made once for all cases of the path; what its row is told apart by is each case's own.
   * @param alternatives that the body is of, where several may hold
   */
  sharedBodyWith(
    caseId: string,
    path: readonly string[],
    value: Json,
    alternatives: readonly Alternative[] = [],
  ): Json {
    const pointer = toPointer(path)
    const key = [pointer, ...alternatives.map((one) => one.pointer)].join(' ')
    let body = this.#shared.get(key)
    if (body === undefined) this.#shared.set(key, (body = this.#bodyAround(`around ${pointer}`, path, alternatives)))
    const random = this.random(caseId)
    for (const site of this.#identities) {
      const own = this.#tagged(site, site.path, '', random)
      if (own !== undefined && valuesAt(body, toPointer(site.path)).length > 0) body = withValue(body, site.path, own)
    }
    return withValue(body, path, value)
  }

  #bodyAround(caseId: string, path: readonly string[], alternatives: readonly Alternative[] = []): Json {
    const random = this.random(caseId)
    let body = this.body(caseId)
    for (let length = 0; length < path.length; length++) {
      const holder = path.slice(0, length)
      if (length > 0) body = this.#ensure(body, holder, random)
      for (const one of alternatives.filter((each) => each.path.length === length))
        body = withValue(body, holder, this.value(one, random.at('alternative', one.pointer)))
    }
    return body
  }

  /** So many rows, each with its own identity. */
  rows(caseId: string, count: number): Json {
    const list = this.rowPath.slice(0, -1)
    const ids = new Set<string>()
    const rows = Array.from({ length: count }, (_, index) => this.#rowBeside(ids, `${caseId} row ${index}`))
    return list.length === 0 ? rows : withValue(this.body(caseId), list, rows)
  }

  /** A row with none of the ids that others have, if there are more: what was drawn is the same by chance where they are short. */
  #rowBeside(ids: Set<string>, name: string): Json {
    for (let draw = 0; ; draw++) {
      const row = valuesAt(this.body(draw === 0 ? name : `${name} ${draw}`), toPointer(this.rowPath))[0]
      const own = Object.entries<Json>(row ?? {}).flatMap(([member, id]) =>
        tellsApart(member, '') ? [`${member} ${JSON.stringify(id)}`] : [],
      )
      if (own.some((id) => ids.has(id)) && draw < ID_DRAWS) continue
      for (const id of own) ids.add(id)
      return row
    }
  }

  /** Puts rows, or a whole body, into the envelope that the operation takes. */
  envelope(caseId: string, rows: readonly Json[]): Json {
    const list = this.rowPath.slice(0, -1)
    if (this.rowPath.length === 0) return rows[0]
    return list.length === 0 ? rows : withValue(this.body(caseId), list, rows)
  }

  /** Members of a row that hold what the run drew: no member of an enum, no example, no default of the document. */
  drawnNames(row: Json): string[] {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return []
    return Object.entries<Json>(row).flatMap(([name, value]) => {
      if (typeof value !== 'string' && typeof value !== 'number') return []
      const words = this.#schemasAt([...this.rowPath, name]).flatMap((schema) => [
        ...(schema.enum ?? []),
        ...(schema.examples ?? []),
        schema.example,
        schema.const,
        schema.default,
      ])
      return words.includes(value) ? [] : [name]
    })
  }

  /** Whether a body is sent as nothing but JSON. */
  get takesPlainJson(): boolean {
    return this.choice?.type === 'application/json'
  }

  /** Where the rows stand in the body; undefined where the body itself is the row. */
  get listPath(): readonly string[] | undefined {
    return this.rowPath.length === 0 ? undefined : this.rowPath.slice(0, -1)
  }

  /** Where several schemas hold at a place, the first of them. */
  siteAt(path: readonly string[]): Site | undefined {
    return this.#sites.get(toPointer(path))?.[0]
  }

  value(site: Alternative, random: Random): Json {
    // Any value at all is allowed there: an example is the only one that is known to make sense.
    if (isAnything(site)) return keywordsOf(site.schema).examples?.[0]
    return makeValue(this.context.contract, site.schema, random, toPointer(site.path), { optional: 0 })
  }

  /** The same, as the document's example has it, where it has one. */
  valueAsInExample(site: Site, random: Random): Json {
    const [whole] = Object.values(this.choice?.media.examples ?? {})
    const example = whole === undefined ? undefined : valueAt(whole, toPointer(site.path))
    if (isAnything(site)) return example ?? site.schema.examples?.[0]
    return makeValue(this.context.contract, site.schema, random, toPointer(site.path), {
      optional: 0,
      examples: true,
      name: site.path.findLast((name) => name !== '0') ?? '',
      ...(example !== undefined && { example }),
    })
  }

  /** Texts that stand for people and things look real and carry the run's tag, where their rules allow it. */
  dress(body: Json, random: Random, spared: readonly string[] = []): Json {
    const put = (isTagged: (path: readonly string[], site: Site, text: string) => boolean) => {
      let dressed = body
      for (const [path, text] of textsIn(body)) {
        if (toPointer(path) === toPointer(spared)) continue
        const site = this.siteAt(path.map((name) => (/^\d+$/.test(name) ? '0' : name)))
        const tagged = site && isTagged(path, site, text) ? this.#tagged(site, path, text, random) : undefined
        const next = tagged === undefined ? dressed : withValue(dressed, path, tagged)
        if (next !== dressed && !this.#isClosedTo(next, path, dressed)) dressed = next
      }
      return dressed
    }
    // What the document has an example for may be a word that only some texts are: it stays, where others can be tagged.
    const dressed = put((path, site, text) => TELLS_APART.test(path.at(-1) ?? '') || !this.#isExample(path, site, text))
    this.#madeValues += countValues(dressed)
    return JSON.stringify(dressed)?.includes(this.context.tag) ? dressed : put(() => true)
  }

  /** Of several schemas that hold at a place another may list its values: the kind of one among several (`discriminator`). */
  #isClosedTo(body: Json, path: readonly string[], before: Json): boolean {
    const sites = this.#sites.get(toPointer(path.map((name) => (/^\d+$/.test(name) ? '0' : name)))) ?? []
    if (!sites.some(({ schema }) => schema.enum || schema.const !== undefined)) return false
    const rulesBroken = (one: Json) => (this.broken(one) ?? []).map((error) => `${error.path} ${error.keyword}`)
    const known = new Set(rulesBroken(before))
    return rulesBroken(body).some((rule) => !known.has(rule))
  }

  #isExample(path: readonly string[], { schema }: Site, text: string): boolean {
    if ([schema.example, ...(schema.examples ?? [])].includes(text)) return true
    const named = this.operation.body?.content.flatMap(({ examples }) => Object.values(examples ?? {})) ?? []
    return named.some((example) => valueAt(example, toPointer(path)) === text)
  }

  /** Whether a member of the body says what a parameter of the path says already. */
  repeatsPath(path: readonly string[]): boolean {
    return this.#repeated.some((one) => toPointer(one.path) === toPointer(path))
  }

  get #repeated(): readonly Repeated[] {
    return (this.#repeatedMembers ??= findRepeated(this.operation, this.bodySites))
  }

  #repeatedMembers: readonly Repeated[] | undefined

  /** The same with a body that names what its path names, but for what breaks a rule by its name. */
  repeatPath(changes: RequestChanges): RequestChanges {
    const { body = this.#readText(changes) } = changes
    if (this.#repeated.length === 0 || body === undefined) return changes
    const { params = {} } = this.request({ path: changes.path ?? {} })
    let repeated = body
    for (const { path, parameter } of this.#repeated) {
      const [value] = valuesAt(repeated, toPointer(path))
      const text = params[parameter]
      if (text === undefined || value === undefined || value === null || String(value) === text) continue
      repeated = this.#withName(repeated, path, value, text)
    }
    if (repeated === body) return changes
    return { ...changes, ...(changes.text === undefined ? { body: repeated } : { text: this.write(repeated).text }) }
  }

  /** The body in a text of JSON that was written for a case; undefined where it is none. */
  #readText({ text }: RequestChanges): Json {
    if (text === undefined || this.choice?.form !== 'json') return undefined
    try {
      return JSON.parse(text)
    } catch {
      return undefined
    }
  }

  /** A name in the place of another, as a text or a number, where this breaks the same rules; those of the name itself stay broken. */
  #withName(body: Json, path: readonly string[], value: Json, text: string): Json {
    const before = this.broken(body) ?? []
    if (before.some((rule) => isAbout(rule, toPointer(path)))) return body
    const number = String(Number(text)) === text ? [Number(text)] : []
    const names = typeof value === 'number' ? [...number, text] : [text, ...number]
    const rules = (all: readonly BrokenRule[]) => JSON.stringify(all.map((rule) => [rule.path, rule.keyword]))
    const named = names.map((name) => withValue(body, path, name))
    return named.find((one) => rules(this.broken(one) ?? []) === rules(before)) ?? body
  }

  request(changes: RequestChanges = {}): CaseRequest {
    const { operation, context } = this
    const params: Record<string, string> = {}
    // A fragment is never sent (RFC 9110, section 4.1).
    const path = (operation.path.split('#', 1)[0] as string).replace(
      /\{([^{}]+)\}|[^{}]+/g,
      (literal, name?: string) => {
        if (name === undefined) return encodeLiteral(literal)
        const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name)
        const value = changes.path?.[name] ?? context.params[name] ?? this.#parameterValue('path', name)
        if (value === undefined) throw new DocumentError(`${operation.id} needs a value of ${name}: --param ${name}=…`)
        params[name] = toWireText(value)
        return pathTextOf(parameter ?? { name }, value)
      },
    )
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries({ ...this.#required('query', changes), ...changes.query })) {
      for (const text of [value].flat()) query.append(name, toWireText(text))
    }
    const written =
      changes.text !== undefined
        ? { text: changes.text, ...(changes.isBytes && { isBytes: changes.isBytes }) }
        : changes.body === undefined
          ? undefined
          : this.write(changes.body)
    const cookie = Object.entries({ ...this.#required('cookie', changes), ...changes.cookies })
      .flatMap(([name, value]) => [value].flat().map((text) => `${name}=${encodeURIComponent(text)}`))
      .join('; ')
    const headers: Record<string, string> = {
      accept: this.#accept(),
      ...(this.#required('header', changes) as Record<string, string>),
      ...(cookie && { cookie }),
      ...changes.headers,
    }
    if (written !== undefined)
      headers['content-type'] =
        changes.contentType ?? (written as Partial<WrittenBody>).contentType ?? this.write(null).contentType
    return {
      operationId: operation.id,
      method: operation.method,
      path: withQuery(path, this.#wholeQuery(changes) ?? String(query)),
      params,
      headers,
      ...(written !== undefined && { body: written.text, ...(written.isBytes && { isBytes: written.isBytes }) }),
      ...(changes.credentials && { credentials: changes.credentials }),
    }
  }

  /** What makes the whole query, as a body is made; undefined where no parameter is that (OpenAPI 3.2). */
  get wholeQuery(): RequestBuilder | undefined {
    const operation = asBody(this.context.contract, this.operation)
    return operation && (this.#query ??= new RequestBuilder(this.context, operation))
  }

  #query: RequestBuilder | undefined

  /** Undefined where the query is made of single parameters, or of none. */
  #wholeQuery({ querystring, without = [] }: RequestChanges): string | undefined {
    const parameter = querystring === undefined ? wholeQueryOf(this.operation) : undefined
    if (!parameter) return querystring
    const { name, required } = parameter
    const given = this.context.params[name]
    if (given !== undefined || !required || without.includes(`querystring ${name}`)) return given
    return this.writeQuery((this.wholeQuery as RequestBuilder).body('querystring'))
  }

  /** A value of the whole query as it goes out. */
  writeQuery(value: Json): string {
    const query = this.wholeQuery as RequestBuilder
    const { text } = query.write(value)
    return query.choice?.form === 'form' ? text : encodeURIComponent(text)
  }

  /** JSON, which most cases read; where no success is JSON, whatever it is. */
  #accept(): string {
    const successes = this.operation.replies.filter(({ status }) => /^2|^default$/.test(status))
    const types = successes.flatMap(({ content }) => content.map(({ type }) => type))
    return types.length === 0 || types.some((type) => covers(type, 'application/json')) ? 'application/json' : '*/*'
  }

  /**
   * The request that a link describes.
   * @param values of parameters, by name
   * @param path values of path parameters that are not among them
   */
  linkedRequest(
    values: Readonly<Record<string, Json>>,
    body?: Json,
    path: Readonly<Record<string, string>> = {},
  ): CaseRequest {
    const inPath = { ...path }
    const query: Record<string, string | readonly string[]> = {}
    for (const [name, value] of Object.entries(values)) {
      const parameter = this.operation.parameters.find((one) => one.name === name && ['path', 'query'].includes(one.in))
      if (parameter?.in === 'path') inPath[name] = toWireText(value)
      else Object.assign(query, writeParameter(parameter ?? { name, in: 'query' }, value))
    }
    return this.request({ path: inPath, query, ...(body !== undefined && { body }) })
  }

  #required(where: string, { without = [] }: RequestChanges): Record<string, string | readonly string[]> {
    return Object.assign(
      {},
      ...this.parameters
        .filter(({ in: place, name, required }) => place === where && required && !without.includes(`${place} ${name}`))
        .map((parameter) => {
          const { name } = parameter
          const value = this.context.params[name] ?? this.#parameterValue(where, name) ?? ''
          const written = writeParameter(parameter, value)
          return where === 'header' ? { [name.toLowerCase()]: headerTextOf(written[name]) } : written
        }),
    )
  }

  /** The document's example, whole or in pieces, else what its schema makes; the same for every operation. */
  #parameterValue(where: string, name: string): Json {
    const parameter = this.operation.parameters.find((one) => one.in === where && one.name === name)
    return parameter && this.parameterValue(parameter)
  }

  parameterValue({ name, in: place, schema, examples: [example] }: DeclaredParameter): Json {
    const { contract, seed, tag } = this.context
    const make = (rules: Schema, options: MakeOptions) =>
      makeValue(contract, rules, createRandom(seed, tag, 'parameter', name), name, {
        // An object without members is no parameter.
        optional: 1,
        name,
        // What looks like an id of somebody's may be one.
        named: place !== 'path',
        ...options,
      })
    const value = make(schema.schema, { examples: true, ...(example !== undefined && { example }) })
    // With nothing between two slashes it is another path (RFC 3986, section 3.3).
    return place === 'path' && value === '' ? make({ allOf: [schema.schema, { minLength: 1 }] }, {}) : value
  }

  /** What no two records may have is each case's own: of the example only the first that sends it is created. */
  #renew(body: Json, random: Random): Json {
    let renewed = body
    for (const site of this.bodySites) {
      const [value] = (site.schema as Json)['x-unique'] ? valuesAt(renewed, toPointer(site.path)) : []
      if (value === undefined || value === null) continue
      const tagged = typeof value === 'string' ? this.#tagged(site, site.path, value, random) : undefined
      renewed = withValue(renewed, site.path, tagged ?? this.value(site, random.at('unique', toPointer(site.path))))
    }
    return renewed
  }

  /** One row is enough. */
  #oneRow(body: Json, random: Random): Json {
    const list = this.rowPath.slice(0, -1)
    const site = this.siteAt(this.rowPath)
    if (this.rowPath.length === 0 || !site) return body
    const [row = this.value(site, random.at('row'))] = valuesAt(body, toPointer(list))[0] ?? []
    return withValue(body, list, [row])
  }

  /** Gives each row the member that people are told apart by, so that whatever is created can be found and removed. */
  #identify(body: Json, random: Random): Json {
    let identified = body
    for (const site of this.#identities) {
      if (valuesAt(identified, toPointer(site.path)).length > 0) continue
      identified = withValue(
        identified,
        site.path,
        this.#tagged(site, site.path, '', random) ?? this.value(site, random),
      )
    }
    for (const site of this.#specials) {
      const [example] = site.schema.examples ?? []
      if (isAnything(site) && valuesAt(identified, toPointer(site.path)).length > 0)
        identified = withValue(identified, site.path, example)
      const { value, needs } = site.schema['x-run'] ?? {}
      if (value !== undefined) identified = withValue(identified, site.path, value)
      // What needs leave is sent only by the case that is about it.
      else if (needs && valuesAt(identified, toPointer(site.path)).length > 0)
        identified = withValue(identified, site.path, GONE)
    }
    return identified
  }

  #ensure(body: Json, path: readonly string[], random: Random): Json {
    if (valuesAt(body, toPointer(path)).length > 0) return body
    const site = this.siteAt(path)
    if (!site) return withValue(body, path, {})
    let value = this.value(this.notNull(site), random.at('container', toPointer(path)))
    // Beside the member that is about to come, only what must be there has room.
    if (site.schema.maxProperties !== undefined) {
      value = Object.fromEntries(Object.entries(value).filter(([name]) => site.schema.required?.includes(name)))
    }
    const item = this.siteAt([...path, '0'])
    const isEmptyList = Array.isArray(value) && value.length === 0 && item
    return withValue(body, path, isEmptyList ? [this.value(item, random.at('item', toPointer(path)))] : value)
  }

  /** The site without null, into which nothing fits. One schema for each site: a validator is compiled for every schema it has not seen. */
  notNull(site: Site): Site {
    let container = this.#containers.get(site)
    if (!container) {
      container = { ...site, schema: withoutNull(this.context.contract, site.schema) }
      this.#containers.set(site, container)
    }
    return container
  }

  /** Whether a member says which of several schemas holds for the whole: any other text is no kind. */
  saysKind(path: readonly string[]): boolean {
    const holder = path.slice(0, -1).map((name) => (/^\d+$/.test(name) ? '0' : name))
    return this.#schemasAt(holder).some(({ discriminator }) => discriminator?.propertyName === path.at(-1))
  }

  #tagged(site: Site, path: readonly string[], text: string, random: Random): string | undefined {
    const { schema } = site
    if (schema.enum || schema.const !== undefined) return undefined
    if (schema.format !== undefined && schema.format !== 'email') return undefined
    const name = path.findLast((part) => !/^\d+$/.test(part)) ?? ''
    if (this.saysKind(path)) return undefined
    const unique = `${this.context.tag}${random.at('unique', toPointer(path)).integer(0, 0xffffff).toString(36)}`
    return candidatesFor(name, schema, unique).find((candidate) => candidate !== text && isValid(schema, candidate))
  }
}

/** Whether a broken rule is one of a place, or of what is in it. */
const isAbout = ({ path, alternatives = [] }: BrokenRule, place: string): boolean =>
  `${path}/`.startsWith(`${place}/`) || alternatives.some((rules) => rules.some((rule) => isAbout(rule, place)))

const withQuery = (path: string, query: string): string => (query === '' ? path : `${path}?${query}`)

/** The members and items of the first with the values of the second, where it has some for them. */
function takeValues(body: Json, example: Json): Json {
  if (Array.isArray(body) && Array.isArray(example) && example.length > 0) {
    return body.map((item, at) => takeValues(item, example[at % example.length]))
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return example ?? body
  if (typeof example !== 'object' || example === null || Array.isArray(example)) return body
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      Object.hasOwn(example, name) ? takeValues(value, example[name]) : value,
    ]),
  )
}

/** Of a list or an object, those in it, and itself. */
function countValues(value: Json): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values<Json>(value).reduce((count, one) => count + countValues(one), 1)
}

/** JSON without a schema: any value will do. */
const PLAIN_JSON: BodyChoice = {
  form: 'json',
  type: 'application/json',
  media: { type: 'application/json', pointer: '#', schema: undefined, itemSchema: undefined, examples: undefined },
}

/** The members that a row is told apart by: an e-mail address, or a login. */
export const IDENTITY = /^(?:e-?mail|login_?id)$/i

/** Names of members whose values are mostly another one's nowhere else. */
const TELLS_APART = /name|title|label|slug|login|e-?mail|phone|handle|key|code|identifier|external|id$/i

const isAnything = ({ schema }: Pick<Alternative, 'schema'>): boolean => {
  const { type, enum: members, examples } = keywordsOf(schema)
  return type === undefined && !members && examples?.[0] !== undefined
}

const allowsText = ({ type = 'string' }: SchemaObject): boolean => [type].flat().includes('string')

/** What a text of this name may look like, the best first. */
function candidatesFor(name: string, schema: SchemaObject, unique: string): string[] {
  if (/e-?mail|login_?id|identifier/i.test(name) || schema.format === 'email') return [`rollcall-${unique}@example.com`]
  if (/phone/i.test(name)) return [`+1555${digits(unique, 7)}`]
  // Where a pattern asks for something of its own, what it made is better than a tag.
  if (schema.pattern !== undefined && !/\\p\{L\}/.test(schema.pattern)) return []
  // Of letters and digits alone: it is a word of a URL, a label and a name of a variable as well, where one is asked for
  // without a pattern.
  return [`rollcall${unique}`, unique]
}

const digits = (text: string, count: number): string => {
  let number = 0
  for (const char of text) number = (number * 31 + char.charCodeAt(0)) % 10 ** count
  return String(number).padStart(count, '0')
}

function isValid(schema: SchemaObject, text: string): boolean {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema
  // A UTF-16 unit is a character at most: most texts need no counting.
  const length = text.length > maxLength || minLength > 0 ? [...text].length : text.length
  if (length < minLength || length > maxLength) return false
  return schema.pattern === undefined || regExpOf(schema.pattern).test(text)
}

const regExps = new Map<string, RegExp>()

function regExpOf(pattern: string): RegExp {
  let known = regExps.get(pattern)
  if (!known) regExps.set(pattern, (known = new RegExp(pattern, 'u')))
  return known
}

function* textsIn(value: Json, path: readonly string[] = []): Generator<[path: readonly string[], text: string]> {
  if (typeof value === 'string') yield [path, value]
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) yield* textsIn(member, [...path, name])
}

/** Rows are the items of the body, of the only list of objects that it must have, or the body itself. */
function findRowPath(sites: readonly Site[]): readonly string[] {
  const isObject = (path: readonly string[]) =>
    sites.some(
      (site) => toPointer(site.path) === toPointer(path) && (site.schema.properties || site.schema.type === 'object'),
    )
  const [root] = sites
  if (!root) return []
  if (isObject(['0']) && [root.schema.type].flat().includes('array')) return ['0']
  const needed: readonly string[] = root.schema.required ?? []
  const lists = sites.filter(
    ({ path }) => path.length === 2 && path[1] === '0' && needed.includes(path[0] ?? '') && isObject(path),
  )
  const names = [...new Set(lists.map(({ path }) => path[0] as string))]
  return names.length === 1 ? [names[0] as string, '0'] : []
}
