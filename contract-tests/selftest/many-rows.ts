import type { Json } from '../../documents/read/read-document.ts'
import { fault, story } from './fault.ts'
import * as calls from './many-calls.ts'
import { plantBody, plantSent } from './plant.ts'
import type { Fault } from './vocabulary.ts'

/** An operation that creates many at once, and how its reply tells them. */
export interface Bulk extends calls.Rows {
  /** The members of the reply that hold the created and the refused. */
  readonly created: string
  readonly refused: string
  /** The same body with other rows. */
  readonly withRows: (body: Json, rows: Json[]) => Json
  /** How well it is known that good rows survive beside bad ones. */
  readonly evidence: Fault['evidence']
}

/** Faults of any operation that takes many rows. */
export const bulkFaults = ({ created, refused, withRows, evidence, ...rows }: Bulk): Fault[] => [
  fault(
    'answers the rows in another order',
    'assumed',
    'outcomes come in the order of the rows',
    story('values|many'),
    plantBody([rows.create], (body) => void body[created].reverse()),
  ),
  fault(
    'drops the good rows beside a bad one',
    evidence,
    'a good row beside a bad one survives',
    story('partial'),
    plantBody([rows.create], (body) => {
      if (body[refused].length > 0) body[created] = []
    }),
  ),
  fault(
    'keeps the good rows of a refused request',
    'assumed',
    'a refused request creates nobody',
    story('refused-request'),
    calls.keepHalf(rows, withRows),
  ),
  fault(
    'lets duplicates inside one request through',
    'assumed',
    'a row sees the rows before it',
    story('twice-in-one-request'),
    calls.letTwinsIn(rows),
  ),
]

/** Faults of any API that tells users apart by their e-mail. */
export const emailFaults = (rows: calls.Rows): Fault[] => [
  fault(
    'takes an e-mail in another case for another one',
    'assumed',
    'an e-mail is the same in any case',
    story('another-case'),
    calls.mindTheCase(rows),
  ),
  fault(
    'keeps e-mails in lower case',
    'assumed',
    'what is accepted is kept as it was written',
    story('another-case'),
    plantSent([rows.create], (body) => {
      for (const row of rows.rowsOf(body)) if (typeof row?.email === 'string') row.email = row.email.toLowerCase()
    }),
  ),
]
