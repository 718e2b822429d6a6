// Windows with real inputs, in the manner of the stand-in agents: commands come in on stdin, one JSON object a line;
// what the pages say goes out on stdout. It ends with its stdin.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { app, ipcMain } from 'electron'
import { InputWindow } from './input-window.mjs'

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
  const windows = new Map(
    config.agents.map((spec, index) => [spec.name, new InputWindow(spec, index, config.page)]),
  )
  ipcMain.on('said', (event, /** @type {object} */ said) => {
    const window = [...windows.values()].find((one) => one.shows(event.sender))
    if (window) say({ event: 'submitted', entry: { agent: window.spec.name, ...said } })
  })
  await Promise.all([...windows.values()].map(async (window) => window.open()))
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      /** @type {import('./types').Command} */
      const command = JSON.parse(line)
      void answer(windows, command).then(say)
    })
    .on('close', () => app.exit(0))
  say({ event: 'ready' })
}

/**
 * `{id, do, agent?, …}` becomes `{id, result}` or `{id, error}`.
 * @param {ReadonlyMap<string, InputWindow>} windows
 * @param {import('./types').Command} command
 */
async function answer(windows, { id, do: name, agent = '', ...params }) {
  try {
    if (name === 'windows')
      return { id, result: await Promise.all([...windows.values()].map((one) => one.describe())) }
    const window = windows.get(agent)
    if (!window) throw new Error(`no agent ${agent}`)
    return { id, result: (await window.command(name, params)) ?? null }
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) }
  }
}
