import { agentTexts as texts } from '../texts/agents'
import type { CoordinateFile } from './coordinate-file'
import { ImportDialog } from './import-dialog'

/** What is seen of a coordinates file on its way in. */
export function FileImport({ file }: { file: CoordinateFile }) {
  const { preview, hovers, apply, close } = file
  return (
    <>
      {preview ? <ImportDialog preview={preview} onApply={apply} onClose={close} /> : null}
      {hovers ? (
        <p className="pointer-events-none absolute inset-0 z-10 grid place-items-center rounded-[11px] border-2 border-dashed border-accent bg-bg/85 font-medium">
          {texts.drop}
        </p>
      ) : null}
    </>
  )
}
