import type { Message } from './message'

/** The forms in which messages leave Waggle. JSON lines lose nothing; CSV is for spreadsheets. */
export const exportFormats = ['csv', 'jsonl'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** What an export consists of; each piece is a whole record and ends with its line break. */
export interface Exporter {
  readonly head: string
  record(message: Message): string
}

type Cell = string | number | boolean | null | undefined

const columns: Readonly<Record<string, (message: Message) => Cell>> = {
  id: ({ id }) => id,
  createdAt: ({ createdAt }) => createdAt,
  from: ({ from }) => from,
  to: ({ to }) => to,
  text: ({ text }) => text,
  state: ({ state }) => state,
  proof: ({ proof }) => proof,
  priority: ({ priority }) => priority,
  submit: ({ submit }) => submit,
  key: ({ key }) => key,
  attempts: ({ attempts }) => attempts,
  expiresAt: ({ expiresAt }) => expiresAt,
  finishedAt: ({ finishedAt }) => finishedAt,
  failureCode: ({ failure }) => failure?.code,
  failure: ({ failure }) => failure?.message,
  waitMs: ({ timings }) => timings?.waitMs,
  deliveryMs: ({ timings }) => timings?.deliveryMs,
  replyTo: ({ replyTo }) => replyTo,
  thread: ({ thread }) => thread,
}

/** CSV as RFC 4180 has it, with a head of column names; or one JSON object a line, as `message.list` gives it. */
export function exporter(format: ExportFormat): Exporter {
  if (format === 'jsonl') return { head: '', record: (message) => `${JSON.stringify(message)}\n` }
  return {
    head: csvRow(Object.keys(columns)),
    record: (message) => csvRow(Object.values(columns).map((read) => read(message))),
  }
}

function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** What a spreadsheet takes for a formula where a cell begins, and where one could begin in some country. */
const FORMULA = /^[\s\p{Cf}"]*[=+\-@＝＋－＠]/u
const FORMULA_WITHIN = /[;\t\r\n](?=[\s\p{Cf}"]*[=+\-@＝＋－＠])/gu

/**
 * One cell. A spreadsheet takes what begins with one of = + - @ for a formula and runs it, so a sender could make it
 * do things; an apostrophe before it makes it text. Some take their full-width forms for the same, and characters that
 * nobody sees for nothing. Where cells are parted by semicolons or tabs our quotes stand within a cell and hold nothing
 * together, so that the rest of a text, and its next line, can be cells of their own.
 */
function csvCell(value: Cell): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const within = value.replaceAll(FORMULA_WITHIN, "$&'")
  const harmless = FORMULA.test(within) ? `'${within}` : within
  return /[",;\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
