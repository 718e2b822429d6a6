import type { Failure } from '../../../contract/failure'
import type { Reader } from '../../looking/standing'
import type { Screen } from '../../looking/screen'

/** A terminal in which an agent runs, and how one types into it: our own pseudo-terminal or a pane of tmux. */
export interface TypedTerminal {
  /** Looks, changes nothing. Rejects when the terminal is gone, with {@link NotSeen} where it is known why. */
  look(): Promise<TerminalLook>
  /** Resolves at the terminal's next change, or after `ms`. */
  changed(ms: number): Promise<void>
  /** Writes the text as one paste. A failure says why it did not; with `left`, it may have come there all the same. */
  paste(text: string): Promise<Failure | undefined>
  /** False once the program that a reader's id names has ended. */
  isAlive(readerId: string): boolean
  /** When that program was started, in ms since 1970; undefined once it has ended. */
  startOf(readerId: string): number | undefined
  /** Presses Enter. A failure says why it was not pressed. */
  enter(): Promise<Failure | undefined>
}

/** It cannot be looked at, or it cannot be told what is seen; `failure` says what to do. */
export class NotSeen extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message)
  }
}

export interface TerminalLook {
  readonly screen: Screen
  readonly reader: Reader | undefined
  /** Differs from that of the look before when the program has drawn something since. */
  readonly drawn: string | number
  /** Why the terminal takes no typing now: a person types there, or it is scrolled back. */
  readonly occupied?: 'person' | 'copy mode'
}
