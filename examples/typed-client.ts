/** A client that knows every path, parameter and reply of an API; here it talks to the mock, without a server. */
import createClient from 'openapi-fetch'
import { createMock } from 'rollcall'
import { type BulkCreateUsersRequest, type DynamicUser, dynamic, type paths } from 'rollcall/dynamic'

const mock = createMock({ apis: [dynamic] })
const client = createClient<paths>({ baseUrl: 'https://app.dynamicauth.com/api/v0', fetch: mock.fetch })

client.use({ onRequest: ({ request }) => request.headers.set('authorization', 'Bearer any') })
const params = { path: { environmentId: '95b11417-f18f-457f-8804-68e361f9164f' } }
const body: BulkCreateUsersRequest = [{ email: 'ada@example.com' }, { email: 'ADA@example.com' }]
const { data } = await client.POST('/environments/{environmentId}/users/bulk', { params, body })
const user: DynamicUser | undefined = data?.created?.[0]
console.log(user?.email, data?.failed?.[0]?.code)

/** Never called: what the compiler refuses. */
export const refused = () => [
  // @ts-expect-error there is no such path
  client.POST('/environments/{environmentId}/users/bulks', { params, body }),
  // @ts-expect-error the path has a parameter
  client.GET('/environments/{environmentId}/users'),
  // @ts-expect-error an e-mail is text
  client.POST('/environments/{environmentId}/users/bulk', { params, body: [{ email: 1 }] }),
  // @ts-expect-error a reply has no such member
  data?.refused,
]
