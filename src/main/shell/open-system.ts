import { powerMonitor, shell, systemPreferences } from 'electron'
import { systemClock } from '../clock'
import { lookAtClipboard } from '../desktop/x11/clipboard-facts'
import { lookAtX11 } from '../desktop/x11/facts'
import type { System } from '../doctor/system'
import { watchScreenLock } from './screen-lock'
import { findTrayHost, runProgram } from './tray-host'

const ACCESSIBILITY_PANE = 'x-apple.systempreferences:com.apple.preference.security?Privacy_Accessibility'
/** The group that Windows gives to what runs as administrator. */
const HIGH_INTEGRITY = 'S-1-16-12288'

/** Whether a panel of that display shows icons the old way. */
export async function hasOldTray(display: string | undefined): Promise<boolean> {
  return display !== undefined && (await lookAtX11(display)).hasTray
}

/** Without the second macOS gives the windows of others no titles, and no picture of them. */
function isPermitted(): boolean {
  const screen = systemPreferences.getMediaAccessStatus('screen')
  return systemPreferences.isTrustedAccessibilityClient(false) && screen === 'granted'
}

/** The system this app runs on. Call it once Electron is ready. */
export function openSystem(): System {
  const { platform, env } = process
  const isMac = platform === 'darwin'
  return {
    session: { platform, env },
    electron: process.versions.electron,
    lookAtX11,
    lookAtClipboard,
    locked: watchScreenLock({ platform, powerMonitor, run: runProgram, clock: systemClock }),
    permitted: () => !isMac || isPermitted(),
    permit: isMac ? () => shell.openExternal(ACCESSIBILITY_PANE) : undefined,
    elevated: async () => (await runProgram('whoami', ['/groups'], 5000)).includes(HIGH_INTEGRITY),
    trayHost: () =>
      findTrayHost({ platform, run: runProgram, hasOldTray: async () => hasOldTray(env['DISPLAY']) }),
  }
}
