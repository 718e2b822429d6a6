import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { Stop } from './progress.mjs'

const UP_LIMIT_MS = 20_000
const END_LIMIT_MS = 3_000

/**
 * Starts a server that writes one line to its file descriptor 3 once it is up.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').ChildProcess[]} running gets the process
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string>} that line
 */
export function startReporting(command, args, running, env = process.env) {
  // Detached: a Ctrl-C is meant for those who use the server; it ends after them.
  const stdio = /** @type {const} */ (['ignore', 'ignore', 'pipe', 'pipe'])
  const child = spawn(...tied(command, args), { stdio: [...stdio], env, detached: true })
  running.push(child)
  return new Promise((resolve, reject) => {
    let said = ''
    /** @param {string} why */
    const fail = (why) => reject(new Stop(`${command} did not come up: ${why} ${said.trim()}`.trim()))
    const timer = setTimeout(() => fail(`no sign of life within ${UP_LIMIT_MS / 1000} s.`), UP_LIMIT_MS)
    child.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => (said += chunk))
    child.once('error', (error) => fail(error.message))
    child.once('exit', (code) => fail(`it ended with ${code}.`))
    let line = ''
    child.stdio[3]?.on('data', (/** @type {Buffer} */ chunk) => {
      line += chunk.toString()
      if (!line.includes('\n')) return
      clearTimeout(timer)
      resolve(line.split('\n', 1)[0] ?? '')
    })
  })
}

/**
 * A server must not outlive us even when we are killed outright; the kernel sees to that, through util-linux.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {[string, readonly string[]]}
 */
export function tied(command, args) {
  const setpriv = '/usr/bin/setpriv'
  return existsSync(setpriv) ? [setpriv, ['--pdeathsig', 'TERM', command, ...args]] : [command, args]
}

/**
 * Ends a process and waits until it is gone; one that does not listen is killed.
 * @param {import('node:child_process').ChildProcess | undefined} child
 */
export async function stopProcess(child) {
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), END_LIMIT_MS)
  await gone
  clearTimeout(timer)
}
