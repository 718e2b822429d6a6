import { appendFileSync, writeFileSync } from 'node:fs'

/** Numbers what was submitted, in the order it came, and appends it to a file, one JSON object a line. */
export class SubmissionLog {
  #path
  #told
  #count = 0

  /**
   * @param {string} path
   * @param {(entry: import('./types').Entry & {n: number}) => void} told
   */
  constructor(path, told) {
    this.#path = path
    this.#told = told
    writeFileSync(path, '')
  }

  /** @param {import('./types').Entry} entry */
  append(entry) {
    const numbered = { ...entry, n: (this.#count += 1) }
    appendFileSync(this.#path, `${JSON.stringify(numbered)}\n`)
    this.#told(numbered)
  }
}
