import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import type { Answer, Bridge } from '../contract/bridge'
import type { WaggleEvent } from '../contract/events'

// The two channel names stand here and in src/main/doors/window-door.ts, nowhere else.
const CALL = 'waggle:call'
const EVENT = 'waggle:event'

const bridge: Bridge = {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- window-door.ts answers with nothing else
  call: (method, params) => ipcRenderer.invoke(CALL, method, params) as Promise<Answer>,
  onEvent: (listener) => {
    const forward = (_: IpcRendererEvent, event: WaggleEvent) => listener(event)
    ipcRenderer.on(EVENT, forward)
    return () => {
      ipcRenderer.removeListener(EVENT, forward)
    }
  },
}

contextBridge.exposeInMainWorld('waggle', bridge)
