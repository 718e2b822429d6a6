import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInForeground } from './lib/foreground.mjs'
import { Stop, whenStarted } from './lib/progress.mjs'
import { startReporting, stopProcess, tied } from './lib/services.mjs'
import { run } from './lib/run.mjs'

const UP_LIMIT_MS = 20_000
const POLL_MS = 25

/**
 * @typedef {object} DesktopOptions
 * @property {number} [width] in pixels, 1280 by default
 * @property {number} [height] in pixels, 800 by default
 * @property {boolean | Manager} [windowManager] openbox by default
 *
 * @typedef {{command: string, args: readonly string[], env?: Readonly<Record<string, string>>}} Manager
 *
 * @typedef {Record<string, string | undefined>} DesktopEnv what a process needs to live on this desktop, to be spread
 *   over `process.env`; undefined means that the variable must not be set
 *
 * @typedef {object} VirtualDesktop
 * @property {DesktopEnv} env
 * @property {Readonly<Record<'x' | 'bus' | 'windowManager', import('node:child_process').ChildProcess | undefined>>} parts
 * @property {() => Promise<void>} stop
 */

/**
 * Starts an X server, a session bus and a window manager that nobody else uses, and waits until each answers. Throws
 * {@link Stop} when one is missing or does not come up. Whoever starts it must call `stop`.
 * @param {DesktopOptions} [options]
 * @returns {Promise<VirtualDesktop>}
 */
export async function startVirtualDesktop({ width = 1280, height = 800, windowManager = true } = {}) {
  /** @type {import('node:child_process').ChildProcess[]} */
  const running = []
  const folder = mkdtempSync(join(tmpdir(), 'waggle-desktop-'))
  const stop = async () => {
    while (running.length > 0) await stopProcess(running.pop())
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const screen = ['-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-noreset']
    const x = await startReporting('Xvfb', ['-displayfd', '3', ...screen], running)
    // What is switched on here, such as the accessibility tree, must not stay on for the user.
    const settings = { GSETTINGS_BACKEND: 'memory' }
    const bus = await startReporting(
      'dbus-daemon',
      ['--session', '--nofork', '--nopidfile', '--print-address=3'],
      running,
      // The accessibility tree's bus is named by the display alone, whose number is the next one's, too: the end of the last
      // desktop would take it away from this one.
      { ...process.env, ...settings, DISPLAY: `:${x}`, XDG_RUNTIME_DIR: folder },
    )
    const env = {
      DISPLAY: `:${x}`,
      DBUS_SESSION_BUS_ADDRESS: bus,
      XDG_SESSION_TYPE: 'x11',
      WAYLAND_DISPLAY: undefined,
      XAUTHORITY: undefined,
      ...settings,
    }
    if (windowManager) {
      const manager = windowManager === true ? { command: 'openbox', args: ['--sm-disable'] } : windowManager
      await startWindowManager(manager, { ...process.env, ...env }, running)
    }
    const [server, daemon, manager] = running
    return { env, stop, parts: { x: server, bus: daemon, windowManager: manager } }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * Runs `use` on a virtual desktop of its own, which is gone afterwards, also after SIGINT and SIGTERM.
 * @template T
 * @param {(env: DesktopEnv) => Promise<T>} use
 * @param {DesktopOptions} [options]
 * @returns {Promise<T>}
 */
export async function withVirtualDesktop(use, options) {
  const desktop = await startVirtualDesktop(options)
  /** @param {NodeJS.Signals} signal */
  const end = (signal) => void desktop.stop().finally(() => process.exit(128 + constants.signals[signal]))
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  try {
    return await use(desktop.env)
  } finally {
    process.off('SIGINT', end)
    process.off('SIGTERM', end)
    await desktop.stop()
  }
}

/**
 * @param {Manager} manager
 * @param {Record<string, string | undefined>} env
 * @param {import('node:child_process').ChildProcess[]} running
 */
async function startWindowManager({ command, args, env: own }, env, running) {
  const options = /** @type {const} */ ({ env: { ...env, ...own }, stdio: 'ignore', detached: true })
  const manager = spawn(...tied(command, args), options)
  running.push(manager)
  const failed = new Promise((_, reject) => manager.once('error', reject))
  const up = async () => {
    const deadline = performance.now() + UP_LIMIT_MS
    while (performance.now() < deadline && manager.exitCode === null) {
      const { stdout } = await run('xprop', ['-root', '_NET_SUPPORTING_WM_CHECK'], { env, capture: true })
      if (stdout.includes('window id #')) return
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
    throw new Stop(
      `The virtual desktop has no window manager: ${command} did not come up (are ${command} and x11-utils installed?).`,
    )
  }
  await Promise.race([up(), failed])
}

/** True where a virtual desktop can be started. */
export function virtualDesktopPossible() {
  return process.platform === 'linux' && existsSync('/usr/bin/Xvfb')
}

await whenStarted(import.meta.url, async () => {
  const separator = process.argv.indexOf('--')
  const [command, ...args] = separator === -1 ? [] : process.argv.slice(separator + 1)
  if (!command)
    throw new Stop('usage: node scripts/desktop.mjs -- COMMAND…   runs COMMAND on a virtual desktop')
  // Signals go to the command, which ends on a desktop that is still there.
  const desktop = await startVirtualDesktop()
  try {
    return await runInForeground(command, args, { env: { ...process.env, ...desktop.env } })
  } finally {
    await desktop.stop()
  }
})
