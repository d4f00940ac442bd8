/** @jsxImportSource preact */
import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { calls } from './calls.ts'
import { giveToken, refusal, session, status } from './connection.ts'
import { Documents } from './document.tsx'
import { Failures } from './failures.tsx'
import { Operations } from './operations.tsx'
import { Outbox } from './outbox.tsx'
import { number } from './parts.tsx'
import { Sessions } from './sessions.tsx'
import { State } from './state.tsx'
import { Traffic } from './traffic.tsx'

const VIEWS: Readonly<Record<string, ComponentType>> = {
  Traffic,
  State,
  Failures,
  Operations,
  Sessions,
  Outbox,
  Document: Documents,
}

const view = signal('Traffic')

const SAID = { connecting: 'connecting …', live: 'live', lost: 'connection lost; trying again' } as const

export function App({ onClose }: { onClose?: () => void }) {
  const View = VIEWS[view.value] as ComponentType
  const main = useRef<HTMLElement>(null)
  return (
    <div class="app">
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the view
      </button>
      <header class="top">
        <h1>rollcall</h1>
        <nav aria-label="Views">
          {Object.keys(VIEWS).map((name) => (
            <button
              key={name}
              type="button"
              aria-current={view.value === name ? 'page' : undefined}
              onClick={() => {
                view.value = name
              }}
            >
              {name}
              {name === 'Traffic' && calls.value.length > 0 && <span class="faint"> {number(calls.value.length)}</span>}
            </button>
          ))}
        </nav>
        <p class="session">
          <span class="faint">session</span> <strong>{session.value || 'default'}</strong>
          <span class={`live is-${status.value}`} role="status">
            {SAID[status.value]}
          </span>
          {onClose && (
            <button type="button" onClick={onClose}>
              Back to the page
            </button>
          )}
        </p>
      </header>
      <main ref={main} tabIndex={-1} aria-label={view.value}>
        {refusal.value ? <AskToken /> : <View />}
      </main>
    </div>
  )
}

function AskToken() {
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState('')
  return (
    <form
      class="empty"
      onSubmit={(event) => {
        event.preventDefault()
        // Of others the browser makes no header.
        const [other] = text.match(/[^\x20-\x7e]/u) ?? []
        setWrong(
          other === undefined ? '' : `No control token has ${other}: it is sent in a header, which has ASCII alone.`,
        )
        if (other === undefined) giveToken(text)
      }}
    >
      <h2>The control API wants its token</h2>
      <p>{refusal.value}</p>
      <label class="wide">
        <span>Control token, as the mock was started with; it is kept for this tab</span>
        <input
          type="password"
          required
          autocomplete="off"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      {wrong && (
        <p class="told bad" role="alert">
          {wrong}
        </p>
      )}
      <button type="submit" class="primary">
        Go on
      </button>
    </form>
  )
}
