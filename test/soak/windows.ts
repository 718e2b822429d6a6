import { questionsAnswered, realInputs } from '../harness/hostile'
import { startInputs, type Inputs } from '../harness/inputs'

interface Submitted {
  readonly agent: string
  readonly text: string
}

const options = { windows: realInputs, accessibility: true }

/** The editors' windows, which now and then end by themselves when Waggle is killed while they ask it for the clipboard. */
export class Windows {
  inputs: Inputs
  renewals = 0
  readonly #past: Submitted[] = []
  #answers = 0

  private constructor(inputs: Inputs) {
    this.inputs = inputs
  }

  static async open(): Promise<Windows> {
    return new Windows(await startInputs(options))
  }

  /** What all of them have submitted. */
  submissions(): readonly Submitted[] {
    return [...this.#past, ...this.inputs.submissions()]
  }

  /** How many of their dialogs were answered that had been there to be seen. */
  get answers(): number {
    return this.#answers + questionsAnswered(this.inputs).length
  }

  /** As a person does whose program has crashed: starts it again. What stood in its inputs is gone. */
  async renew(): Promise<void> {
    this.renewals += 1
    this.#past.push(...this.inputs.submissions())
    this.#answers += questionsAnswered(this.inputs).length
    await this.inputs.stop()
    this.inputs = await startInputs(options)
  }

  async stop(): Promise<void> {
    await this.inputs.stop()
  }
}

/** Whether this went wrong because the windows' program has ended. */
export function haveEnded(error: unknown): boolean {
  return String(error).includes('windows ended')
}
