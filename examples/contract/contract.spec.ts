import { loadDocument } from 'rollcall/contract'
import { describeContract } from 'rollcall/playwright'

const { ROLLCALL_URL = 'http://127.0.0.1:4010', ROLLCALL_TOKEN = 'dyn_example' } = process.env

describeContract(await loadDocument('dynamic'), { url: `${ROLLCALL_URL}/api/v0`, token: ROLLCALL_TOKEN })
