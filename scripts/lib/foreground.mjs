import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { Stop } from './progress.mjs'

/**
 * Runs a command as if the user had typed it: same terminal, signals passed on. Resolves with its exit code, 128 + n
 * after signal n. Throws {@link Stop} when it cannot be started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: Record<string, string | undefined>}} [options]
 * @returns {Promise<number>}
 */
export function runInForeground(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' })
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => child.kill(signal)
    for (const signal of signals) process.on(signal, pass)
    child.once('error', (error) => reject(new Stop(`Could not start ${command}: ${error.message}`)))
    child.once('close', (code, signal) => {
      for (const each of signals) process.off(each, pass)
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
}

/**
 * The environment for a program on the desktop. A terminal inside an Electron program (an editor's, an agent's) hands on
 * what makes the next Electron a plain Node, or loads the editor's debugger into it.
 * @param {Record<string, string | undefined>} [env]
 * @returns {Record<string, string | undefined>}
 */
export function desktopEnvironment(env = process.env) {
  const foreign = /^(ELECTRON_RUN_AS_NODE|ELECTRON_NO_ASAR|NODE_OPTIONS|NODE_PATH|VSCODE_.*)$/i
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)))
}

/** What Electron's command line needs here: Chromium refuses to run its sandbox as root. */
export const sandboxFlags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** Throws {@link Stop} where there is no desktop to show a window on. */
export function requireDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  if (process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY) return
  throw new Stop(
    'Waggle needs a desktop, and there is none here (neither DISPLAY nor WAYLAND_DISPLAY is set): ' +
      '`npm run demo` shows it at work on a virtual one, `npm start -- --headless` runs it for agents in terminals.',
  )
}
