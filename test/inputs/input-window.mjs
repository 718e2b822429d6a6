import { join } from 'node:path'
import { AgentWindow } from '../agents/agent-window.mjs'

/** A stand-in agent's window whose page is a real input's. */
export class InputWindow extends AgentWindow {
  #page

  /**
   * @param {import('./types').Spec} spec
   * @param {number} index
   * @param {string} page
   */
  constructor(spec, index, page) {
    super({ ...spec, kind: 'textarea' }, index)
    this.#page = page
    this.page = spec
  }

  /** @override */
  get preload() {
    return join(import.meta.dirname, 'preload.cjs')
  }

  /**
   * @override
   * @param {Electron.BrowserWindow} window
   */
  async load(window) {
    const { rect: _rect, title: _title, ...page } = this.page
    const given = Object.entries(page).map(([key, value]) => [key, String(value)])
    await window.loadURL(`${this.#page}?${new URLSearchParams(Object.fromEntries(given)).toString()}`)
  }

  /** @override */
  async inputRect() {
    return this.command('inputRect', {})
  }

  /**
   * What the window can do itself, else what its page can.
   * @param {string} name
   * @param {Partial<import('./types').Command>} params
   * @returns {Promise<any>}
   */
  async command(name, params) {
    switch (name) {
      case 'open':
        return this.open()
      case 'close':
        return this.close()
      case 'move':
        return this.move(params.rect ?? {})
      case 'minimize':
        return this.window.minimize()
      case 'restore':
        return this.window.restore()
      case 'focus':
        return this.window.focus()
      case 'retitle':
        return this.window.setTitle(params.title ?? '')
      default:
        return this.run(`standIn.run(${JSON.stringify(name)}, ${JSON.stringify(params)})`)
    }
  }
}
