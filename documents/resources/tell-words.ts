/** What the words of paths, parameters and members say to a reader. All are asked with words in small letters: `pet id`. */

const IRREGULAR: Readonly<Record<string, string>> = {
  people: 'person',
  children: 'child',
  men: 'man',
  women: 'woman',
  indices: 'index',
  matrices: 'matrix',
  vertices: 'vertex',
  criteria: 'criterion',
  analyses: 'analysis',
  ids: 'id',
  skus: 'sku',
  shelves: 'shelf',
  halves: 'half',
  knives: 'knife',
  wolves: 'wolf',
  thieves: 'thief',
  heroes: 'hero',
  echoes: 'echo',
  vetoes: 'veto',
  potatoes: 'potato',
  tomatoes: 'tomato',
  movies: 'movie',
  cookies: 'cookie',
  quizzes: 'quiz',
}

/** `statuses` of `status`: what ends so without being a plural. */
const ENDING_IN_S = /(?:stat|bon|vir|camp|foc|cens|consens|nex|corp|radi|surpl|^b)uses$|(?:ali|canv|atl|^bi|^g)ases$/

/** `pets` is `pet`, of the last word alone; what is one already stays so. */
export function singularOf(words: string): string {
  const [, before = '', last = ''] = /^(.*?)([^ ]*)$/.exec(words) ?? []
  return before + (IRREGULAR[last] ?? singularWord(last))
}

function singularWord(word: string): string {
  if (word.length < 4 || /(?:ss|us|[^pu]is|news)$/.test(word)) return word
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (ENDING_IN_S.test(word)) return word.slice(0, -2)
  if (/(?:s|x|z|ch|sh)es$/.test(word))
    return word
      .slice(0, -2)
      .replace(/^(.*(?:[aeiou]s|caus|respons|cas|bas|databas|licens|purchas|hous|expens|cours))$/, '$1e')
  return word.replace(/s$/, '')
}

/** Whether the last word speaks of several: `pets`, `people`. */
export const isPlural = (words: string): boolean => singularOf(words) !== words

/** The same thing, one or several of it. */
export const isSameNoun = (one: string, other: string): boolean => singularOf(one) === singularOf(other)

/** Words that begin what is done, and not what there is. What is as often a thing (`report`, `order`, `test`) is not among them. */
const VERBS = new Set(
  `abort accept acknowledge activate add adjust allow analyze anonymize apply approve archive assign attach authenticate
  authorize ban begin bind block boot buy cancel change checkout choose claim clean clear clone close commit complete
  compute confirm connect consume convert copy create deactivate debug decline decrypt delete deny deploy detach disable
  disconnect dismiss dispatch do download drain drop duplicate edit eject enable encrypt end enroll ensure estimate evaluate
  execute exchange expire export extend fetch finalize find finish flush follow force forget forward freeze generate get
  grant grow hide import init initialize initiate insert install invalidate invite issue join kick kill launch leave link
  list load lock login logout make mark match merge migrate modify move mute notify open override pause perform pin ping play
  poll populate post preview process promote provision prune publish pull purge push put query queue read reactivate rebase
  reboot rebuild recalculate recover redeem redeliver redo refresh refund regenerate register reindex reinstate reject
  release reload remove rename render renew reopen reorder replace replay replicate request require rerun resend reset
  resize resolve restart restore resubmit resume retire retrieve retry return revert revoke rollback rotate run save scale
  schedule search select send set share show shutdown sign signin signout signup simulate skip sort split start stop
  submit subscribe suspend swap switch sync synchronize tag terminate toggle touch track transfer transform translate
  trigger try unarchive unassign unban unblock undo uninstall unlink unlock unmute unpause unpin unpublish unregister
  unset unshare unsubscribe untag update upgrade upload upsert validate verify void wait withdraw write`.split(/\s+/),
)

/** Endings of verbs that are hardly ever a thing: `anonymize`, `verify`, `invalidate`; `certificate` and `template` are things. */
const VERB_ENDING = /(?:[^aeiou]ize|[^aeiou]ise|[^aeiou]ify|validate|activate)$/

/** Whether words tell to do something: `find by status`, `unlock`. */
export function isVerb(words: string): boolean {
  const [first = ''] = words.split(' ')
  return VERBS.has(first) || VERB_ENDING.test(first)
}

