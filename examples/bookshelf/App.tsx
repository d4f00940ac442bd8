/** Books of a shelf: listed, added, changed, removed. It knows the API of bookshelf.yaml, and nothing of the mock. */
import { type FormEvent, useEffect, useState } from 'react'

const BOOKS = 'https://bookshelf.example/v1/shelves/1/books'

interface Book {
  id: number
  title: string
  author: string
  year?: number
}

type Written = Omit<Book, 'id'>

async function send(method: string, path = '', book?: Written): Promise<unknown> {
  const reply = await fetch(BOOKS + path, {
    method,
    ...(book && { body: JSON.stringify(book), headers: { 'content-type': 'application/json' } }),
  })
  const body = reply.status === 204 ? undefined : await reply.json()
  if (!reply.ok) throw new Error(body.message)
  return body
}

const EMPTY = { title: '', author: '', year: '' }

export default function App() {
  const [books, setBooks] = useState<Book[]>([])
  const [draft, setDraft] = useState(EMPTY)
  const [edited, setEdited] = useState<number>()
  const [problem, setProblem] = useState('')

  async function attempt(work?: () => Promise<unknown>): Promise<boolean> {
    try {
      await work?.()
      setBooks((await send('GET')) as Book[])
      setProblem('')
      return true
    } catch (error) {
      setProblem((error as Error).message)
      return false
    }
  }

  useEffect(() => void attempt(), [])

  async function save(event: FormEvent) {
    event.preventDefault()
    const { title, author, year } = draft
    const book: Written = { title, author, ...(year !== '' && { year: Number(year) }) }
    const isSaved = await attempt(() =>
      edited === undefined ? send('POST', '', book) : send('PUT', `/${edited}`, book),
    )
    if (isSaved) cancel()
  }

  function edit({ id, title, author, year }: Book) {
    setEdited(id)
    setDraft({ title, author, year: year === undefined ? '' : String(year) })
  }

  function cancel() {
    setEdited(undefined)
    setDraft(EMPTY)
    setProblem('')
  }

  const field = (name: keyof typeof EMPTY, label: string) => (
    <label>
      {label}
      <input value={draft[name]} onChange={({ target }) => setDraft({ ...draft, [name]: target.value })} />
    </label>
  )

  return (
    <main>
      <header>
        <h1>Novels</h1>
        <span>{books.length === 1 ? '1 book' : `${books.length} books`}</span>
      </header>
      <ul>
        {books.map((book) => (
          <li key={book.id} className={book.id === edited ? 'edited' : ''}>
            <p>
              <strong>{book.title}</strong>
              <span>
                {book.author}
                {book.year !== undefined && `, ${book.year}`}
              </span>
            </p>
            <button type="button" onClick={() => edit(book)} aria-label={`Edit ${book.title}`}>
              Edit
            </button>
            <button
              type="button"
              onClick={() => attempt(() => send('DELETE', `/${book.id}`))}
              aria-label={`Delete ${book.title}`}
            >
              Delete
            </button>
          </li>
        ))}
      </ul>
      <form onSubmit={save} aria-label={edited === undefined ? 'Add a book' : 'Edit the book'}>
        {field('title', 'Title')}
        {field('author', 'Author')}
        {field('year', 'Year')}
        <div className="actions">
          <button type="submit" className="main">
            {edited === undefined ? 'Add' : 'Save'}
          </button>
          {edited !== undefined && (
            <button type="button" onClick={cancel}>
              Cancel
            </button>
          )}
        </div>
        {problem && <p role="alert">{problem}</p>}
      </form>
    </main>
  )
}
