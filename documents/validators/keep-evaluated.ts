/** Where a schema reads which members the one that it refers to has looked at; to write them is another function's own. */
const READ = /[\w.$]+\.evaluated\.props\b(?!\s*=[^=])/g

/**
 * The code of a validator in which what another has looked at is copied before more is added to it: Ajv adds to the table
 * of the schema that is referred to (`mergeEvaluated`), which is shared. Of two alternatives that refer to one, what the
 * first names would from then on be allowed by the second, whatever its `unevaluatedProperties` says.
 */
export const keepEvaluated = (code: string): string =>
  code.replace(READ, (read) => `(e => e && e !== true ? { ...e } : e)(${read})`)
