/** Writes `generated/` anew: what `rollcall generate` writes for each document in `openapi/`. */
import { run } from '../cli/generate.ts'
import { BUILT_IN_DOCUMENTS } from './built-in-documents.ts'

for (const { file, folder } of BUILT_IN_DOCUMENTS) await run([file, '--out', folder])
