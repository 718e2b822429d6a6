import { existsSync } from 'node:fs'
import type { Check } from '../../contract/doctor'
import { passed, warned } from './checks'
import type { System } from './system'

type Env = System['session']['env']
type StartCheckDeps = Pick<System, 'session' | 'headless'>

interface Trouble {
  readonly is: (env: Env, deps: StartCheckDeps) => boolean
  readonly found: string
  readonly remedy: string
}

const troubles: readonly Trouble[] = [
  {
    is: (env, { session, headless }) => session.platform === 'linux' && !headless && !hasBus(env),
    found:
      'It was started without the session bus (D-Bus): notifications, the tray, a locked screen and the accessibility tree are out of its reach',
    remedy: 'Start Waggle from the desktop’s menu or its autostart, or as "dbus-run-session waggle".',
  },
  {
    is: (env) => isSet(env, 'SSH_CONNECTION') && /^(localhost|127\.0\.0\.1):/.test(env['DISPLAY'] ?? ''),
    found: 'Its display is handed on by ssh: keys are pressed on the desktop at the other end',
    remedy: 'Log in at the desktop itself, or set DISPLAY to its own, such as :0.',
  },
  {
    is: (env) => isSet(env, 'SUDO_USER'),
    found: 'It was started by sudo, and runs as another user than you',
    remedy: 'End it, and start it without sudo: it needs no rights but yours.',
  },
  {
    is: (env) => isSet(env, 'NODE_OPTIONS'),
    found: 'NODE_OPTIONS is set: what it says (an editor’s debugger, often) is loaded into Waggle, too',
    remedy: 'Start Waggle by "npm start", which leaves it out, or take it out before: unset NODE_OPTIONS.',
  },
]

/** From where Waggle was started, and what of that place stands in its way. */
export function startCheck(deps: StartCheckDeps): Check {
  const name = 'Start'
  const { env } = deps.session
  const found = troubles.filter(({ is }) => is(env, deps))
  if (found.length === 0) return passed(name, `Waggle was started ${startedFrom(env)}${proxyWords(env)}.`)
  return warned(
    name,
    `${found.map((one) => one.found).join('. ')}.`,
    found.map(({ remedy }) => remedy).join(' '),
  )
}

const places: readonly (readonly [variable: string, place: string])[] = [
  ['VSCODE_PID', 'from an editor’s terminal'],
  ['VSCODE_IPC_HOOK', 'from an editor’s terminal'],
  ['SSH_CONNECTION', 'over ssh'],
  ['TMUX', 'from tmux'],
  ['SSH_TTY', 'over ssh'],
  ['TERM', 'from a terminal'],
  ['GIO_LAUNCHED_DESKTOP_FILE', 'by a desktop entry'],
  // Without the file's name where what starts it has read the entry itself ("gio launch").
  ['GIO_LAUNCHED_DESKTOP_FILE_PID', 'by a desktop entry'],
  ['INVOCATION_ID', 'by systemd'],
]

/** In words that name no path and no person. */
export function startedFrom(env: Env): string {
  return places.find(([variable]) => isSet(env, variable))?.[1] ?? 'by another program'
}

/** People who look for a fault ask about it. */
function proxyWords(env: Env): string {
  const has = Object.keys(env).some((name) => /^(https?|all)_proxy$/i.test(name))
  return has ? '; a proxy is set, which Waggle has no use for: it asks nobody on the network' : ''
}

/** Chromium itself says "disabled:" where it was started with none. */
function hasBus(env: Env): boolean {
  const address = env['DBUS_SESSION_BUS_ADDRESS'] ?? ''
  if (address !== '' && !address.startsWith('disabled:')) return true
  return isSet(env, 'XDG_RUNTIME_DIR') && existsSync(`${env['XDG_RUNTIME_DIR']}/bus`)
}

function isSet(env: Env, variable: string): boolean {
  return (env[variable] ?? '') !== ''
}
