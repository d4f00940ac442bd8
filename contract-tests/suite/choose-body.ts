import { isJson } from '../../documents/contract/find-json.ts'
import type { DeclaredOperation, MediaType } from '../../documents/contract/operation.ts'
import { isBinarySchema } from '../../documents/media-types/sample-bytes.ts'

/** What a body is written as. `bytes`: its schema says nothing that a request could keep or break. */
export type BodyForm = 'json' | 'form' | 'multipart' | 'xml' | 'text' | 'bytes'

/** One of the media types that an operation takes. */
export interface BodyChoice {
  readonly media: MediaType
  /** As a content type: a range stands for one of its types. */
  readonly type: string
  readonly form: BodyForm
}

/** What is sent where a range of media types is declared. */
const OF_RANGE: Readonly<Record<string, string>> = {
  '*/*': 'application/json',
  'application/*': 'application/json',
  'text/*': 'text/plain',
  'image/*': 'image/png',
  'audio/*': 'audio/mpeg',
  'video/*': 'video/mp4',
  'multipart/*': 'multipart/mixed',
}

/** Type and subtype in lower case, without parameters. */
export const essenceOf = (type: string): string => (type.split(';', 1)[0] as string).trim().toLowerCase()

/**
 * The media types that an operation takes: what its rules are tried in first, JSON before all others, `application/json`
 * before what has a schema of its own beside it, and a range after what it may stand for.
 */
export function bodyChoicesOf({ body }: Pick<DeclaredOperation, 'body'>): readonly BodyChoice[] {
  const choices = (body?.content ?? []).map((media): BodyChoice => {
    const isBinary = media.schema !== undefined && isBinarySchema(media.schema.schema)
    const range = essenceOf(media.type)
    const type = range === '*/*' && isBinary ? 'application/octet-stream' : nameRange(range, media.type)
    return { media, type, form: formOf(type, isBinary) }
  })
  const rank = ({ form, media }: BodyChoice) =>
    FORMS.indexOf(form) * 8 +
    (media.schema === undefined ? 4 : 0) +
    (media.type.includes('*') ? 2 : 0) +
    (form === 'json' && essenceOf(media.type) !== 'application/json' ? 1 : 0)
  return choices.sort((a, b) => rank(a) - rank(b))
}

/** A range is no content type (RFC 9110, section 8.3): `application/*+json` is sent as one that nobody has. */
const nameRange = (range: string, declared: string): string => OF_RANGE[range] ?? declared.replace('*', 'vnd.example')

const FORMS: readonly BodyForm[] = ['json', 'form', 'multipart', 'text', 'xml', 'bytes']

function formOf(type: string, isBinary: boolean): BodyForm {
  const essence = essenceOf(type)
  if (isJson(type)) return 'json'
  if (essence === 'application/x-www-form-urlencoded') return 'form'
  if (essence.startsWith('multipart/')) return 'multipart'
  if (isBinary) return 'bytes'
  if (/[/+]xml$/.test(essence)) return 'xml'
  return essence.startsWith('text/') ? 'text' : 'bytes'
}
