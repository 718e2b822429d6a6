import { Undo2 } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { settingsTexts as texts } from '../texts/settings'

/** What ties a control to its label and its line of help. */
export interface Ids {
  readonly id: string
  readonly describedBy: string
}

interface RowProps {
  readonly label: string
  readonly help: string
  readonly trouble: string | undefined
  /** Undefined when there is nothing to put back. */
  readonly onUndo: (() => void) | undefined
  readonly renderControl: (ids: Ids) => ReactNode
}

/** Name and help on the left, the control on the right, and the way back to the default. */
export function Row({ label, help, trouble, onUndo, renderControl }: RowProps) {
  const id = useId()
  const helpId = `${id}-help`
  return (
    <div className="flex items-center gap-4 border-t border-line px-3.5 py-2 first:border-t-0">
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <p id={helpId} className="text-[12px] text-soft">
          {help}
          {trouble === undefined ? null : (
            <span role="alert" className="block text-bad">
              {trouble}
            </span>
          )}
        </p>
      </div>
      {renderControl({ id, describedBy: helpId })}
      <button
        type="button"
        aria-label={texts.undo(label)}
        title={texts.undo(label)}
        onClick={onUndo}
        className={`-mr-1.5 -ml-2 rounded-[5px] p-1 text-faint transition-colors duration-150 hover:text-text ${onUndo ? '' : 'invisible'}`}
      >
        <Undo2 size={14} aria-hidden="true" />
      </button>
    </div>
  )
}
