import type { CodeKeywordDefinition } from 'ajv'
import type { Ajv2020 } from 'ajv/dist/2020.js'
import { compileSchema, resolveSchema, type SchemaEnv } from 'ajv/dist/compile/index.js'
import { resolveUrl } from 'ajv/dist/compile/resolve.js'
import type { Json } from '../read/json.ts'
import { parsePointer } from '../read/json-pointer.ts'
import { rememberAnswers } from './remember-answers.ts'

/**
 * Makes an Ajv compile what a reference leads to when a value first comes there. By itself it compiles all that can be
 * reached, one inside the other: of a large document that is seconds for a value that needs little of it, and of some
 * hundred schemas that lead from one to the next the stack does not suffice.
 *
 * It holds on to how Ajv treats a schema that refers to itself while it is compiled: the code asks the environment of that
 * schema (`SchemaEnv`) for its validator when it runs.
 */
export function compileLate(ajv: Ajv2020): void {
  const rule = ajv.RULES.all['$ref']
  if (typeof rule !== 'object') throw new Error('this Ajv knows no $ref')
  const definition = rule.definition as CodeKeywordDefinition
  const { code } = definition
  const known = new Map<string, SchemaEnv>()
  /** What was put off, in order; some of it is compiled by now. */
  const pending: SchemaEnv[] = []
  const remember = rememberAnswers()
  definition.code = (context) => {
    const { baseId, schemaEnv } = context.it
    const { root } = schemaEnv
    const reference = resolveUrl(ajv.opts.uriResolver, baseId, context.schema)
    // One that refers to itself is being compiled.
    const isOther = !context.schema.startsWith('#')
    const target = isOther ? (known.get(reference) ?? resolveSchema.call(ajv, root, endOf(ajv, reference))) : undefined
    if (target && !known.has(reference)) {
      putOff(ajv, target, pending, remember)
      known.set(reference, target)
    }
    if (target) root.refs[reference] ??= target
    code(context)
  }
}

const memberOf = (at: Json, token: string): Json => at?.[token]

/** Where a chain of references ends that say nothing else: Ajv follows it by calling itself. */
function endOf(ajv: Ajv2020, reference: string): string {
  const seen = new Set<string>()
  let at = reference
  while (!seen.has(at)) {
    seen.add(at)
    const [base = '', fragment = ''] = at.split('#')
    // Parts of a document that are read when somebody asks show themselves to nobody who only looks.
    const { $ref, ...rest } = parsePointer(`#${fragment}`)?.reduce<Json>(memberOf, ajv.schemas[base]?.schema) ?? {}
    if (typeof $ref !== 'string' || Object.keys(rest).length > 0) return at
    at = resolveUrl(ajv.opts.uriResolver, base, $ref)
  }
  return reference
}

/** A value came to a schema that is not compiled yet, where nobody may compile. */
export class NotCompiledError extends Error {
  override readonly name = 'NotCompiledError'
  /** Compiles it, and of those that it leads to so many in all, the nearest first: then the same can be tried again. */
  readonly compile: (count: number) => void

  constructor(compile: (count: number) => void) {
    super('a schema is not compiled yet')
    this.compile = compile
  }
}

let isHeld = false

/**
 * What `work` returns; it validates what is compiled, and compiles nothing. For who may break it off at any moment: a
 * compilation that is broken off leaves its Ajv half made.
 * @throws NotCompiledError where more has to be compiled first
 */
export function withoutCompiling<T>(work: () => T): T {
  isHeld = true
  try {
    return work()
  } finally {
    isHeld = false
  }
}

function putOff(
  ajv: Ajv2020,
  target: SchemaEnv,
  pending: SchemaEnv[],
  remember: ReturnType<typeof rememberAnswers>,
): void {
  pending.push(target)
  const define = (validate: SchemaEnv['validate']) =>
    Object.defineProperty(target, 'validate', {
      value: validate && remember(validate),
      writable: true,
      configurable: true,
      enumerable: true,
    })
  Object.defineProperty(target, 'validate', {
    configurable: true,
    enumerable: true,
    get() {
      // While a schema is compiled, the others are not there.
      if (ajv._compilations.size > 0) return undefined
      if (isHeld) throw new NotCompiledError((count) => compileSome(ajv, target, pending, count))
      compileSchema.call(ajv, target)
      return target.validate
    },
    set: define,
  })
}

function compileSome(ajv: Ajv2020, target: SchemaEnv, pending: readonly SchemaEnv[], count: number): void {
  let at = pending.length
  compileSchema.call(ajv, target)
  for (let left = count - 1; left > 0 && at < pending.length; at++) {
    const next = pending[at] as SchemaEnv
    if (Object.getOwnPropertyDescriptor(next, 'validate')?.get === undefined) continue
    left--
    try {
      compileSchema.call(ajv, next)
    } catch {
      // What is wrong with it is told when a value comes there.
    }
  }
}
