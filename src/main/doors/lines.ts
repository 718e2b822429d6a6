import { MAX_LINE_BYTES } from '../../contract/endpoint'

const LF = 0x0a

export interface LinesListener {
  /** A whole line in UTF-8, its end taken off; undefined when its bytes are not UTF-8. */
  line(text: string | undefined): void
  /** The line under way is over the limit; nothing more is read from here. */
  tooLong(): void
}

/** Cuts a stream of bytes into lines and never holds more than one line of the limit's length. */
export class Lines {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true })
  private held: Buffer[] = []
  private heldBytes = 0
  private closed = false

  constructor(private readonly listener: LinesListener) {}

  push(chunk: Buffer): void {
    let start = 0
    while (!this.closed) {
      const end = chunk.indexOf(LF, start)
      if (end < 0) break
      if (this.heldBytes + end + 1 - start > MAX_LINE_BYTES) return this.giveUp()
      this.held.push(chunk.subarray(start, end))
      this.emit()
      start = end + 1
    }
    if (!this.closed) this.hold(chunk.subarray(start))
  }

  /** The input is over: what is left is a line, too, as `printf '…' | nc` sends it. */
  end(): void {
    if (!this.closed && this.heldBytes > 0) this.emit()
    this.closed = true
  }

  private hold(rest: Buffer): void {
    if (rest.length === 0) return
    // Without its LF the line is at the limit already.
    if (this.heldBytes + rest.length >= MAX_LINE_BYTES) return this.giveUp()
    this.held.push(rest)
    this.heldBytes += rest.length
  }

  private emit(): void {
    const bytes = Buffer.concat(this.held)
    this.held = []
    this.heldBytes = 0
    this.listener.line(this.decode(bytes))
  }

  private decode(bytes: Buffer): string | undefined {
    try {
      return this.decoder.decode(bytes).replace(/\r$/, '')
    } catch {
      return undefined
    }
  }

  private giveUp(): void {
    this.held = []
    this.heldBytes = 0
    this.closed = true
    this.listener.tooLong()
  }
}
