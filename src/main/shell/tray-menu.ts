import type { MenuItemConstructorOptions } from 'electron'
import type { Agent } from '../../contract/agent'

export interface TrayMenuState {
  readonly sentence: string
  readonly paused: boolean
  readonly agents: readonly Pick<Agent, 'name' | 'enabled'>[]
}

export interface TrayActions {
  openWindow(): void
  pause(): void
  resume(): void
  /** Queues the clipboard's text for this agent, or for `"*"`. */
  sendClipboard(to: string): void
  quit(): void
}

/** The tray's menu for this state. Agents that are switched off cannot be written to and are left out. */
export function trayMenu(state: TrayMenuState, actions: TrayActions): MenuItemConstructorOptions[] {
  const pause = state.paused
    ? { label: 'Resume', click: () => actions.resume() }
    : { label: 'Pause', click: () => actions.pause() }
  return [
    { label: plain(state.sentence), enabled: false },
    { type: 'separator' },
    { label: 'Open Waggle', click: () => actions.openWindow() },
    pause,
    clipboardMenu(state.agents, actions),
    { type: 'separator' },
    { label: 'Quit', click: () => actions.quit() },
  ]
}

function clipboardMenu(agents: TrayMenuState['agents'], actions: TrayActions): MenuItemConstructorOptions {
  const enabled = agents.filter((agent) => agent.enabled)
  if (enabled.length === 0) {
    return { label: 'Send clipboard to', submenu: [{ label: 'No agents yet', enabled: false }] }
  }
  return {
    label: 'Send clipboard to',
    submenu: [
      ...enabled.map(({ name }) => ({ label: plain(name), click: () => actions.sendClipboard(name) })),
      { type: 'separator' },
      { label: 'Everyone', click: () => actions.sendClipboard('*') },
    ],
  }
}

/** In a menu "&" marks the access key and vanishes; a name keeps it by doubling. */
function plain(label: string): string {
  return label.replaceAll('&', '&&')
}
