import { startThief } from './extra-windows.mjs'

/**
 * @typedef {import('./types').Command} Command
 * @typedef {import('./agent-window.mjs').AgentWindow} AgentWindow
 */

/** @type {Partial<Record<string, (agent: AgentWindow, command: Command) => unknown>>} */
const agentCommands = {
  move: async (agent, { rect = {} }) => agent.move(rect),
  close: (agent) => agent.close(),
  open: async (agent) => agent.open(),
  minimize: (agent) => agent.window.minimize(),
  restore: (agent) => agent.window.restore(),
  focus: (agent) => agent.window.focus(),
  retitle: (agent, { title = '' }) => agent.window.setTitle(title),
  setDraft: async (agent, { text = '' }) => agent.run(`standIn.setText(${JSON.stringify(text)})`),
  readInput: async (agent) => agent.run('standIn.text()'),
  seen: async (agent) => agent.run('standIn.seen'),
  ask: async (agent, { shown = false, overInput = false }) =>
    agent.run(`standIn.ask(${shown}, ${overInput})`),
  stall: async (agent, { ms = 0 }) => agent.run(`standIn.stall(${ms})`),
}

/**
 * Answers one command: `{id, do, agent?, …}` becomes `{id, result}` or `{id, error}`.
 * @param {ReadonlyMap<string, AgentWindow>} agents
 * @param {import('./submission-log.mjs').SubmissionLog} log
 */
export function commandsOver(agents, log) {
  /** @type {(() => void) | undefined} */
  let stopThief
  /** @type {Partial<Record<string, (command: Command) => unknown>>} */
  const commands = {
    windows: async () => Promise.all([...agents.values()].map((agent) => agent.describe())),
    thief: ({ everyMs = 0 }) => {
      stopThief?.()
      stopThief = everyMs > 0 ? startThief(everyMs) : undefined
    },
    dialog: async (command) => {
      const agent = agentOf(command)
      if (!command.shown) return agent.hideDialog()
      return agent.showDialog((answer) => log.append({ agent: agent.spec.name, answer, at: Date.now() }))
    },
  }
  const agentOf = (/** @type {Command} */ { agent: name = '' }) => {
    const agent = agents.get(name)
    if (!agent) throw new Error(`no agent ${name}`)
    return agent
  }
  const run = async (/** @type {Command} */ command) => {
    const own = commands[command.do]
    if (own) return own(command)
    const ofAgent = agentCommands[command.do]
    if (!ofAgent) throw new Error(`no command ${command.do}`)
    return ofAgent(agentOf(command), command)
  }
  return async (/** @type {Command} */ command) => {
    try {
      return { id: command.id, result: (await run(command)) ?? null }
    } catch (error) {
      return { id: command.id, error: error instanceof Error ? error.message : String(error) }
    }
  }
}
