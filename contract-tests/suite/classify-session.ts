import { keywordsOf } from '../../documents/contract/follow-schema.ts'
import type { DeclaredOperation } from '../../documents/contract/operation.ts'
import type { SessionTouch } from './vocabulary.ts'

/** How people call what begins a session, as the last word of a path or of an operationId. */
const BEGINS = /(?:log|sign)[-_]?in$|authenticate$|(?:^|[-_/])(?:oauth2?[-_/])?token$|(?:^|[-_/])auth$/i
/** And what ends one: the run's own, perhaps, or everybody's. */
const ENDS = /(?:log|sign)[-_]?(?:out|off)$|revoke(?:[-_]?token)?$|invalidate$/i

/**
 * Whether an operation begins or ends a session by its name: no invented password is let in, a lock may fall after a few
 * of them, and whoever logs out has no run any more.
 */
export function touchOfSession({ id, method, path, body }: DeclaredOperation): SessionTouch | undefined {
  const names = [id, path.replace(/\/+$/, '')]
  if (names.some((name) => ENDS.test(name))) return 'logout'
  // Some log in and out by GET; what else is called so is read by it.
  if (method === 'GET') return names.some((name) => /(?:log|sign)[-_]?in$/i.test(name)) ? 'login' : undefined
  const { properties = {} } = keywordsOf(body?.json?.schema)
  const takesPassword = Object.keys(properties).some((name) => /^pass(?:word|wd|phrase)?$/i.test(name))
  return names.some((name) => BEGINS.test(name)) || (takesPassword && /session/i.test(path)) ? 'login' : undefined
}

/** @param allowChanges of the run: all may begin a session, only what is named may end one */
export const mayTouchSession = (
  needs: SessionTouch,
  operationId: string,
  allowChanges: boolean | readonly string[] = false,
): boolean =>
  typeof allowChanges === 'boolean' ? allowChanges && needs === 'login' : allowChanges.includes(operationId)
