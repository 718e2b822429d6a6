import { execFile } from 'node:child_process'

export type TrayHost = 'present' | 'missing' | 'unknown'

export interface TrayHostDeps {
  readonly platform: NodeJS.Platform
  /** Runs a program for at most so many ms and gives what it prints; rejects when it fails or is not installed. */
  run(program: string, args: readonly string[], timeoutMs: number): Promise<string>
}

interface TrayPlaces extends TrayHostDeps {
  /** Whether a panel shows icons the old way (XEmbed), as Electron does where there is no newer one. */
  hasOldTray(): Promise<boolean>
}

const QUESTION = [
  '--session',
  '--print-reply=literal',
  '--dest=org.freedesktop.DBus',
  '/org/freedesktop/DBus',
  'org.freedesktop.DBus.NameHasOwner',
  'string:org.kde.StatusNotifierWatcher',
]

/**
 * Whether this desktop shows tray icons. Only Linux may lack a place for them (GNOME without its extension); there the
 * session bus knows. `unknown` when it cannot be asked within 2 s.
 */
export async function findTrayHost({ platform, run, hasOldTray }: TrayPlaces): Promise<TrayHost> {
  if (platform !== 'linux') return 'present'
  try {
    const answer = await run('dbus-send', QUESTION, 2000)
    if (answer.includes('true')) return 'present'
    return (await hasOldTray().catch(() => false)) ? 'present' : 'missing'
  } catch {
    return (await hasOldTray().catch(() => false)) ? 'present' : 'unknown'
  }
}

/** {@link TrayHostDeps.run} by a real child process. */
export function runProgram(program: string, args: readonly string[], timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: timeoutMs }, (error, stdout) => {
      if (error) reject(error)
      else resolve(stdout)
    })
  })
}
