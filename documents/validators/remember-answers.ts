import type { AnyValidateFunction, DataValidationCxt, ErrorObject } from 'ajv/dist/types/index.js'

/** So many references a value is followed through before answers are remembered: ordinary ones never come there. */
const MOST_FOLLOWED = 10_000

type Evaluated = NonNullable<AnyValidateFunction['evaluated']>

/** What a schema said of one value at one place. */
interface Answer {
  readonly data: unknown
  readonly isValid: boolean
  /** The last is of the outermost rule; to tell all of them again each time would fill the memory. */
  readonly error: ErrorObject | undefined
  readonly evaluated: Evaluated | undefined
}

/**
 * Keeps the validators of references from asking the same again and again: of thirty schemas that each refer twice to the
 * next, the last would be asked a thousand million times. Nothing is remembered of a value that little is asked of, which
 * therefore has all of its errors and costs no more, and nothing from one value to the next.
 */
export function rememberAnswers(): (validate: AnyValidateFunction) => AnyValidateFunction {
  let level = 0
  let followed = 0
  let root: unknown
  let answers = new Map<AnyValidateFunction, Map<string, Answer>>()
  const begin = (rootData: unknown): void => {
    level = 0
    followed = 0
    root = rootData
    if (answers.size > 0) answers = new Map()
  }
  const ask = (validate: AnyValidateFunction, data: unknown, context: DataValidationCxt): boolean => {
    const { instancePath } = context
    let known = answers.get(validate)
    if (!known) answers.set(validate, (known = new Map()))
    const before = known.get(instancePath)
    // The name of a member has the place of the object that it is in.
    if (before && before.data === data) {
      validate.errors = before.error ? [before.error] : null
      if (before.evaluated && validate.evaluated) Object.assign(validate.evaluated, copyOf(before.evaluated))
      return before.isValid
    }
    const isValid = validate(data, context) as boolean
    const { errors, evaluated } = validate
    known.set(instancePath, { data, isValid, error: errors?.at(-1), evaluated: evaluated && copyOf(evaluated) })
    return isValid
  }
  return (validate) => {
    const asked = (data: unknown, context?: DataValidationCxt): boolean => {
      const rootData = context ? context.rootData : data
      // Who broke the last one off at any moment has left its level behind.
      if (level <= 0 || rootData !== root) begin(rootData)
      level++
      try {
        const isRemembered = ++followed > MOST_FOLLOWED && context && !isDynamic(context)
        return isRemembered ? ask(validate, data, context) : (validate(data, context) as boolean)
      } finally {
        level--
        wrapped.errors = validate.errors ?? null
      }
    }
    const wrapped = Object.assign(asked, validate) as AnyValidateFunction
    return wrapped
  }
}

/** Where a `$dynamicRef` leads depends on the way to it. */
function isDynamic({ dynamicAnchors }: DataValidationCxt): boolean {
  for (const _ in dynamicAnchors) return true
  return false
}

/** Ajv adds to what it was given. */
const copyOf = (evaluated: Evaluated): Evaluated =>
  typeof evaluated.props === 'object' ? { ...evaluated, props: { ...evaluated.props } } : { ...evaluated }
