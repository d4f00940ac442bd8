import type { Json } from './json.ts'
import type { Mending } from './mending.ts'

/** A schema as draft 2020-12 has it. */
export interface UpgradedSchema {
  readonly schema: Json
  /** Whether it allows null beside what it says. */
  readonly isNullable: boolean
  /** Of members that stand elsewhere than they stood: the way there. */
  readonly renamed?: Readonly<Record<string, readonly string[]>>
}

/** What may stand beside a `$ref` of 2.0 and 3.0 and be meant, though both say to ignore it: it allows and forbids nothing. */
const ANNOTATIONS = new Set([
  ...['$ref', 'title', 'summary', 'description', 'deprecated', 'readOnly', 'writeOnly', 'example', 'default'],
  ...['externalDocs', 'xml', 'nullable'],
])

const isTrue = (value: Json): boolean => value === true || value === 'true'

/**
 * The keywords of other versions in one schema, what stands below it left as it is: those of OpenAPI 3.0 and Swagger 2.0
 * (`nullable`, `exclusiveMinimum: true`, `type: file`), and of older drafts of JSON Schema (lists as `items`). In a
 * document of 3.1 they have no meaning, but are meant all the same, and told.
 */
export function upgradeSchema(written: Json, mending: Mending): UpgradedSchema {
  const upgrade = new Upgrade(written, mending)
  const { version } = mending
  if (version === '2.0' || version === '3.0') {
    upgrade.dropSiblings()
    upgrade.addContent()
  }
  const isNullable = isTrue(written.nullable) || (version === '2.0' && isTrue(written['x-nullable']))
  if ('nullable' in written) upgrade.dropNullable()
  upgrade.readExclusive('exclusiveMinimum', 'minimum')
  upgrade.readExclusive('exclusiveMaximum', 'maximum')
  if (written.type === 'file') upgrade.readFile()
  if (typeof written.discriminator === 'string') upgrade.readDiscriminator()
  if (Array.isArray(written.items)) upgrade.readItems()
  return { schema: upgrade.schema, isNullable, renamed: upgrade.renamed }
}

class Upgrade {
  /** A copy as soon as anything is changed. */
  schema: Json
  renamed: NonNullable<UpgradedSchema['renamed']> = {}
  readonly #written: Json
  readonly #mending: Mending

  constructor(written: Json, mending: Mending) {
    this.schema = this.#written = written
    this.#mending = mending
  }

  #set(changes: Json): void {
    this.schema = { ...this.schema, ...changes }
    for (const [keyword, value] of Object.entries(changes)) if (value === undefined) delete this.schema[keyword]
  }

  /** @param versions in which the keyword has this meaning, and nobody needs to be told */
  #note(versions: readonly string[], keyword: string, what: string, instead: string): void {
    const { version, tell } = this.#mending
    if (!versions.includes(version))
      tell('keyword-of-other-version', `${what} has no meaning in OpenAPI ${version}`, instead, keyword)
  }

  dropSiblings(): void {
    if (typeof this.#written.$ref !== 'string') return
    const { version, tell } = this.#mending
    for (const keyword of Object.keys(this.#written)) {
      if (ANNOTATIONS.has(keyword) || keyword.startsWith('x-')) continue
      const message = `${keyword} stands beside a $ref, where OpenAPI ${version} ignores it`
      tell('ref-siblings', message, 'it is ignored', keyword)
      this.#set({ [keyword]: undefined })
    }
  }

  /** What 3.1 says in place of the formats `byte` and `binary`; the formats remain. */
  addContent(): void {
    const { type, format, contentEncoding, contentMediaType } = this.#written
    if (type === 'string' && format === 'byte' && contentEncoding === undefined)
      this.#set({ contentEncoding: 'base64' })
    if (type === 'string' && format === 'binary' && contentMediaType === undefined)
      this.#set({ contentMediaType: BYTES })
  }

  dropNullable(): void {
    if (isTrue(this.#written.nullable)) this.#note(['2.0', '3.0'], 'nullable', 'nullable', 'null is allowed')
    this.#set({ nullable: undefined })
  }

  readExclusive(exclusive: string, limit: string): void {
    const isExclusive: Json = this.#written[exclusive]
    if (typeof isExclusive !== 'boolean') return
    const instead = isExclusive ? `${limit} is read as ${exclusive}` : 'it is ignored'
    this.#note(['2.0', '3.0'], exclusive, `${exclusive}: ${isExclusive}`, instead)
    const value = this.#written[limit]
    this.#set(
      isExclusive && value !== undefined ? { [exclusive]: value, [limit]: undefined } : { [exclusive]: undefined },
    )
  }

  readFile(): void {
    this.#note(['2.0'], 'type', 'type: file', 'it is read as bytes')
    this.#set({ type: 'string', format: 'binary', contentMediaType: BYTES })
  }

  readDiscriminator(): void {
    this.#note(['2.0'], 'discriminator', 'a text as discriminator', 'it is read as its propertyName')
    this.#set({ discriminator: { propertyName: this.#written.discriminator } })
  }

  readItems(): void {
    this.#note([], 'items', 'a list as items', 'it is read as prefixItems')
    const { items, additionalItems, 'x-evidence': evidence = 'assumed' } = this.#written
    // Some mean one after the other, as drafts before 2020-12 have it, and some any of them: no version says which.
    this.#set({ prefixItems: items, items: additionalItems, additionalItems: undefined, 'x-evidence': evidence })
    this.renamed = { prefixItems: ['items'], ...(additionalItems !== undefined && { items: ['additionalItems'] }) }
  }
}

const BYTES = 'application/octet-stream'

/** Keywords that only tell, and can stand around what allows null. */
const AROUND = new Set([...ANNOTATIONS].filter((keyword) => keyword !== '$ref'))

/**
 * Lets a schema allow null as well. Where other keywords than `type` and `enum` would still forbid it, the schema becomes
 * one of two alternatives; what only tells (`readOnly`, `description`) stays around them.
 * @returns wrapped: what becomes the first alternative, `#/anyOf/0`
 */
export function allowNull(schema: Json): { readonly schema: Json; readonly wrapped?: Json } {
  const { type, enum: values, anyOf } = schema
  const isPlain = (...allowed: readonly string[]) =>
    ['$ref', 'allOf', 'anyOf', 'oneOf', 'not', 'if', 'const'].every(
      (keyword) => !(keyword in schema) || allowed.includes(keyword),
    )
  if (isPlain()) {
    return {
      schema: {
        ...schema,
        ...(type !== undefined && { type: [...new Set([type, 'null'].flat())] }),
        ...(Array.isArray(values) && { enum: values.includes(null) ? values : [...values, null] }),
      },
    }
  }
  if (isPlain('anyOf') && Array.isArray(anyOf) && type === undefined && values === undefined)
    return { schema: { ...schema, anyOf: [...anyOf, { type: 'null' }] } }
  const isAround = ([keyword]: readonly [string, Json]) => AROUND.has(keyword) || keyword.startsWith('x-')
  const entries = Object.entries<Json>(schema)
  return {
    schema: Object.fromEntries(entries.filter(isAround)),
    wrapped: Object.fromEntries(entries.filter((entry) => !isAround(entry))),
  }
}
