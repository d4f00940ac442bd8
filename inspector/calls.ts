import { computed, signal } from '@preact/signals'
import type { BriefCall, Skipped } from './nouns.ts'

/** As many as the page keeps, the newest. */
const MOST_CALLS = 20_000

/** The calls of the session at hand, oldest first. */
export const calls = signal<readonly BriefCall[]>([])
/** Whether the journal had lost calls before they were told. */
export const isMissing = signal(false)
/** Calls that came faster than they could be shown: between the ids of two that are. */
export const skipped = signal<readonly Skipped[]>([])
/** Rises with every change of the state, and at most a few times a second with calls. */
export const version = signal(0)

/** What is looked for in the traffic. */
export const filter = {
  text: signal(''),
  operation: signal(''),
  outcome: signal(''),
  isPaused: signal(false),
}
const held = signal<readonly BriefCall[]>([])

/** What is searched in: made when a call comes, so that nobody waits for it later. */
const texts = new WeakMap<BriefCall, string>()

/** Milliseconds until what has come is drawn: while more than `many` come in that time nobody reads them one by one. */
const DRAWN_AFTER = { few: 50, many: 250 }
const MANY = 20

let waiting: BriefCall[] = []
let isDrawn = true
let drawn = 0

/** Calls come by the thousand: they are drawn a few times a second. @param call none: some were lost */
export function addCall(call: BriefCall | undefined): void {
  if (call) waiting.push(call)
  else isMissing.value = true
  if (!isDrawn) return
  isDrawn = false
  // A page in the background has no frames.
  setTimeout(
    () => {
      isDrawn = true
      for (const one of waiting) texts.set(one, textOf(one))
      const all = calls.value.concat(waiting)
      drawn = waiting.length
      waiting = []
      calls.value = all.length > MOST_CALLS ? all.slice(-MOST_CALLS) : all
      noteChange()
    },
    DRAWN_AFTER[drawn > MANY ? 'many' : 'few'],
  )
}

/** Puts calls that were skipped where they belong. */
export function insertCalls(found: readonly BriefCall[]): void {
  for (const one of found) texts.set(one, textOf(one))
  const all = new Map([...found, ...calls.value].map((call) => [call.id, call]))
  calls.value = [...all.values()].sort((a, b) => a.id - b.id).slice(-MOST_CALLS)
}

export function clearCalls(): void {
  waiting = []
  skipped.value = []
  calls.value = []
  held.value = []
  isMissing.value = false
}

let isNoted = false

/** Views read again what they show, at most twice a second. */
export function noteChange(): void {
  if (isNoted) return
  isNoted = true
  setTimeout(() => {
    isNoted = false
    version.value++
  }, 500)
}

export function pause(isPaused: boolean): void {
  held.value = calls.value
  filter.isPaused.value = isPaused
}

/** As it stands in an address: `limit=1 offset=15`. */
const wordsOf = (query: BriefCall['query'] = {}): string =>
  Object.entries(query)
    .flatMap(([name, values]) => [values].flat().map((value) => `${name}=${value}`))
    .join(' ')

const textOf = ({ method, path, query, status, operationId = '', verdict }: BriefCall): string =>
  `${method} ${path} ${wordsOf(query)} ${status} ${operationId} ${Object.values(verdict).join(' ')}`.toLowerCase()

const isOutcome = ({ status, verdict }: BriefCall, outcome: string): boolean =>
  /^\d/.test(outcome) ? String(status).startsWith(outcome[0] as string) : verdict.outcome === outcome

/** Those that are looked for, newest first. */
export const shown = computed<readonly BriefCall[]>(() => {
  const all = filter.isPaused.value ? held.value : calls.value
  const words = filter.text.value.toLowerCase().split(/\s+/).filter(Boolean)
  const [operation, outcome] = [filter.operation.value, filter.outcome.value]
  const found = all.filter(
    (call) =>
      (operation === '' || call.operationId === operation) &&
      (outcome === '' || isOutcome(call, outcome)) &&
      (words.length === 0 || words.every((word) => texts.get(call)?.includes(word))),
  )
  return found.reverse()
})

/** The operations that were called. */
export const called = computed(() => [...new Set(calls.value.flatMap(({ operationId }) => operationId ?? []))].sort())

export const waitingCount = computed(() => (filter.isPaused.value ? calls.value.length - held.value.length : 0))
