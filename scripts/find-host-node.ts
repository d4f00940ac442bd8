import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { cleanEnv } from './pack-package.ts'

/** The Node of the machine, which may be older than the one that `npm ci` brings along; that one where there is no other. */
export const hostNode =
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => join(folder, 'node'))
    .find((file) => existsSync(file)) ?? process.execPath

/** The environment in which `node`, npm and what npx starts are run by a Node. */
export const envOf = (node: string): NodeJS.ProcessEnv => ({
  ...cleanEnv,
  PATH: `${dirname(node)}${delimiter}${cleanEnv['PATH']}`,
})
