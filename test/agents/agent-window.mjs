import { join } from 'node:path'
import { BrowserWindow, screen } from 'electron'

const here = import.meta.dirname
/** How long a window manager may take to do what a window was asked for. */
const SETTLED_MS = 2000

/** One agent's window; closed and opened again it is the same agent in a new window. */
export class AgentWindow {
  #window
  #dialog

  constructor(spec, index) {
    this.spec = spec
    this.index = index
  }

  get window() {
    if (!this.#window || this.#window.isDestroyed())
      throw new Error(`the window of ${this.spec.name} is closed`)
    return this.#window
  }

  shows(contents) {
    return Boolean(this.#window && !this.#window.isDestroyed() && this.#window.webContents === contents)
  }

  async open() {
    const { rect, title, kind, name, stallMs, colour } = this.spec
    const scale = screen.getPrimaryDisplay().scaleFactor
    this.#window = new BrowserWindow({
      title,
      x: Math.round(rect.x / scale),
      y: Math.round(rect.y / scale),
      width: Math.round(rect.width / scale),
      height: Math.round(rect.height / scale),
      minWidth: 120,
      minHeight: 120,
      useContentSize: true,
      backgroundColor: '#fbfbfd',
      autoHideMenuBar: true,
      show: false,
      webPreferences: { preload: join(here, 'preload.cjs'), backgroundThrottling: false, spellcheck: false },
    })
    this.#window.setMenu(null)
    this.#window.on('page-title-updated', (event) => event.preventDefault())
    const query = {
      name,
      kind,
      stallMs: String(stallMs ?? 0),
      hue: String(colour ?? (this.index * 47 + 215) % 360),
    }
    await this.#window.loadFile(join(here, 'agent.html'), { query })
    this.#window.show()
    await this.#settled()
  }

  close() {
    this.dialog(false)
    this.window.destroy()
    this.#window = undefined
  }

  /** Asks for a new place or size of the content, in physical pixels; what is left out stays. */
  async move({ x, y, width, height }) {
    const scale = screen.getPrimaryDisplay().scaleFactor
    const now = this.window.getContentBounds()
    if (width !== undefined || height !== undefined) {
      const asked = [
        width === undefined ? now.width : width / scale,
        height === undefined ? now.height : height / scale,
      ]
      this.window.setContentSize(...asked.map(Math.round))
    }
    if (x !== undefined || y !== undefined) {
      const at = [x === undefined ? now.x : x / scale, y === undefined ? now.y : y / scale]
      this.window.setPosition(...at.map(Math.round))
    }
    await this.#settled()
  }

  /** Where it stands, in physical screen pixels: the content's rectangle and the centre of its input. */
  async describe() {
    const { name } = this.spec
    if (!this.#window || this.#window.isDestroyed()) return { name, title: this.spec.title, open: false }
    const scale = screen.getPrimaryDisplay().scaleFactor
    const bounds = this.#window.getContentBounds()
    const input = await this.run('standIn.inputRect()')
    const rect = Object.fromEntries(
      Object.entries(bounds).map(([key, value]) => [key, Math.round(value * scale)]),
    )
    const at = [rect.x + input.x + input.width / 2, rect.y + input.y + input.height / 2].map(Math.round)
    return { name, title: this.#window.getTitle(), open: true, rect, input: at }
  }

  /** Evaluates in the page, where `standIn` is (see agent.js). */
  async run(expression) {
    return this.window.webContents.executeJavaScript(expression)
  }

  /** A question on top of the window that wants a Yes or No, as permission dialogs do. */
  dialog(shown, answered) {
    if (!shown) {
      this.#dialog?.destroy()
      this.#dialog = undefined
      return
    }
    const { x, y, width, height } = this.window.getContentBounds()
    const size = { width: Math.min(width, 280), height: 130 }
    this.#dialog = new BrowserWindow({
      parent: this.window,
      modal: true,
      title: `${this.spec.name} asks`,
      x: Math.round(x + (width - size.width) / 2),
      y: Math.round(y + height - size.height),
      ...size,
      useContentSize: true,
      webPreferences: { preload: join(here, 'preload.cjs') },
    })
    this.#dialog.setMenu(null)
    this.#dialog.webContents.ipc.on('answer', (_event, answer) => answered(answer))
    return this.#dialog.loadFile(join(here, 'dialog.html'))
  }

  /** Waits until the window manager has done what was asked: two looks in a row that are equal. */
  async #settled() {
    let before = ''
    for (let waited = 0; waited < SETTLED_MS; waited += 60) {
      await new Promise((resolve) => setTimeout(resolve, 60))
      const now = JSON.stringify([this.window.isVisible(), this.window.getContentBounds()])
      if (now === before) return
      before = now
    }
  }
}
