import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import type { SchemaError, Validate } from '../contract/table.ts'
import type { Json } from '../read/read-document.ts'
import { compileLate } from './compile-late.ts'

/** Of larger values only the first alternative is told: trying all of them to the end would take long. */
const MOST_MEMBERS = 1000

/**
 * Gives a validator one error for each value: where that satisfies none of several alternatives, what keeps it from the
 * one that was meant, by the discriminator (OpenAPI 3.1, Discriminator Object) or by what the value has of it.
 * @param ajv compiles the validators, and is `verbose`
 * @param reading under which name it knows the document
 */
export function createExplainer(ajv: Ajv2020, reading: string): (validate: Validate) => Validate {
  let judge: Ajv2020 | undefined
  const setting: Setting = { ajv, reading, judgeOf: () => (judge ??= createJudge(ajv, reading)) }
  return (validate) => {
    const explained: Validate = (value) => {
      const isValid = validate(value)
      explained.errors = isValid ? null : [chooseError(setting, (validate.errors ?? []) as ErrorObject[])]
      return isValid
    }
    return explained
  }
}

interface Setting {
  readonly ajv: Ajv2020
  readonly reading: string
  /** Tells all that is wrong with a value; made when it is first needed. */
  readonly judgeOf: () => Ajv2020
}

function createJudge(ajv: Ajv2020, reading: string): Ajv2020 {
  const judge = new Ajv2020({ ...ajv.opts, allErrors: true })
  Object.assign(judge.formats, ajv.formats)
  compileLate(judge)
  return judge.addSchema(ajv.schemas[reading]?.schema as object, reading)
}

/** Ajv stops at the first keyword that fails: the last error is the outermost, and those of its alternatives come before. */
function chooseError(setting: Setting, errors: readonly ErrorObject[]): SchemaError {
  const [first] = errors as [ErrorObject]
  const last = errors.at(-1) as ErrorObject
  if (last.keyword === 'if' && errors.length > 1) return chooseError(setting, errors.slice(0, -1))
  if (last.keyword !== 'oneOf' && last.keyword !== 'anyOf') return first
  // It satisfies more than one.
  if (last.params['passingSchemas']) return last
  const holder = last.parentSchema as Json
  const branches: readonly Json[] = holder[last.keyword]
  const { propertyName } = holder.discriminator ?? {}
  try {
    const told = typeof propertyName === 'string' ? discriminate(setting, holder, branches, last.data) : undefined
    const inner = told ?? nearestError(setting, branches, last.data)
    return inner ? { ...inner, instancePath: last.instancePath + inner.instancePath } : first
  } catch {
    // A branch whose references lead elsewhere when it stands alone.
    return first
  }
}

/** What keeps a value from one schema. */
function errorOf(setting: Setting, branch: Json, value: unknown): SchemaError | undefined {
  const validate = setting.ajv.compile(branch)
  return validate(value) ? undefined : chooseError(setting, validate.errors ?? [])
}

/** @returns undefined where the discriminator cannot tell: the value is no object, or no branch has a name */
function discriminate(setting: Setting, holder: Json, branches: readonly Json[], value: Json): SchemaError | undefined {
  const { propertyName, mapping = {}, defaultMapping } = holder.discriminator
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const names = branches.map((branch) => namesOf(setting, branch, propertyName, mapping))
  const allowedValues = [...new Set(names.flat())]
  if (allowedValues.length === 0) return undefined
  const name = Object.hasOwn(value, propertyName) ? value[propertyName] : undefined
  const index = names.findIndex((own) => own.includes(name))
  const usual = branches.findIndex(
    (branch) => defaultMapping !== undefined && refersTo(setting, branch, defaultMapping),
  )
  const branch = branches[index < 0 ? usual : index]
  if (branch !== undefined) return errorOf(setting, branch, value)
  if (name === undefined) {
    const message = `must have required property '${propertyName}'`
    return { instancePath: '', keyword: 'required', message, params: { missingProperty: propertyName } }
  }
  const at = propertyName.replaceAll('~', '~0').replaceAll('/', '~1')
  return { instancePath: `/${at}`, keyword: 'enum', params: { allowedValues } }
}

/** What the discriminating member is called by in a branch: its own words, those mapped to it, or its schema's name. */
function namesOf(setting: Setting, branch: Json, propertyName: string, mapping: Json): readonly unknown[] {
  const own = wordsOf(setting, branch, propertyName)
  if (own.length > 0) return own
  const mapped = Object.keys(mapping).filter((word) => refersTo(setting, branch, mapping[word]))
  return mapped.length > 0 || typeof branch.$ref !== 'string' ? mapped : [branch.$ref.split('/').at(-1)]
}

function wordsOf(setting: Setting, branch: Json, propertyName: string): readonly unknown[] {
  const { properties, allOf = [] } = targetOf(setting, branch) ?? {}
  const member = targetOf(setting, properties?.[propertyName])
  if (member?.const !== undefined) return [member.const]
  if (Array.isArray(member?.enum)) return member.enum
  for (const part of allOf) {
    const { properties: inner } = targetOf(setting, part) ?? {}
    const { const: word, enum: words = [] } = targetOf(setting, inner?.[propertyName]) ?? {}
    if (word !== undefined || words.length > 0) return word === undefined ? words : [word]
  }
  return []
}

/** A schema, or what its reference leads to. */
function targetOf({ ajv, reading }: Setting, schema: Json): Json {
  let at = schema
  for (let hops = 0; typeof at?.$ref === 'string' && at.$ref.startsWith(`${reading}#`) && hops < 50; hops++) {
    at = ajv.getSchema(at.$ref)?.schema
  }
  return at
}

/** @param meant a reference, or the name of a schema */
const refersTo = ({ reading }: Setting, { $ref }: Json, meant: unknown): boolean =>
  $ref === reading + meant || $ref === `${reading}#/components/schemas/${meant}`

/** What keeps a value from the alternative that it has most of; from its type, where none is of that. */
function nearestError(setting: Setting, branches: readonly Json[], value: Json): SchemaError | undefined {
  if (Object.keys(value ?? {}).length > MOST_MEMBERS) return errorOf(setting, branches[0], value)
  const found = branches.map((branch) => {
    const validate = setting.judgeOf().compile(branch)
    return validate(value) ? [] : (validate.errors ?? [])
  })
  const types = found.map((errors) => errors.filter(isOfRoot).flatMap(({ params }) => params['type']))
  if (branches.length > 1 && types.every((own) => own.length > 0)) {
    const all = [...new Set(types.flat())]
    return { instancePath: '', keyword: 'type', message: `must be ${all.join(',')}`, params: { type: all } }
  }
  const distances = found.map((errors) => errors.reduce((sum, error) => sum + distanceOf(error), 0))
  return errorOf(setting, branches[distances.indexOf(Math.min(...distances))], value)
}

/** Whether a value is of another type altogether. */
const isOfRoot = ({ instancePath, keyword }: ErrorObject): boolean => keyword === 'type' && instancePath === ''

/** How far one broken rule is from what was meant: another type altogether, another word, something that is missing. */
function distanceOf({ instancePath, keyword }: ErrorObject): number {
  const depth = instancePath.split('/').length - 1
  if (keyword === 'type' && depth === 0) return 1e6
  if ((keyword === 'const' || keyword === 'enum') && depth < 2) return 1e4
  return keyword === 'required' || keyword === 'additionalProperties' ? 100 : 1
}
