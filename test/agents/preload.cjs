const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('main', {
  submit: (/** @type {string} */ text, /** @type {number} */ at) => ipcRenderer.send('submit', { text, at }),
  answer: (/** @type {string} */ answer) => ipcRenderer.send('answer', answer),
})
