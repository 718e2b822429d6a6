import type { Failure } from '../../../src/contract/failure'
import type { Screen } from '../../../src/main/looking/screen'
import type { Reader } from '../../../src/main/looking/standing'
import type { TerminalLook, TypedTerminal } from '../../../src/main/ways/terminal/typed-terminal'
import { dim, screenOf } from '../../looking/screens'

/** A terminal whose program does what the test says; time goes on only while something is waited for. */
export class FakeTerminal implements TypedTerminal {
  readonly acts: string[] = []
  time = 0
  lines: string[] = [`❯ ▮${dim('hint')}`]
  reader: Reader | undefined = { id: '7@1', name: 'agent', isStopped: false, kind: 'program' }
  occupied: TerminalLook['occupied']
  drawn = 0
  /** Why no key goes into it now. */
  refused: Failure | undefined
  alive = true
  /** What the program makes of a paste, of Enter, and of the time that goes by. */
  onPaste: (text: string) => void = (text) => this.show(text)
  onEnter: () => void = () => this.show('')
  onTime: () => void = () => undefined

  readonly #screens = new Map<string, Screen>()
  readonly clock = { now: () => this.time, monotonic: () => this.time }

  /** Draws the prompt with this in it. */
  show(text: string): void {
    this.draw(`❯ ${text.replaceAll('\n', '\r\n  ')}▮${text === '' ? dim('hint') : ''}`)
  }

  draw(...lines: string[]): void {
    this.lines = lines
    this.drawn += 1
  }

  async look(): Promise<TerminalLook> {
    const key = this.lines.join('\n')
    const screen = this.#screens.get(key) ?? (await screenOf(this.lines))
    this.#screens.set(key, screen)
    return {
      screen,
      reader: this.reader,
      drawn: this.drawn,
      ...(this.occupied && { occupied: this.occupied }),
    }
  }

  changed(ms: number): Promise<void> {
    this.time += Math.min(ms, 50)
    this.onTime()
    return Promise.resolve()
  }

  paste(text: string): Promise<Failure | undefined> {
    if (this.refused && !this.refused.left) return Promise.resolve(this.refused)
    this.acts.push(`paste ${text}`)
    this.onPaste(text)
    return Promise.resolve(this.refused)
  }

  enter(): Promise<Failure | undefined> {
    if (this.refused) return Promise.resolve(this.refused)
    this.acts.push('Enter')
    this.onEnter()
    return Promise.resolve(undefined)
  }

  isAlive(): boolean {
    return this.alive
  }

  startOf(): number {
    return -1000
  }
}
