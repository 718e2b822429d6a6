import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BrowserWindow, screen } from 'electron'
import { openDialog } from './extra-windows.mjs'

/** How long a window manager may take to do what a window was asked for. */
const SETTLED_MS = 5000
const LOOK_MS = 60

/** One agent's window; closed and opened again it is the same agent in a new window. */
export class AgentWindow {
  /** @type {BrowserWindow | undefined} */
  #window
  /** @type {BrowserWindow | undefined} */
  #dialog

  /**
   * @param {import('./types').Spec} spec
   * @param {number} index
   */
  constructor(spec, index) {
    this.spec = spec
    this.index = index
  }

  get window() {
    if (!this.#window || this.#window.isDestroyed())
      throw new Error(`the window of ${this.spec.name} is closed`)
    return this.#window
  }

  /** @param {Electron.WebContents} contents */
  shows(contents) {
    return Boolean(this.#window && !this.#window.isDestroyed() && this.#window.webContents === contents)
  }

  async open() {
    const { rect, title } = this.spec
    this.#window = new BrowserWindow({
      title,
      ...scaled(rect, 1 / scaleFactor()),
      minWidth: 120,
      minHeight: 120,
      useContentSize: true,
      backgroundColor: '#fbfbfd',
      show: false,
      webPreferences: {
        preload: this.preload,
        backgroundThrottling: false,
        spellcheck: false,
      },
    })
    this.#window.setMenu(null)
    this.#window.on('page-title-updated', (event) => event.preventDefault())
    await this.load(this.#window)
    this.#window.show()
    await this.#managed()
    await this.#settled()
  }

  /** The script that lets its page speak to this program. */
  get preload() {
    return join(import.meta.dirname, 'preload.cjs')
  }

  /** @param {BrowserWindow} window */
  async load(window) {
    const { kind, name, stallMs } = this.spec
    const hue = String((this.index * 47 + 215) % 360)
    const query = { name, kind, stallMs: String(stallMs ?? 0), hue }
    await window.loadFile(join(import.meta.dirname, 'page/agent.html'), { query })
  }

  /**
   * Its input in its page, in physical pixels.
   * @returns {Promise<import('../harness/tiles').Rect>}
   */
  async inputRect() {
    return this.run('standIn.inputRect()')
  }

  close() {
    this.hideDialog()
    this.window.destroy()
    this.#window = undefined
  }

  /**
   * Asks for a new place or size of the content, in physical pixels; what is left out stays.
   * @param {Partial<import('../harness/tiles').Rect>} rect
   */
  async move(rect) {
    const now = scaled(this.window.getContentBounds(), scaleFactor())
    const asked = scaled({ ...now, ...rect }, 1 / scaleFactor())
    this.window.setContentSize(asked.width, asked.height)
    this.window.setPosition(asked.x, asked.y)
    await this.#settled()
  }

  /** Where it stands, in physical screen pixels: the content's rectangle and the centre of its input. */
  async describe() {
    const { name, title } = this.spec
    if (!this.#window || this.#window.isDestroyed()) return { name, title, open: false }
    const rect = scaled(this.#window.getContentBounds(), scaleFactor())
    const input = await this.inputRect()
    const at = [rect.x + input.x + input.width / 2, rect.y + input.y + input.height / 2].map(Math.round)
    return { name, title: this.#window.getTitle(), open: true, rect, input: at }
  }

  /**
   * Evaluates in the page, where `standIn` is (see page/agent.js).
   * @param {string} expression
   * @returns {Promise<any>}
   */
  async run(expression) {
    return this.window.webContents.executeJavaScript(expression)
  }

  /** @param {(answer: string) => void} answered */
  async showDialog(answered) {
    this.hideDialog()
    this.#dialog = await openDialog(this.window, `${this.spec.name} asks`, answered)
  }

  hideDialog() {
    this.#dialog?.destroy()
    this.#dialog = undefined
  }

  /** Waits until the window manager lists it: before that, nobody finds it, and it may yet be put elsewhere. */
  async #managed() {
    const id = `0x${this.window.getNativeWindowHandle().readUInt32LE().toString(16)}`
    for (let waited = 0; waited < SETTLED_MS; waited += LOOK_MS) {
      const { stdout } = await promisify(execFile)('xprop', ['-root', '_NET_CLIENT_LIST'])
      if (stdout.split(/[ ,\n]+/).includes(id)) return
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
  }

  /** Waits until the window manager has done what was asked: two looks in a row that are equal. */
  async #settled() {
    let before = ''
    for (let waited = 0; waited < SETTLED_MS; waited += LOOK_MS) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
      const now = JSON.stringify([this.window.isVisible(), this.window.getContentBounds()])
      if (now === before) return
      before = now
    }
  }
}

/** Physical pixels for one of Electron's (DIP). */
function scaleFactor() {
  return screen.getPrimaryDisplay().scaleFactor
}

/**
 * @param {import('../harness/tiles').Rect} rect
 * @param {number} by
 */
function scaled({ x, y, width, height }, by) {
  const round = (/** @type {number} */ value) => Math.round(value * by)
  return { x: round(x), y: round(y), width: round(width), height: round(height) }
}
