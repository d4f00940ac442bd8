import { randomUUID } from 'node:crypto'
import type { components } from '../../generated/royalti/types.ts'
import validators from '../../generated/royalti/validators.js'
import { type Answer, type Floor, refuse } from './vocabulary.ts'

type Row = components['schemas']['NewUser']
type Request = components['schemas']['BulkCreateRequest']

interface User {
  readonly id: string
  readonly row: Row
  readonly createdAt: string
}

const validate = validators['bulkCreateUsers']?.body
/** By e-mail address. */
const users = new Map<string, User>()

const nameOf = ({ firstName, lastName }: Row): string => `${firstName} ${lastName}`

function create(text: string): Answer {
  const body: Request = JSON.parse(text)
  if (!validate?.(body)) {
    return refuse(validate, (message) => ({
      success: false,
      error: { code: 'BAD_REQUEST', message: 'The request is not valid.', details: [message] },
    }))
  }
  const createdAt = new Date().toISOString()
  const createdUsers: string[] = []
  const errors: string[] = []
  for (const row of body.users) {
    const email = row.email as string
    if (users.has(email)) errors.push(`User ${nameOf(row)} already associated with workspace!`)
    else {
      users.set(email, { id: randomUUID(), row, createdAt })
      createdUsers.push(nameOf(row))
    }
  }
  return [201, { message: 'Done.', createdUsers, processedCount: body.users.length, errors }]
}

export const floor: Floor = { calls: { 'POST /user/bulk': create }, reset: () => users.clear() }
