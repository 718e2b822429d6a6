import { join } from 'node:path'

interface LockSurroundings {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** A folder that all of the user's programs share and only that user may write to. */
  readonly folder: string
}

/**
 * Where the desktop lock lives when nobody says otherwise: one per user and display, outside any home of Waggle's and
 * the same from every working directory and environment.
 */
export function defaultLockPath({ platform, env, folder }: LockSurroundings): string {
  if (platform === 'win32') return join(folder, 'waggle-desktop')
  if (platform === 'darwin') return join(folder, 'desktop')
  // ":0" and ":0.0" are the same display.
  const display = (env['DISPLAY'] ?? '').replace(/(:\d+)\.\d+$/, '$1').replaceAll(/[^\w:-]/g, '_')
  return join(folder, `desktop${display}`)
}
