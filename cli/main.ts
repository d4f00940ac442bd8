#!/usr/bin/env node
import module from 'node:module'
import { guardOutput } from './guard-output.ts'
import { isServer, runCommand } from './run-command.ts'

// Compiled once, what a command loads takes half the time; Node 20 cannot.
module.enableCompileCache?.()

const args = process.argv.slice(2)
const hasFailed = guardOutput(isServer(args))
runCommand(args).then((code) => {
  process.exitCode = code === 0 && hasFailed() ? 1 : code
})
