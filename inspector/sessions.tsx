/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { calls } from './calls.ts'
import { ask, session, switchSession } from './connection.ts'
import type { SessionSize } from './nouns.ts'
import { counted, date, useAsked, useDone } from './parts.tsx'

export function Sessions() {
  const { value: all = [], again } = useAsked<SessionSize[]>('sessions', calls.value.length > 0)
  const [name, setName] = useState('')
  const { told, run } = useDone()
  const reset = async ({ name: own }: SessionSize) => {
    const step = () =>
      own === '' && session.value === ''
        ? ask('POST', 'reset')
        : own === ''
          ? Promise.reject(new Error('Switch to it first.'))
          : ask('DELETE', `sessions/${encodeURIComponent(own)}`)
    if (await run(`${own === '' ? 'The default session' : own} is back at its start.`, step)) again()
  }
  return (
    <div class="main scrolls">
      <p>
        A request with the header <code>x-rollcall-session</code> has a state and a journal of its own: tests that run
        at once never meet.
      </p>
      <form
        class="bar"
        onSubmit={(event) => {
          event.preventDefault()
          switchSession(name.trim())
          setName('')
        }}
      >
        <label>
          <span>Name</span>
          <input value={name} required onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <button type="submit">Look at this session</button>
        <button type="button" onClick={again}>
          Read again
        </button>
      </form>
      {told}
      <ul class="cards">
        {all.map((one) => (
          <li key={one.name} aria-current={one.name === session.value ? 'true' : undefined}>
            <div>
              <strong>{one.name || 'default'}</strong>{' '}
              {one.name === session.value && <span class="kind changed">at hand</span>}
              <div class="faint">
                {[
                  counted(one.calls, 'call'),
                  counted(one.records, 'record'),
                  counted(one.messages, 'message'),
                  one.orders > 0 ? counted(one.orders, 'order') : '',
                  one.lastCall ? `last called ${date(one.lastCall)}` : '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </div>
            </div>
            <div class="bar">
              {one.name !== session.value && (
                <button type="button" onClick={() => switchSession(one.name)}>
                  Switch to<span class="hidden"> {one.name || 'default'}</span>
                </button>
              )}
              <button type="button" class="danger" onClick={() => reset(one)}>
                Reset<span class="hidden"> {one.name || 'default'}</span>
              </button>
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}
