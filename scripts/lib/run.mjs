import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * @typedef {object} Finished
 * @property {number} code exit code; 127 when the command could not be started, 128 + n after a signal
 * @property {string} stdout empty unless captured
 * @property {string} stderr empty unless captured
 *
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {Record<string, string | undefined>} [env] the whole environment, ours by default
 * @property {boolean} [capture] keep the output instead of passing it on
 * @property {number} [timeoutMs] kill it after so many milliseconds
 */

/**
 * Runs a command to its end without a standard input. Never rejects: what went wrong is in the result.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Finished>}
 */
export function run(command, args, { cwd, env, capture = false, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      timeout: timeoutMs,
    })
    let stdout = ''
    let stderr = ''
    child.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => (stdout += chunk))
    child.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => (stderr += chunk))
    child.once('error', (error) => resolve({ code: 127, stdout, stderr: stderr + error.message }))
    child.once('close', (code) =>
      resolve({ code: code ?? 128 + constants.signals[child.signalCode ?? 'SIGKILL'], stdout, stderr }),
    )
  })
}

/**
 * npm as a command that `spawn` can start without a shell on every system.
 * @param {readonly string[]} args
 * @returns {[string, string[]]}
 */
export function npm(args) {
  const cli = process.env.npm_execpath
  if (cli?.endsWith('.js')) return [process.execPath, [cli, ...args]]
  return process.platform === 'win32' ? ['cmd.exe', ['/d', '/c', 'npm', ...args]] : ['npm', [...args]]
}
