import type { MenuItemConstructorOptions } from 'electron'
import type { Agent } from '../../contract/agent'
import { visible } from '../../contract/visible'
import { firstLine, shortened, stateWords, type Told } from './message-words'

export interface TrayMenuState {
  readonly sentence: string
  readonly paused: boolean
  /** Messages that wait and would go on at the next start. */
  readonly depth: number
  readonly agents: readonly Pick<Agent, 'name' | 'enabled'>[]
  /** The last messages, newest first. */
  readonly recent: readonly Told[]
  readonly startAtLogin: boolean
}

export interface TrayActions {
  openWindow(): void
  /** Shows this message in the window. */
  openMessage(id: string): void
  /** Opens the small window to write to this agent. */
  write(to: string): void
  pause(): void
  resume(): void
  /** Pauses and stops the delivery under way. */
  stop(): void
  /** Queues the clipboard's text for this agent, or for `"*"`. */
  sendClipboard(to: string): void
  setStartAtLogin(on: boolean): void
  quit(): void
}

const LONGEST_TEXT = 40

/** The tray's menu for this state. Agents that are switched off cannot be written to and are left out. */
export function trayMenu(state: TrayMenuState, actions: TrayActions): MenuItemConstructorOptions[] {
  const { sentence, paused, depth, agents, recent, startAtLogin } = state
  const separator = { type: 'separator' } as const
  return [
    { label: plain(sentence), enabled: false },
    separator,
    clipboardMenu(agents, actions),
    { label: 'Write to', submenu: namesMenu(agents, actions.write) },
    { label: 'Recent', submenu: recentMenu(recent, actions) },
    separator,
    paused
      ? { label: 'Resume', click: () => actions.resume() }
      : { label: 'Pause', click: () => actions.pause() },
    { label: 'Stop now', enabled: !paused, click: () => actions.stop() },
    separator,
    { label: 'Open Waggle', click: () => actions.openWindow() },
    {
      label: 'Start at login',
      type: 'checkbox',
      checked: startAtLogin,
      click: ({ checked }) => actions.setStartAtLogin(checked),
    },
    { label: quitWords(depth), click: () => actions.quit() },
  ]
}

function clipboardMenu(agents: TrayMenuState['agents'], actions: TrayActions): MenuItemConstructorOptions {
  const names = namesMenu(agents, actions.sendClipboard)
  if (names.every(({ enabled }) => enabled === false)) return { label: 'Send clipboard to', submenu: names }
  const everyone = { label: 'Everyone', click: () => actions.sendClipboard('*') }
  return { label: 'Send clipboard to', submenu: [...names, { type: 'separator' }, everyone] }
}

function namesMenu(
  agents: TrayMenuState['agents'],
  choose: (name: string) => void,
): MenuItemConstructorOptions[] {
  const enabled = agents.filter((agent) => agent.enabled)
  if (enabled.length === 0) return [{ label: 'No agents yet', enabled: false }]
  return enabled.map(({ name }) => ({ label: plain(name), click: () => choose(name) }))
}

function recentMenu(recent: readonly Told[], { openMessage }: TrayActions): MenuItemConstructorOptions[] {
  if (recent.length === 0) return [{ label: 'No messages yet', enabled: false }]
  return recent.map((message) => {
    const text = shortened(firstLine(message.text), LONGEST_TEXT)
    const label = `${message.to}: ${stateWords(message)} · ${text}`
    return { label: plain(label), click: () => openMessage(message.id) }
  })
}

function quitWords(depth: number): string {
  if (depth === 0) return 'Quit'
  return depth === 1 ? 'Quit (1 waits for the next start)' : `Quit (${depth} wait for the next start)`
}

/** In a menu "&" marks the access key and vanishes; a name keeps it by doubling. */
function plain(label: string): string {
  return visible(label).replaceAll('&', '&&')
}
