import { type ParseArgsConfig, parseArgs } from 'node:util'

/**
 * What a script of this project was called with. `--help` prints how it is called, and ends it; what it does not know is told
 * in a line, and ends it with exit code 2.
 * @param usage the call in a line, and its options in lines below
 */
export function readOptions<const T extends ParseArgsConfig>(
  usage: string,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  const options = { ...config.options, help: { type: 'boolean', short: 'h' } } as const
  try {
    const given = parseArgs({ ...config, options })
    if ('help' in given.values) {
      console.log(usage)
      process.exit(0)
    }
    return given as ReturnType<typeof parseArgs<T>>
  } catch (error) {
    // What more `parseArgs` says is about arguments that begin with a dash.
    console.error(`${(error as Error).message.split('. ')[0]}\n\n${usage}`)
    process.exit(2)
  }
}
