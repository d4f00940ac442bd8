import { type Flags, readInteger, readSize, readTime } from './read-arguments.ts'

/** A text of JavaScript has no more characters than half a gigabyte has bytes. */
const MOST_BODY = 500 * 2 ** 20
const MOST_MEMORY = 2 ** 40
/** In milliseconds. */
const LONGEST_WAIT = 3_600_000

/** The flags of a command that serves, about what one client may ask for. */
export const LIMIT_FLAGS = {
  'max-body': { type: 'string', default: '25mb' },
  'max-values': { type: 'string', default: '300000' },
  'max-memory': { type: 'string' },
  'client-timeout': { type: 'string', default: '30s' },
} as const satisfies Flags

export const LIMITS_HELP = `  --max-body <size>     how large the body of a request may be, default 25mb
  --max-values <n>      how many items a body may hold, or half as many fields, a third as many members; default 300000
  --max-memory <size>   how much all sessions together may keep, default half of the heap; the least recently used goes first
  --client-timeout <t>  how long a client may take to send a request, and keep a connection idle; default 30s, 0 for ever`

type Values = { readonly [flag in Exclude<keyof typeof LIMIT_FLAGS, 'max-memory'>]: string } & {
  readonly 'max-memory'?: string
}

/** As the server takes them. @throws UsageError */
export const readLimits = (values: Values) => ({
  ...(values['max-memory'] !== undefined && {
    maxMemory: readSize('--max-memory', values['max-memory'], 2 ** 20, MOST_MEMORY),
  }),
  maxBody: readSize('--max-body', values['max-body'], 1024, MOST_BODY),
  maxValues: readInteger('--max-values', values['max-values'], 1, 100_000_000),
  clientTimeout: readTime('--client-timeout', values['client-timeout'], LONGEST_WAIT),
})
