import { Download } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useEffect, useRef, useState } from 'react'
import type { ExportFormat } from '../../contract/export'
import type { Live } from '../state/live'
import type { HistoryFilter } from '../state/place'
import type { Run } from '../state/use-action'
import { texts } from '../texts'
import { exportFile, saveFile } from './export-file'

interface ExportMenuProps {
  readonly live: Live
  readonly filter: HistoryFilter
  readonly run: Run
}

/** Saves what the filter lets through; while it is gathered the button says how far it is, and stops it. */
export function ExportMenu(props: ExportMenuProps) {
  const { count, save, stop } = useExport(props)
  const { history } = texts
  if (count !== undefined) {
    return (
      <button type="button" className="control" onClick={stop}>
        {history.exporting(count)}
        <span className="text-text">{history.stopExport}</span>
      </button>
    )
  }
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="control" aria-label={history.export}>
        <Download size={13} aria-hidden="true" />
        <span className="hidden roomy:inline">{history.export}</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={5} className="menu">
          <DropdownMenu.Item className="menu-item" onSelect={() => save('csv')}>
            {history.exportCsv}
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => save('jsonl')}>
            {history.exportJsonl}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** Gathers what the filter lets through and hands it to the person as a file; `count` is how far it is, while it is. */
export function useExport({ live, filter, run }: ExportMenuProps) {
  const [count, setCount] = useState<number>()
  const control = useRef<AbortController>(undefined)
  useEffect(() => () => control.current?.abort(), [])
  const gather = async (format: ExportFormat, signal: AbortSignal) => {
    try {
      const now = Date.now()
      const file = await exportFile({ live, filter, format, now, signal, onProgress: setCount })
      saveFile(file, `waggle-${new Date(now).toISOString().slice(0, 10)}.${format}`)
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      setCount(undefined)
    }
  }
  const save = (format: ExportFormat) => {
    const { signal } = (control.current = new AbortController())
    run(() => gather(format, signal))
  }
  return { count, save, stop: () => control.current?.abort() }
}
