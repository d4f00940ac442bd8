import type { Contract } from '../contract/contract.ts'
import { keywordsOf, targetOf } from '../contract/follow-schema.ts'
import type { Schema } from '../contract/schema.ts'
import { findMember } from './find-member.ts'
import { isBinarySchema } from './sample-bytes.ts'

/** Data as `application/x-www-form-urlencoded`: a list is sent once for each item, an object as JSON. */
export function writeForm(value: unknown): string {
  const pairs = membersOf(value).flatMap(([name, member]) =>
    listOf(member).map((one): [string, string] => [name, textOf(one)]),
  )
  return new URLSearchParams(pairs).toString()
}

/** Nothing else begins a line with it. */
export const BOUNDARY = 'rollcall-7d1f0a4c2b9e'

/**
 * Data as a multipart body (RFC 2046, section 5.1): a part for each member, several of a name for a list; files where
 * the schema says that a member is bytes. Items of a list without names are parts of their own.
 */
export function writeMultipart(contract: Contract, value: unknown, schema: Schema = {}): string {
  const parts = Array.isArray(value)
    ? value.map((item) => partOf(undefined, item, false))
    : membersOf(value).flatMap(([name, member]) => {
        const isFile = isFileSchema(contract, findMember(contract, schema, name))
        return listOf(member).map((one) => partOf(name, one, isFile))
      })
  return `${parts.map((part) => `--${BOUNDARY}\r\n${part}\r\n`).join('')}--${BOUNDARY}--\r\n`
}

function partOf(name: string | undefined, value: unknown, isFile: boolean): string {
  const quoted = name?.replace(/[\r\n"]/g, encodeURIComponent)
  const disposition =
    quoted === undefined
      ? []
      : [`content-disposition: form-data; name="${quoted}"${isFile ? `; filename="${quoted}"` : ''}`]
  const type = isFile ? 'application/octet-stream' : typeof value === 'object' ? 'application/json' : 'text/plain'
  return [...disposition, `content-type: ${type}`, '', textOf(value)].join('\r\n')
}

/** Bytes, or a list of them. */
function isFileSchema(contract: Contract, schema: Schema | undefined): boolean {
  if (schema === undefined) return false
  const target = targetOf(contract, schema)
  const { items } = keywordsOf(target)
  return isBinarySchema(target) || (items !== undefined && isBinarySchema(targetOf(contract, items)))
}

/** What is no object has no names: it is sent as one member. */
const membersOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [['value', value]]

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

const textOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')
