import { exporter, type ExportFormat } from '../../contract/export'
import type { Live } from '../state/live'
import type { HistoryFilter } from '../state/place'
import { listParams } from './list-params'

/** The most that the contract gives at once. */
const PAGE = 1000

const types: Readonly<Record<ExportFormat, string>> = { csv: 'text/csv', jsonl: 'application/x-ndjson' }

interface ExportDeps {
  readonly live: Live
  readonly filter: HistoryFilter
  readonly format: ExportFormat
  readonly now: number
  /** Stops it; it then rejects with the signal's reason. */
  readonly signal: AbortSignal
  /** Told how many messages are in it so far. */
  onProgress(count: number): void
}

/** Everything that fits the filter, newest first, as a file in memory; Chromium keeps a large one on disk. */
export async function exportFile({
  live,
  filter,
  format,
  now,
  signal,
  onProgress,
}: ExportDeps): Promise<Blob> {
  const { head, record } = exporter(format)
  // A blob for each page, so that the texts of a million messages are not all held as text.
  const parts: Blob[] = [new Blob([head])]
  let count = 0
  let before: string | undefined
  do {
    const page = { ...listParams(filter, now), limit: PAGE, ...(before !== undefined && { before }) }
    const { messages, next } = await live.call('message.list', page)
    signal.throwIfAborted()
    parts.push(new Blob([messages.map(record).join('')]))
    count += messages.length
    onProgress(count)
    before = next
  } while (before !== undefined)
  return new Blob(parts, { type: types[format] })
}

/** Hands a file to the person: the system asks where to put it. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has taken hold of it once this task is over.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
