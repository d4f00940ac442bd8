/** Tries one document, as a child of `run.ts`: which may end it, and the mock with it. */
import { readContract } from '../../../documents/contract/build-contract.ts'
import type { Contract } from '../../../documents/contract/contract.ts'
import { createRandom } from '../../../documents/patterns/random.ts'
import { makeValue } from '../../../documents/values/make-value.ts'
import { createFinder } from './find-names.ts'
import { createJudge } from './judge-replies.ts'
import { makeRequest, type Request } from './make-requests.ts'
import type { Told } from './run-apart.ts'
import { startMock } from './start-mock.ts'
import { type Finding, NOT_SERVED, type Trial } from './trial.ts'

type Result = Omit<Trial, 'document'>

const [file = '', most = '', memory = ''] = process.argv.slice(2)

const tell = (told: Told<Result>): void => void process.send?.(told)

/** At most so many of a list, spread evenly. */
function spread<T>(all: readonly T[], count: number): T[] {
  const taken = Math.min(count, all.length)
  return Array.from({ length: taken }, (_, index) => all[Math.floor((index * all.length) / taken)] as T)
}

async function makeRequests(contract: Contract): Promise<{ requests: Request[]; findings: Finding[] }> {
  const requests: Request[] = []
  const findings: Finding[] = []
  // No request reaches a path that only differs by its fragment: it is told, and not served.
  const reachable = contract.operations.filter(({ path }) => !/[?#]/.test(path))
  for (const operation of spread(reachable, Number(most))) {
    try {
      requests.push(await makeRequest(contract, operation))
    } catch (error) {
      const { method, path } = operation
      findings.push({ kind: 'unmade', method, path, status: 0, rule: firstLine(error as Error) })
    }
  }
  return { requests, findings }
}

/** An empty reply is no fault where no value is allowed at all. */
function excuse(contract: Contract, { operation }: Request, finding: Finding): Finding {
  if (finding.kind !== 'empty') return finding
  const { replies } = operation
  const reply = replies.find(({ status }) => status === `${finding.status}`) ?? replies.find(({ json }) => json)
  try {
    if (reply?.json) makeValue(contract, reply.json.schema, createRandom('corpus'), '', { reading: 'replies' })
    return finding
  } catch (error) {
    return { ...finding, kind: 'unmade', rule: firstLine(error as Error) }
  }
}

const firstLine = ({ message }: Error): string => message.split('\n', 1)[0] ?? ''

/** Asked where a document has no operation: it is answered 404. */
const NOTHING = { method: 'GET', target: '/', headers: {} }

async function tryDocument(): Promise<Result> {
  const contract = await readContract(file)
  const { requests, findings } = await makeRequests(contract)
  const judge = createJudge(contract.model)
  const counts = { requests: 0, undeclared: 0, unjudged: 0 }
  const statuses: Record<string, number> = {}
  const began = performance.now()
  const mock = await startMock(file, Number(memory))
  let firstAnswer: number | undefined
  const send = async (request: Request) => {
    const answered = await mock.send(request)
    firstAnswer ??= performance.now() - began
    return answered
  }
  const findNames = createFinder(contract, send)
  try {
    if (requests.length === 0) await send(NOTHING as Request)
    for (const made of requests) {
      const names = await findNames(made.operation)
      const request = names.size > 0 ? await makeRequest(contract, made.operation, names) : made
      const answered = await send(request)
      counts.requests++
      const range = `${Math.floor(answered.status / 100)}xx`
      statuses[range] = (statuses[range] ?? 0) + 1
      const judged = judge(request.operation, answered)
      findings.push(...judged.findings.map((finding) => excuse(contract, request, finding)))
      if (judged.isUndeclared) counts.undeclared++
      if (judged.isUnjudged) counts.unjudged++
      if (counts.requests % 20 === 0) tell({ done: counts.requests, of: requests.length })
    }
    const peak = mock.peakMemory()
    return {
      served: true,
      ...(firstAnswer !== undefined && { firstAnswer }),
      ...(peak !== undefined && { memory: peak }),
      operations: contract.operations.length,
      ...counts,
      statuses,
      findings,
    }
  } finally {
    mock.stop()
  }
}

const result = await tryDocument().catch((error: Error) => ({ ...NOT_SERVED, reason: firstLine(error) }))
tell({ result })
process.disconnect?.()
