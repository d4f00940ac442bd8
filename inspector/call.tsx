/** @jsxImportSource preact */
import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { ask, send } from './connection.ts'
import type { Change, WholeCall } from './nouns.ts'
import { Code, Copy, counted, date, duration, Panel, Status, useDone } from './parts.tsx'

/** In memory alone: what the journal has of it is hidden. */
export const credential = signal('')

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const searchOf = (query: WholeCall['call']['query'] = {}): string => {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]))
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

const bodyOf = (body: unknown): string | undefined =>
  body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)

/** Headers that the sender sets itself, or that were hidden. */
const isOwn = ([name, value]: [string, string]): boolean =>
  value !== '***' &&
  !/^(?:host|connection|content-length|user-agent|accept-encoding|accept-language|origin|transfer-encoding|x-rollcall-session|sec-.*)$/.test(
    name,
  )

function curlOf({ call }: WholeCall): string {
  const headers = Object.entries(call.headers).filter(isOwn)
  const hidden = 'authorization' in call.headers ? [`-H ${quote('authorization: Bearer ')}"$ROLLCALL_TOKEN"`] : []
  const body = bodyOf(call.body)
  return [
    `curl -sS -X ${call.method} ${quote(location.origin + call.path + searchOf(call.query))}`,
    ...headers.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...hidden,
    ...(body === undefined ? [] : [`-d ${quote(body)}`]),
  ].join(' ')
}

export function OpenedCall({ id, onClose }: { id: number; onClose: () => void }) {
  const [call, setCall] = useState<WholeCall>()
  const [error, setError] = useState('')
  const { told, run } = useDone()
  useEffect(() => {
    let isCurrent = true
    setError('')
    ask<WholeCall>('GET', `journal/${id}`).then(
      (got) => isCurrent && setCall(got),
      (reason: Error) => isCurrent && setError(reason.message),
    )
    return () => {
      isCurrent = false
    }
  }, [id])
  if (error) {
    return (
      <Panel title="Call" onClose={onClose}>
        <p class="told bad">{error}</p>
      </Panel>
    )
  }
  if (!call || call.id !== id) return null
  const { call: asked, reply, verdict, rule, changed } = call
  const again = () =>
    send(asked.path + searchOf(asked.query), {
      method: asked.method,
      headers: {
        ...Object.fromEntries(Object.entries(asked.headers).filter(isOwn)),
        ...(credential.value && {
          authorization: credential.value.includes(' ') ? credential.value : `Bearer ${credential.value}`,
        }),
      },
      ...(asked.method !== 'GET' &&
        asked.method !== 'HEAD' &&
        asked.body !== undefined && { body: bodyOf(asked.body) as string }),
    })
  const failNext = () =>
    ask('POST', 'failures', {
      api: call.api,
      operationId: call.operationId,
      ...(verdict.reason === 'failure' && verdict.rule && !/^\d/.test(verdict.rule)
        ? { failure: verdict.rule }
        : { status: reply.status }),
    })
  return (
    <Panel title={`${asked.method} ${asked.path}`} onClose={onClose}>
      <p class="facts">
        <Status code={reply.status} /> {call.operationId ?? 'no operation'} · {duration(call.duration)} ·{' '}
        {date(call.at)}
      </p>
      {verdict.message && (
        <div class={`why ${verdict.outcome}`}>
          <h3>Why it was {verdict.outcome}</h3>
          <p>{verdict.message}</p>
          <p class="faint">{[verdict.reason, verdict.at, verdict.rule].filter(Boolean).join(' · ')}</p>
          {rule && (
            <>
              <p>
                The document says so in{' '}
                <strong>
                  {rule.file?.split('/').at(-1) ?? 'it'}
                  {rule.line === undefined ? '' : `, line ${rule.line}`}
                </strong>
              </p>
              {rule.lines && rule.lines.length > 0 ? (
                <Code label="Lines of the document" value={rule.lines.join('\n')} />
              ) : (
                <p class="faint">{rule.pointer}</p>
              )}
            </>
          )}
        </div>
      )}
      {verdict.note && <p class="told">{verdict.note}</p>}
      <div class="bar">
        <Copy text={curlOf(call)} label="Copy curl" />
        <button type="button" onClick={() => run('Sent again.', again)}>
          Send again
        </button>
        {call.operationId && reply.status >= 200 && (
          <button
            type="button"
            onClick={() => run(`The next ${call.operationId} answers ${reply.status} too.`, failNext)}
          >
            {verdict.outcome === 'accepted' ? 'Answer the next one like this' : 'Fail the next one like this'}
          </button>
        )}
      </div>
      {'authorization' in asked.headers && (
        <label class="wide">
          <span>Credential to send again with; the journal hides the first one, this one stays in memory</span>
          <input
            type="password"
            autocomplete="off"
            value={credential.value}
            onInput={(event) => {
              credential.value = event.currentTarget.value
            }}
          />
        </label>
      )}
      {told}
      <h3>Request</h3>
      <Headers headers={asked.headers} />
      {asked.query && Object.keys(asked.query).length > 0 && <Code label="Query" value={asked.query} />}
      {asked.body !== undefined && <Code label="Request body" value={asked.body} />}
      <h3>Reply</h3>
      <Headers headers={reply.headers} />
      {reply.body !== undefined && <Code label="Reply body" value={reply.body} />}
      <h3>What it changed</h3>
      <Changes changed={changed} />
    </Panel>
  )
}

const Headers = ({ headers }: { headers: Readonly<Record<string, string>> }) => (
  <dl class="headers">
    {Object.entries(headers).map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

function Changes({ changed }: { changed: WholeCall['changed'] }) {
  if (!changed)
    return (
      <p class="faint">
        Not known: it is noted from when somebody looks, of the last calls, and of few while they come by the hundred.
      </p>
    )
  if (changed.changes.length === 0) return <p class="faint">Nothing.</p>
  return (
    <>
      {changed.changes.map((change, index) => (
        <ChangedRecord key={`${index} ${change.id}`} change={change} />
      ))}
      {changed.more > 0 && <p class="faint">and {counted(changed.more, 'more change')}</p>}
    </>
  )
}

export const kindOf = ({ before, after }: Change): string => (!before ? 'added' : after ? 'changed' : 'removed')

export const ChangedRecord = ({ change }: { change: Change }) => (
  <details>
    <summary>
      <span class={`kind ${kindOf(change)}`}>{kindOf(change)}</span> {change.collection} {change.id}
    </summary>
    {change.before && <Code label="Before" value={change.before} />}
    {change.after && <Code label="After" value={change.after} />}
  </details>
)
