import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const installed = resolve('.cache/real-agents/node_modules/.bin')
const KEY = 'sk-ant-test-000000000000000000000000000000000000000000000000'

export interface RealAgent {
  readonly name: string
  /** What `waggle mcp` calls it. */
  readonly client: string
  /** One prompt and its answer, without a screen, in which it may use our tools. */
  readonly once: readonly string[]
  /** Writes what answers its first questions into its home, and says how it is started. */
  prepare(
    home: string,
    project: string,
    url: string,
  ): { readonly command: string[]; readonly env: Record<string, string> }
}

/** Nothing leaves this machine, whatever an agent would like to ask. */
const CLOSED = {
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1,localhost',
  no_proxy: '127.0.0.1,localhost',
}

function write(path: string, content: string | object): void {
  mkdirSync(resolve(path, '..'), { recursive: true })
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
}

const claude: RealAgent = {
  name: 'Claude Code',
  client: 'claude',
  once: ['--allowedTools', 'mcp__waggle', '-p'],
  prepare(home, project, url) {
    const trusted = { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true, allowedTools: [] }
    write(join(home, '.claude.json'), {
      hasCompletedOnboarding: true,
      theme: 'dark',
      numStartups: 5,
      customApiKeyResponses: { approved: [KEY.slice(-20)], rejected: [] },
      projects: { [project]: trusted },
    })
    write(join(home, '.claude', 'settings.json'), { theme: 'dark' })
    const env = {
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: KEY,
      DISABLE_AUTOUPDATER: '1',
      DISABLE_TELEMETRY: '1',
      DISABLE_ERROR_REPORTING: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    }
    return { command: [join(installed, 'claude')], env: { ...CLOSED, ...env, HOME: home } }
  },
}

const codex: RealAgent = {
  name: 'Codex',
  client: 'codex',
  once: ['exec', '--skip-git-repo-check'],
  prepare(home, project, url) {
    const config = [
      'model = "test-model"',
      'model_provider = "local"',
      'check_for_update_on_startup = false',
      'approval_policy = "on-request"',
      'sandbox_mode = "read-only"',
      '[analytics]',
      'enabled = false',
      '[model_providers.local]',
      'name = "local"',
      `base_url = "${url}/v1"`,
      'wire_api = "responses"',
      'env_key = "OPENAI_API_KEY"',
      `[projects.${JSON.stringify(project)}]`,
      'trust_level = "trusted"',
    ]
    write(join(home, '.codex', 'config.toml'), `${config.join('\n')}\n`)
    return { command: [join(installed, 'codex')], env: { ...CLOSED, OPENAI_API_KEY: KEY, HOME: home } }
  },
}

const gemini: RealAgent = {
  name: 'Gemini CLI',
  client: 'gemini',
  once: ['--allowed-mcp-server-names', 'waggle', '--yolo', '-p'],
  prepare(home, project, url) {
    write(join(home, '.gemini', 'settings.json'), {
      security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
      general: { enableAutoUpdate: false, disableAutoUpdate: true, disableUpdateNag: true },
      privacy: { usageStatisticsEnabled: false },
      ide: { hasSeenNudge: true },
    })
    write(join(home, '.gemini', 'trustedFolders.json'), { [project]: 'TRUST_FOLDER' })
    const env = { GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: 'test', GEMINI_CLI_NO_RELAUNCH: 'true' }
    return { command: [join(installed, 'gemini')], env: { ...CLOSED, ...env, HOME: home } }
  },
}

export const realAgents: readonly RealAgent[] = [claude, codex, gemini]
