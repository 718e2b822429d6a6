import type { Socket } from 'node:net'
import { MAX_LINE_BYTES } from '../../contract/endpoint'
import { EVENT_METHOD, type WaggleEvent } from '../../contract/events'
import type { Log } from '../log'
import type { Caller } from './handlers'
import { refusal, type Answer, type AnswerLine } from './json-rpc'
import { Lines } from './lines'

/** The most bytes of events that wait for a client which does not read. */
export const MAX_EVENT_BACKLOG = 8 * 1024 * 1024

/** How much of a line over the limit is thrown away before the connection is cut. */
const MAX_DISCARD = 16 * MAX_LINE_BYTES

export interface ConnectionDeps {
  readonly answer: AnswerLine
  readonly defaultSender: string
  readonly log: Log
}

/** Serves one client until it goes: answers its lines, sends it events, and reads no faster than the client does. */
export class PipeConnection {
  private readonly closed = new AbortController()
  private readonly caller: Caller
  private readonly lines: Lines
  private outstanding = 0
  private eventBacklog = 0
  private discarded = 0
  private follows = false
  private inputOver = false
  private tooLong = false

  constructor(
    private readonly socket: Socket,
    private readonly deps: ConnectionDeps,
  ) {
    this.caller = {
      defaultSender: deps.defaultSender,
      signal: this.closed.signal,
      notify: (event) => this.notify(event),
    }
    this.lines = new Lines({
      line: (text) => void this.serve(text),
      tooLong: () => this.refuseLongLine(),
    })
    socket.on('data', (chunk) => this.read(chunk))
    socket.on('end', () => this.readEnd())
    socket.on('drain', () => socket.resume())
    socket.on('close', () => this.closed.abort(new Error('the client is gone')))
    // A client that vanished is no news; 'close' follows and tells everyone who waits for it.
    socket.on('error', (error) => deps.log.debug(`a connection ended: ${error.message}`))
  }

  private read(chunk: Buffer): void {
    if (!this.tooLong) return this.lines.push(chunk)
    // Read on for a while: cut off at once, a client still writing would get a broken pipe instead of the reason.
    this.discarded += chunk.length
    if (this.discarded > MAX_DISCARD) this.socket.destroy()
  }

  private readEnd(): void {
    this.lines.end()
    this.inputOver = true
    this.endWhenDone()
  }

  private async serve(text: string | undefined): Promise<void> {
    this.outstanding += 1
    const answer = await this.deps.answer(text, this.caller)
    this.outstanding -= 1
    if (answer) this.send(answer)
    this.endWhenDone()
  }

  private refuseLongLine(): void {
    this.tooLong = true
    this.inputOver = true
    this.follows = false
    this.send(
      refusal(
        'tooLarge',
        `A line takes at most ${MAX_LINE_BYTES} bytes, its end included. The connection ends here.`,
      ),
    )
    this.endWhenDone()
  }

  private send(answer: Answer): void {
    if (!this.socket.writable) return
    // A client that does not read its answers is not asked for more requests.
    if (!this.socket.write(`${JSON.stringify(answer)}\n`)) this.socket.pause()
  }

  private notify(event: WaggleEvent): void {
    this.follows = true
    // Not before the answer to the request that caused it: a simple client takes the first line for that.
    setImmediate(() => this.sendEvent(event))
  }

  private sendEvent(event: WaggleEvent): void {
    if (!this.socket.writable) return
    const line = Buffer.from(`${JSON.stringify({ jsonrpc: '2.0', method: EVENT_METHOD, params: event })}\n`)
    if (this.eventBacklog + line.length > MAX_EVENT_BACKLOG) {
      this.deps.log.warn('disconnected a client that subscribed to events and does not read them')
      this.socket.destroy()
      return
    }
    this.eventBacklog += line.length
    this.socket.write(line, () => {
      this.eventBacklog -= line.length
    })
  }

  /** A client may end its side after its last request: it gets the answers, and events for as long as it takes them. */
  private endWhenDone(): void {
    if (this.inputOver && this.outstanding === 0 && !this.follows) this.socket.end()
  }
}
