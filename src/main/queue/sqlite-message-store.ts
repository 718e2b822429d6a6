import type { Message, MessageDetail, MessageState, Priority, Timings } from '../../contract/message'
import type { Stats, StatsHistory } from '../../contract/stats'
import type { Clock } from '../clock'
import { createGroupCommit, type GroupCommit, type Settled } from './group-commit'
import { listMessages, pickRows } from './listing'
import {
  KEY_LIFETIME_MS,
  type Begun,
  type HistoryRange,
  type Inserted,
  type MessageFilter,
  type MessagePage,
  type MessageStore,
  type NewMessage,
  type Outcome,
  type Waiting,
} from './message-store'
import { createIds } from './ids'
import type { Exchanges } from './exchanges'
import type { Pastes } from './pastes'
import { brokenOff } from './recovery'
import { changed, endColumns, iso, newlyQueued, toAttempt, toMessage, type MessageRow } from './rows'
import { openDatabase, transact, type Database } from './schema'
import { createSqliteExchanges } from './sqlite-exchanges'
import { createSqlitePastes } from './sqlite-pastes'
import { createStatements, type Statements } from './statements'
import { readHistory } from './outcomes'
import { readStats } from './statistics'
import { TextIndex } from './text-index'
import { notFound, requireState, shuttingDown, type Change } from './store-errors'

interface StoreDeps {
  readonly path: string
  readonly clock: Pick<Clock, 'now' | 'setTimer'>
  readonly newId?: () => string
}

/**
 * Messages in an SQLite file (WAL, every commit synced to the disk), readable by its owner only. Throws a sentence for
 * the user when the file cannot be used. Call `recover` before the first delivery; the queue does.
 */
export function openSqliteMessageStore(deps: StoreDeps): SqliteMessageStore {
  return new SqliteMessageStore(openDatabase(deps.path), deps)
}

export class SqliteMessageStore implements MessageStore {
  readonly pastes: Pastes
  readonly exchanges: Exchanges
  readonly #database: Database
  readonly #sql: Statements
  readonly #clock: Pick<Clock, 'now'>
  readonly #newId: () => string
  readonly #index: TextIndex
  readonly #inserts: GroupCommit<readonly NewMessage[], readonly Inserted[]>
  /** The last number given to a message or a place in line: both only grow. */
  #last: number
  /** No message that this store has accepted, nor the last one before it, is newer. */
  #newest: number

  constructor(database: Database, { clock, newId = createIds() }: StoreDeps) {
    this.#database = database
    this.pastes = createSqlitePastes(database, clock)
    this.exchanges = createSqliteExchanges(database)
    this.#sql = createStatements(database)
    this.#index = new TextIndex(database, clock)
    this.#clock = clock
    this.#newId = newId
    this.#inserts = createGroupCommit((batches) =>
      transact(this.#database, () => batches.map((one) => this.#tryBatch(one))),
    )
    this.#last = this.#sql.lastNumber.get()?.last ?? 0
    this.#newest = this.#sql.lastCreated.get()?.at ?? 0
  }

