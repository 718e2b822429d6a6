import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import type { Answer, Bridge, Wish } from '../contract/bridge'
import type { WaggleEvent } from '../contract/events'

// The channel names stand here and in src/main/doors/window-door.ts, nowhere else.
const CALL = 'waggle:call'
const EVENT = 'waggle:event'
const WISH = 'waggle:wish'
const STAND = 'waggle:stand'

function listen(channel: string, forward: Parameters<typeof ipcRenderer.on>[1]): () => void {
  ipcRenderer.on(channel, forward)
  return () => {
    ipcRenderer.removeListener(channel, forward)
  }
}

const bridge: Bridge = {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- window-door.ts answers with nothing else
  call: (method, params) => ipcRenderer.invoke(CALL, method, params) as Promise<Answer>,
  onEvent: (listener) =>
    listen(EVENT, (_: IpcRendererEvent, events: readonly WaggleEvent[]) => {
      for (const event of events) listener(event)
    }),
  onWish: (listener) => listen(WISH, (_: IpcRendererEvent, wish: Wish) => listener(wish)),
  stand: async (stance) => {
    await ipcRenderer.invoke(STAND, stance)
  },
}

contextBridge.exposeInMainWorld('waggle', bridge)
