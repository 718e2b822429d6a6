import { assertNever } from '../../contract/errors'
import { settingsTexts as texts } from '../texts/settings'
import { Choice } from './choice'
import type { Field } from './fields'
import type { Ids } from './row'
import { ShortcutField } from './shortcut-field'
import { Switch } from './switch'
import { TypedField } from './typed-field'
import type { SettingsState } from './use-settings'

interface FieldControlProps extends Ids {
  readonly field: Field
  readonly value: unknown
  readonly state: SettingsState
  readonly invalid: boolean
}

/** The control that fits the kind of setting. */
export function FieldControl({ field: { path, control }, value, state, ...aria }: FieldControlProps) {
  const label = texts.labels[path]
  const set = (value: unknown) => state.set(path, value)
  const choose = (value: unknown) => void set(value)
  switch (control.kind) {
    case 'choice':
      return (
        <Choice
          name={path}
          label={label}
          describedBy={aria.describedBy}
          values={control.values.map((value) => ({ value, label: texts.choices[value] }))}
          chosen={textOf(value)}
          onChoose={choose}
        />
      )
    case 'switch':
      return <Switch {...aria} on={value === true} onChange={choose} />
    case 'shortcut':
      return <ShortcutField {...aria} label={label} value={textOf(value)} onRecord={choose} />
    case 'text':
      return (
        <TypedField {...aria} {...control} wide value={textOf(value)} onDone={(text) => set(text || null)} />
      )
    case 'number':
      return (
        <TypedField
          {...aria}
          {...control}
          value={textOf(value)}
          onDone={(text) => saveNumber(state, path, text)}
        />
      )
    default:
      return assertNever(control)
  }
}

/** An emptied field is back at its default; what is no number is told at once, for it cannot even be asked. */
async function saveNumber({ set, refuse }: SettingsState, path: string, text: string): Promise<boolean> {
  const number = Number(text)
  if (!Number.isNaN(number)) return set(path, text === '' ? null : number)
  refuse(path, texts.notANumber(text))
  return false
}

function textOf(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : ''
}
