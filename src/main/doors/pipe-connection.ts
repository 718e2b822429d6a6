import type { Socket } from 'node:net'
import { MAX_LINE_BYTES } from '../../contract/endpoint'
import type { Log } from '../log'
import type { Caller } from './handlers'
import { refusal, type AnswerLine } from './json-rpc'
import { Lines } from './lines'
import { Outbox } from './outbox'

/** How much of a line over the limit is thrown away before the connection is cut. */
const MAX_DISCARD = 16 * MAX_LINE_BYTES

export interface ConnectionDeps {
  readonly answer: AnswerLine
  readonly defaultSender: string
  readonly log: Log
}

/** Serves one client until it goes: answers its lines, sends it events, and reads no faster than the client does. */
export class PipeConnection {
  readonly #socket: Socket
  readonly #answer: AnswerLine
  readonly #caller: Caller
  readonly #lines: Lines
  readonly #outbox: Outbox
  #requests = 0
  #outstanding = 0
  #discarded = 0
  #follows = false
  #inputOver = false
  #tooLong = false

  constructor(socket: Socket, { answer, defaultSender, log }: ConnectionDeps) {
    const closed = new AbortController()
    this.#socket = socket
    this.#answer = answer
    this.#caller = { defaultSender, signal: closed.signal, notify: (event) => this.#notify(event) }
    this.#lines = new Lines({
      line: (text) => void this.#serve(text),
      tooLong: () => this.#refuseLongLine(),
    })
    this.#outbox = new Outbox(socket, () => {
      log.warn('disconnected a client that subscribed to events and does not read them')
      socket.destroy()
    })
    socket.on('data', (chunk) => this.#read(chunk))
    socket.on('end', () => this.#readEnd())
    socket.on('close', () => closed.abort(new Error('the client is gone')))
    // A client that vanished is no news; 'close' follows and tells everyone who waits for it.
    socket.on('error', (error) => log.debug(`a connection ended: ${error.message}`))
  }

  /** Ends the connection once it is written what is answered in this turn of the event loop. */
  close(): void {
    this.#socket.once('finish', () => this.#socket.destroy())
    this.#outbox.end()
  }

  #read(chunk: Buffer): void {
    if (!this.#tooLong) return this.#lines.push(chunk)
    // Read on for a while: cut off at once, a client still writing would get a broken pipe instead of the reason.
    this.#discarded += chunk.length
    if (this.#discarded > MAX_DISCARD) this.#socket.destroy()
  }

  #readEnd(): void {
    this.#lines.end()
    this.#inputOver = true
    this.#endWhenDone()
  }

  async #serve(text: string | undefined): Promise<void> {
    const request = this.#requests++
    this.#outstanding += 1
    const answer = await this.#answer(text, this.#caller)
    this.#outstanding -= 1
    if (answer) this.#outbox.answer(request, answer)
    this.#endWhenDone()
  }

  #refuseLongLine(): void {
    this.#tooLong = true
    this.#inputOver = true
    this.#follows = false
    const sentence = `A line takes at most ${MAX_LINE_BYTES} bytes, its end included. The connection ends here.`
    this.#outbox.answer(this.#requests++, refusal('tooLarge', sentence))
    this.#endWhenDone()
  }

  #notify(event: Parameters<Caller['notify']>[0]): void {
    this.#follows = !this.#tooLong
    this.#outbox.event(event)
  }

  /** A client may end its side after its last request: it gets the answers, and events for as long as it takes them. */
  #endWhenDone(): void {
    if (this.#inputOver && this.#outstanding === 0 && !this.#follows) this.#outbox.end()
  }
}
