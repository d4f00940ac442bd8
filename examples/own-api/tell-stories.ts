/** What holds over several calls, beyond what the document can say: `verify` tries it too. */
import { markOf, type Stories, tell } from 'rollcall/contract'

export const tellStories: Stories = (kit) => {
  const id = 'createMembers/stories/any-case'
  const email = `${markOf(kit, id)}@example.com`
  return [
    tell(kit, {
      id,
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
          path: (told) => ({ memberId: told.need(0, '/created/0/id') }),
          expect: (claim) => claim.shows('documented', '/email', email),
        },
      ],
    }),
  ]
}