  async insert(batch: readonly NewMessage[]): Promise<readonly Inserted[]> {
    if (!this.#database.isOpen) throw shuttingDown()
    this.#index.stored()
    return this.#inserts.add(batch)
  }

  get(id: string): MessageDetail | undefined {
    const row = this.#row(id)
    if (!row) return undefined
    const attempts = this.#sql.attempts.all(row.seq)
    return { ...toMessage(row), attempts: attempts.map(toAttempt) }
  }

  list(filter: MessageFilter): MessagePage {
    if (filter.text !== undefined) this.#index.catchUp()
    return listMessages(this.#database, filter)
  }

  sentBefore(from: string, key: string): Message[] {
    return this.#sql.byKey.all(from, key, this.#clock.now() - KEY_LIFETIME_MS).map(toMessage)
  }

  pick(ids: readonly string[]): Message[] {
    return pickRows(ids, (id) => this.#row(id)).map(toMessage)
  }

  waiting(): Waiting[] {
    return this.#sql.waiting.all()
  }

  begin(id: string): Begun {
    return transact(this.#database, () => this.#begin(id))
  }

  handOut(ids: readonly string[]): Message[] {
    const out = (id: string) => {
      const { message } = this.#begin(id)
      this.markSubmitting(id)
      return message
    }
    return transact(this.#database, () => ids.map(out))
  }

  settle(ids: readonly string[], outcome: Outcome): Message[] {
    const now = this.#clock.now()
    const end = (id: string) => {
      const row = this.#require(id, 'finish')
      const timings = { waitMs: Math.max(0, now - row.created_at), deliveryMs: 0, steps: [] }
      return this.#end(row, outcome, timings)
    }
    return transact(this.#database, () => ids.map(end))
  }

  markSubmitting(id: string): void {
    this.#sql.markSubmitting.run(this.#require(id, 'markSubmitting').seq)
  }

  finish(id: string, outcome: Outcome, timings: Timings): Message {
    return transact(this.#database, () => this.#end(this.#require(id, 'finish'), outcome, timings))
  }

  putBack(id: string): Message {
    return transact(this.#database, () => {
      const { seq } = this.#require(id, 'putBack')
      this.#sql.forgetAttempt.run(seq)
      return changed(this.#sql.putBack.get(seq))
    })
  }

  cancel(id: string): Message {
    return this.#settle(id, 'cancel', 'cancelled')
  }

  prioritize(id: string, priority: Priority): Message {
    return changed(this.#sql.prioritize.get(priority, this.#require(id, 'prioritize').seq))
  }

  resolve(id: string, as: 'delivered' | 'failed'): Message {
    return this.#settle(id, 'resolve', as)
  }

  retry(id: string): Message {
    return transact(this.#database, () => {
      const { seq } = this.#require(id, 'retry')
      this.#last += 1
      this.#sql.erasePasteOf.run(id)
      return changed(this.#sql.retry.get(this.#last, this.#clock.now(), seq))
    })
  }

  renameRecipient(agent: string, to: string): Message[] {
    return transact(this.#database, () => {
      this.#sql.renameEnded.run(to, agent)
      this.#sql.renamePaste.run(to, agent)
      return this.#sql.renameOpen.all(to, agent).map(toMessage)
    })
  }

  expire(): Message[] {
    const now = this.#clock.now()
    return this.#sql.expire.all(now, now).map(toMessage)
  }

  nextExpiry(): string | undefined {
    const at = this.#sql.nextExpiry.get()?.at ?? undefined
    return at === undefined ? undefined : iso(at)
  }

  recover(): Message[] {
    return transact(this.#database, () => {
      const rows = this.#sql.delivering.all()
      return rows.map((row) => this.#end(row, brokenOff(row.submitting === 1), undefined))
    })
  }

  paused(): ReadonlySet<string> {
    return new Set(this.#sql.paused.all().map(({ name }) => name))
  }

  setPaused(name: string, paused: boolean): void {
    if (paused) this.#sql.pause.run(name)
    else this.#sql.resume.run(name)
  }

  stats(since?: string): Stats {
    return readStats(this.#database, since === undefined ? undefined : Date.parse(since))
  }

  async history(range: HistoryRange): Promise<StatsHistory> {
    return readHistory(this.#database, range)
  }

  /** A copy of all that was stored, in a file that must not be there yet. */
  saveAs(path: string): void {
    this.#database.prepare('VACUUM INTO ?').run(path)
  }

  close(): void {
    if (!this.#database.isOpen) return
    this.#inserts.flush()
    this.#index.close()
    this.#database.close()
  }

  /** One caller's batch, so that its failure stays its own; a single statement is all or nothing without a savepoint. */
  #tryBatch(batch: readonly NewMessage[]): Settled<readonly Inserted[]> {
    const many = batch.length > 1
    try {
      if (many) this.#sql.savepoint.run()
      const known = this.#known(batch)
      const result = known.length > 0 ? known : this.#insertAll(batch)
      if (many) this.#sql.release.run()
      return { ok: true, result }
    } catch (error) {
      // A full disk ends the whole transaction, and whoever came before in this group is not stored either.
      if (!this.#database.isTransaction) throw error
      if (many) this.#database.exec('ROLLBACK TO batch; RELEASE batch')
      return { ok: false, error }
    }
  }

  /** What the batch's key stands for already. */
  #known([first]: readonly NewMessage[]): Inserted[] {
    if (first?.key === undefined) return []
    return this.sentBefore(first.from, first.key).map((message) => ({ message, isNew: false }))
  }

  #insertAll(batch: readonly NewMessage[]): Inserted[] {
    const now = this.#clock.now()
    if (now < this.#newest) this.#sql.noteSetBack.run(this.#last + 1, now)
    else this.#newest = now
    return newlyQueued(batch, this.#newId, now).map((message) => {
      this.#last += 1
      const { id, to, from, text, priority, submit, key, expiresAt } = message
      const { replyTo, thread, together, sentText } = message
      const expires = expiresAt === undefined ? null : Date.parse(expiresAt)
      const numbers = [submit ? 1 : 0, key ?? null, this.#last, now, expires]
      const last = [text, replyTo ?? null, thread ?? null, together ?? null, sentText ?? null]
      this.#sql.insert.run(this.#last, id, to, from, priority, ...numbers, ...last)
      return { message, isNew: true }
    })
  }

  #end(row: MessageRow, outcome: Outcome, timings: Timings | undefined): Message {
    const now = this.#clock.now()
    const common = endColumns(row.seq, now, outcome, timings)
    const attempt = outcome.state === 'queued' ? 'failed' : outcome.state
    this.#sql.closeAttempt.run({ ...common, outcome: attempt, output: outcome.output ?? null })
    if (outcome.state === 'delivered') this.#sql.erasePasteOf.run(row.id)
    const ended = this.#sql.end.get({
      ...common,
      now: outcome.state === 'queued' ? null : now,
      state: outcome.state,
      proof: outcome.state === 'delivered' ? outcome.proof : null,
      note: outcome.state === 'delivered' ? (outcome.note ?? null) : null,
    })
    return changed(ended)
  }

  #settle(id: string, change: Change, state: MessageState): Message {
    return transact(this.#database, () => {
      const { seq } = this.#require(id, change)
      this.#sql.erasePasteOf.run(id)
      return changed(this.#sql.settle.get({ seq, state, now: this.#clock.now() }))
    })
  }

  #begin(id: string): Begun {
    const { seq } = this.#require(id, 'begin')
    this.#sql.openAttempt.run(seq, this.#clock.now())
    const row = this.#sql.begin.get(seq)
    return { message: changed(row), tries: row?.tries ?? 1 }
  }

  #require(id: string, change: Change): MessageRow {
    const row = this.#row(id)
    if (!row) throw notFound(id)
    requireState(id, row.state, change)
    return row
  }

  #row(id: string): MessageRow | undefined {
    return this.#sql.byId.get(id)
  }
}
