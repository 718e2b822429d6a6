import type { Worker } from 'node:worker_threads'
import { ClipboardUnread } from './clipboard-unread'
import type { Desktop } from './desktop'
import { DesktopUnavailable } from './desktop-unavailable'
import { WatchedOffer } from './watched-offer'
import type { Call, End, Reply } from './worker-talk'

interface Waiting {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

/** What one worker is asked, for as long as it lives; then every question rejects with {@link DesktopUnavailable}. */
export class WorkerCalls {
  /** Rejects with a sentence when the desktop cannot be reached. */
  readonly ready: Promise<void>
  /** Resolves when the worker has ended, whatever by. */
  readonly ended: Promise<End>
  readonly #thread: Worker
  readonly #wake: ((window: number) => void) | undefined
  /** Its window, to wake it by. */
  #window = 0
  readonly #waiting = new Map<number, Waiting>()
  readonly #offers = new Map<number, WatchedOffer>()
  #gone: string | undefined
  #lastId = 0

  constructor(thread: Worker, wake?: (window: number) => void) {
    this.#thread = thread
    this.#wake = wake
    this.ended = new Promise((resolve) => {
      const end = (why: End): void => {
        this.#end(why.lost)
        resolve(why)
        this.close()
      }
      thread.on('message', (reply: Reply) => {
        if ('failed' in reply) end({ lost: reply.failed, left: [] })
        else if ('lost' in reply) end(reply)
        else if (!('ready' in reply)) this.#hear(reply)
      })
      thread.on('error', ({ message }) =>
        end({ lost: `A part of Waggle has failed (${message}).`, left: [] }),
      )
      thread.on('exit', () => end({ lost: 'A part of Waggle has ended.', left: [] }))
    })
    this.ready = new Promise((resolve, reject) => {
      thread.on('message', (reply: Reply) => {
        if (!('ready' in reply)) return
        this.#window = reply.window ?? 0
        resolve()
      })
      void this.ended.then(({ lost }) => reject(new Error(lost)))
    })
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

  close(): void {
    // One that owns windows takes them away itself: the system would ask them on while nobody can answer any more.
    if (this.#wake) this.#post({ id: 0, method: 'close', args: [] })
    else void this.#thread.terminate()
  }

  #post(call: Call): void {
    this.#thread.postMessage(call)
    this.#wake?.(this.#window)
  }

  async #send(id: number, method: Call['method'], args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#gone !== undefined) return reject(new DesktopUnavailable(this.#gone))
      this.#waiting.set(id, { resolve, reject })
      this.#post({ id, method, args })
    })
  }

  #hear(reply: Exclude<Reply, { readonly ready: true } | { readonly failed: string } | End>): void {
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
    this.#gone ??= why
    for (const { reject } of this.#waiting.values()) reject(new DesktopUnavailable(this.#gone))
    this.#waiting.clear()
  }
}

/** Whoever asked tells this one from the others; classes are lost between threads. */
function thrown({ error, name }: { readonly error: string; readonly name?: string }): Error {
  return name === 'ClipboardUnread' ? new ClipboardUnread(error) : new Error(error)
}
