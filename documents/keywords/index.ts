import { constant } from './const.ts'
import { enumeration } from './enum.ts'
import type { Keyword } from './keyword.ts'
import { type } from './type.ts'

/** Every keyword that something is known of, in the order in which they are broken. */
export const KEYWORDS: readonly Keyword[] = [type, enumeration, constant]
