// Stand-in agents: one chat-like window for each agent of the config. What arrives in these windows is the truth that
// tests, demo and bench judge by, so this program knows nothing of Waggle. Commands come in on stdin, one JSON object a
// line; it ends with its stdin, so it cannot outlive whoever started it.
import { readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { app, ipcMain } from 'electron'
import { AgentWindow } from './agent-window.mjs'
import { commandsOver } from './commands.mjs'
import { SubmissionLog } from './submission-log.mjs'

/** @type {import('./types').Config} */
const config = JSON.parse(readFileSync(String(process.env.STAND_IN_AGENTS), 'utf8'))
const say = (/** @type {object} */ line) => process.stdout.write(`${JSON.stringify(line)}\n`)

app.setPath('userData', config.userData)
app.disableHardwareAcceleration()
// Without a listener, Electron would quit with its last window.
app.on('window-all-closed', () => undefined)
app.on('render-process-gone', (_event, _contents, details) => say({ event: 'gone', reason: details.reason }))
// A top-level await here would keep Electron from ever getting ready.
void app.whenReady().then(start)

async function start() {
  const log = new SubmissionLog(config.log, (entry) => say({ event: 'submitted', entry }))
  const agents = new Map(config.agents.map((spec, index) => [spec.name, new AgentWindow(spec, index)]))
  ipcMain.on('submit', (event, /** @type {{text: string, at: number}} */ { text, at }) => {
    const agent = [...agents.values()].find((one) => one.shows(event.sender))
    if (agent) log.append({ agent: agent.spec.name, text, at })
  })

  ipcMain.on('answer', (event, /** @type {string} */ answer) => {
    const agent = [...agents.values()].find((one) => one.shows(event.sender))
    if (agent) log.append({ agent: agent.spec.name, answer, at: Date.now() })
  })

  for (const agent of agents.values()) await agent.open()
  const answer = commandsOver(agents, log)
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      /** @type {import('./types').Command} */
      const command = JSON.parse(line)
      void answer(command).then(say)
    })
    .on('close', () => app.exit(0))

  const windows = await Promise.all([...agents.values()].map((agent) => agent.describe()))
  writeFileSync(config.ready, JSON.stringify({ pid: process.pid, windows }, undefined, 2))
  say({ event: 'ready', windows })
}
