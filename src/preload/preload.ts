import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import type { Answer, Bridge } from '../contract/bridge'

// The channel names stand here and in src/main/doors/window-door.ts, nowhere else.
const CALL = 'waggle:call'
const EVENT = 'waggle:event'
const WISH = 'waggle:wish'
const STAND = 'waggle:stand'

/** What comes on a channel is what window-door.ts sends there. */
function listen(channel: string, listener: (value: never) => void): () => void {
  const forward = (_: IpcRendererEvent, value: never) => listener(value)
  ipcRenderer.on(channel, forward)
  return () => {
    ipcRenderer.removeListener(channel, forward)
  }
}

const bridge: Bridge = {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- window-door.ts answers with nothing else
  call: (method, params) => ipcRenderer.invoke(CALL, method, params) as Promise<Answer>,
  onEvent: (listener) => listen(EVENT, listener),
  onWish: (listener) => listen(WISH, listener),
  stand: async (stance) => {
    await ipcRenderer.invoke(STAND, stance)
  },
}

contextBridge.exposeInMainWorld('waggle', bridge)
