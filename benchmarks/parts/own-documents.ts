import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mebibytes, middle, pairwise, show, showRatio } from '../figures.ts'
import { CONNECTIONS, compareAnswers, holdContest, type Sample } from '../measure.ts'
import { writeWithReply } from '../peer-documents.ts'
import { peersOf, rollcallOf, type Server } from '../servers.ts'
import type { Finding, Measured, Options, Part } from '../vocabulary.ts'
import { wideJson } from '../wide-document.ts'
import type { Repeated } from '../workloads.ts'

interface OwnDocument {
  readonly name: string
  /** @returns the file */
  write(folder: string): string
  readonly path: string
  readonly operations: { readonly list: string; readonly create: string }
  readonly record: object
}

const DOCUMENTS: readonly OwnDocument[] = [
  {
    name: 'a small document',
    write: () => join(import.meta.dirname, '../../contract-tests/fixtures/pets.yaml'),
    path: '/pets',
    operations: { list: 'listPets', create: 'createPet' },
    record: { name: 'Rex', kind: 'dog', age: 4, note: 'Opens doors.' },
  },
  {
    name: '1,225 operations of OpenAPI 3.0',
    write(folder) {
      const file = join(folder, 'wide.json')
      writeFileSync(file, wideJson())
      return file
    },
    path: '/v1/resource100s',
    operations: { list: 'listResource100', create: 'createResource100' },
    record: {
      ...{ name: 'Example', code: 'AB-123', kind: 'open', amount: 1200, rate: 2.5, dueOn: '2026-11-30', active: true },
      owner: { givenName: 'Siobhan', familyName: "O'Brien", email: 'siobhan@example.com' },
      address: { street: '1 Quay Street', city: 'Galway', country: 'IE' },
      ...{ tags: ['first', 'of-many'], parts: [{ sku: 'SKU-1', count: 2, note: null }] },
    },
  },
]

const headers = { authorization: 'Bearer bench' }

interface OwnWorkload extends Repeated {
  readonly document: OwnDocument
  readonly operationId: string
}

const WORKLOADS: readonly OwnWorkload[] = DOCUMENTS.flatMap((document): OwnWorkload[] => {
  const { name, path, operations, record } = document
  const call = { document, path, rows: 1 }
  return [
    {
      ...call,
      ...{ name: `${name}, a list`, operationId: operations.list, method: 'GET', headers, body: '', status: 200 },
    },
    {
      ...{ ...call, name: `${name}, a creation`, operationId: operations.create, method: 'POST' },
      ...{ headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(record), status: 201 },
      // Of ids that are numbers.
      slack: 4,
    },
  ]
})

/** The mock of the document, and the peers of a copy in which its reply is the example. */
async function compareWithPeers(
  workload: OwnWorkload,
  { rounds, seconds, tell }: Options,
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
  try {
    const file = workload.document.write(folder)
    const mock = rollcallOf(file)
    const answer = await compareAnswers([mock], workload)
    const copy = writeWithReply(join(folder, 'copy.json'), file, workload, JSON.parse(answer.text))
    const servers: Server[] = [mock, ...peersOf(copy).filter(({ name }) => name !== 'openapi-backend')]
    await compareAnswers(servers, workload)
    const { length } = answer
    return await holdContest(servers, workload, { rounds, seconds, length }, (round) =>
      tell(`${workload.name}: round ${round} of ${rounds}`),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const cpus = (samples: readonly Sample[] = []) => samples.map(({ cpu }) => cpu)

export const ownDocuments: Part = {
  name: 'own-documents',
  title: "Documents of one's own",
  method: `\`rollcall mock\` of a document that is read when it starts: the pets of \`contract-tests/fixtures\`, and the one of
\`wide-document.ts\`, 12 MB of JSON. A list shows what each begins with; a creation is kept, and the state is emptied between
laps. Prism and Scalar answer the very reply of the mock, from the example of a copy of the document, and keep nothing. Laps
are taken in turn over ${CONNECTIONS} connections, as for throughput. A ratio is that of requests per CPU second in one round.`,
  subjects: WORKLOADS.map(({ name }) => name),
  async measure(options): Promise<Measured> {
    const rows: string[][] = []
    const findings: Finding[] = []
    for (const workload of WORKLOADS.filter(({ name }) => options.wants(name))) {
      const samples = await compareWithPeers(workload, options)
      const ours = [...samples.values()][0]
      for (const [index, [name, taken]] of [...samples].entries()) {
        const times = pairwise(cpus(taken), cpus(ours))
        rows.push([
          index === 0 ? workload.name : '',
          name,
          show(middle(taken.map(({ rate }) => rate))),
          show(middle(cpus(taken)), ' µs'),
          mebibytes(middle(taken.map(({ memory }) => memory))),
          index === 0 || times.length === 0 ? '' : showRatio(times),
        ])
        if (name.startsWith('Prism') && times.length > 0)
          findings.push({ target: 'own-of-prism', subject: workload.name, rounds: times })
      }
    }
    const head = ['workload', 'server', 'req/s', 'CPU per request', 'RSS', 'the mock is faster by']
    return { tables: [{ head, rows }], findings }
  },
}
