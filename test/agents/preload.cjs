const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('main', {
  submit: (text, at) => ipcRenderer.send('submit', { text, at }),
  answer: (answer) => ipcRenderer.send('answer', answer),
})
