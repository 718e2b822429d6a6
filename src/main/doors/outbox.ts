import type { Socket } from 'node:net'
import { EVENT_METHOD, type WaggleEvent } from '../../contract/events'
import type { Answer } from './json-rpc'

/** The most bytes of events that wait for a client which does not read. */
export const MAX_EVENT_BACKLOG = 8 * 1024 * 1024

/**
 * What is on its way to a client. Lines that become ready together leave in one write: answers first, in the order of
 * their requests, since a simple client takes the next line for the answer; then events.
 */
export class Outbox {
  readonly #socket: Socket
  readonly #deaf: () => void
  #answers: { readonly request: number; readonly line: string }[] = []
  #events: string[] = []
  #eventBacklog = 0
  #scheduled = false
  #endAfter = false

  /** Calls `deaf` once the client has left more than {@link MAX_EVENT_BACKLOG} of events unread. */
  constructor(socket: Socket, deaf: () => void) {
    this.#socket = socket
    this.#deaf = deaf
    socket.on('drain', () => socket.resume())
  }

  /** `request` is its place among the client's requests. */
  answer(request: number, answer: Answer): void {
    this.#answers.push({ request, line: `${JSON.stringify(answer)}\n` })
    this.#schedule()
  }

  event(event: WaggleEvent): void {
    this.#events.push(`${JSON.stringify({ jsonrpc: '2.0', method: EVENT_METHOD, params: event })}\n`)
    this.#schedule()
  }

  /** Ends our side once everything is written. */
  end(): void {
    this.#endAfter = true
    this.#schedule()
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => this.#flush())
  }

  #flush(): void {
    this.#scheduled = false
    const answers = this.#answers.toSorted((one, other) => one.request - other.request)
    const events = this.#events.join('')
    this.#answers = []
    this.#events = []
    if (!this.#socket.writable) return
    // A client that does not read its answers is asked for no more requests until it does.
    if (answers.length > 0 && !this.#socket.write(answers.map(({ line }) => line).join('')))
      this.#socket.pause()
    if (events !== '') this.#writeEvents(Buffer.from(events))
    if (this.#endAfter) this.#socket.end()
  }

  #writeEvents(bytes: Buffer): void {
    if (this.#eventBacklog + bytes.length > MAX_EVENT_BACKLOG) return this.#deaf()
    this.#eventBacklog += bytes.length
    this.#socket.write(bytes, () => {
      this.#eventBacklog -= bytes.length
    })
  }
}
