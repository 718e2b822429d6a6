import type { Check } from '../../contract/doctor'
import { sessionTrouble } from '../../contract/session'
import type { Desktop } from '../desktop/desktop'
import { unsafeKeys } from '../desktop/unsafe-keys'
import type { X11Facts } from '../desktop/x11/facts'
import { failed, passed, words } from './checks'
import { clipboardCheck } from './clipboard-check'
import type { System } from './system'

export interface DesktopCheckDeps extends Omit<System, 'permit' | 'electron'> {
  readonly desktop: Pick<Desktop, 'pointer' | 'readText' | 'unsafeKeys'>
}

const WITHOUT =
  'Waggle runs without one (--headless): messages go to agents in terminals, in tmux and by commands; those to agents in windows wait.'

/** The desktop itself: display, input, windows, clipboard, tray, and what the system forbids. */
export async function desktopChecks(deps: DesktopCheckDeps): Promise<Check[]> {
  const { platform, env } = deps.session
  if (deps.headless) return [passed('Desktop', WITHOUT)]
  const checks: Promise<Check | Check[]>[] = [
    platform === 'linux' ? x11Checks(deps, env['DISPLAY'] ?? '') : inputCheck(deps),
    keysCheck(deps),
    clipboardCheck(deps),
    lockedCheck(deps),
    trayCheck(deps),
  ]
  if (platform === 'darwin') checks.push(Promise.resolve(permissionCheck(deps)))
  if (platform === 'win32') checks.push(elevationCheck(deps))
  return (await Promise.all(checks)).flat()
}

async function x11Checks(deps: DesktopCheckDeps, display: string): Promise<Check[]> {
  const trouble = sessionTrouble(deps.session)
  if (trouble !== undefined)
    return [failed('Display', trouble, 'Log in to an X11 session and start Waggle there.')]
  try {
    const { hasXtest, ...manager } = await deps.lookAtX11(display)
    return [
      passed('Display', `The X display ${display} answers.`),
      hasXtest
        ? passed('Mouse and keyboard', 'The X server takes input from programs (XTEST).')
        : failed(
            'Mouse and keyboard',
            'The X server takes no input from programs: it lacks the extension XTEST.',
            'Use an X server that has it; Xorg, Xvfb and Xephyr do.',
          ),
      managerCheck(manager),
    ]
  } catch (error) {
    return [
      failed(
        'Display',
        `The X display ${display} cannot be reached: ${words(error)}`,
        'Start Waggle from within the desktop session.',
      ),
    ]
  }
}

function managerCheck({
  windowManager: manager,
  missing,
  raises,
}: Pick<X11Facts, 'windowManager' | 'missing' | 'raises'>): Check {
  const name = 'Window manager'
  if (manager === undefined) {
    return failed(
      name,
      'No window manager runs, so windows cannot be told apart or brought to the front.',
      'Start one: any of the usual desktops has one.',
    )
  }
  if (missing.length > 0) {
    return failed(
      name,
      `${manager} does not offer ${missing.join(' and ')}.`,
      'Use a window manager that follows EWMH; nearly all do.',
    )
  }
  if (!raises) {
    const found = `${manager} brings no window to the front for another program: only agents whose inputs can be seen get their messages.`
    return { name, ok: 'warning', found, remedy: 'Keep agents’ windows where they are seen, side by side.' }
  }
  return passed(name, `${manager} lists windows and brings them to the front.`)
}

async function inputCheck({ desktop }: DesktopCheckDeps): Promise<Check> {
  const name = 'Mouse and keyboard'
  try {
    const { x, y } = await desktop.pointer()
    return passed(name, `The mouse is seen, at ${x},${y}.`)
  } catch (error) {
    return failed(
      name,
      `The mouse cannot be seen: ${words(error)}`,
      'Start Waggle again; if it stays, reinstall it.',
    )
  }
}

/** The key that asked for this check may still be down. */
const LET_GO_MS = 1000
const POLL_MS = 50

async function keysCheck({ desktop }: DesktopCheckDeps): Promise<Check> {
  const name = 'Keys'
  try {
    const end = performance.now() + LET_GO_MS
    let unsafe = await desktop.unsafeKeys()
    while (unsafe === 'key-held' && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      unsafe = await desktop.unsafeKeys()
    }
    if (unsafe === undefined) return passed(name, 'Nothing changes the keys that Waggle presses.')
    return failed(name, unsafeKeys[unsafe].found, unsafeKeys[unsafe].remedy)
  } catch (error) {
    return failed(name, `The keyboard cannot be looked at: ${words(error)}`, 'Start Waggle again.')
  }
}

async function lockedCheck({ locked }: DesktopCheckDeps): Promise<Check> {
  return (await locked())
    ? failed('Screen', 'The screen is locked: messages wait.', 'Unlock it.')
    : passed('Screen', 'The screen is not locked.')
}

function permissionCheck({ permitted }: DesktopCheckDeps): Check {
  if (permitted()) return passed('Permission', 'macOS lets Waggle use mouse and keyboard, and see windows.')
  return {
    ...failed(
      'Permission',
      'macOS does not let Waggle use mouse and keyboard yet, or see windows.',
      'Allow Waggle under System Settings, Privacy & Security, in Accessibility and in Screen Recording, then start it again.',
    ),
    fix: 'desktop.permit',
  }
}

async function elevationCheck({ elevated }: DesktopCheckDeps): Promise<Check> {
  return (await elevated().catch(() => false))
    ? passed('Administrator', 'Waggle runs as administrator and can type into every window.')
    : passed(
        'Administrator',
        'Waggle runs as an ordinary user; Windows lets nothing through to programs that run as administrator. Start those agents without it.',
      )
}

async function trayCheck({ trayHost }: DesktopCheckDeps): Promise<Check> {
  const host = await trayHost()
  if (host === 'present') return passed('Tray', 'This desktop shows tray icons.')
  const found =
    host === 'missing'
      ? 'This desktop shows no tray icons.'
      : 'Nobody could say whether this desktop shows tray icons (no session bus, or dbus-send is not installed).'
  const remedy =
    'Waggle works without: its window opens by itself. On GNOME the extension “AppIndicator and KStatusNotifierItem Support” shows them.'
  return { name: 'Tray', ok: 'warning', found, remedy }
}
