/** An API of your own: its document, what `rollcall generate members.yaml --out generated` made of it, and how it behaves. */
import { type Behaviour, type BodyOf, defineApi, type InputOf, refuse, type Turn } from 'rollcall'
import { examples } from './generated/examples.ts'
import { servers, operations as table, title, version } from './generated/operations.ts'
import type { components, operations } from './generated/types.ts'
import validators from './generated/validators.js'

/** What the state keeps of a member. */
interface Member {
  readonly id: string
  readonly email: string
  readonly name: string
}

interface Records {
  readonly members: Member
}

type Given<Id extends keyof operations> = Turn<Records, InputOf<operations[Id]>>

function createMembers({ input, collections: { members }, world, failures, failRow }: Given<'createMembers'>) {
  const reply: BodyOf<operations['createMembers'], 201> = { created: [], failed: [] }
  for (const { email, name } of input.body.members) {
    const taken = members.find('email', email.toLowerCase()) && failures['email_taken']
    const failure = failRow(email) ?? taken
    if (failure) {
      reply.failed.push({ email, code: failure.id, message: failure.message })
      continue
    }
    const { id } = members.fresh((number) => world.uuid('member', number))
    const member: Member = { id, email, name }
    members.put(member)
    reply.created.push(member)
  }
  return { status: 201, body: reply }
}

const notFound = refuse('failure', '', { rule: 'not_found' })

function getMember({ input, collections: { members } }: Given<'getMember'>) {
  const member = members.get(input.path.memberId)
  return member ? { status: 200, body: member satisfies components['schemas']['Member'] } : notFound
}

function deleteMember({ input, collections: { members } }: Given<'deleteMember'>) {
  return members.remove(input.path.memberId) ? { status: 204 } : notFound
}

export const members = defineApi<Records>({
  name: 'members',
  title,
  version,
  servers,
  operations: table,
  validators,
  examples,
  behaviours: {
    tenantOf: ({ caller, digest }) => digest(caller.credential),
    collections: {
      members: { idOf: ({ id }) => id, keysOf: ({ email }) => [['email', email.toLowerCase()]] },
    },
    // The document has no 403.
    refuse: ({ refused, message }, status) => ({
      status: refused === 'bad-credentials' ? 401 : status,
      body: { message },
    }),
    creation: { operationId: 'createMembers', bodyOf: (rows) => ({ members: rows }) },
    exampleCredential: 'token',
    operations: { createMembers, getMember, deleteMember } satisfies Record<keyof operations, Behaviour<Records>>,
  },
})
