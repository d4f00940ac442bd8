import type { CaseKit, DeriveOptions } from '../case-kit.ts'
import type { Case } from '../vocabulary.ts'
import { descopeStories } from './descope.ts'
import { dynamicStories } from './dynamic.ts'
import { royaltiStories } from './royalti.ts'

/** What holds over several calls of one API, beyond what its document can say. */
export type Stories = (kit: CaseKit, options: DeriveOptions) => readonly Case[]

const STORIES: Readonly<Record<string, Stories>> = {
  dynamic: dynamicStories,
  royalti: royaltiStories,
  descope: descopeStories,
}

/** The stories of a built-in document, by its name; another document has those that its links tell. */
export const storiesOf = (name: string, kit: CaseKit, options: DeriveOptions): readonly Case[] =>
  Object.hasOwn(STORIES, name) ? (STORIES[name] as Stories)(kit, options) : []