/** Whether words tell to give a thing another value of a member: `set status`, `rename`. */
export const isSetting = (words: string): boolean =>
  /^(?:set|change|update|edit|modify|rename|assign|mark|reassign)(?: |$)/.test(words)

const SEARCH = /^(?:search|query|find|filter|lookup|browse)(?: |$)|(?:^| )search$/
const COUNT = /(?:^| )counts?$|^count(?: |$)|^num(?:ber)? of /
const MANY = /(?:^| )(?:bulk|batch|many|multiple|list|array|import|mass)(?: |$)/
const REMOVING = /(?:^| )(?:delete|remove|destroy|purge)(?: |$)/
const CREATING = /^(?:create|add|new|insert|register)(?: |$)/
const READING = /^(?:json|info|get|show|details?|inspect|view)$/
const LISTING = /^(?:json|list|all|index|get all)$/
const UPDATING = /^(?:update|edit|modify|patch|change)$/

export const isSearch = (words: string): boolean => SEARCH.test(words)
export const isCount = (words: string): boolean => COUNT.test(words)
/** A word for nothing but several at a time. */
export const isManyAlone = (words: string): boolean => /^(?:bulk|batch|mass|many|multiple)(?: |$)/.test(words)
/** Several at a time, in one request. */
export const isMany = (words: string): boolean => MANY.test(words)
export const isRemoving = (words: string): boolean => REMOVING.test(words)
export const isCreating = (words: string): boolean => CREATING.test(words)
/** The whole of them says what a method would: `/containers/{id}/json`. */
export const isReadingAlone = (words: string): boolean => READING.test(words)
export const isListingAlone = (words: string): boolean => LISTING.test(words)
const REMOVING_ALONE = /^(?:delete|remove|destroy)$/
export const isRemovingAlone = (words: string): boolean => REMOVING_ALONE.test(words)
export const isUpdatingAlone = (words: string): boolean => UPDATING.test(words)

const SESSION =
  /^(?:log ?in|log ?out|log ?off|sign ?in|sign ?out|sign ?up|sign ?off|auth|authenticate|authorize|oauth\d?)$/

/** Whether it is about who calls, and not about what an API keeps. */
export const isSession = (words: string): boolean => SESSION.test(words)

/** Members that hold what a body is about, whatever that is. */
const WRAPPERS = new Set([
  'data',
  'result',
  'item',
  'response',
  'payload',
  'body',
  'record',
  'entity',
  'object',
  'value',
  'resource',
  'node',
  'model',
])
const LISTS = new Set(
  [...WRAPPERS]
    .map((word) => `${word}s`)
    .concat(
      'data',
      'list',
      'entries',
      'content',
      'contents',
      'rows',
      'hits',
      'edges',
      'collection',
      'elements',
      'value',
      'docs',
      'documents',
      'page',
      'objects',
      'members',
      'resources',
    ),
)

export const isWrapper = (words: string): boolean => WRAPPERS.has(words)
/** The same of several. */
export const isListWrapper = (words: string): boolean => LISTS.has(words)

/** What names one thing among its like. */
const IDENTITY = new Set(
  `id uuid sid guid uid gid identifier key slug name username login code handle number reference ref email token hash urn
  uri address isbn sku iban`.split(/\s+/),
)

/** Whether the last word of a parameter says that it names something. */
export const isIdentityWord = (word: string): boolean => IDENTITY.has(word)
/** Those that a server makes up. */
export const isMadeUp = (words: string): boolean => /(?:^| )(?:id|uuid|sid|guid|uid|gid|identifier)$/.test(words)

const SIZE =
  /^(?:(?:page ?)?(?:limit|size|length)|per ?page|page ?(?:size|limit|length|count)|max(?:imum)? ?(?:results|items|count|size|entries|keys|records|page size)|results? ?per ?page|items? ?per ?page|limit|count|top|first|take|rows|n|num|batch size|num results|number of results)$/
const OFFSET = /^(?:(?:page ?)?(?:offset|skip|start)|start ?(?:index|at|from|row)|first ?result|from ?index)$/
const PAGE = /^(?:page|page ?(?:number|num|no|index|nr)|p|current ?page|pagina)$/
const CURSOR =
  /^(?:(?:page |next |start |pagination )?(?:cursor|token)|page (?:after|before|cursor|token)|(?:starting |ending )?(?:after|before)|(?:continuation|continue|next|pagination)(?: token)?|(?:next )?marker|last evaluated key|since id|max id|after id|before id|bookmark|scroll id|iterator|from id|min id)$/
