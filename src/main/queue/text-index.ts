import type { Clock } from '../clock'
import { prepare, type Database } from './schema'

/** How long after a message is stored its text is indexed, and how many at once, so that nothing waits for long. */
const DELAY_MS = 250
const AT_ONCE = 500

/**
 * Keeps the full-text index behind the messages. Indexing takes a third of the time of a durable acknowledgement, which
 * nobody should wait for; who searches gets what is missing indexed first, so a search still sees everything.
 */
export class TextIndex {
  readonly #database: Database
  readonly #clock: Pick<Clock, 'setTimer'>
  #cancelTimer: (() => void) | undefined

  constructor(database: Database, clock: Pick<Clock, 'setTimer'>) {
    this.#database = database
    this.#clock = clock
  }

  /** To be told when messages were stored. */
  stored(): void {
    this.#cancelTimer ??= this.#clock.setTimer(DELAY_MS, () => {
      this.#cancelTimer = undefined
      // A disk that takes nothing now may later; whoever searches before that hears of it.
      if (this.#database.isOpen && this.#tryToIndexSome()) this.stored()
    })
  }

  /** Indexes all that is not yet. */
  catchUp(): void {
    while (this.#indexSome());
  }

  close(): void {
    this.#cancelTimer?.()
  }

  #tryToIndexSome(): boolean {
    try {
      return this.#indexSome()
    } catch {
      return false
    }
  }

  /** False when nothing was left to do. */
  #indexSome(): boolean {
    const upto = this.#number('SELECT upto AS value FROM indexed')
    const last = this.#number(
      `SELECT max(seq) AS value FROM (SELECT seq FROM messages WHERE seq > ${upto} ORDER BY seq LIMIT ${AT_ONCE})`,
    )
    if (last === 0) return false
    try {
      this.#database.exec(`BEGIN IMMEDIATE;
        INSERT INTO messages_text (rowid, text) SELECT seq, text FROM messages WHERE seq > ${upto} AND seq <= ${last};
        UPDATE indexed SET upto = ${last};
        COMMIT;`)
    } catch (error) {
      // Left open, it would refuse every write that follows.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
    return true
  }

  /** The number in the column `value` of the one row; 0 for none. */
  #number(sql: string): number {
    return prepare<{ value: number | null }>(this.#database, sql).get()?.value ?? 0
  }
}
