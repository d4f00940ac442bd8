/**
 * Says the same as Ajv's standalone code, written in lines, in a fraction of the bytes: errors come from one table, the path
 * in the schema is left out, whole schemas are, and functions that do the same are one. The verdicts stay, and of each
 * error its place, keyword, params and message. What is not in a form known here is left as it is.
 */
export function compactValidators(code: string): string {
  const table = tabulateErrors(inlineValues(code))
  const settled = dropTautologies(leaveAtOnce(shortenCalls(shortenChecks(table))))
  const shared = shareTypeChecks(shareTextChecks(compareLengths(nameMembers(settled))))
  const short = listRequired(readByName(shareMembers(dropBlocks(leaveEarly(shareChoices(shared))))))
  return dropRows(forgetNoErrors(shareFunctions(short)))
}

const ENUM =
  /^if\(!\(\(+(data\d*(?:\.\w+)?) === [^\n]*?\)(?: \|\| \(\1 === (?:"(?:[^"\\]|\\.)*"|[^\s")]+)\)\)?)+\)\)\{$/gm
const LITERAL = /=== ("(?:[^"\\]|\\.)*"|[^\s")]+)\)/g

/** Ajv keeps a whole schema, descriptions and all, to say what one member of it allows. */
function inlineValues(code: string): string {
  const schemas = new Map<string, unknown>()
  for (const [, name = '', json = ''] of code.matchAll(/^const (schema\d+) = (.*);$/gm))
    schemas.set(name, JSON.parse(json))
  const values = new Map<string, string>()
  const inlined = code.replaceAll(
    /(?<!^const )\b(schema\d+)((?:\.\w+|\[(?:\d+|"(?:[^"\\]|\\.)*")\])+)/gm,
    (reference: string, schema: string, path: string) => {
      let value = schemas.get(schema) as never
      for (const [, name, index] of path.matchAll(/\.(\w+)|\[(\d+|"(?:[^"\\]|\\.)*")\]/g))
        value = value?.[name ?? JSON.parse(index as string)]
      if (value === undefined) return reference
      const text = JSON.stringify(value)
      if (!values.has(text)) values.set(text, `values${values.size}`)
      return values.get(text) as string
    },
  )
  const compared = inlined.replaceAll(ENUM, (_, data: string) => {
    const text = JSON.stringify([..._.matchAll(LITERAL)].map(([, literal]) => JSON.parse(literal as string)))
    if (!values.has(text)) values.set(text, `values${values.size}`)
    return `if(!(${values.get(text)}.includes(${data}))){`
  })
  return `${[...values].map(([text, name]) => `const ${name} = ${text};\n`).join('')}${compared}`
}

const ERROR =
  /^(const err\d+ = |validate\d+\.errors = \[)\{instancePath(?::(.*?))?,schemaPath:(?:.*?),keyword:("[^"]*"),params:(\{.*\}),message:(.*?)(,propertyName:\w+)?\}(\]?;)$/gm

const RUNTIME = `
const failsAs = (instancePath, keyword, params, message) => ({ instancePath, keyword, params, message });
const messages = {
  type: (params) => "must be " + params.type,
  enum: () => "must be equal to one of the allowed values",
  pattern: (params) => 'must match pattern "' + params.pattern + '"',
};
const fails = (path, row) => {
  const [keyword, params, message = messages[keyword](params)] = errorTable[row];
  return failsAs(path, keyword, params, message);
};
const passOn = (validate, errors) => ((validate.errors = errors), false);
const fail = (validate, path, row) => passOn(validate, [fails(path, row)]);
const failAs = (validate, ...error) => passOn(validate, [failsAs(...error)]);
const lacks = (validate, path, missingProperty) =>
  failAs(validate, path, "required", { missingProperty }, "must have required property '" + missingProperty + "'");
const has = (validate, path, object, names) => {
  for (const name of names) if (object[name] === undefined) return lacks(validate, path, name);
  return true;
};
const isAmong = (validate, path, value, allowedValues) =>
  allowedValues.includes(value) || failAs(validate, path, "enum", { allowedValues }, messages.enum());
const append = (errors, error) => (errors === null ? [error] : (errors.push(error), errors));
const join = (errors, more) => (errors === null ? more : errors.concat(more));
const isObject = (value) => value && typeof value == "object" && !Array.isArray(value);
`

/** Equal errors, but for their place, are one row of a table. */
function tabulateErrors(code: string): string {
  const rows = new Map<string, number>()
  const patterns = new Map<string, string>()
  const named = code.replaceAll(
    /^const (pattern\d+) = new RegExp\((".*"), "u"\);$/gm,
    (_, name: string, text: string) => {
      patterns.set(text, `${name}Text`)
      return `const ${name}Text = ${text};\nconst ${name} = new RegExp(${name}Text, "u");`
    },
  )
  const tabulated = named
    .replace(ERROR, (_, before, path = 'instancePath', keyword, params, message, ofName, after) => {
      if (ofName) {
        return `${before}{instancePath:${path},keyword:${keyword},params:${params},message:${message}${ofName}}${after}`
      }
      if (!isConstant(params) || !isConstant(message)) {
        return `${before}failsAs(${path}, ${keyword}, ${params}, ${message})${after}`
      }
      const pattern = keyword === '"pattern"' ? patterns.get(params.slice('{pattern: '.length, -1)) : undefined
      const isTold = pattern !== undefined || keyword === '"type"' || keyword === '"enum"'
      const row = `[${keyword},${pattern ? `{pattern:${pattern}}` : params}${isTold ? '' : `,${message}`}]`
      if (!rows.has(row)) rows.set(row, rows.size)
      return `${before}fails(${path}, ${rows.get(row)})${after}`
    })
    .replaceAll(/^(validate\d+)\.errors = \[fails(As)?\((.*)\)\];\nreturn false;$/gm, 'return fail$2($1, $3);')
    .replaceAll(
      /^return failAs\((.*), "required", \{missingProperty: (missing\d+)\}, "must have required property '"\+\2\+"'"\);$/gm,
      'return lacks($1, $2);',
    )
    .replaceAll(
      /^const (err\d+) = (.*);\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}$/gm,
      'vErrors = append(vErrors, $2);',
    )
    .replaceAll(
      /^vErrors = vErrors === null \? (validate\d+\.errors) : vErrors\.concat\(\1\);$/gm,
      'vErrors = join(vErrors, $1);',
    )
  return `${tabulated}${RUNTIME}const errorTable = [${[...rows.keys()].join(',\n')}];\n`
}

/** What is called by other validators alone is asked for its errors where it failed: it need not forget them where it passed. */
function forgetNoErrors(code: string): string {
  const exported = new Set([...code.matchAll(/^export const \w+ = (validate\d+);$/gm)].map(([, name]) => name))
  return code.replaceAll(/^(validate\d+)\.errors = null;\n(?=return true;$)/gm, (text, name) =>
    exported.has(name) ? text : '',
  )
}

/** Rows of the table that no error asks for any more are left empty: the others keep their numbers. */
function dropRows(code: string): string {
  // Some of these are no rows: one that is kept for nothing harms nobody.
  const used = new Set([...code.matchAll(/, (\d+)\)/g)].map(([, row]) => Number(row)))
  return code.replace(/^const errorTable = \[([\s\S]*?)\];$/m, (_, rows: string) => {
    const kept = rows.split(',\n').map((row, index) => (used.has(index) ? row : ''))
    return `const errorTable = [${kept.join(',\n')}];`
  })
}

/** Whether an expression names nothing that its function knows. */
const isConstant = (expression: string): boolean =>
  !/[A-Za-z_$]/.test(
    expression
      .replaceAll(/"(?:[^"\\]|\\.)*"/g, '')
      .replaceAll(/\w+:/g, '')
      .replaceAll(/\b(?:true|false|null|values\d+)\b/g, ''),
  )

function shortenChecks(code: string): string {
  const short = code
    .replaceAll(/((?:data\d*)(?:\.\w+|\[\w+\])?) && typeof \1 == "object" && !Array\.isArray\(\1\)/g, 'isObject($1)')
    // What is finite is a number.
    .replaceAll(/ && !isNaN\(([\w.[\]]+)\)(\)+ && \(isFinite\(\1\))/g, '$2')
  // Only `unevaluatedProperties` and `unevaluatedItems` ask a function which members it looked at.
  if (/\.evaluated\b(?! = |;$)/m.test(short)) return short
  return short
    .replaceAll(
      /^const evaluated\d+ = validate\d+\.evaluated;\nif\(evaluated\d+\.dynamicProps\)\{\nevaluated\d+\.props = undefined;\n\}\nif\(evaluated\d+\.dynamicItems\)\{\nevaluated\d+\.items = undefined;\n\}$/gm,
      '',
    )
    .replaceAll(/^(?:validate\d+\.evaluated|evaluated\d+\.(?:props|items)) = .*;$/gm, '')
}

/** Parent, root and anchors are handed from function to function, and only `$dynamicRef` asks for them. */
function shortenCalls(code: string): string {
  const short = code
    .replaceAll(/^\/\*# sourceURL=.*\n/gm, '')
    .replaceAll(
      /\{instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors=\{\}\}=\{\}/g,
      'instancePath=""',
    )
    .replaceAll(
      /\{instancePath(?::(.*?))?,parentData(?::.*?)?,parentDataProperty(?::.*?)?,rootData,dynamicAnchors\}/g,
      (_, path = 'instancePath') => path,
    )
  return /\b(?:rootData|dynamicAnchors|parentData)\b/.test(short) ? code : short
}

const FUNCTION = /^function (validate\d+)\([\s\S]*?^return (?:errors === 0|true);\n\}$/gm

const FAILED_CALL =
  /^if\(!\((validate\d+)\((.*)\)\)\)\{\nvErrors = join\(vErrors, \1\.errors\);\nerrors = vErrors\.length;\n\}$/gm

/**
 * A failed `$ref` ends its function on a long way, asked about at every member. Where nothing tries alternatives
 * (`anyOf`, `not`, ...), it is the first error and the last, and the function can be left.
 */
function leaveAtOnce(code: string): string {
  return code.replaceAll(FUNCTION, (text, name: string) => {
    const rest = text.replaceAll(FAILED_CALL, '').replace(/^let errors = 0;$/m, '')
    if (/(?<!\.)\berrors(?:\+\+| = )|vErrors\.length/.test(rest)) return text
    return text.replaceAll(FAILED_CALL, `if(!($1($2))){\nreturn passOn(${name}, $1.errors);\n}`)
  })
}

/**
 * Ajv asks after every member whether an error came up. Most errors leave the function at once, so between the note of
 * the count and the question nothing can have changed it.
 */
function dropTautologies(code: string): string {
  return code.replaceAll(FUNCTION, (whole) => {
    let text = whole
    for (const [note = '', count] of whole.matchAll(/^const (_errs\d+) = errors;$/gm)) {
      const start = text.indexOf(note) + note.length
      const question = new RegExp(`\\b(?:${count} === errors|errors === ${count})\\b`, 'g')
      const rest = text.slice(start)
      const changes = rest.search(/(?<!\.)\berrors(?:\+\+| = )/)
      // A loop comes back to a question with what changed behind it.
      const loop = changes < 0 ? -1 : rest.search(/^for\(/m)
      const unchanged = changes < 0 ? rest : rest.slice(0, loop < 0 ? changes : Math.min(changes, loop))
      text = text.slice(0, start) + unchanged.replaceAll(question, 'true') + rest.slice(unchanged.length)
      if (!new RegExp(`\\b${count}\\b`).test(text.replace(note, ''))) text = text.replace(note, '')
    }
    text = text.replace(/^(let errors = 0;\n+)if\(errors === 0\)\{$/m, '$1{')
    const settled = text
      .replaceAll(/^if\(errors === 0\)\{$/gm, '{')
      .replace(/^let vErrors = null;\nlet errors = 0;\n/m, '')
      .replace(/^(validate\d+\.errors = )vErrors;\nreturn errors === 0;\n\}$/m, '$1null;\nreturn true;\n}')
    if (!/(?<!\.)\b(?:vErrors|errors)\b/.test(settled)) text = settled
    text = text
      .replaceAll(/^if\(true\)\{$/gm, '{')
      .replaceAll(/^var (valid\d+) = true;\n\}\nelse \{\nvar \1 = true;\n\}\nif\(\1\)\{$/gm, '}\n{')
      .replaceAll(/^var (valid\d+) = true;\nif\(!\1\)\{\nbreak;\n\}$/gm, '')
      .replaceAll(/^var (valid\d+) = true;\nif\(\1\)\{$/gm, '{')
    for (const name of new Set(text.match(/\bvalid\d+\b/g))) {
      if (new RegExp(`\\b${name}\\b(?! = )`).test(text)) continue
      text = text.replaceAll(new RegExp(`^(?:var )?${name} = true;$`, 'gm'), '').replaceAll(/^else \{\n+\}$/gm, '')
    }
    return text
  })
}

/** A member that is read into a variable once it was found there is read first, and its variable is asked. */
function nameMembers(code: string): string {
  const lines = code.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const member = /^if\((data\d*(?:\.\w+|\["[^"]*"\])) !== undefined\)\{$/.exec(lines[at] as string)?.[1]
    if (!member) continue
    const inner = lines.findIndex((line, index) => index > at && line !== '')
    const name = /^let (data\d+) = (.*);$/.exec(lines[inner] as string)
    if (name?.[2] !== member) continue
    let end = at
    for (let depth = 1; depth > 0 || /^else\b/.test(lines[end + 1] ?? ''); ) {
      const line = lines[++end] as string
      depth += Number(line.endsWith('{')) - Number(line.startsWith('}'))
    }
    lines[inner] = ''
    lines[at] = `{\nlet ${name[1]} = ${member};\nif(${name[1]} !== undefined){`
    lines[end] += '\n}'
  }
  return lines.join('\n')
}

/** Code points are counted only where the UTF-16 units leave it open, of which a text has as many, or at most twice as many. */
function compareLengths(code: string): string {
  const counter = /^const (func\d+) = (?:require\("ajv\/dist\/runtime\/ucs2length"\)\.default|ucs2length);$/m.exec(
    code,
  )?.[1]
  if (counter === undefined) return code
  return `${code
    .replaceAll(new RegExp(`\\b${counter}\\(([^()]*)\\) > (\\d+)`, 'g'), 'isLonger($1, $2)')
    .replaceAll(new RegExp(`\\b${counter}\\(([^()]*)\\) < (\\d+)`, 'g'), 'isShorter($1, $2)')}
const isLonger = (text, most) => text.length > most && (text.length > 2 * most || ${counter}(text) > most);
const isShorter = (text, least) => text.length < 2 * least && (text.length < least || ${counter}(text) < least);
`
}

const CHECK = /^if\((is(?:Long|Short)er\(data\d*, \d+\)|!pattern\d+\.test\(data\d*\))\)\{$/
const FAIL = /^return fail\((validate\d+), instancePath\+("[^"]*"), (\d+)\);$/

/** What several members of text must satisfy is asked by one function. */
function shareTextChecks(code: string): string {
  const lines = code.split('\n').filter((line) => line !== '')
  const names = new Map<string, string>()
  for (let at = 0; at < lines.length; at++) {
    const value = /^if\(typeof (data\d*) === "string"\)\{$/.exec(lines[at] as string)?.[1]
    const found = value === undefined ? undefined : readTextCheck(lines, at)
    if (!found) continue
    const body = found.body.replaceAll(new RegExp(`\\b${value}\\b`, 'g'), 'text')
    if (!names.has(body)) names.set(body, `checkText${names.size}`)
    const call = `${names.get(body)}(${found.validate}, instancePath, ${found.member}, ${value})`
    lines.splice(at, found.end - at + 1, `if(!${call}){`, 'return false;', '}')
  }
  const functions = [...names].map(([body, name]) => `const ${name} = (validate, path, member, text) => {\n${body}};\n`)
  return `${lines.join('\n')}\n${functions.join('')}`
}

const TYPE_CHECK =
  /^if\((data\d*\.\w+) !== undefined\)\{\nif\(typeof \1( !== "\w+")\)\{\nreturn fail\((validate\d+), instancePath\+("[^"]*"), (\d+)\);\n\}\n\}$(?!\nelse)/gm

/** Likewise what type a member must have that may be absent. */
function shareTypeChecks(code: string): string {
  const names = new Map<string, string>()
  const shared = code.replaceAll(TYPE_CHECK, (_, value, type, validate, member, row) => {
    const body = `value !== undefined && typeof value${type} ? fail(validate, path + member, ${row}) : true`
    if (!names.has(body)) names.set(body, `checkType${names.size}`)
    return `if(!${names.get(body)}(${validate}, instancePath, ${member}, ${value})){\nreturn false;\n}`
  })
  const functions = [...names].map(([body, name]) => `const ${name} = (validate, path, member, value) => ${body};\n`)
  return `${shared}\n${functions.join('')}`
}

const CHOICE =
  /^if\(\(?typeof (data\d*)( !== "\w+")\)?( && \(\1 !== null\)\))?\{\nreturn fail\((validate\d+), instancePath\+("[^"]*"), (\d+)\);\n\}\nif\(!\((values\d+)\.includes\(\1\)\)\)\{\nreturn fail\(\4, instancePath\+\5, \d+\);\n\}$/gm

/** Likewise which of several values a member must have, after its type. */
function shareChoices(code: string): string {
  const names = new Map<string, string>()
  const shared = code.replaceAll(CHOICE, (_, value, type, orNull, validate, member, row, values) => {
    const wrong = `typeof value${type}${orNull ? ' && value !== null' : ''}`
    const body = `${wrong} ? fail(validate, path + member, ${row}) : isAmong(validate, path + member, value, values)`
    if (!names.has(body)) names.set(body, `checkChoice${names.size}`)
    return `if(!${names.get(body)}(${validate}, instancePath, ${member}, ${value}, ${values})){\nreturn false;\n}`
  })
  const functions = [...names].map(
    ([body, name]) => `const ${name} = (validate, path, member, value, values) => ${body};\n`,
  )
  return `${shared}\n${functions.join('')}`
}

/** What is left where something is wrong is left before the rest, which then needs no `else`. */
function leaveEarly(code: string): string {
  const lines = code.split('\n').filter((line) => line !== '')
  for (let at = lines.length - 1; at >= 0; at--) {
    const [, condition] = /^if\((.*)\)\{$/.exec(lines[at] as string) ?? []
    if (condition === undefined) continue
    const end = endOf(lines, at)
    if (lines[end] !== '}' || lines[end + 1] !== 'else {') continue
    const last = lines[end + 2] as string
    if (lines[end - 1]?.startsWith('return ')) lines[end + 1] = '{'
    else if (last.startsWith('return ') && lines[end + 3] === '}') {
      lines.splice(at, end + 4 - at, `if(!(${condition})){`, last, '}', '{', ...lines.slice(at + 1, end), '}')
    }
  }
  return lines.join('\n')
}

/** The line that ends the block which begins with this one. */
function endOf(lines: readonly string[], at: number): number {
  let end = at
  for (let depth = 1; depth > 0; ) {
    const line = lines[++end] as string
    depth += Number(line.endsWith('{')) - Number(line.startsWith('}'))
  }
  return end
}

/** The whole of `if(typeof data === "string"){...} else {...}`, if it only compares and fails, each time at one place. */
function readTextCheck(lines: readonly string[], start: number) {
  let place: readonly (string | undefined)[] | undefined
  const checks: string[] = []
  let depth = 1
  let at = start
  const next = () => lines[++at] as string
  const readFailure = (condition: string): boolean => {
    const [, validate, member, row] = FAIL.exec(next()) ?? []
    place ??= [validate, member]
    if (validate === undefined || `${place}` !== `${[validate, member]}`) return false
    checks.push(`if(${condition}){\nreturn fail(validate, path + member, ${row});\n}\n`)
    return next() === '}'
  }
  while (depth > 0) {
    const line = next()
    const condition = CHECK.exec(line)?.[1]
    if (condition !== undefined) {
      if (!readFailure(condition)) return undefined
    } else if (line === 'else {') depth++
    else if (line === '}') depth--
    else return undefined
  }
  if (next() !== 'else {' || !readFailure('typeof text !== "string"')) return undefined
  const [validate, member] = place ?? []
  return { end: at, validate, member, body: `${checks.at(-1)}${checks.slice(0, -1).join('')}return true;\n` }
}

const REQUIRED =
  /^let (missing\d+);\nif\((\(+(data\d*)\.\w+ === undefined\) && \(\1 = "\w+"\)\)*(?: \|\| \(\(\3\.\w+ === undefined\) && \(\1 = "\w+"\)\)*)*)\{\nreturn lacks\((validate\d+), (.*), \1\);\n\}$/gm

/** Of members that must be there the first that is not is looked for in a list of their names. */
function listRequired(code: string): string {
  return code.replaceAll(REQUIRED, (_, __, asked: string, data: string, validate: string, path: string) => {
    const names = [...asked.matchAll(/"\w+"/g)].join(', ')
    return `if(!has(${validate}, ${path}, ${data}, [${names}])){\nreturn false;\n}`
  })
}

/** What several members that may be absent must satisfy, whatever it is, is asked by one function. */
function shareMembers(code: string): string {
  const lines = code.split('\n').filter((line) => line !== '')
  const found = new Map<number, Member>()
  const counts = new Map<string, number>()
  for (let at = 0; at < lines.length; at++) {
    const member = readMember(lines, at)
    if (!member) continue
    found.set(at, member)
    counts.set(member.body, (counts.get(member.body) ?? 0) + 1)
  }
  const names = new Map<string, string>()
  const shared: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const member = found.get(at)
    if (!member || counts.get(member.body) === 1) {
      shared.push(lines[at] as string)
      continue
    }
    const { call, body, end } = member
    if (!names.has(body)) names.set(body, `checkMember${names.size}`)
    shared.push(`if(!${names.get(body)}(${call})){`, 'return false;', '}')
    at = end
  }
  const functions = [...names].map(
    ([body, name]) =>
      `const ${name} = (validate, path, member, value, other) => {\nif(value !== undefined){\n${body}\n}\nreturn true;\n};\n`,
  )
  return `${shared.join('\n')}\n${functions.join('')}`
}

interface Member {
  /** What is asked, of `value` at `path` and `member`, in names that are the same for every member. */
  readonly body: string
  /** The arguments that the names stand for. */
  readonly call: string
  readonly end: number
}

const FAILS = /\b(?:fail|lacks|check\w+)\((validate\d+), instancePath(?:\+|, )("[^"]*")/

/** The block from this line on, if it reads a member and asks of it alone, and leaves the function where something is wrong. */
function readMember(lines: readonly string[], at: number): Member | undefined {
  const [, local, value, name] = /^let (data\d+) = (data\d*\.(\w+));$/.exec(lines[at + 1] ?? '') ?? []
  if (lines[at] !== '{' || local === undefined || lines[at + 2] !== `if(${local} !== undefined){`) return undefined
  let end = at
  for (let depth = 1; depth > 0; ) {
    const line = lines[++end] as string
    depth += Number(line.endsWith('{')) - Number(line.startsWith('}'))
    // Something else stands beside the question, or an `else` behind it.
    if (depth === 1 && line !== '}' && end > at + 2) return undefined
  }
  const text = lines.slice(at + 3, end - 1).join('\n')
  const [, validate, literal = ''] = FAILS.exec(text) ?? []
  const length = literal.indexOf(`/${name}`) + `/${name}`.length
  const place = `${literal.slice(0, length)}"`
  if (validate === undefined || !/^"(?:\/\w+)+"$/.test(place) || text.includes(`${validate}(`)) return undefined
  let body = text
    .replaceAll(new RegExp(`\\b${validate}\\b`, 'g'), 'validate')
    .replaceAll(new RegExp(`\\binstancePath(\\+|, )${place.slice(0, -1)}(?=["/])("|/[^"]*")`, 'g'), (_, by, rest) => {
      const member = rest === '"' ? 'member' : `member+"${rest}`
      return by === '+' ? `path+${member}` : `path, ${member}`
    })
    .replaceAll(new RegExp(`\\b${local}\\b`, 'g'), 'value')
  const locals = [...body.matchAll(/\b(?:let|const|var) (\w+)/g)].map(([, declared]) => declared as string)
  for (const [index, declared] of locals.entries()) {
    body = body.replaceAll(new RegExp(`(?<!\\.)\\b${declared}\\b`, 'g'), `local${index}`)
  }
  // Of what is asked of its items, or of itself, by another function, only the name differs.
  const others = [...new Set(body.match(/\bvalidate\d+\b/g))]
  if (FOREIGN.test(body) || others.length > 1) return undefined
  const [other = ''] = others
  if (other) body = body.replaceAll(new RegExp(`\\b${other}\\b`, 'g'), 'other')
  return { call: `${validate}, instancePath, ${place}, ${value}${other && `, ${other}`}`, body, end }
}

/** What only its own function knows. */
const FOREIGN =
  /(?<![.\w])(?:data\d*|instancePath|errors|vErrors|_errs\d+|valid\d+|missing\d+|(?:i|len|key|coerced)\d+|props\d+|items\d+)\b/

const SHARED = /^const (check\w+) = \(validate, path, member, (\w+)(.*)\) => (\{\n[\s\S]*?\n\}|.*);$/gm

/** What is only ever asked of a member finds it by its name, which then stands there once, and not as its place and its value. */
function readByName(code: string): string {
  const named = new Set<string>()
  for (const [, name = ''] of code.matchAll(SHARED)) {
    const calls = code.match(new RegExp(`\\b${name}\\(`, 'g'))?.length
    if (calls === code.match(callOf(name))?.length) named.add(name)
  }
  const defined = code.replaceAll(SHARED, (_, name, value, more, text: string) => {
    const body = text.replaceAll(/\bpath ?\+ ?member\b/g, 'path + "/" + member')
    if (!named.has(name)) return `const ${name} = (validate, path, member, ${value}${more}) => ${body};`
    const block = body.startsWith('{') ? body.slice(1) : `\nreturn ${body};\n}`
    return `const ${name} = (validate, path, member, object${more}) => {\nlet ${value} = object[member];${block};`
  })
  const read = [...named].reduce((text, name) => text.replaceAll(callOf(name), `${name}($1"/$2", $3`), defined)
  return read.replaceAll(/\b(check\w+\(validate\d*, (?:instancePath|path), ")\//g, '$1')
}

/** A call of a shared check for a member, where it is read. */
const callOf = (name: string): RegExp =>
  new RegExp(`\\b${name}\\((validate\\d+, instancePath, )"/(\\w+)", (data\\d*)\\.\\2(?=[,)])`, 'g')

/** A block that declares nothing of its own is no more than its lines. */
function dropBlocks(code: string): string {
  const lines = code.split('\n').filter((line) => line !== '')
  const open: { at: number; isBare: boolean }[] = []
  for (const [at, line] of lines.entries()) {
    if (line.startsWith('}')) {
      const block = open.pop()
      if (block?.isBare && line === '}') {
        lines[block.at] = ''
        lines[at] = ''
      }
    }
    if (line.endsWith('{')) open.push({ at, isBare: line === '{' })
    else if (/^(?:let|const|var|function) /.test(line) && open.length > 0)
      (open.at(-1) as { isBare: boolean }).isBare = false
  }
  return lines.join('\n')
}

const ALIAS =
  /^function self\(data, instancePath=""\)\{\nif\(!\((validate\d+)\(data, instancePath\)\)\)\{\nreturn passOn\(self, \1\.errors\);\n\}\nself\.errors = null;\nreturn true;\n\}$/

/** A schema that requests and replies read alike has two functions; one is enough. */
function shareFunctions(code: string): string {
  for (let before = code; ; before = code) {
    const names = new Map<string, string>()
    const same = new Map<string, string>()
    code = code.replaceAll(FUNCTION, (text, name: string) => {
      const own = text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), 'self')
      const first = ALIAS.exec(own)?.[1] ?? names.get(own)
      if (first === undefined) {
        names.set(own, name)
        return text
      }
      same.set(name, first)
      return ''
    })
    if (same.size === 0) return before
    code = code.replaceAll(/\bvalidate\d+\b/g, (name) => {
      for (let hops = 0; same.has(name) && hops < same.size; hops++) name = same.get(name) as string
      return name
    })
  }
}
