import { messageStates, type MessageState } from '../../contract/message'
import { FEW, searchFew } from './few-texts'
import type { MessageFilter, MessagePage } from './message-store'
import { toMessage, type MessageRow } from './rows'
import { numbersIn, type Numbers } from './periods'
import { prepare, type Database } from './schema'
import { readSearch, type Search } from './search'
import { badCursor } from './store-errors'

type Value = string | number

interface Sql {
  readonly text: string
  readonly values: readonly Value[]
}

/** A page of messages, newest first. Throws `OperationError` invalidParams for an unknown `before`. */
export function listMessages(database: Database, filter: MessageFilter): MessagePage {
  // One more than asked for tells whether there is a next page.
  const { rows, isCut } = newest(database, filter, filter.limit + 1)
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    messages: page.map(toMessage),
    ...((isCut || rows.length > page.length) && last && { next: writeCursor(last.seq) }),
  }
}

interface Rows {
  readonly rows: readonly MessageRow[]
  /** True when there are more, and their texts are too long for one answer. */
  readonly isCut: boolean
}

/** A page holds fewer messages than asked for when their texts are this long together: everybody else waits for it. */
const MAX_PAGE_CHARACTERS = 2_000_000

function newest(database: Database, filter: MessageFilter, limit: number): Rows {
  const range = rangeOf(database, filter)
  const read = (sql: Sql) => readRows(database, sql)
  const search = filter.text === undefined ? undefined : readSearch(filter.text)
  if (!search) return read(filtering(filter, range, limit))
  const candidates = read(filtering(filter, range, FEW + 1))
  const { found, lookedAt } = searchFew(database, candidates.rows, search)
  const isComplete = (lookedAt === candidates.rows.length && !candidates.isCut) || found.length >= limit
  if (isComplete) return { rows: found.slice(0, limit), isCut: false }
  return read(searching(filter, search, range, limit))
}

function readRows(database: Database, { text, values }: Sql): Rows {
  const rows: MessageRow[] = []
  let characters = 0
  for (const row of prepare<MessageRow>(database, text).iterate(...values)) {
    characters += row.text.length
    if (characters > MAX_PAGE_CHARACTERS && rows.length > 0) return { rows, isCut: true }
    rows.push(row)
  }
  return { rows, isCut: false }
}

/** The rows of these ids, in this order, as far as one answer can hold them. */
export function pickRows(
  ids: readonly string[],
  rowOf: (id: string) => MessageRow | undefined,
): MessageRow[] {
  const found: MessageRow[] = []
  let characters = 0
  for (const id of ids) {
    if (characters > MAX_PAGE_CHARACTERS) break
    const row = rowOf(id)
    if (row) found.push(row)
    characters += row?.text.length ?? 0
  }
  return found
}

function rangeOf(database: Database, { before, since, until }: MessageFilter): Numbers {
  const cursor = before === undefined ? Number.MAX_SAFE_INTEGER : readCursor(before)
  const [from, to] = [since, until].map((time) => (time === undefined ? undefined : Date.parse(time)))
  const numbers = numbersIn(database, from, to)
  return { ...numbers, before: Math.min(cursor, numbers.before) }
}

/** The newest of each state by index, merged: quick however rare the state and however many messages there are. */
function filtering({ states, to, from }: MessageFilter, range: Numbers, limit: number): Sql {
  const period = `seq >= ? AND seq < ?${range.condition}`
  const bounds = [range.first, range.before, ...range.values]
  if (!states && to === undefined && from === undefined) {
    const text = `SELECT * FROM messages WHERE ${period} ORDER BY seq DESC LIMIT ?`
    return { text, values: [...bounds, limit] }
  }
  const index = from === undefined ? (to === undefined ? 'state' : 'recipient') : 'sender'
  const parts = [...new Set(states ?? messageStates)].map((state) => {
    const { text, values } = conditions({ states: [state], to, from })
    return {
      text: `SELECT * FROM (SELECT seq FROM messages INDEXED BY messages_by_${index} WHERE ${text} AND ${period} ORDER BY seq DESC LIMIT ?)`,
      values: [...values, ...bounds, limit],
    }
  })
  const union = parts.map(({ text }) => text).join(' UNION ALL ')
  return {
    text: `SELECT * FROM messages WHERE seq IN (${union}) ORDER BY seq DESC LIMIT ?`,
    values: [...parts.flatMap(({ values }) => values), limit],
  }
}

function searching(
  filter: MessageFilter,
  { match, parts }: Search,
  { first, before, condition, values: bounds }: Numbers,
  limit: number,
): Sql {
  const { text, values } = conditions(filter)
  const having = parts.map(() => 'AND instr(messages.text, ?)').join(' ')
  // CROSS JOIN fixes the order: down the search result, newest first, until the page is full.
  const [source, seq] =
    match === undefined
      ? ['messages WHERE TRUE', 'messages.seq']
      : [
          'messages_text CROSS JOIN messages ON messages.seq = messages_text.rowid WHERE messages_text MATCH ?',
          'messages_text.rowid',
        ]
  return {
    text: `SELECT messages.* FROM ${source} AND ${seq} >= ? AND ${seq} < ?${condition} AND ${text} ${having}
           ORDER BY ${seq} DESC LIMIT ?`,
    values: [...(match === undefined ? [] : [match]), first, before, ...bounds, ...values, ...parts, limit],
  }
}

function conditions(filter: {
  states?: readonly MessageState[] | undefined
  to?: string | undefined
  from?: string | undefined
}): Sql {
  const { states, to, from } = filter
  const parts = ['TRUE']
  const values: Value[] = []
  if (to !== undefined) {
    parts.push('recipient = ?')
    values.push(to)
  }
  if (from !== undefined) {
    parts.push('sender = ?')
    values.push(from)
  }
  if (states) {
    parts.push(`state IN (${states.map(() => '?').join(', ')})`)
    values.push(...states)
  }
  return { text: parts.join(' AND '), values }
}

/** Opaque to callers, so that it may change; `seq` only grows, so new messages never shift a page. */
function writeCursor(seq: number): string {
  return Buffer.from(`m${seq}`).toString('base64url')
}

function readCursor(cursor: string): number {
  const [, seq] = /^m(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (seq === undefined) throw badCursor()
  return Number(seq)
}
