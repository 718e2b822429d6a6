import { Worker } from 'node:worker_threads'
import { ClipboardUnread } from '../clipboard-unread'
import type { Desktop } from '../desktop'
import { WatchedOffer } from '../watched-offer'
import type { Call, Reply } from './worker-talk'

interface Waiting {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * The X server's desktop in a thread of its own, as the app must have it. Electron's main thread asks the X server, too,
 * and waits for each answer: for a clipboard of ours, which this very thread would have to give (it then stood still for
 * seconds), or while we hold other programs still (for ever). Nor do the answers to a paste wait for the database.
 * Rejects with a sentence when the display cannot be reached.
 */
export async function openDesktopInWorker(worker: URL | string, display: string): Promise<Desktop> {
  const thread = new Worker(worker, { workerData: display })
  const calls = new Calls(thread)
  await calls.ready
  // The answers are what the worker's own desktop gave: the same types, copied across.
  const asked = <K extends PlainMethod>(method: K) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    (async (...args: readonly unknown[]) => calls.ask(method, args)) as Desktop[K]
  const trouble = asked('trouble')
  return {
    trouble: async () => (calls.gone ? { code: 'desktop-unavailable', message: calls.gone } : trouble()),
    screens: asked('screens'),
    windows: asked('windows'),
    overlays: asked('overlays'),
    activeWindow: asked('activeWindow'),
    windowAt: asked('windowAt'),
    raise: asked('raise'),
    pointer: asked('pointer'),
    movePointer: asked('movePointer'),
    inputLook: asked('inputLook'),
    personIdleMs: asked('personIdleMs'),
    click: asked('click'),
    press: asked('press'),
    unsafeKeys: asked('unsafeKeys'),
    readText: asked('readText'),
    readHtml: asked('readHtml'),
    picture: asked('picture'),
    offerText: async (...offer) => calls.offer(offer),
    async keepClipboard() {
      const kept = await calls.keep()
      return async () => void (await calls.ask('restoreClipboard', [kept]))
    },
    close: () => void thread.terminate(),
  }
}

type PlainMethod = Exclude<keyof Desktop, 'offerText' | 'keepClipboard' | 'close'>

class Calls {
  /** Why the worker answers no more, once it does not. */
  gone: string | undefined
  readonly ready: Promise<void>
  readonly #thread: Worker
  readonly #waiting = new Map<number, Waiting>()
  readonly #offers = new Map<number, WatchedOffer>()
  #lastId = 0

  constructor(thread: Worker) {
    this.#thread = thread
    this.ready = new Promise((resolve, reject) => {
      thread.on('message', (reply: Reply) => {
        if ('ready' in reply) resolve()
        else if ('failed' in reply) reject(new Error(reply.failed))
        else this.#hear(reply)
      })
      thread.on('error', (error) => {
        this.#end(
          `The part of Waggle that uses the desktop has failed (${error.message}). Start Waggle again.`,
        )
        reject(error)
      })
    })
    thread.on('exit', () => this.#end('Waggle does not use the desktop any more. Start it again.'))
  }

  async ask(method: Call['method'], args: readonly unknown[]): Promise<unknown> {
    return this.#send(++this.#lastId, method, args)
  }

  /** Answers with the number under which the worker keeps it. */
  async keep(): Promise<number> {
    const id = ++this.#lastId
    await this.#send(id, 'keepClipboard', [])
    return id
  }

  async offer(args: Parameters<Desktop['offerText']>): Promise<WatchedOffer> {
    const id = ++this.#lastId
    const offer = new WatchedOffer()
    // Only the last offer can still change.
    this.#offers.clear()
    this.#offers.set(id, offer)
    await this.#send(id, 'offerText', args)
    return offer
  }

  async #send(id: number, method: Call['method'], args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.gone !== undefined) return reject(new Error(this.gone))
      this.#waiting.set(id, { resolve, reject })
      this.#thread.postMessage({ id, method, args } satisfies Call)
    })
  }

  #hear(reply: Exclude<Reply, { ready: true } | { failed: string }>): void {
    if ('offer' in reply) {
      this.#offers.get(reply.offer)?.update(reply.state)
      return
    }
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if ('error' in reply) waiting?.reject(thrown(reply))
    else waiting?.resolve(reply.result)
  }

  #end(why: string): void {
    this.gone ??= why
    for (const { reject } of this.#waiting.values()) reject(new Error(this.gone))
    this.#waiting.clear()
  }
}

/** Whoever asked tells this one from the others; classes are lost between threads. */
function thrown({ error, name }: { readonly error: string; readonly name?: string }): Error {
  return name === 'ClipboardUnread' ? new ClipboardUnread(error) : new Error(error)
}
