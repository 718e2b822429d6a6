import { useState } from 'react'

interface TypedFieldProps {
  readonly id: string
  readonly describedBy: string
  readonly invalid: boolean
  readonly value: string
  /** What stands there while it is empty. */
  readonly empty?: string
  readonly unit?: string
  readonly wide?: boolean
  /** Called when the person is done: Enter, or leaving the field. False: it was refused, and stays to be mended. */
  onDone(text: string): Promise<boolean>
}

/** A line of text that counts once it is finished; Escape takes it back. */
export function TypedField(props: TypedFieldProps) {
  const { id, describedBy, invalid, value, empty, unit = '', wide = false, onDone } = props
  // What was typed and is not saved, or was refused; without it the field shows the value, whoever changes that.
  const [draft, setDraft] = useState<string>()
  const finish = async () => {
    const text = draft?.trim()
    if (text === undefined || text === value || (await onDone(text))) setDraft(undefined)
  }
  return (
    <span
      className={`flex h-[30px] items-center gap-1.5 rounded-[7px] border bg-raise px-2.5 focus-within:border-accent ${wide ? 'w-[220px]' : 'w-[118px]'} ${invalid ? 'border-bad' : 'border-line'}`}
    >
      <input
        id={id}
        value={draft ?? value}
        placeholder={empty}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => void finish()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void finish()
          if (event.key === 'Escape') setDraft(undefined)
        }}
        className="selectable min-w-0 flex-1 bg-transparent font-mono text-[12px] outline-none placeholder:text-faint"
      />
      {unit === '' ? null : <span className="text-[12px] text-faint">{unit}</span>}
    </span>
  )
}
