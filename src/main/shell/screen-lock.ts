import type { PowerMonitor } from 'electron'
import type { Clock } from '../clock'

export interface ScreenLockDeps {
  readonly platform: NodeJS.Platform
  readonly powerMonitor: Pick<PowerMonitor, 'getSystemIdleState'> & {
    on(event: 'lock-screen' | 'unlock-screen', listener: () => void): unknown
  }
  /** Runs a program for at most so many ms and gives what it prints; rejects when it fails or is not installed. */
  run(program: string, args: readonly string[], timeoutMs: number): Promise<string>
  readonly clock: Pick<Clock, 'monotonic'>
}

/** Tells whether the screen is locked, from the system's events where it has them. */
export function watchScreenLock(deps: ScreenLockDeps): () => Promise<boolean> {
  const { platform, powerMonitor } = deps
  if (platform === 'linux') return askOnLinux(deps)
  let isLocked = powerMonitor.getSystemIdleState(1) === 'locked'
  powerMonitor.on('lock-screen', () => (isLocked = true))
  powerMonitor.on('unlock-screen', () => (isLocked = false))
  return async () => isLocked
}

const ASK_EVERY_MS = 1000
const ASK_AGAIN_AFTER_ERROR_MS = 60_000
const ANSWER_MS = 1000

/** Who on a Linux desktop may know: KDE and others, GNOME, logind. Each answers with a boolean. */
const knowers = [
  [
    '--session',
    'org.freedesktop.ScreenSaver',
    '/org/freedesktop/ScreenSaver',
    'org.freedesktop.ScreenSaver.GetActive',
  ],
  ['--session', 'org.gnome.ScreenSaver', '/org/gnome/ScreenSaver', 'org.gnome.ScreenSaver.GetActive'],
  [
    '--system',
    'org.freedesktop.login1',
    '/org/freedesktop/login1/session/auto',
    'org.freedesktop.DBus.Properties.Get',
    'string:org.freedesktop.login1.Session',
    'string:LockedHint',
  ],
] as const

/**
 * Asked at most once a second, and only when somebody wants to know. While unlocked the last answer is given at once and
 * looked up behind it, so that a delivery does not wait for it. Chromium's own `getSystemIdleState` is of no use here: it
 * counts a screen that the X server has merely blanked as locked, and work goes on behind a blank screen.
 */
function askOnLinux({ run, clock }: ScreenLockDeps): () => Promise<boolean> {
  const silentUntil = new Map<string, number>()
  let isKnown = false
  let isLocked = false
  let askedAt = -Infinity
  let asking: Promise<void> | undefined

  async function ask([bus, destination, path, method, ...args]: readonly string[]): Promise<boolean> {
    const name = destination ?? ''
    if ((silentUntil.get(name) ?? 0) > clock.monotonic()) return false
    try {
      const question = [
        bus ?? '',
        '--print-reply=literal',
        `--dest=${name}`,
        path ?? '',
        method ?? '',
        ...args,
      ]
      return (await run('dbus-send', question, ANSWER_MS)).includes('boolean true')
    } catch {
      // Nobody of that name, or no bus: this desktop has none of it.
      silentUntil.set(name, clock.monotonic() + ASK_AGAIN_AFTER_ERROR_MS)
      return false
    }
  }
  async function askAll(): Promise<void> {
    askedAt = clock.monotonic()
    const answers = await Promise.all(knowers.map(ask))
    isLocked = answers.includes(true)
    isKnown = true
    asking = undefined
  }

  return async () => {
    if (clock.monotonic() - askedAt >= ASK_EVERY_MS) asking ??= askAll()
    if (!isKnown || isLocked) await asking
    return isLocked
  }
}
