/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { calls } from './calls.ts'
import { ask } from './connection.ts'
import type { Order, Orderable } from './nouns.ts'
import { counted, Empty, Panel, Status, time, useAsked, useDone } from './parts.tsx'

const whatOf = ({ status, failure, example, drop, timeout, delay }: Order): string => {
  const met = failure ?? example ?? status ?? (drop ? DROP : timeout ? TIMEOUT : undefined)
  return [met, delay !== undefined && `${delay} ms of delay`].filter(Boolean).join(' after ')
}

const DROP = 'a dropped connection'
const TIMEOUT = 'no reply'

export function Failures() {
  const { value, again } = useAsked<{ known: Orderable[]; ordered: Order[] }>('failures')
  const [text, setText] = useState('')
  const [opened, setOpened] = useState<string>()
  const { told, run } = useDone()
  const { known = [], ordered = [] } = value ?? {}
  const keyOf = (one: Orderable) => `${one.api} ${one.operationId}`
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const found = known.filter((one) =>
    words.every((word) => `${keyOf(one)} ${one.method} ${one.path}`.toLowerCase().includes(word)),
  )
  const isOfSeveral = new Set(known.map(({ api }) => api)).size > 1
  const at = known.find((one) => keyOf(one) === opened)
  const forced = calls.value
    .filter(({ verdict }) => verdict.outcome === 'forced')
    .slice(-10)
    .reverse()
  return (
    <div class="split">
      <div class="main scrolls">
        <h2>Ordered</h2>
        {ordered.length === 0 ? (
          <p class="faint">No failure is ordered. Choose an operation below, and say what its next calls shall meet.</p>
        ) : (
          <>
            <ul class="cards">
              {ordered.map((order, index) => (
                <li key={`${index} ${order.operationId}`}>
                  <p>
                    <strong>{whatOf(order)}</strong> for the next{' '}
                    {order.times === undefined || order.times === 1 ? 'call' : counted(order.times, 'call')} of{' '}
                    {order.operationId} <span class="faint">({order.api})</span>
                  </p>
                </li>
              ))}
            </ul>
            <button
              type="button"
              class="danger"
              onClick={async () => {
                if (await run('All orders are forgotten.', () => ask('DELETE', 'failures'))) again()
              }}
            >
              Forget all orders
            </button>
          </>
        )}
        {told}
        {forced.length > 0 && (
          <>
            <h2>Used up</h2>
            <ul class="cards">
              {forced.map(({ id, operationId, status, verdict, at: when }) => (
                <li key={id}>
                  <p>
                    {status > 0 ? <Status code={status} /> : verdict.reason} {operationId}{' '}
                    <span class="faint">{time(when)}</span>
                  </p>
                </li>
              ))}
            </ul>
          </>
        )}
        <h2>Operations</h2>
        <div class="bar">
          <label class="grow">
            <span>Search</span>
            <input type="search" value={text} onInput={(event) => setText(event.currentTarget.value)} />
          </label>
        </div>
        {found.length === 0 && <Empty title="No operation is called so">Search for a part of its name or path.</Empty>}
        <ul class="operations">
          {found.slice(0, 500).map((one) => (
            <li key={keyOf(one)}>
              <button
                type="button"
                class="plain"
                aria-expanded={opened === keyOf(one)}
                onClick={() => setOpened(keyOf(one))}
              >
                <span class="method">{one.method}</span> <strong>{one.operationId}</strong>{' '}
                <span class="path">{one.path}</span>
                {isOfSeveral && <span class="faint"> {one.api}</span>}
              </button>
            </li>
          ))}
        </ul>
        {found.length > 500 && (
          <p class="faint">and {counted(found.length - 500, 'more operation')}: search for them</p>
        )}
      </div>
      {at && <OrderForm key={opened} at={at} onClose={() => setOpened(undefined)} onOrder={again} />}
    </div>
  )
}

function OrderForm({ at, onClose, onOrder }: { at: Orderable; onClose: () => void; onOrder: () => void }) {
  const [what, setWhat] = useState(at.failures[0] ? `failure ${at.failures[0].id}` : 'status 500')
  const [status, setStatus] = useState('503')
  const [times, setTimes] = useState('1')
  const [delay, setDelay] = useState('')
  const { told, run } = useDone()
  const declared = at.statuses.filter((one) => /^[345]\d\d$/.test(one))
  const statuses = [...new Set([...declared, '500', '503'])]
  const order = async () => {
    const [kind = '', ...rest] = what.split(' ')
    const name = kind === 'other' ? status : rest.join(' ')
    const count = Number(times)
    const given: Order = {
      api: at.api,
      operationId: at.operationId,
      times: count,
      ...(kind === 'drop' || kind === 'timeout'
        ? { [kind]: true }
        : kind === 'failure' || kind === 'example'
          ? { [kind]: name }
          : kind !== 'nothing' && { status: Number(name) }),
      ...((delay !== '' || kind === 'nothing') && { delay: Number(delay) }),
    }
    const text = `The next ${count === 1 ? 'call' : counted(count, 'call')} of ${at.operationId} will meet ${whatOf(given)}.`
    if (await run(text, () => ask('POST', 'failures', given))) onOrder()
  }
  const choice = (value: string, label: string, more = '') => (
    <label class="choice" key={value}>
      <input type="radio" name="what" checked={what === value} onChange={() => setWhat(value)} />
      <span>
        <strong>{label}</strong> <span class="faint">{more}</span>
      </span>
    </label>
  )
  return (
    <Panel title={at.operationId} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void order()
        }}
      >
        <fieldset>
          <legend>What the next calls meet</legend>
          {at.failures.map(({ id, level, status: own, message }) =>
            choice(`failure ${id}`, id, [level === 'row' ? 'every row' : own, message].filter(Boolean).join(' · ')),
          )}
          {at.examples.map((name) => choice(`example ${name}`, name, 'an example of the document'))}
          {statuses.map((one) => choice(`status ${one}`, one, declared.includes(one) ? '' : 'not declared'))}
          {choice('other', 'another status')}
          {choice('drop', DROP, 'nothing of the call is done')}
          {choice('timeout', TIMEOUT, 'for as long as the caller waits; nothing of the call is done')}
          {choice('nothing', 'what they would meet anyway', 'only later')}
        </fieldset>
        <div class="bar stays">
          {what === 'other' && (
            <label>
              <span>Status</span>
              <input
                type="number"
                min={200}
                max={599}
                required
                value={status}
                onInput={(event) => setStatus(event.currentTarget.value)}
              />
            </label>
          )}
          <label>
            <span>Held back, in ms</span>
            <input
              type="number"
              min={0}
              max={600000}
              required={what === 'nothing'}
              value={delay}
              onInput={(event) => setDelay(event.currentTarget.value)}
            />
          </label>
          <label>
            <span>How many calls</span>
            <input
              type="number"
              min={1}
              max={1000000}
              required
              value={times}
              onInput={(event) => setTimes(event.currentTarget.value)}
            />
          </label>
          <button type="submit" class="primary">
            Order
          </button>
        </div>
      </form>
      {told}
    </Panel>
  )
}
