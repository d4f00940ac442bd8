/** @jsxImportSource preact */
import type { Message } from './nouns.ts'
import { counted, date, Empty, useAsked } from './parts.tsx'

/** As many as are shown, the newest. */
const MOST = 500

export function Outbox() {
  const { value: messages, error } = useAsked<Message[]>('outbox')
  if (error) return <p class="told bad">{error}</p>
  if (!messages) return null
  if (messages.length === 0) {
    return (
      <Empty title="No message was sent">
        What an API would send to people is kept here; nothing ever leaves the mock. Try an operation that invites
        somebody, and its message shows here.
      </Empty>
    )
  }
  return (
    <div class="main scrolls">
      <p class="count">{counted(messages.length, 'message')}, newest first</p>
      <ul class="cards letters">
        {messages
          .slice(-MOST)
          .reverse()
          .map((one, index) => (
            <li key={`${one.at} ${one.to} ${index}`}>
              <div class="faint">
                {date(one.at)} · {one.api}
              </div>
              <div>
                To <strong>{one.to}</strong>
              </div>
              <p>{one.message ?? 'You are invited.'}</p>
              {one.url && <p class="path">{one.url}</p>}
            </li>
          ))}
      </ul>
    </div>
  )
}
