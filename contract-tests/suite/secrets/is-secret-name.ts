/** What secrets are called, in the words of a name in lower case: `apiKey`, `api_key` and `X-API-Key` have `api key`. */
const SECRET = anyOf(
  /pass ?(?:words?|wds?|codes?|phrases?|keys?)/,
  /\bpwds?\b/,
  /secrets?\b/,
  /tokens?\b/,
  /jwts?\b/,
  /(?:api|private|secret|access|signing|encryption|master|account|shared|client|auth|bearer) ?keys?\b/,
  /\b(?:(?:user|php|j|asp) ?)?sess(?:ions?)?(?: ?id)?\b/,
  /\bsid\b/,
  /cookies?\b/,
  /credentials?\b/,
  /\bauth(?:orization)?\b/,
  /\bbearer\b/,
  /\bt?otps?\b/,
  /\bpins?(?: ?code)?\b/,
  /\b(?:recovery|backup|verification) ?codes?\b/,
  /\bmnemonic/,
  /\bseed(?: ?phrase)?\b/,
)

/** `publicKey`, `hasPassword`, `nextPageToken` are no secrets. */
const NOT_BEHIND = anyOf(
  /\b(?:public|publishable|has|is|no|max|min|num|total|page|next|previous|continuation|requires?d?|allows?)\b/,
)

/** What is told of a secret is none: `tokenType`, `passwordPolicy`, `sessionCreatedAt`, `cookieDomain`. */
const NOT_BEFORE = anyOf(
  /\b(?:types?|names?|ids?|at|on|in|by|exp|expir\w+|ttl|age|lifetime|duration|created|updated|issued|counts?)\b/,
  /\b(?:length|size|limits?|polic(?:y|ies)|rules?|urls?|uris?|endpoints?|domain|path|methods?|status|state)\b/,
  /\b(?:enabled|disabled|required|requirements?|strength|version|format|alg|algorithm|provider|settings|options)\b/,
  /\b(?:scopes?|schemes?|issuer|audience|header|field|param|location|users?|username|email|owner|description)\b/,
  /\b(?:acknowledgements?|title|label|hint|errors?|messages?|changed|verified|exists|used|usage|same|site|secure)\b/,
)

function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), 'g')
}

/** What is called so may be a record with more in it than the secret. */
const RECORD = /(?:credentials?|sess(?:ions?)?|cookies?|auth(?:orization)?)$/
const VALUE = /^(?:values?|data|raw|text|string|plain|cleartext|content|keys?|hash|code|id)$/i

/** Whether a member of an object is a secret where the object is called one: `password.bcrypt`, `session.id`, not `session.ip`. */
export function isSecretMember(holder: string, name: string): boolean {
  if (isSecretName(name)) return true
  return isSecretName(`${holder} ${name}`) && (VALUE.test(name) || !RECORD.test(wordsIn(holder)))
}

/** Replies may have any number of names. */
const MOST_KNOWN = 10_000
const isKnown = new Map<string, boolean>()

/** Whether what is called so is a secret, in camelCase, snake_case, kebab-case or without any breaks. */
export function isSecretName(name: string): boolean {
  let is = isKnown.get(name)
  if (is === undefined) {
    is = judge(wordsIn(name))
    if (isKnown.size < MOST_KNOWN) isKnown.set(name, is)
  }
  return is
}

const wordsIn = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim()

function judge(words: string): boolean {
  const last = [...words.matchAll(SECRET)].at(-1)
  if (!last) return false
  const [before, behind] = [words.slice(0, last.index), words.slice(last.index + last[0].length)]
  return before.search(NOT_BEHIND) === -1 && behind.search(NOT_BEFORE) === -1
}
