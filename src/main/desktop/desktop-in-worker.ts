import type { Worker } from 'node:worker_threads'
import type { Clock } from '../clock'
import type { Desktop } from './desktop'
import { DesktopUnavailable } from './desktop-unavailable'
import { WorkerCalls } from './worker-calls'
import type { End } from './worker-talk'

/** Between two tries to reach the desktop again. */
const AGAIN_MS = 500

interface ThreadsDeps {
  /** Begins the thread that has the desktop, with what a thread before it has left. */
  readonly open: (left: End['left']) => Worker
  /** For a thread that looks for calls only when its window is sent a message. */
  readonly wake?: (window: number) => void
  readonly clock: Pick<Clock, 'wait'>
}

/**
 * A desktop in a thread of its own, as the app must have it: docs/decisions/pressing.md and windows.md say why on each system.
 * Where the thread or its connection ends another one is begun, until it reaches the desktop again: meanwhile `trouble` says
 * so and every call rejects with {@link DesktopUnavailable}. Rejects with a sentence when the desktop cannot be reached at all.
 */
export async function openDesktopInWorker(deps: ThreadsDeps): Promise<Desktop> {
  const threads = new Threads(deps)
  await threads.begin([])
  // The answers are what the worker's own desktop gave: the same types, copied across.
  const asked = <K extends PlainMethod>(method: K) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    (async (...args: readonly unknown[]) => threads.now().ask(method, args)) as Desktop[K]
  const trouble = asked('trouble')
  return {
    trouble: async () =>
      trouble().catch((error: unknown) => {
        if (!(error instanceof DesktopUnavailable)) throw error
        return { code: 'desktop-unavailable', message: error.message }
      }),
    screens: asked('screens'),
    windows: asked('windows'),
    overlays: asked('overlays'),
    activeWindow: asked('activeWindow'),
    windowAt: asked('windowAt'),
    raise: asked('raise'),
    arrangement: asked('arrangement'),
    arrange: asked('arrange'),
    pointer: asked('pointer'),
    movePointer: asked('movePointer'),
    inputLook: asked('inputLook'),
    personIdleMs: asked('personIdleMs'),
    click: asked('click'),
    press: asked('press'),
    readMarked: asked('readMarked'),
    halt: asked('halt'),
    unsafeKeys: asked('unsafeKeys'),
    readText: asked('readText'),
    readHtml: asked('readHtml'),
    picture: asked('picture'),
    offerText: async (...offer) => threads.now().offer(offer),
    async keepClipboard() {
      const calls = threads.now()
      const kept = await calls.keep()
      return async () => {
        // Another thread has taken over what was kept.
        if (calls === threads.now()) await calls.ask('restoreClipboard', [kept])
      }
    },
    close: () => threads.close(),
  }
}

type PlainMethod = Exclude<keyof Desktop, 'offerText' | 'keepClipboard' | 'close'>

/** The thread that has the desktop, one after the other. */
class Threads {
  readonly #deps: ThreadsDeps
  #calls: WorkerCalls | undefined
  #lost = ''
  #isClosed = false

  constructor(deps: ThreadsDeps) {
    this.#deps = deps
  }

  /** The one that answers now. Throws {@link DesktopUnavailable} while there is none. */
  now(): WorkerCalls {
    if (!this.#calls) throw new DesktopUnavailable(this.#lost)
    return this.#calls
  }

  /** Rejects when it does not come up. */
  async begin(left: End['left']): Promise<void> {
    const calls = new WorkerCalls(this.#deps.open(left), this.#deps.wake)
    await calls.ready
    this.#calls = calls
    void calls.ended.then(async (end) => this.#beginAgain(end))
    if (this.#isClosed) calls.close()
  }

  close(): void {
    this.#isClosed = true
    this.#calls?.close()
  }

  async #beginAgain({ lost, left }: End): Promise<void> {
    this.#calls = undefined
    this.#lost = `${lost} Waggle connects again as soon as that can be done, and messages go then.`
    let isBack = false
    while (!this.#isClosed && !isBack) {
      await this.#deps.clock.wait(AGAIN_MS)
      isBack = await this.begin(left).then(
        () => true,
        () => false,
      )
    }
  }
}
