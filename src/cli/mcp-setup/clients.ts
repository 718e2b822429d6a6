import { join } from 'node:path'

export const clientNames = ['cursor', 'vscode', 'claude', 'claude-desktop', 'codex', 'gemini'] as const
export type ClientName = (typeof clientNames)[number]

/** How a client starts the server. */
export interface Start {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** Where a client is told of servers, and how. */
export interface ClientConfig {
  /** What people call it. */
  readonly title: string
  readonly file: string
  /** The key under which its servers stand. */
  readonly key: string
  readonly form: 'json' | 'toml'
  /** Whether it wants to be told that the server speaks on stdin and stdout. */
  readonly saysStdio: boolean
  /** What to do before it knows. */
  readonly next: string
}

export interface Where {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly userHome: string
}

const ASKS = (title: string) => `${title} asks once whether it may start the server.`
const NEW_SESSIONS = 'Sessions that are started from now on have it.'
const JSON_FILE = { form: 'json', key: 'mcpServers', saysStdio: false } as const

const configs: Readonly<Record<ClientName, (where: Where) => ClientConfig>> = {
  cursor: ({ userHome }) => ({
    ...JSON_FILE,
    title: 'Cursor',
    file: join(userHome, '.cursor', 'mcp.json'),
    next: ASKS('Cursor'),
  }),
  vscode: (where) => ({
    ...JSON_FILE,
    key: 'servers',
    saysStdio: true,
    title: 'VS Code',
    file: join(appFolder(where), 'Code', 'User', 'mcp.json'),
    next: ASKS('VS Code'),
  }),
  claude: ({ env, userHome }) => ({
    ...JSON_FILE,
    saysStdio: true,
    title: 'Claude Code',
    file: join(env['CLAUDE_CONFIG_DIR'] || userHome, '.claude.json'),
    next: NEW_SESSIONS,
  }),
  'claude-desktop': (where) => ({
    ...JSON_FILE,
    title: 'Claude Desktop',
    file: join(appFolder(where), 'Claude', 'claude_desktop_config.json'),
    next: 'Restart Claude Desktop.',
  }),
  codex: ({ env, userHome }) => ({
    form: 'toml',
    key: 'mcp_servers',
    saysStdio: false,
    title: 'Codex',
    file: join(env['CODEX_HOME'] || join(userHome, '.codex'), 'config.toml'),
    next: NEW_SESSIONS,
  }),
  gemini: ({ userHome }) => ({
    ...JSON_FILE,
    title: 'Gemini CLI',
    file: join(userHome, '.gemini', 'settings.json'),
    next: NEW_SESSIONS,
  }),
}

/** The configuration of that client for this user. */
export function clientConfig(name: ClientName, where: Where): ClientConfig {
  return configs[name](where)
}

/** Where this system's programs keep their settings. */
function appFolder({ platform, env, userHome }: Where): string {
  if (platform === 'darwin') return join(userHome, 'Library', 'Application Support')
  if (platform === 'win32') return env['APPDATA'] || join(userHome, 'AppData', 'Roaming')
  return env['XDG_CONFIG_HOME'] || join(userHome, '.config')
}
