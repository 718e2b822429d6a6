import koffi from 'koffi'
import { thread } from './calls'
import { ONEVENT } from './structs'
import { rootOf } from './windows'
import { FRONT_EVENT } from './wine'

/** Hears which windows come to the front, also of one that leaves it again before anybody looks. */
export class Foreground {
  #followed = { windowId: '', hasOtherCome: false }

  constructor() {
    const hear = (_hook: number, _event: number, window: number) => {
      if (rootOf(window) !== this.#followed.windowId) this.#followed.hasOtherCome = true
    }
    const onEvent = koffi.register(hear, koffi.pointer(ONEVENT))
    // Told to this thread as a message, and of every program.
    if (!thread.SetWinEventHook(FRONT_EVENT, FRONT_EVENT, 0, onEvent, 0, 0, 0))
      throw new Error('Windows tells Waggle of no window that comes to the front')
  }

  /** Answers whether another window than this has come to the front from now on, by what this thread has heard. */
  follow(windowId: string): () => boolean {
    const followed = { windowId, hasOtherCome: false }
    this.#followed = followed
    return () => followed.hasOtherCome
  }
}
