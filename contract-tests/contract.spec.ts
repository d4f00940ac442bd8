import { loadDocument } from './load-document.ts'
import { describeContract } from './playwright.ts'

const { ROLLCALL_URL, ROLLCALL_API = 'dynamic', ROLLCALL_TOKEN, ROLLCALL_BAD_TOKEN, ROLLCALL_STRICT } = process.env
if (!ROLLCALL_URL) {
  throw new Error(
    'say what to verify: ROLLCALL_URL=http://127.0.0.1:4010/api/v0 ROLLCALL_API=dynamic ROLLCALL_TOKEN=… npx playwright test',
  )
}

describeContract(await loadDocument(ROLLCALL_API), {
  url: ROLLCALL_URL,
  ...(ROLLCALL_TOKEN && { token: ROLLCALL_TOKEN }),
  ...(ROLLCALL_BAD_TOKEN && { badToken: ROLLCALL_BAD_TOKEN }),
  ...(ROLLCALL_STRICT && { strict: ROLLCALL_STRICT as 'assumed' }),
})
