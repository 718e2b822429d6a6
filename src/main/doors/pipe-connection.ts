import type { JSONRPCRequest, JSONRPCResponse } from 'json-rpc-2.0'
import type { Socket } from 'node:net'
import { MAX_LINE_BYTES } from '../../contract/endpoint'
import type { Log } from '../log'
import { Batch } from './batch'
import type { ByteBudget } from './byte-budget'
import type { Caller } from './handlers'
import { refusal, type JsonRpc } from './json-rpc'
import { Lines } from './lines'
import { Outbox, type AnswerEnd } from './outbox'
import type { Guest, Rounds } from './rounds'
import { mostAtOnce, weightOf, type Weight } from './weight'

/** How much of a line over the limit is thrown away before the connection is cut. */
const MAX_DISCARD = 16 * MAX_LINE_BYTES
/** With so many lines waiting, no more are read. */
const MAX_LINES_AHEAD = 64

export interface ConnectionDeps {
  readonly rpc: JsonRpc
  readonly rounds: Rounds
  /** Lines under way, and answers and events that are not read, of all clients. */
  readonly halfLines: ByteBudget
  readonly unread: ByteBudget
  readonly defaultSender: string
  readonly log: Log
  /** Milliseconds by a clock that nobody sets. */
  monotonic(): number
}

/** A line that waits for its turn, or a refusal in its place. */
type Entry = { readonly text: string | undefined } | { readonly refused: JSONRPCResponse }

interface Job {
  readonly request: JSONRPCRequest
  answered(answer: JSONRPCResponse | undefined, ended: AnswerEnd | undefined): void
  /** Set when it need not be served any more. */
  skip?(): boolean
}

/**
 * Serves one client until it goes: answers its requests, each in its turn among those of all clients, sends it events,
 * and begins nothing while what was answered before is not read.
 */
export class PipeConnection implements Guest {
  readonly #socket: Socket
  readonly #deps: ConnectionDeps
  readonly #caller: Caller
  readonly #lines: Lines
  readonly #outbox: Outbox
  readonly #entries: Entry[] = []
  #jobs: Job[] = []
  readonly #running: Record<Weight, number> = { light: 0, heavy: 0, waiting: 0 }
  #requests = 0
  #discarded = 0
  #follows = false
  #inputOver = false
  #cutShort = false
  #lastLine: number

