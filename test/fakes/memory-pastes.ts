import type { Clock } from '../../src/main/clock'
import type { Paste, Pastes } from '../../src/main/queue/pastes'

/** Records of pastes in memory, kept to the same contract suite as the real ones. */
export class MemoryPastes implements Pastes {
  readonly #clock: Pick<Clock, 'now'>
  readonly #pastes = new Map<string, Paste>()

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  of(agent: string): Paste | undefined {
    return this.#pastes.get(agent)
  }

  write(agent: string, paste: Omit<Paste, 'at'>): void {
    this.#pastes.set(agent, { ...paste, at: new Date(this.#clock.now()).toISOString() })
  }

  erase(agent: string): void {
    this.#pastes.delete(agent)
  }

  eraseOf(messageId: string): void {
    for (const [agent, paste] of this.#pastes) if (paste.messageId === messageId) this.erase(agent)
  }

  rename(agent: string, to: string): void {
    const paste = this.#pastes.get(agent)
    if (paste) this.#pastes.set(to, paste)
    this.erase(agent)
  }
}
