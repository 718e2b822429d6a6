import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { cleanUp, newHome, waggle } from './programs'

// How agents' programs get to know `waggle mcp`: a home folder of a user who has some of them.

let folder: string
beforeEach(() => {
  folder = resolve(newHome(), '..')
})
afterAll(cleanUp)

const run = (...args: string[]) =>
  waggle(join(folder, 'home'), ['mcp', ...args], {
    env: { HOME: folder, XDG_CONFIG_HOME: '', CODEX_HOME: '', CLAUDE_CONFIG_DIR: '', WAGGLE_AGENT: '' },
  })
const files = {
  cursor: '.cursor/mcp.json',
  vscode: '.config/Code/User/mcp.json',
  claude: '.claude.json',
  'claude-desktop': '.config/Claude/claude_desktop_config.json',
  codex: '.codex/config.toml',
  gemini: '.gemini/settings.json',
}

test.each(Object.entries(files))(
  '%s: names the file, writes nothing, and what it prints starts the server',
  async (client, file) => {
    const { out, err, code } = await run('--print', client, '--agent', 'Agent-2')
    expect(code).toBe(0)
    expect(err).toContain(join(folder, file))
    expect(existsSync(join(folder, file))).toBe(false)
    if (client === 'codex') {
      expect(out).toMatch(
        /^\[mcp_servers\.waggle\]\ncommand = ".*"\nargs = \[".*", "mcp", "--agent", "Agent-2"\]\nenv = /,
      )
      return
    }
    const [servers] = Object.values(JSON.parse(out) as Record<string, { waggle: { args: string[] } }>)
    expect(servers?.waggle.args.slice(1)).toEqual(['mcp', '--agent', 'Agent-2'])
  },
)

test.each(Object.entries(files))(
  '%s: keeps what stands there, beside it a copy, and can be taken back',
  async (client, file) => {
    const path = join(folder, file)
    mkdirSync(dirname(path), { recursive: true })
    const before =
      client === 'codex'
        ? '# mine\nmodel = "x"\n\n[mcp_servers.other]\ncommand = "o"\n'
        : '{\n    "theme": "dark",\n    "mcpServers": { "other": { "command": "o" } }\n}\n'
    writeFileSync(path, before)
    const { out, code } = await run('--install', client, '--agent', 'Agent-2')
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringContaining('before-waggle') as unknown,
    })
    const installed = readFileSync(path, 'utf8')
    expect(installed).toContain('Agent-2')
    expect(readFileSync(`${path}.before-waggle`, 'utf8')).toBe(before)
    if (client !== 'codex') expect(JSON.parse(installed)).toMatchObject(JSON.parse(before) as object)
    else expect(installed.startsWith(before)).toBe(true)
    await run('--install', client, '--agent', 'Agent-3')
    expect(readFileSync(path, 'utf8').match(/Agent-\d/g)).toEqual(['Agent-3'])
    await run('--uninstall', client)
    const left = readFileSync(path, 'utf8')
    if (client === 'codex') expect(left.trim()).toBe(before.trim())
    else expect(JSON.parse(left)).toMatchObject(JSON.parse(before) as object)
    expect(left).not.toContain('waggle')
  },
)

test('a file that cannot be read, or has comments, is left as it is and the piece is to be put in by hand', async () => {
  const path = join(folder, files.cursor)
  mkdirSync(dirname(path), { recursive: true })
  const content = '{ // mine\n "mcpServers": {} }\n'
  writeFileSync(path, content)
  const { code, err } = await run('--install', 'cursor')
  expect(code).toBe(2)
  expect(err).toContain('was left as it is')
  expect(readFileSync(path, 'utf8')).toBe(content)
  expect(readdirSync(dirname(path))).toEqual(['mcp.json'])
})

test('a link into somebody’s own folder of settings stays one', async () => {
  const [path, real] = [join(folder, files.gemini), join(folder, 'dotfiles.json')]
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(real, '{}')
  symlinkSync(real, path)
  await run('--install', 'gemini')
  expect(readFileSync(real, 'utf8')).toContain('waggle')
  rmSync(path)
})
