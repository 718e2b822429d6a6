import { join } from 'node:path'

interface LockSurroundings {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly tempFolder: string
  readonly uid: number | undefined
}

/**
 * Where the desktop lock lives when nobody says otherwise: one per user and display, outside any home and the same from
 * every working directory and environment. So on Linux not `TMPDIR` nor `XDG_RUNTIME_DIR`, which differ between a
 * desktop session and a cron job.
 */
export function defaultLockPath({ platform, env, tempFolder, uid }: LockSurroundings): string {
  if (platform === 'win32') return join(tempFolder, 'waggle-desktop')
  if (platform === 'darwin') return `/tmp/waggle-${uid ?? 'user'}-desktop`
  // ":0" and ":0.0" are the same display.
  const display = (env['DISPLAY'] ?? '').replace(/(:\d+)\.\d+$/, '$1').replaceAll(/[^\w:-]/g, '_')
  return `/tmp/waggle-${uid ?? 'user'}-desktop${display}`
}
