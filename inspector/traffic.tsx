/** @jsxImportSource preact */
import { signal } from '@preact/signals'
import { OpenedCall } from './call.tsx'
import { called, calls, filter, isMissing, pause, shown, skipped, waitingCount } from './calls.ts'
import { loadSkipped } from './connection.ts'
import type { BriefCall } from './nouns.ts'
import { counted, duration, Empty, List, number, Status, time, useDone } from './parts.tsx'

const opened = signal<number | undefined>(undefined)

const verdictOf = ({ verdict }: BriefCall): string =>
  verdict.outcome === 'refused'
    ? [verdict.reason, verdict.rule].filter(Boolean).join(': ')
    : [verdict.outcome, verdict.note && 'with a note'].filter(Boolean).join(', ')

function Skipped() {
  const { told, run } = useDone()
  const count = skipped.value.reduce((sum, { calls }) => sum + calls, 0)
  return (
    <div class="notice">
      <p>{`${counted(count, 'call')} came too fast to be shown.`}</p>
      <button type="button" onClick={() => run('', loadSkipped)}>
        Load them
      </button>
      {told}
    </div>
  )
}

export function Traffic() {
  const found = shown.value
  return (
    <div class="split">
      <div class="main">
        <div class="bar">
          <label class="grow">
            <span>Search</span>
            <input
              type="search"
              value={filter.text.value}
              placeholder="path, status, rule …"
              onInput={(event) => {
                filter.text.value = event.currentTarget.value
              }}
            />
          </label>
          <label>
            <span>Operation</span>
            <select
              value={filter.operation.value}
              onChange={(event) => {
                filter.operation.value = event.currentTarget.value
              }}
            >
              <option value="">all</option>
              {called.value.map((id) => (
                <option key={id} value={id}>
                  {id}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span>Outcome</span>
            <select
              value={filter.outcome.value}
              onChange={(event) => {
                filter.outcome.value = event.currentTarget.value
              }}
            >
              <option value="">all</option>
              <option value="accepted">accepted</option>
              <option value="refused">refused</option>
              <option value="forced">forced</option>
              {['2xx', '3xx', '4xx', '5xx'].map((range) => (
                <option key={range} value={range}>
                  {range}
                </option>
              ))}
            </select>
          </label>
          <button type="button" aria-pressed={filter.isPaused.value} onClick={() => pause(!filter.isPaused.value)}>
            {filter.isPaused.value
              ? `Resume${waitingCount.value > 0 ? ` (${number(waitingCount.value)} new)` : ''}`
              : 'Pause'}
          </button>
        </div>
        {skipped.value.length > 0 && <Skipped />}
        {isMissing.value && <p class="notice">The journal had lost earlier calls already: --journal keeps more.</p>}
        {calls.value.length === 0 ? (
          <Empty title="No call yet">
            Send one: paste a curl line that the mock has printed at its start, or try one under Operations. It shows
            here at once.
          </Empty>
        ) : (
          <>
            <p class="count" role="status">
              {found.length === calls.value.length
                ? counted(found.length, 'call')
                : `${number(found.length)} of ${counted(calls.value.length, 'call')}`}
            </p>
            <List
              label="Calls"
              count={found.length}
              height={44}
              at={(index) => found[index]}
              keyOf={({ id }) => id}
              opened={opened.value}
              of={`${filter.text.value} ${filter.operation.value} ${filter.outcome.value}`}
              onOpen={({ id }) => {
                opened.value = id
              }}
              row={(call) => (
                <span class="call">
                  <Status code={call.status} />
                  <span class="method">{call.method}</span>
                  <span class="path ends">
                    <bdi>{call.path}</bdi>
                  </span>
                  <span class="operation">{call.operationId ?? ''}</span>
                  <span class={`verdict ${call.verdict.outcome}`}>{verdictOf(call)}</span>
                  <span class="faint right">{duration(call.duration)}</span>
                  <span class="faint right">{time(call.at)}</span>
                </span>
              )}
            />
          </>
        )}
      </div>
      {opened.value !== undefined && (
        <OpenedCall
          id={opened.value}
          onClose={() => {
            opened.value = undefined
          }}
        />
      )}
    </div>
  )
}
