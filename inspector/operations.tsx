/** @jsxImportSource preact */
import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { credential } from './call.tsx'
import { ask, send } from './connection.ts'
import type { Orderable, Parameter, WholeOperation } from './nouns.ts'
import { Code, counted, download, Empty, Panel, Status, useAsked, useDone } from './parts.tsx'

const opened = signal('')

export function Operations() {
  const { value: all = [] } = useAsked<Orderable[]>('operations')
  const [text, setText] = useState('')
  const { told, run } = useDone()
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const found = all.filter(({ operationId, method, url }) =>
    words.every((word) => `${operationId} ${method} ${url}`.toLowerCase().includes(word)),
  )
  const apis = [...new Set(all.map(({ api }) => api))]
  return (
    <div class="split">
      <div class="main scrolls">
        <div class="bar">
          <label class="grow">
            <span>Search</span>
            <input type="search" value={text} onInput={(event) => setText(event.currentTarget.value)} />
          </label>
          {apis.map((api) => (
            <button
              key={api}
              type="button"
              onClick={() =>
                run('Downloaded.', async () =>
                  download(`${api}.json`, await ask('GET', `openapi/${encodeURIComponent(api)}.json`)),
                )
              }
            >
              {api}.json
            </button>
          ))}
        </div>
        {told}
        {all.length > 0 && found.length === 0 && (
          <Empty title="No operation is called so">Search for a part of its name or path.</Empty>
        )}
        {apis.map((api) => {
          const own = found.filter((one) => one.api === api)
          if (own.length === 0) return null
          return (
            <section key={api} aria-label={api}>
              <h2>{api}</h2>
              <ul class="operations">
                {own.slice(0, 500).map(({ operationId, method, url }) => (
                  <li key={operationId}>
                    <button
                      type="button"
                      class="plain"
                      aria-expanded={opened.value === `${api}/${operationId}`}
                      onClick={() => {
                        opened.value = `${api}/${operationId}`
                      }}
                    >
                      <span class="method">{method}</span> <strong>{operationId}</strong>{' '}
                      <span class="path">{url}</span>
                    </button>
                  </li>
                ))}
              </ul>
              {own.length > 500 && (
                <p class="faint">and {counted(own.length - 500, 'more operation')}: search for them</p>
              )}
            </section>
          )
        })}
      </div>
      {opened.value && <OpenedOperation key={opened.value} name={opened.value} />}
    </div>
  )
}

const close = () => {
  opened.value = ''
}

