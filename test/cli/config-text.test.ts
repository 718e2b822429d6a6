import { expect, test } from 'vitest'
import { withoutServer, withServer } from '../../src/cli/mcp-setup/config-text'

const codex = { form: 'toml', key: 'mcp_servers', saysStdio: false } as const
const start = { command: 'waggle', args: ['mcp'] }

test('a section of ours is put in, changed and taken out, and everything else stays as it was', () => {
  const before = 'model = "o"\n\n[mcp_servers.other]\ncommand = "x"\n'
  const once = withServer(before, codex, start)
  expect(once).toContain(before)
  expect(once).toContain('[mcp_servers.waggle]\ncommand = "waggle"\nargs = ["mcp"]\n')
  expect(withServer(once, codex, start)).toBe(once)
  expect(withoutServer(once, codex).trimEnd()).toBe(before.trimEnd())
})

test.each([
  ['an inline table', '[mcp_servers]\nwaggle = { command = "waggle" }\n'],
  ['dotted keys in its section', '[mcp_servers]\n"waggle".command = "waggle"\n'],
  ['dotted keys above all sections', 'mcp_servers.waggle.command = "waggle"\n'],
  ['one table of all servers', 'mcp_servers = { waggle = { command = "waggle" } }\n'],
])('%s is left to the person: a second server of that name would spoil the file', (_, text) => {
  expect(() => withServer(text, codex, start)).toThrow(/line \d sets servers up in a form/)
  expect(() => withoutServer(text, codex)).toThrow(/line \d/)
})

test('the same name in other sections is nobody’s server', () => {
  const text = '[profiles]\nwaggle = "fast"\n'
  expect(withServer(text, codex, start)).toContain(text)
})
