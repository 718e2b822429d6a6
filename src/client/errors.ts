/** An operation that Waggle refused: its number (docs/protocol.md lists them), its sentence, and data for a remedy. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly data?: Readonly<Record<string, unknown>>,
  ) {
    super(message)
    this.name = 'Refusal'
  }
}

/** There is no Waggle to ask, or it went away before it answered; the sentence says why, and how to start it. */
export class NotRunning extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'NotRunning'
  }
}