const SORT =
  /^(?:sort|sort(?:ed|ing)? by|order by|ordering|sort(?:ing)?(?: field| key| column| on)?|orderby|sortby|order)$/
const DIRECTION =
  /^(?:direction|order|sort(?:ing)? (?:direction|order|dir|type)|order direction|dir|ascending|descending|desc|asc|reverse|sort dir)$/

/** What a query parameter says of the pages of a list. */
export const pagingOf = (words: string): 'size' | 'offset' | 'page' | 'cursor' | undefined =>
  SIZE.test(words)
    ? 'size'
    : OFFSET.test(words)
      ? 'offset'
      : PAGE.test(words)
        ? 'page'
        : CURSOR.test(words)
          ? 'cursor'
          : undefined

const SEARCH_TERM = /^(?:q|query|search|keywords?|(?:search|filter) (?:term|text|query|string|for)|term)$/

/** Whether a query parameter is a text to look for. */
export const isSearchTerm = (words: string): boolean => SEARCH_TERM.test(words)
export const isSort = (words: string): boolean => SORT.test(words)
export const isDirection = (words: string): boolean => DIRECTION.test(words)

const TOTAL =
  /^(?:total|(?:total|full|all|overall) ?(?:count|items|results|records|elements|hits|size|number|rows|entries)|count|total count|item count|results? count|num(?:ber)? (?:of )?(?:found|results|items|total)|total ?users|size total)$/
const NEXT =
  /^(?:next|next (?:page|cursor|token|link|url|uri|marker|page token|page url|page uri|page link|page id|href|offset)|(?:after|cursor|end cursor|continuation|continuation token|continue|next link|page token|offset next))$/

/** Without what OData has before what it says of a reply: `@odata.count` (OData JSON Format 4.01, section 4.6). */
export const plainly = (words: string): string => words.replace(/^odata /, '')

export const isTotal = (words: string): boolean => TOTAL.test(plainly(words))
export const isNext = (words: string): boolean => NEXT.test(plainly(words))

const LINK = /(?:^| )(?:link|url|uri|href)$/

/** Whether a member is called like what holds a URL: `next url`, `href`. */
export const isLink = (words: string): boolean => LINK.test(words)

/** Whether a member of what is called `next` says how to get there: by a URL, or by what a list of this kind is sent. */
export const leadsOn = (words: string, kind: 'cursor' | 'offset' | 'page'): boolean =>
  isLink(words) || isNext(words) || pagingOf(words) === kind

const TIMESTAMP =
  /^(?:date|time|timestamp) (?:created|updated|modified)$|^(?:created|updated|modified|last (?:updated|modified))(?: (?:at|on|time|date))?$/

/** Whether a member says when a thing was made or changed. */
export const isTimestamp = (words: string): boolean => TIMESTAMP.test(words)

/** Whether a number that is called so may count the seconds of a time: `created`, `expires at`. */
export const isMoment = (words: string): boolean =>
  isTimestamp(words) || /(?:^| )(?:at|on|time|date|timestamp)$/.test(words)

/** Members that say something of a page, and nothing of what is on it. */
const PAGE_WORDS =
  /^(?:(?:response )?meta(?: ?data)?|pag(?:e|es|ing|ination|ination info|e info)|links?|_?links|has (?:more|next|next page|previous|prev)|is (?:last|end)|more|prev|previous(?: page)?(?: url| uri| token| cursor| link)?|prev cursor|first(?: page)?(?: url| uri| id)?|last(?: page)?(?: url| uri| id)?|page (?:size|number|count|index|token|limit)|per page|limit|offset|cursors?|start|end|self|url|uri|object|kind|type|etag|number of elements|empty|pageable|sort|order|took|status|success|ok|code|message|msg|page (?:no|num)|odata context|error|errors|request id|warnings?|truncated|is truncated|incomplete results)$/

/** Whether a member of a reply tells of its page: all that is left once the list is taken out of an envelope. */
export const isPageWord = (words: string): boolean => PAGE_WORDS.test(words) || isTotal(words) || isNext(words)
