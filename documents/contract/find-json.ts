/**
 * Whether a media type is JSON, whatever parameters it has: `application/json`, a `+json` suffix (RFC 6839, section 3.1), or
 * `text/json` (WHATWG MIME Sniffing, section 4.6).
 */
export const isJson = (type: string): boolean => /^(?:(?:application|text)\/json|[^;]+\+json)\s*(?:;|$)/i.test(type)

/**
 * The media type that is meant where JSON is: `application/json` itself before others, `application/ld+json` among them,
 * which may say more and have schemas of their own; undefined where none is JSON.
 */
export const jsonIn = <T extends { readonly type: string }>(content: readonly T[]): T | undefined =>
  content.find(({ type }) => /^application\/json\s*(?:;|$)/i.test(type)) ?? content.find(({ type }) => isJson(type))
