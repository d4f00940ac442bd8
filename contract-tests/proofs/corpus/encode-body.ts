import type { Contract } from '../../../documents/contract/contract.ts'
import type { Schema } from '../../../documents/contract/schema.ts'
import { writeXml } from '../../../documents/media-types/write-xml.ts'
import type { Json } from '../../../documents/read/read-document.ts'

/** A body as it is sent. */
export interface Encoded {
  /** The content type. */
  readonly type: string
  readonly bytes: Uint8Array
}

/** What is sent where a range of media types is declared. */
const OF_RANGE: Readonly<Record<string, string>> = {
  '*/*': 'application/json',
  'application/*': 'application/json',
  'text/*': 'text/plain',
  'image/*': 'image/png',
}

/** A value in a media type. Forms hold what is no text as JSON (OpenAPI 3.1, Encoding Object). */
export async function encodeBody(
  contract: Contract,
  declared: string,
  value: Json,
  schema: Schema | undefined,
): Promise<Encoded> {
  const type = OF_RANGE[declared.trim()] ?? declared
  const name = (type.split(';', 1)[0] as string).trim().toLowerCase()
  if (name === 'application/json' || name.endsWith('+json')) return { type, bytes: bytesOf(JSON.stringify(value)) }
  if (name === 'application/x-www-form-urlencoded') {
    return { type, bytes: bytesOf(String(new URLSearchParams(membersOf(value)))) }
  }
  if (name === 'multipart/form-data') {
    const form = new FormData()
    for (const [member, text] of membersOf(value)) form.append(member, text)
    const sent = new Response(form)
    return { type: sent.headers.get('content-type') as string, bytes: new Uint8Array(await sent.arrayBuffer()) }
  }
  if (/\bxml$/.test(name))
    return { type, bytes: bytesOf(typeof value === 'string' ? value : writeXml(contract, value, schema)) }
  return { type, bytes: bytesOf(textOf(value)) }
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

const membersOf = (value: Json): [name: string, text: string][] =>
  Object.entries<Json>(typeof value === 'object' && value !== null ? value : {}).flatMap(([name, member]) =>
    [member].flat().map((one): [string, string] => [name, textOf(one)]),
  )

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))