interface Got {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

const exampleOf = ({ example }: Parameter): string =>
  example === undefined ? '' : typeof example === 'object' ? JSON.stringify(example) : String(example)

function OpenedOperation({ name }: { name: string }) {
  const [api = '', id = ''] = [name.slice(0, name.indexOf('/')), name.slice(name.indexOf('/') + 1)]
  const [operation, setOperation] = useState<WholeOperation>()
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const [body, setBody] = useState('')
  const [got, setGot] = useState<Got>()
  const { told, run } = useDone()
  useEffect(() => {
    void ask<WholeOperation>('GET', `operations/${encodeURIComponent(api)}/${encodeURIComponent(id)}`).then((read) => {
      setOperation(read)
      setValues(
        Object.fromEntries(read.parameters.filter(({ required }) => required).map((one) => [one.name, exampleOf(one)])),
      )
      const [example] = Object.values(examplesOf(read))
      if (example !== undefined) setBody(typeof example === 'string' ? example : JSON.stringify(example, null, 2))
      if (!credential.value) credential.value = read.credential
    })
  }, [name])
  if (!operation) return null
  const { method, url, summary, description, parameters, security, bodies = [], replies } = operation
  const scheme = security.flat()[0]
  const type = bodies[0]?.type ?? 'application/json'
  const examples = examplesOf(operation)
  const call = () =>
    run('', async () => {
      const of = (place: string) => parameters.filter((one) => one.in === place && (values[one.name] ?? '') !== '')
      const path = url
        .split('?')[0]
        ?.replace(/\{([^{}]+)\}/g, (_, one: string) => encodeURIComponent(values[one] ?? '')) as string
      const query = new URLSearchParams(of('query').map((one) => [one.name, values[one.name] as string]))
      const headers: Record<string, string> = Object.fromEntries(
        of('header').map((one) => [one.name, values[one.name] as string]),
      )
      if (scheme?.type === 'apiKey' && scheme.key) {
        if (scheme.in === 'query') query.set(scheme.key, credential.value)
        else if (scheme.in === 'header') headers[scheme.key] = credential.value
      } else if (scheme)
        headers['authorization'] =
          `${scheme.scheme === 'basic' ? 'Basic' : 'Bearer'} ${scheme.scheme === 'basic' ? btoa(credential.value) : credential.value}`
      const hasBody = bodies.length > 0 && body !== ''
      if (hasBody) headers['content-type'] = type
      const search = `${query}`
      const reply = await send(path + (search ? `?${search}` : ''), { method, headers, ...(hasBody && { body }) })
      setGot({ status: reply.status, headers: [...reply.headers], body: pretty(await reply.text()) })
    })
  return (
    <Panel title={operation.id} onClose={close}>
      <p class="facts">
        <span class="method">{method}</span> <span class="path">{url}</span>
      </p>
      {summary && <p>{summary}</p>}
      {description && description !== summary && <p class="prose">{description}</p>}
      <h3>Try it</h3>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void call()
        }}
      >
        {scheme && (
          <label class="wide">
            <span>Credential ({scheme.name}), kept in memory alone</span>
            <input
              autocomplete="off"
              value={credential.value}
              onInput={(event) => {
                credential.value = event.currentTarget.value
              }}
            />
          </label>
        )}
        {parameters
          .filter((one) => one.in !== 'cookie')
          .map((one) => (
            <label class="wide" key={`${one.in} ${one.name}`}>
              <span>
                {one.name}{' '}
                <span class="faint">{`in ${one.in}${one.required ? ', required' : ''}${one.types.length > 0 ? `, ${one.types.join(' or ')}` : ''}`}</span>
              </span>
              <input
                value={values[one.name] ?? ''}
                required={one.required && one.in === 'path'}
                placeholder={exampleOf(one)}
                onInput={(event) => setValues({ ...values, [one.name]: event.currentTarget.value })}
              />
            </label>
          ))}
        {bodies.length > 0 && (
          <>
            {Object.keys(examples).length > 1 && (
              <label class="wide">
                <span>Example</span>
                <select
                  onChange={(event) => {
                    const example = examples[event.currentTarget.value]
                    setBody(typeof example === 'string' ? example : JSON.stringify(example, null, 2))
                  }}
                >
                  {Object.keys(examples).map((one) => (
                    <option key={one}>{one}</option>
                  ))}
                </select>
              </label>
            )}
            <label class="wide">
              <span>Body ({type})</span>
              <textarea
                class="editor short"
                spellcheck={false}
                value={body}
                onInput={(event) => setBody(event.currentTarget.value)}
              />
            </label>
          </>
        )}
        <div class="bar">
          <button type="submit" class="primary">
            Send
          </button>
        </div>
      </form>
      {told}
      {got && (
        <div role="status">
          <p class="facts">
            <Status code={got.status} /> {got.headers.find(([header]) => header === 'content-type')?.[1]}
          </p>
          {got.body && <Code label="Reply" value={got.body} />}
        </div>
      )}
      <h3>Replies</h3>
      <ul class="plainly">
        {Object.entries(replies).map(([status, { mediaTypes }]) => (
          <li key={status}>
            <Status code={status} /> <span class="faint">{mediaTypes.join(', ') || 'no body'}</span>
          </li>
        ))}
      </ul>
      {bodies[0]?.schema !== undefined && (
        <details>
          <summary>Schema of the body</summary>
          <Code label="Schema of the body" value={bodies[0].schema} />
        </details>
      )}
    </Panel>
  )
}

const examplesOf = ({ examples, bodies = [] }: WholeOperation): Readonly<Record<string, unknown>> =>
  Object.keys(examples.request).length > 0 ? examples.request : (bodies[0]?.examples ?? {})

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
