import { MAX_LINE_BYTES } from '../../contract/endpoint'

const LF = 0x0a

export interface LinesListener {
  /** A whole line in UTF-8, its end taken off; undefined when its bytes are not UTF-8. */
  line(text: string | undefined): void
  /** The line under way is over the limit; nothing more is read from here. */
  tooLong(): void
}

/** What a line begins with; most are shorter. */
const FIRST_BYTES = 4096

/** Cuts a stream of bytes into lines and never holds more than one line of the limit's length. */
export class Lines {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true })
  /** The line under way: copied into one place, since a byte at a time would else cost a hundred. */
  private held = Buffer.alloc(0)
  private length = 0
  private closed = false

  constructor(private readonly listener: LinesListener) {}

  /** How much memory the line under way takes. */
  get heldBytes(): number {
    return this.length === 0 ? 0 : this.held.length
  }

  push(chunk: Buffer): void {
    let start = 0
    while (!this.closed) {
      const end = chunk.indexOf(LF, start)
      if (end < 0) break
      if (this.length + end + 1 - start > MAX_LINE_BYTES) return this.giveUp()
      this.emit(chunk.subarray(start, end))
      start = end + 1
    }
    if (!this.closed) this.hold(chunk.subarray(start))
  }

  /** The input is over: what is left is a line, too, as `printf '…' | nc` sends it. */
  end(): void {
    if (!this.closed && this.length > 0) this.emit(Buffer.alloc(0))
    this.close()
  }

  /** Nothing more is read, and what was held is forgotten. */
  close(): void {
    this.held = Buffer.alloc(0)
    this.length = 0
    this.closed = true
  }

  private hold(rest: Buffer): void {
    if (rest.length === 0) return
    // Without its LF the line is at the limit already.
    if (this.length + rest.length >= MAX_LINE_BYTES) return this.giveUp()
    this.append(rest)
  }

  private append(bytes: Buffer): void {
    const needed = this.length + bytes.length
    if (needed > this.held.length) {
      const grown = Buffer.allocUnsafeSlow(
        Math.min(MAX_LINE_BYTES, Math.max(FIRST_BYTES, needed, 2 * this.held.length)),
      )
      this.held.copy(grown, 0, 0, this.length)
      this.held = grown
    }
    bytes.copy(this.held, this.length)
    this.length = needed
  }

  private emit(rest: Buffer): void {
    const isWhole = this.length === 0
    if (!isWhole) this.append(rest)
    const text = this.decode(isWhole ? rest : this.held.subarray(0, this.length))
    this.length = 0
    // A long line is rare; its room is not kept for the next.
    if (this.held.length > FIRST_BYTES) this.held = Buffer.alloc(0)
    this.listener.line(text)
  }

  private decode(bytes: Buffer): string | undefined {
    try {
      return this.decoder.decode(bytes).replace(/\r$/, '')
    } catch {
      return undefined
    }
  }

  private giveUp(): void {
    this.close()
    this.listener.tooLong()
  }
}
