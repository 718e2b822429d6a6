/** What people call the agents that run in terminals, by the names of their programs. */
const products = new Map([
  ['claude', 'Claude Code'],
  ['codex', 'Codex'],
  ['gemini', 'Gemini CLI'],
  ['qwen', 'Qwen Code'],
  ['opencode', 'OpenCode'],
  ['aider', 'Aider'],
  ['cursor-agent', 'Cursor Agent'],
  ['copilot', 'Copilot CLI'],
  ['goose', 'Goose'],
  ['amp', 'Amp'],
  ['crush', 'Crush'],
])

/** "Claude Code" for `claude`, `/usr/bin/claude` or `claude.js`; undefined for what is not known to be an agent. */
export function agentProduct(program: string): string | undefined {
  const name = program.split(/[\\/]/).at(-1) ?? ''
  return products.get(name.replace(/\.(?:[cm]?js|py|exe)$/, ''))
}
