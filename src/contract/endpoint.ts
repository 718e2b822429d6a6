/** The version of the pipe's protocol; it changes only when an old client would break. */
export const PROTOCOL = 1

/** The longest line the pipe takes, in bytes, its LF included. */
export const MAX_LINE_BYTES = 1_048_576

/** What `endpoint.json` holds: how a script finds the pipe. */
export interface Endpoint {
  readonly path: string
  readonly pid: number
  readonly version: string
  readonly protocol: number
  readonly token: string
}

/** Where a process runs: what {@link homeFolder} needs to know of it. */
export interface Surroundings {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly userHome: string
}

/** Waggle's home folder: `WAGGLE_HOME`, else the platform's place for settings. */
export function homeFolder({ platform, env, userHome }: Surroundings): string {
  if (env.WAGGLE_HOME) return env.WAGGLE_HOME
  if (platform === 'win32') return `${env.APPDATA ?? `${userHome}\\AppData\\Roaming`}\\Waggle`
  if (platform === 'darwin') return `${userHome}/Library/Application Support/Waggle`
  return `${env.XDG_CONFIG_HOME || `${userHome}/.config`}/Waggle`
}
