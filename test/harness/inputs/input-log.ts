import { appendFileSync, writeFileSync } from 'node:fs'
import type { PageEvent, Said } from '../../inputs/page/types'
import type { Answer } from '../../inputs/page/types'
import type { DialogAnswer, Submission } from '../agents'

/** What else went on in a window. */
export interface InputEvent {
  readonly agent: string
  readonly event: PageEvent
  readonly value?: string
  readonly at: number
  readonly n: number
}

export type InputAnswer = DialogAnswer & Answer & { readonly at: number }

export type Entry = Submission | InputAnswer | InputEvent

/** Everything that the windows told, numbered as it came; also a file, one JSON object a line. */
export class InputLog {
  readonly entries: Entry[] = []
  readonly #path
  readonly #listeners = new Set<(entry: Submission) => void>()

  constructor(path: string) {
    this.#path = path
    writeFileSync(path, '')
  }

  append(agent: string, said: Said): void {
    const entry: Entry = { agent, ...said, n: this.entries.length + 1 }
    this.entries.push(entry)
    appendFileSync(this.#path, `${JSON.stringify(entry)}\n`)
    if ('text' in entry) for (const tell of this.#listeners) tell(entry)
  }

  submissions(): Submission[] {
    return this.entries.filter((entry) => 'text' in entry)
  }

  onSubmitted(listener: (entry: Submission) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Resolves with all submissions once there are `count`; rejects after `timeoutMs`, naming what did arrive. */
  async submitted(count: number, timeoutMs = 20_000): Promise<Submission[]> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        stop()
        const short = this.submissions().map(({ agent, text }) => `${agent}: ${text.slice(0, 60)}`)
        reject(new Error(`${short.length} of ${count} submitted after ${timeoutMs} ms:\n${short.join('\n')}`))
      }, timeoutMs)
      const look = (): void => {
        if (this.submissions().length < count) return
        clearTimeout(late)
        stop()
        resolve(this.submissions())
      }
      const stop = this.onSubmitted(look)
      look()
    })
  }
}
