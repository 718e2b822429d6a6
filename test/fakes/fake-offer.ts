import type { Offer } from '../../src/main/desktop/desktop'
import type { FakeWindow } from './fake-window'
import type { HastyClock } from './hasty-clock'

/** A text that the fake desktop offers to one of its windows. */
export class FakeOffer implements Offer {
  taken = false
  copied: string | undefined = undefined
  replaced = false
  marked: string | undefined = ''
  stolen = false
  private wake: (() => void)[] = []

  constructor(
    readonly windowId: string,
    private readonly clock: HastyClock,
  ) {}

  update(change: Partial<Pick<FakeOffer, 'taken' | 'copied' | 'replaced' | 'marked' | 'stolen'>>): void {
    Object.assign(this, change)
    for (const wake of this.wake.splice(0)) wake()
  }

  /** A window's program shows all of its text as selected. */
  mark({ id, text, marksEmpty }: Pick<FakeWindow, 'id' | 'text' | 'marksEmpty'>): void {
    if (id === this.windowId) this.update({ marked: text || marksEmpty })
  }

  /** The fake desktop answers within one turn of the event loop or never; then the deadline has passed. */
  async changed(deadlineMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.wake.push(resolve)
      setImmediate(() => {
        this.clock.pass(deadlineMs)
        resolve()
      })
    })
  }
}
