/** An API of your own: its document, what `rollcall generate members.yaml --out generated` made of it, and how it behaves. */
import {
  type BodyOf,
  type Draft,
  defineApi,
  defineBehaviours,
  type Refusal,
  type ReplyOf,
  refuse,
  type TurnOf,
} from 'rollcall'
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

/** What the state keeps of a loan: all that is shown of it. */
type Loan = components['schemas']['Loan']

/** By collection, what a tenant has: here a tenant is a club. */
interface Records {
  readonly members: Member
  readonly loans: Loan
}

type Given<Id extends keyof operations> = TurnOf<operations[Id], Records>
type Decided<Id extends keyof operations> = ReplyOf<operations[Id]> | Refusal

function createMembers({
  input,
  collections: { members },
  world,
  failures,
  failRow,
}: Given<'createMembers'>): Decided<'createMembers'> {
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

/** The document says under each operation what is not found there. */
const notFound = refuse('failure', '', { rule: 'not_found' })

function getMember({ input, collections: { members } }: Given<'getMember'>): Decided<'getMember'> {
  const member = members.get(input.path.memberId)
  return member ? { status: 200, body: member satisfies components['schemas']['Member'] } : notFound
}

function deleteMember({ input, collections: { members, loans } }: Given<'deleteMember'>): Decided<'deleteMember'> {
  for (const { id } of loansOf(input.path.memberId, loans)) loans.remove(id)
  return members.remove(input.path.memberId) ? { status: 204 } : notFound
}

const loansOf = (memberId: string, loans: Draft<Loan>) =>
  [...loans.values()].filter((loan) => loan.memberId === memberId)

function createLoan({
  input,
  collections: { members, loans },
  world,
  invite,
}: Given<'createLoan'>): Decided<'createLoan'> {
  const member = members.get(input.path.memberId)
  if (!member) return notFound
  const { id } = loans.fresh((number) => world.uuid('loan', number))
  const loan: Loan = { id, memberId: member.id, book: input.body.book }
  loans.put(loan)
  invite({ to: member.email, at: world.timestamp, userId: member.id, message: `Enjoy ${loan.book}.` })
  return { status: 201, body: loan }
}

function listLoans({ input, collections: { members, loans } }: Given<'listLoans'>): Decided<'listLoans'> {
  if (!members.get(input.path.memberId)) return notFound
  const body: BodyOf<operations['listLoans'], 200> = { loans: loansOf(input.path.memberId, loans) }
  return { status: 200, body }
}

function getLoan({ input, collections: { loans } }: Given<'getLoan'>): Decided<'getLoan'> {
  const loan = loans.get(input.path.loanId)
  return loan ? { status: 200, body: loan } : notFound
}

function deleteLoan({ input, collections: { loans } }: Given<'deleteLoan'>): Decided<'deleteLoan'> {
  return loans.remove(input.path.loanId) ? { status: 204 } : notFound
}

const behaviours = defineBehaviours<operations, Records>()(
  { createMembers, getMember, deleteMember, createLoan, listLoans, getLoan, deleteLoan },
  {
    tenantOf: ({ caller, digest }) => digest(caller.credential),
    collections: {
      // What its reading cannot show, as the document says, is not restored from a snapshot.
      members: {
        idOf: ({ id }) => id,
        keysOf: ({ email }) => [['email', email.toLowerCase()]],
        readings: (memberId) => ({ getMember: { path: { memberId } } }),
      },
      loans: {
        idOf: ({ id }) => id,
        keysOf: () => [],
        readings: (loanId) => ({ getLoan: { path: { loanId } } }),
      },
    },
    // The document has no 403.
    refuse: ({ refused, message }, status) => ({
      status: refused === 'bad-credentials' ? 401 : status,
      body: { message },
    }),
    creation: { operationId: 'createMembers', bodyOf: (rows) => ({ members: rows }) },
    exampleCredential: 'token',
  },
)

export const members = defineApi<Records>({
  name: 'members',
  title,
  version,
  servers,
  operations: table,
  validators,
  examples,
  behaviours,
})
