import { Fragment, useState, type KeyboardEvent } from 'react'
import { Keycap } from '../components/keycap'
import { settingsTexts } from '../texts/settings'
import { acceleratorOf, keysOf } from './accelerator'

interface ShortcutFieldProps {
  readonly id: string
  readonly label: string
  readonly describedBy: string
  readonly invalid: boolean
  readonly value: string
  onRecord(accelerator: string): void
}

const texts = settingsTexts.shortcut
const isMac = navigator.platform.startsWith('Mac')

/** A shortcut, recorded by pressing it. */
export function ShortcutField(props: ShortcutFieldProps) {
  const { id, label, describedBy, invalid, value, onRecord } = props
  const [recording, setRecording] = useState(false)
  const keys = keysOf(value, isMac)
  const record = (event: KeyboardEvent) => {
    if (!recording || event.key === 'Tab') return
    event.preventDefault()
    // The page has shortcuts of its own, which are not meant now.
    event.stopPropagation()
    const isBare = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey
    const pressed = isBare && event.key === 'Backspace' ? '' : acceleratorOf(event, isMac)
    if (isBare && event.key === 'Escape') return setRecording(false)
    if (pressed === undefined) return
    setRecording(false)
    onRecord(pressed)
  }
  return (
    <button
      id={id}
      type="button"
      aria-label={recording ? texts.recording(label) : texts.record(label, keys.join(' ') || texts.none)}
      aria-describedby={describedBy}
      onClick={() => setRecording(!recording)}
      onBlur={() => setRecording(false)}
      onKeyDown={record}
      title={recording ? texts.help : undefined}
      className={`flex h-[30px] min-w-[150px] items-center justify-center gap-1 rounded-[7px] border bg-raise px-2.5 text-[12px] transition-colors duration-150 hover:border-faint/50 ${recording ? 'border-accent text-accent-text' : invalid ? 'border-bad' : 'border-line text-soft'}`}
    >
      {recording ? texts.press : keys.length === 0 ? texts.none : null}
      {recording
        ? null
        : keys.map((key) => (
            <Fragment key={key}>
              {/* Read aloud, the keys are words of their own. */}
              <Keycap>{key}</Keycap>{' '}
            </Fragment>
          ))}
    </button>
  )
}
