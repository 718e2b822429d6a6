const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('main', {
  say: (/** @type {object} */ said) => ipcRenderer.send('said', said),
})
