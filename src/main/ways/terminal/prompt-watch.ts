import type { Standing } from '../../../contract/wrap-operations'
import type { Clock } from '../../clock'
import { content, holds, isEmpty } from '../../looking/prompt'
import { bare, type Wanted } from '../../looking/same-text'
import type { Learnt } from '../../looking/standing'
import type { TerminalLook, TypedTerminal } from './typed-terminal'

export type Looked = TerminalLook & { readonly learnt: Learnt | undefined; readonly standing: Standing }

export interface PromptWatchDeps {
  readonly terminal: Pick<TypedTerminal, 'changed'>
  readonly clock: Pick<Clock, 'monotonic'>
  look(): Promise<Looked>
}

/** A refused command comes back into the prompt; for so long the message must stay away. */
export const AWAY_MS = 400

/** Where one message is, by what the agent's prompt shows. */
export class PromptWatch {
  readonly #deps: PromptWatchDeps
  readonly message: Wanted

  constructor(message: Wanted, deps: PromptWatchDeps) {
    this.message = message
    this.#deps = deps
  }

  look(): Promise<Looked> {
    return this.#deps.look()
  }

  now(): number {
    return this.#deps.clock.monotonic()
  }

  /** Resolves when something was drawn, or after `ms`. */
  changed(ms: number): Promise<void> {
    return this.#deps.terminal.changed(ms)
  }

  async rest(ms: number): Promise<void> {
    const end = this.now() + ms
    while (this.now() < end) await this.changed(end - this.now())
  }

  /** True while the message, and nothing else, stands in the prompt of the very agent. */
  isThere({ screen, learnt, reader }: Looked): boolean {
    if (!learnt || reader?.id !== learnt.readerId || reader.isStopped) return false
    return screen.bracketedPaste !== false && holds(screen, learnt.mark, this.message) !== undefined
  }

  /** How many empty lines stand in the prompt behind the message, up to the cursor. */
  openLines({ screen, learnt }: Looked): number {
    const shown = learnt && content(screen, learnt.mark)
    const end = /\s*$/.exec(shown ?? '')?.[0] ?? ''
    return end.split('\n').length - 1
  }

  /** True when the prompt is empty and stays so. */
  async staysAway(): Promise<boolean> {
    const end = this.now() + AWAY_MS
    for (;;) {
      if ((await this.look()).standing.state !== 'ready') return false
      if (this.now() >= end) return true
      await this.changed(50)
    }
  }

  /** True when the message stands in the prompt in another form: behind the cursor, as a refused command does. */
  async cameBack(): Promise<boolean> {
    const looked = await this.look()
    const { screen, learnt } = looked
    if (!learnt || isEmpty(screen, learnt.mark) || this.isThere(looked)) return false
    const shown = content(screen, learnt.mark)
    return shown !== undefined && bare(shown) === this.message.bare
  }
}
