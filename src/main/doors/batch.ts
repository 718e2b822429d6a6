import { createJSONRPCErrorResponse, type JSONRPCRequest, type JSONRPCResponse } from 'json-rpc-2.0'
import { errorCodes } from '../../contract/errors'
import type { AnswerEnd } from './outbox'

/** So many characters of answers fit one line; what is asked beyond that has to be asked by itself. */
const MAX_CHARS = 16 * 1024 * 1024

/** The answers to one batch: its requests are served singly, each in its turn, and answered together. */
export class Batch {
  readonly #done: (line: string, ended: AnswerEnd) => void
  readonly #ends: AnswerEnd[] = []
  readonly #answers: string[] = []
  #left: number
  #chars = 0

  /** `done` gets the line when all are answered, unless none wanted an answer. */
  constructor(count: number, done: (line: string, ended: AnswerEnd) => void) {
    this.#left = count
    this.#done = done
  }

  job(request: JSONRPCRequest) {
    let isSkipped = false
    return {
      request,
      skip: () => (isSkipped = this.#chars > MAX_CHARS),
      answered: (answer: JSONRPCResponse | undefined, ended: AnswerEnd | undefined) => {
        if (answer && ended) this.#ends.push(ended)
        else ended?.(false)
        this.#add(isSkipped ? tooMuch(request) : answer)
      },
    }
  }

  #add(answer: JSONRPCResponse | undefined): void {
    if (answer) {
      const text = JSON.stringify(answer)
      this.#answers.push(text)
      this.#chars += text.length
    }
    this.#left -= 1
    if (this.#left === 0 && this.#answers.length > 0) {
      this.#done(`[${this.#answers.join(',')}]`, (isSent) => this.#ends.forEach((tell) => tell(isSent)))
    }
  }
}

function tooMuch({ id }: JSONRPCRequest): JSONRPCResponse | undefined {
  if (id === undefined) return undefined
  const sentence = 'The answers to this batch are more than one line can hold. Ask for the rest singly.'
  return createJSONRPCErrorResponse(id, errorCodes.tooLarge, sentence)
}
