import { rectOf } from './commands'
import { queryOf } from './query'
import type { Page } from './types'

/** The whole chat in a frame of the page, which is a page of its own from the same place. */
export class FramedChat {
  #frame = document.createElement('iframe')
  #loaded: Promise<unknown>

  constructor(name: string, page: Page) {
    this.#frame.className = 'agent'
    this.#frame.src = `?${queryOf(name, { ...page, iframe: false })}`
    this.#loaded = new Promise((resolve) => this.#frame.addEventListener('load', resolve))
    document.body.append(this.#frame)
  }

  async mount(): Promise<void> {
    await this.#loaded
    await this.run('peek', undefined as never)
  }

  async run(command: string, params: never): Promise<unknown> {
    const result = await this.#frame.contentWindow?.standIn.run(command, params)
    if (command !== 'inputRect') return result
    const outer = rectOf(this.#frame, devicePixelRatio)
    const inner = result as typeof outer
    return { ...inner, x: inner.x + outer.x, y: inner.y + outer.y }
  }

  destroy(): void {
    this.#frame.remove()
  }
}
