import { appendFileSync, writeFileSync } from 'node:fs'

/** Numbers what was submitted, in the order it came, and appends it to a file, one JSON object a line. */
export class SubmissionLog {
  #path
  #told
  #count = 0

  constructor(path, told) {
    this.#path = path
    this.#told = told
    writeFileSync(path, '')
  }

  append(entry) {
    const numbered = { ...entry, n: (this.#count += 1) }
    appendFileSync(this.#path, `${JSON.stringify(numbered)}\n`)
    this.#told(numbered)
  }
}
