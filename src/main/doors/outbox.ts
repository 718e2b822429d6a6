import type { Socket } from 'node:net'
import { EVENT_METHOD, type WaggleEvent } from '../../contract/events'

/** The most bytes of events that wait for a client which does not read. */
export const MAX_EVENT_BACKLOG = 8 * 1024 * 1024
/** A client that has left so many bytes unread is asked for no more work until it reads. */
const MAX_UNREAD = 1024 * 1024

/** Told whether an answer is with the client's system, as a whole. */
export type AnswerEnd = (isSent: boolean) => void

interface Answer {
  readonly request: number
  readonly line: string
  readonly ended?: AnswerEnd
}

interface OutboxDeps {
  readonly socket: Socket
  /** The client has left more than {@link MAX_EVENT_BACKLOG} of events unread. */
  deaf(): void
  /** So many bytes wait for the client now. */
  unread(bytes: number): void
  /** The client has read: there is room again. */
  room(): void
}

/**
 * What is on its way to a client. Lines that become ready together leave in one write: answers first, in the order of
 * their requests, since a simple client takes the next line for the answer; then events.
 */
export class Outbox {
  readonly #deps: OutboxDeps
  #answers: Answer[] = []
  #answerChars = 0
  #events: string[] = []
  #eventBacklog = 0
  #scheduled = false
  #endAfter = false

  constructor(deps: OutboxDeps) {
    this.#deps = deps
    deps.socket.on('drain', () => {
      this.#tellUnread()
      deps.room()
    })
  }

  /** False while the client has so much to read that no more should be made for it. */
  get hasRoom(): boolean {
    return this.#deps.socket.writableLength + this.#answerChars <= MAX_UNREAD
  }

  /** A line without its end; `request` is its place among the client's requests, `ended` is told what became of it. */
  answer(request: number, line: string, ended?: AnswerEnd): void {
    this.#answers.push({ request, line: `${line}\n`, ...(ended && { ended }) })
    this.#answerChars += line.length
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
    const { socket, room } = this.#deps
    this.#scheduled = false
    const answers = this.#answers.toSorted((one, other) => one.request - other.request)
    const events = this.#events.join('')
    this.#answers = []
    this.#answerChars = 0
    this.#events = []
    if (!socket.writable) return answers.forEach(({ ended }) => ended?.(false))
    this.#writeAnswers(answers)
    if (events !== '') this.#writeEvents(Buffer.from(events))
    if (this.#endAfter) socket.end()
    this.#tellUnread()
    // Nothing is left to drain when all went out at once.
    if (!socket.writableNeedDrain) room()
  }

  /** Whoever wants to know gets a write of its own: where that fails, its line never went out as a whole. */
  #writeAnswers(answers: readonly Answer[]): void {
    const { socket } = this.#deps
    let together = ''
    for (const { line, ended } of answers) {
      together += line
      if (!ended) continue
      socket.write(together, (error) => ended(!error))
      together = ''
    }
    if (together !== '') socket.write(together)
  }

  #writeEvents(bytes: Buffer): void {
    const { socket, deaf } = this.#deps
    if (this.#eventBacklog + bytes.length > MAX_EVENT_BACKLOG) return deaf()
    this.#eventBacklog += bytes.length
    socket.write(bytes, () => {
      this.#eventBacklog -= bytes.length
    })
  }

  #tellUnread(): void {
    const { socket, unread } = this.#deps
    unread(socket.destroyed ? 0 : socket.writableLength)
  }
}
