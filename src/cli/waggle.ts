#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { CommanderError } from 'commander'
import { version } from '../../package.json'
import { homeFolder } from '../contract/endpoint'
import { connectToWaggle, type Client } from '../client/pipe-client'
import type { Context } from './context'
import { CliError, exitCodeFor, exitCodes } from './exit-codes'
import { changesSomething, Output } from './output'
import { requireUtf8 } from './own-arguments'
import { createProgram } from './program'

const home = resolve(homeFolder({ platform: process.platform, env: process.env, userHome: homedir() }))
let connection: Promise<Client> | undefined
const client = () => (connection ??= connectToWaggle(home))

const complain = (line: string) => void process.stderr.write(`${line}\n`)
const output = new Output({ stdout: process.stdout, complain, exit: (code) => process.exit(code) })

const context: Context = {
  client,
  call: async (method, params) => {
    const result = await (await client()).call(method, params)
    if (changesSomething(method)) output.changed()
    return result
  },
  get json() {
    return program.opts()['json'] === true
  },
  print: (line) => output.print(line),
  complain,
  readStdin: async () => decode(await buffer(process.stdin), 'stdin'),
  readFile,
  setExitCode: (code) => {
    process.exitCode = Math.max(Number(process.exitCode ?? 0), code)
  },
  env: process.env,
  pid: process.pid,
  platform: process.platform,
  home,
  now: Date.now,
}
const program = createProgram(context, version)

// A complaint that nobody can read changes nothing.
process.stderr.on('error', () => {})
process.once('SIGINT', () => process.exit(130))

void main()

async function main(): Promise<void> {
  try {
    requireUtf8(process.argv)
    // Said outright: in a package this runs in the app's Electron as Node, which commander takes for an app of its own.
    await program.parseAsync(process.argv, { from: 'node' })
  } catch (error) {
    process.exitCode = complainAbout(error)
  } finally {
    await connection?.then(
      (open) => open.close(),
      () => {},
    )
  }
}

function complainAbout(error: unknown): number {
  // Commander has said what was wrong already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
  context.complain(`waggle: ${error instanceof Error ? error.message : String(error)}`)
  return exitCodeFor(error)
}

function readFile(path: string): string {
  try {
    return decode(readFileSync(path), path)
  } catch (error) {
    if (error instanceof CliError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new CliError(exitCodes.usage, `${path} cannot be read: ${why}`)
  }
}

function decode(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new CliError(exitCodes.usage, `${what} is not UTF-8 text.`)
  }
}
