import { OperationError } from '../../contract/failure'
import type { Log } from '../log'

/** Writes how deliveries end; what the disk refuses is kept and written before anything else is delivered. */
export class OutcomeWriter {
  readonly #log: Log
  #unwritten: (() => void) | undefined

  constructor(log: Log) {
    this.#log = log
  }

  /** False when it has to be tried again. */
  write(settle: () => void): boolean {
    try {
      settle()
      return true
    } catch (error) {
      this.#log.error(`How a delivery ended could not be written: ${String(error)}`)
      // An error of the rules would repeat itself for ever.
      if (error instanceof OperationError) return true
      this.#unwritten = settle
      return false
    }
  }

  /** Writes what is still unwritten; false when the disk refuses it again. */
  writeAgain(): boolean {
    const settle = this.#unwritten
    this.#unwritten = undefined
    return settle === undefined || this.write(settle)
  }
}
