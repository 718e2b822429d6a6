import type { ClosedWindow, OpenWindow } from '../agents'
import type { HostedSpec, InputHost } from './input-host'

/** One window that is a program of its own. */
export interface OwnWindow {
  open(): Promise<void>
  close(): Promise<void>
  describe(): Promise<OpenWindow | ClosedWindow>
  ask(command: string, params: object): Promise<unknown>
}

/** Opens a program for each window, one after the other: each takes the focus as it comes. */
export async function openEach(
  specs: readonly HostedSpec[],
  windowOf: (spec: HostedSpec) => OwnWindow,
): Promise<InputHost> {
  const windows = new Map(specs.map((spec) => [spec.name, windowOf(spec)]))
  const stop = async (): Promise<void> => {
    await Promise.all([...windows.values()].map(async (window) => window.close()))
  }
  try {
    for (const window of windows.values()) await window.open()
  } catch (error) {
    await stop()
    throw error
  }
  return {
    windows: async () => Promise.all([...windows.values()].map(async (window) => window.describe())),
    ask: async (command, name, params = {}) => {
      const window = windows.get(name)
      if (command === 'open') return window?.open()
      if (command === 'close') return window?.close()
      return window?.ask(command, params)
    },
    stop,
  }
}
