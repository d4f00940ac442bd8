/** @jsxImportSource preact */
import { render } from 'preact'
import type { Mock } from '../mocks/api/mock.ts'
import { App } from './app.tsx'
import { follow, reachBy } from './connection.ts'
import { reachMock } from './reach-mock.ts'
import style from './style.css' with { type: 'text' }

let isFollowing = false

/**
 * Shows the inspector of a mock that lives in this page, over the page, in a shadow tree of its own.
 * @returns closes it
 */
export function showPanel(mock: Mock): () => void {
  reachBy(reachMock(mock))
  const host = document.createElement('section')
  host.setAttribute('aria-label', 'rollcall inspector')
  // Set by script one by one: a policy of the page may forbid style attributes.
  Object.assign(host.style, { position: 'fixed', inset: '0', zIndex: '2147483647' })
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  // In a project with Vite's own types, a style sheet that is imported is no text to TypeScript.
  sheet.replaceSync(String(style))
  root.adoptedStyleSheets = [sheet]
  const before = document.activeElement
  const close = () => {
    render(null, root)
    host.remove()
    if (before instanceof HTMLElement) before.focus()
  }
  document.body.append(host)
  render(<App onClose={close} />, root)
  if (!isFollowing) void follow()
  isFollowing = true
  return close
}
