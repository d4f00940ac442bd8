import type { SourceFile } from './index-anchors.ts'

/** Parts that both versions keep under a name, as `ReferenceCollector` takes them to be in their place. */
const COMPONENT =
  '#/(?:components/(?:schemas|responses|parameters|examples|requestBodies|headers|securitySchemes|links|callbacks|pathItems)|definitions|parameters|responses)/[^/"\'\\\\]+'
const PLAIN = new RegExp(`\\$ref(["']?)\\s*:\\s*(["'])${COMPONENT}\\2`, 'y')
/** What else refers, and an escape that may hide the sign that all keywords of references begin with. */
const OTHERS = /\\(?:u0024|x24)|(?:mapping|operationRef|externalValue)["']?\s*:/g
const PLAIN_MAPPING = new RegExp(
  `\\s*\\{(?:\\s*"[^"\\\\]*"\\s*:\\s*"(?:${COMPONENT}|(?![^"]*\\.(?:ya?ml|json)")[^"/#\\\\]*)"\\s*,?)*\\s*\\}`,
  'yi',
)

/**
 * Whether a text surely refers to nothing but components of its own document, so that no file has to be looked for and
 * nothing moved. It is asked of the text, which takes a tenth of the time of going through what it says: most large
 * documents are so. Where it is not sure, it is no.
 */
export function refersToItself({ text }: SourceFile): boolean {
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at + 1)) {
    if (!text.startsWith('ref', at + 1)) {
      if (/^(?:id|self|anchor|dynamicRef|dynamicAnchor)/.test(text.slice(at + 1, at + 14))) return false
      continue
    }
    PLAIN.lastIndex = at
    if (!PLAIN.test(text)) return false
  }
  for (const { index, 0: written } of text.matchAll(OTHERS)) {
    PLAIN_MAPPING.lastIndex = index + written.length
    if (!written.startsWith('mapping') || !PLAIN_MAPPING.test(text)) return false
  }
  return true
}
