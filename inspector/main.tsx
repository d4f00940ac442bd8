/** @jsxImportSource preact */
import { render } from 'preact'
import { App } from './app.tsx'
import { follow } from './connection.ts'

render(<App />, document.getElementById('inspector') as HTMLElement)
void follow()
