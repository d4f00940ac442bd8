import type { Work } from './vocabulary.ts'

/** How long it is worked until others have their turn, in milliseconds. */
const TURN = 20

interface Task {
  readonly work: Work
  readonly end: (value: unknown) => void
  readonly fail: (error: unknown) => void
}

/** All that is worked at, whose turn is next first: however many they are, nobody else waits for more than one turn. */
const tasks: Task[] = []

const nextTurn: (step: () => void) => unknown = globalThis.setImmediate ?? setTimeout

/** Does work in turns of its own. @returns what came of it @throws what a step throws */
export function workInTurns<T>(work: Work<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    tasks.push({ work, end: resolve as Task['end'], fail: reject })
    if (tasks.length === 1) nextTurn(takeTurn)
  })
}

function takeTurn(): void {
  const [task] = tasks as [Task]
  try {
    const until = performance.now() + TURN
    do {
      const { done, value } = task.work.next()
      if (!done) continue
      task.end(value)
      tasks.shift()
      break
    } while (performance.now() < until)
    if (tasks[0] === task) tasks.push(tasks.shift() as Task)
  } catch (error) {
    task.fail(error)
    tasks.shift()
  }
  if (tasks.length > 0) nextTurn(takeTurn)
}

/** Does work at once. */
export function workAtOnce<T>(work: Work<T>): T {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}
