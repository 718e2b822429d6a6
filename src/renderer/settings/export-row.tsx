import { useExport } from '../history/export-menu'
import type { Live } from '../state/live'
import { noFilter } from '../state/place'
import { useAction } from '../state/use-action'
import { texts } from '../texts'
import { settingsTexts } from '../texts/settings'
import { Row } from './row'

/** Beside the days after which it goes: the whole history as a file, by one press. */
export function ExportRow({ live }: { live: Live }) {
  const { run, refusal } = useAction()
  const { count, save, stop } = useExport({ live, filter: noFilter, run })
  const { label, help, button } = settingsTexts.exportAll
  return (
    <Row
      label={label}
      help={help}
      trouble={refusal === undefined ? undefined : texts.history.exportFailed(refusal)}
      onUndo={undefined}
      renderControl={({ id, describedBy }) => (
        <button
          id={id}
          type="button"
          className="control"
          aria-describedby={describedBy}
          onClick={() => (count === undefined ? save('jsonl') : stop())}
        >
          {count === undefined ? button : `${texts.history.exporting(count)} ${texts.history.stopExport}`}
        </button>
      )}
    />
  )
}
