/** A screen that imports users from a CSV file. It knows the vendor's API, and nothing of the mock. */
import { useEffect, useState } from 'react'

const USERS = 'https://app.dynamicauth.com/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
const headers = { authorization: 'Bearer dyn_example', 'content-type': 'application/json' }

interface Row {
  firstName: string
  lastName: string
  email: string
}

interface Outcome {
  created: { id: string; email: string }[]
  failed: { user: { email: string }; error: string; code: string }[]
}

function readRows(csv: string): Row[] {
  const [, ...lines] = csv.trim().split(/\r?\n/)
  return lines.map((line) => {
    const [firstName = '', lastName = '', email = ''] = line.split(',')
    return { firstName, lastName, email }
  })
}

async function importUsers(rows: Row[]): Promise<Outcome> {
  const reply = await fetch(`${USERS}/bulk`, { method: 'POST', headers, body: JSON.stringify(rows) })
  const body = await reply.json()
  if (!reply.ok) throw new Error(`${reply.status}: ${body.error}`)
  return body
}

async function countUsers(): Promise<number> {
  const reply = await fetch(USERS, { headers })
  return (await reply.json()).count
}

export default function App() {
  const [file, setFile] = useState('')
  const [rows, setRows] = useState<Row[]>([])
  const [outcome, setOutcome] = useState<Outcome>()
  const [error, setError] = useState('')
  const [count, setCount] = useState<number>()

  useEffect(() => {
    countUsers().then(setCount, ({ message }) => setError(message))
  }, [])

  async function choose(chosen: File | undefined) {
    if (!chosen) return
    setFile(chosen.name)
    setRows(readRows(await chosen.text()))
    setOutcome(undefined)
  }

  async function send() {
    try {
      setOutcome(await importUsers(rows))
      setCount(await countUsers())
    } catch (problem) {
      setError((problem as Error).message)
    }
  }

  return (
    <main>
      <header>
        <div>
          <h1>Import users</h1>
          <p>
            {file === '' ? 'Choose a CSV file: first name, last name, e-mail' : `${file}, ${rows.length} rows`}
            {count !== undefined && <span className="count">{count} in the environment</span>}
          </p>
        </div>
        <label>
          Choose file
          <input type="file" accept=".csv" onChange={({ target }) => choose(target.files?.[0])} />
        </label>
        <button type="button" disabled={rows.length === 0 || outcome !== undefined} onClick={send}>
          Import
        </button>
      </header>
      {error && <p role="alert">{error}</p>}
      {rows.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>Name</th>
              <th>E-mail</th>
              <th>Result</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ firstName, lastName, email }) => (
              <tr key={email}>
                <td>
                  {firstName} {lastName}
                </td>
                <td>{email}</td>
                <td>
                  {outcome ? <Result outcome={outcome} email={email} /> : <span className="waiting">waiting</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {outcome && (
        <footer>
          <b className="created">{outcome.created.length} created</b>
          <b className="failed">{outcome.failed.length} failed</b>
        </footer>
      )}
    </main>
  )
}

function Result({ outcome, email }: { outcome: Outcome; email: string }) {
  const failure = outcome.failed.find(({ user }) => user.email === email)
  if (failure) {
    return (
      <>
        <span className="failed">failed</span> <code>{failure.code}</code>
      </>
    )
  }
  const user = outcome.created.find((created) => created.email === email)
  return (
    <>
      <span className="created">created</span> <code>{user?.id.slice(0, 8)}</code>
    </>
  )
}