  constructor(socket: Socket, deps: ConnectionDeps) {
    const closed = new AbortController()
    this.#socket = socket
    this.#deps = deps
    this.#lastLine = deps.monotonic()
    this.#caller = {
      defaultSender: deps.defaultSender,
      signal: closed.signal,
      notify: (event) => this.#notify(event),
    }
    this.#lines = new Lines({
      line: (text) => this.#enter({ text }),
      tooLong: () => this.#refuseRest('tooLarge', TOO_LONG),
    })
    this.#outbox = this.#openOutbox()
    socket.on('data', (chunk) => this.#read(chunk))
    socket.on('end', () => this.#readEnd())
    socket.on('close', () => {
      closed.abort(new Error('the client is gone'))
      this.#forget()
    })
    // A client that vanished is no news; 'close' follows and tells everyone who waits for it.
    socket.on('error', (error) => deps.log.debug(`a connection ended: ${error.message}`))
  }

  /** Since when nothing was asked and nothing is owed; undefined while something is. */
  get silentSince(): number | undefined {
    return this.#isBusy() || this.#follows ? undefined : this.#lastLine
  }

  /** Ends the connection once it is written what is answered in this turn of the event loop. */
  close(): void {
    this.#socket.once('finish', () => this.#socket.destroy())
    this.#outbox.end()
  }

  /** Tells the client why, and ends the connection. */
  refuse(sentence: string): void {
    this.#refuseRest('refused', sentence)
  }

  step(): boolean {
    if (this.#socket.destroyed || !this.#outbox.hasRoom) return false
    if (this.#jobs.length === 0) this.#takeLine()
    const [job] = this.#jobs
    if (!job) return this.#entries.length > 0
    const weight = weightOf(job.request.method)
    if (this.#running[weight] >= mostAtOnce[weight]) return false
    this.#jobs.shift()
    void this.#serve(job, weight)
    return true
  }

  async #serve({ request, answered, skip }: Job, weight: Weight): Promise<void> {
    this.#running[weight] += 1
    const whoCares: AnswerEnd[] = []
    const caller = { ...this.#caller, afterAnswer: (ended: AnswerEnd) => void whoCares.push(ended) }
    const answer = skip?.() === true ? undefined : await this.#deps.rpc.serve(request, caller)
    const ended = (isSent: boolean) => whoCares.forEach((tell) => tell(isSent))
    this.#running[weight] -= 1
    if (this.#socket.destroyed) return ended(false)
    // Answers that nobody asks after go out together, which is quicker.
    answered(answer, whoCares.length > 0 ? ended : undefined)
    this.#deps.rounds.call(this)
    this.#endWhenDone()
  }

  #takeLine(): void {
    const entry = this.#entries.shift()
    if (!entry) return
    if (this.#entries.length < MAX_LINES_AHEAD) this.#socket.resume()
    const place = this.#requests++
    const reading = 'text' in entry ? this.#deps.rpc.read(entry.text) : entry
    if ('refused' in reading) {
      this.#outbox.answer(place, JSON.stringify(reading.refused))
      this.#endWhenDone()
    } else if (reading.isBatch) {
      const batch = new Batch(reading.requests.length, (line, ended) =>
        this.#outbox.answer(place, line, ended),
      )
      this.#jobs = reading.requests.map((request) => batch.job(request))
    } else {
      const answered = (answer: JSONRPCResponse | undefined, ended: AnswerEnd | undefined) => {
        if (answer) this.#outbox.answer(place, JSON.stringify(answer), ended)
        else ended?.(false)
      }
      this.#jobs = reading.requests.map((request) => ({ request, answered }))
    }
  }

  #openOutbox(): Outbox {
    const { unread, rounds, log } = this.#deps
    const deaf = () => {
      log.warn('disconnected a client that does not read what it asked for')
      this.#socket.destroy()
    }
    const holder = { letGo: deaf }
    return new Outbox({
      socket: this.#socket,
      deaf,
      unread: (bytes) => unread.set(holder, bytes),
      room: () => rounds.call(this),
    })
  }

  #read(chunk: Buffer): void {
    if (!this.#cutShort) {
      this.#lines.push(chunk)
      this.#deps.halfLines.set(this, this.#lines.heldBytes)
      return
    }
    // Read on for a while: cut off at once, a client still writing would get a broken pipe instead of the reason.
    this.#discarded += chunk.length
    if (this.#discarded > MAX_DISCARD) this.#socket.destroy()
  }

  #enter(entry: Entry): void {
    this.#lastLine = this.#deps.monotonic()
    this.#entries.push(entry)
    if (this.#entries.length >= MAX_LINES_AHEAD) this.#socket.pause()
    this.#deps.rounds.call(this)
  }

  #readEnd(): void {
    this.#lines.end()
    this.#inputOver = true
    this.#endWhenDone()
  }

  /** Its unfinished line is more than there is room for: others began theirs later. */
  letGo(): void {
    this.#refuseRest('refused', TOO_MANY_HALF_LINES)
  }

  #refuseRest(name: 'tooLarge' | 'refused', sentence: string): void {
    if (this.#cutShort) return
    this.#cutShort = true
    this.#inputOver = true
    this.#follows = false
    this.#lines.close()
    this.#deps.halfLines.set(this, 0)
    this.#enter({ refused: refusal(name, sentence) })
    this.#socket.resume()
  }

  #notify(event: Parameters<Caller['notify']>[0]): void {
    // Answers to what it asks come of themselves; it may end its side all the same.
    if (event.type !== 'answer') this.#follows = !this.#cutShort
    this.#outbox.event(event)
  }

  #isBusy(): boolean {
    const { light, heavy, waiting } = this.#running
    return light + heavy + waiting + this.#entries.length + this.#jobs.length > 0
  }

  /** A client may end its side after its last request: it gets the answers, and events for as long as it takes them. */
  #endWhenDone(): void {
    if (this.#inputOver && !this.#isBusy() && !this.#follows) this.#outbox.end()
  }

  /** Nobody is left to work for. */
  #forget(): void {
    this.#entries.length = 0
    this.#jobs = []
    this.#lines.close()
    this.#deps.halfLines.set(this, 0)
    this.#deps.rounds.leave(this)
  }
}

const TOO_LONG = `A line takes at most ${MAX_LINE_BYTES} bytes, its end included. The connection ends here.`

const TOO_MANY_HALF_LINES =
  'Too many clients have begun lines and not ended them, this one the longest ago. The connection ends here; try again later.'
