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
  /\b(?:title|label|hint|errors?|messages?|changed|verified|exists|used|usage|same|site|secure)\b/,
)

function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), 'g')
}

const isKnown = new Map<string, boolean>()

/** Whether what is called so is a secret, in camelCase, snake_case, kebab-case or without any breaks. */
export function isSecretName(name: string): boolean {
  let is = isKnown.get(name)
  if (is === undefined) {
    is = judge(wordsIn(name))
    // Replies may have any number of names.
    if (isKnown.size < 10_000) isKnown.set(name, is)
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
