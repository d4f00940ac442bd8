import { reasonOf } from './reason-of.ts'

/**
 * Sees to standard streams that cannot be written any more. A server goes on without them; any other command comes to its
 * end (`verify` has to delete what it created), says so in one line, and has failed.
 * @returns whether the command has failed so
 */
export function guardOutput(isServer: boolean): () => boolean {
  const broken = new Set<string>()
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].on('error', (error: NodeJS.ErrnoException) => {
      if (broken.has(name)) return
      broken.add(name)
      // What was buffered may break after the command has ended.
      if (!isServer) process.exitCode ||= 1
      // `rollcall mock | head -1` is meant so.
      if (name === 'stderr' || (isServer && error.code === 'EPIPE')) return
      const end = isServer ? '; serving goes on without it' : ''
      process.stderr.write(`rollcall: stdout cannot be written: ${reasonOf(error)}${end}\n`)
    })
  }
  return () => !isServer && broken.size > 0
}
