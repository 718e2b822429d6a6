import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export interface LoginItemDeps {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** What starts this app: its executable and, in a checkout, its folder. */
  readonly command: readonly string[]
  /** Electron's own way, for Windows and macOS. */
  setLoginItem(settings: { openAtLogin: boolean; path: string; args: string[] }): void
}

/** Lets the system start Waggle in the tray at login, or no longer. Throws when the system refuses. */
export function setStartAtLogin(on: boolean, deps: LoginItemDeps): void {
  const [path = '', ...args] = deps.command
  if (deps.platform !== 'linux') {
    deps.setLoginItem({ openAtLogin: on, path, args: [...args, '--hidden'] })
    return
  }
  const file = autostartFile(deps.env)
  if (on) {
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, desktopEntry([...deps.command, '--hidden']))
  } else {
    rmSync(file, { force: true })
  }
}

/** Where the desktops of Linux look for what to start (freedesktop.org's autostart). */
export function autostartFile(env: LoginItemDeps['env']): string {
  // The specification: a relative path there counts as none.
  const set = env['XDG_CONFIG_HOME']
  const config = set?.startsWith('/') ? set : join(homedir(), '.config')
  return join(config, 'autostart', 'waggle.desktop')
}

function desktopEntry(command: readonly string[]): string {
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Waggle',
    'Comment=Delivers messages to AI agents',
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
  ]
  return `${lines.join('\n')}\n`
}

/** As an argument of `Exec`: in quotes, what is special there escaped, and "%", which begins a field code, doubled. */
function quoted(argument: string): string {
  const inside = argument.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%')
  // The value as a whole is a string of the file's own, where a backslash is escaped once more.
  return `"${inside.replaceAll('\\', '\\\\')}"`
}
