import type { Assembled } from './assemble-mock.ts'
import { named } from './load-module.ts'

/** What is set when a server begins, by what the configuration calls it; the values of secrets are not told. */
const AT_START = {
  port: { of: ({ port }: Assembled) => port, isTold: true },
  host: { of: ({ host }: Assembled) => host, isTold: true },
  controlToken: { of: ({ controlToken }: Assembled) => controlToken, isTold: false },
  maxSessions: { of: ({ maxSessions }: Assembled) => maxSessions, isTold: true },
  journal: { of: ({ journal }: Assembled) => journal, isTold: true },
}

/**
 * What of an edit a running server does not take.
 * @returns says so of what was read last, a line for each setting, once for each value
 */
export function tellLater(first: Assembled): (next: Assembled) => readonly string[] {
  let last = first
  return (next) => {
    const lines = Object.entries(AT_START).flatMap(([name, { of, isTold }]) => {
      if (of(next) === of(last) || of(next) === of(first)) return []
      const file = next.found.file === undefined ? '' : `${named(next.found.file)}: `
      const [now, goesOn] = isTold
        ? [` is ${of(next)} now, which`, `; it goes on with ${of(first)}`]
        : [', which has changed,', '']
      return [`${file}${name}${now} takes effect when rollcall is started again${goesOn}`]
    })
    last = next
    return lines
  }
}
