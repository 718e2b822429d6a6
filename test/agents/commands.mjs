import { BrowserWindow, screen } from 'electron'

/** Answers one command: `{id, do, agent?, …}` becomes `{id, result}` or `{id, error}`. */
export function commandsOver(agents, log) {
  let thief
  const commands = {
    windows: async () => Promise.all([...agents.values()].map((agent) => agent.describe())),
    move: async (agent, { rect }) => agent.move(rect),
    close: (agent) => agent.close(),
    open: async (agent) => agent.open(),
    minimize: (agent) => agent.window.minimize(),
    restore: (agent) => agent.window.restore(),
    focus: (agent) => agent.window.focus(),
    retitle: (agent, { title }) => agent.window.setTitle(title),
    setDraft: async (agent, { text }) => agent.run(`standIn.setText(${JSON.stringify(text)})`),
    readInput: async (agent) => agent.run('standIn.text()'),
    seen: async (agent) => agent.run('standIn.seen'),
    stall: async (agent, { ms }) => agent.run(`standIn.stall(${Number(ms)})`),
    dialog: async (agent, { shown }) =>
      agent.dialog(shown, (answer) => log.append({ agent: agent.spec.name, answer, at: Date.now() })),
    thief: (_agent, { everyMs }) => {
      thief?.stop()
      thief = everyMs > 0 ? startThief(everyMs) : undefined
    },
  }
  return async ({ id, do: name, agent: agentName, ...params }) => {
    try {
      const command = commands[name]
      if (!command) throw new Error(`no command ${name}`)
      const agent = agents.get(agentName)
      if (agentName !== undefined && !agent) throw new Error(`no agent ${agentName}`)
      return { id, result: (await command(agent, params)) ?? null }
    } catch (error) {
      return { id, error: error instanceof Error ? error.message : String(error) }
    }
  }
}

/** A window that takes the focus again and again, as pop-ups do. */
function startThief(everyMs) {
  const { width } = screen.getPrimaryDisplay().workArea
  const options = {
    title: 'Thief',
    x: width - 220,
    y: 10,
    width: 200,
    height: 90,
    backgroundColor: '#fde8e8',
  }
  const window = new BrowserWindow({ ...options, show: false, alwaysOnTop: true })
  window.setMenu(null)
  const steal = () => {
    window.showInactive()
    window.focus()
  }
  steal()
  const timer = setInterval(steal, everyMs)
  return {
    stop() {
      clearInterval(timer)
      window.destroy()
    },
  }
}
