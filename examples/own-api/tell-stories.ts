/** What holds over several calls, beyond what the document can say: `verify` tries it too. */
import { markOf, type Stories, type Told, tell } from 'rollcall/contract'

export const tellStories: Stories = (kit) => {
  const memberOf = (told: Told) => ({ memberId: told.need(0, '/created/0/id') })
  const anyCase = 'createMembers/stories/any-case'
  const email = `${markOf(kit, anyCase)}@example.com`
  const loansGo = 'deleteMember/stories/loans-go'
  const mark = markOf(kit, loansGo)
  return [
    tell(kit, {
      id: anyCase,
      title: 'an e-mail is taken in any case',
      evidence: 'documented',
      steps: [
        { title: 'creates a member', rows: [{ email, name: 'Ada' }] },
        {
          title: 'creates it again in capitals',
          rows: [{ email: email.toUpperCase(), name: 'Ada' }],
          expect(claim) {
            claim.shows('documented', '/failed/*/code', ['email_taken'])
            claim.shows('documented', '/created', [])
          },
        },
        {
          title: 'reads the first',
          call: 'getMember',
          path: memberOf,
          expect: (claim) => claim.shows('documented', '/email', email),
        },
      ],
    }),
    tell(kit, {
      id: loansGo,
      title: 'the loans of a member go with the member',
      evidence: 'documented',
      steps: [
        { title: 'creates a member', call: 'createMembers', rows: [{ email: `${mark}@example.com`, name: 'Ada' }] },
        { title: 'lends the member a book', call: 'createLoan', path: memberOf, body: { book: mark } },
        { title: 'removes the member', path: memberOf, status: 204 },
        {
          title: 'asks for the loan',
          call: 'getLoan',
          path: (told) => ({ loanId: told.need(1, '/id') }),
          status: 404,
        },
      ],
    }),
  ]
}
