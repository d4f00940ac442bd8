import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readApi } from '../mocks/read-api.ts'
import { describeStart } from './describe-start.ts'

it('shows an operation as it is told from another of its path', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'describe-start-'))
  const file = join(folder, 'tasks.json')
  const post = (operationId: string) => ({ post: { operationId, responses: { 204: {} } } })
  const paths = { '/tasks?beta=true': post('beta'), '/tasks': post('plain') }
  await writeFile(file, JSON.stringify({ openapi: '3.1.0', info: { title: 'Tasks', version: '1' }, paths }))
  const told = describeStart([await readApi(file)], 'http://127.0.0.1:1', false)
  expect(told).toContain('POST  http://127.0.0.1:1/tasks?beta=true  beta\n')
  expect(told).toContain('POST  http://127.0.0.1:1/tasks  plain\n')
  // The one that is shown to be pasted sends it too.
  expect(told).toContain("curl -sS -X POST 'http://127.0.0.1:1/tasks?beta=true'")
  await rm(folder, { recursive: true })
})
