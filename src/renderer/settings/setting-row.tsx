import { settingsTexts as texts } from '../texts/settings'
import { FieldControl } from './field-control'
import { helpFor, valueAt, type Field } from './fields'
import { Row } from './row'
import { problemAt } from './problems'
import type { SettingsState } from './use-settings'

interface SettingRowProps {
  readonly field: Field
  readonly state: SettingsState
}

/** One setting: its name and help, the control, the way back to the default, and why a change was refused. */
export function SettingRow({ field, state }: SettingRowProps) {
  const { path } = field
  const { known, refusals, set } = state
  if (!known) return null
  const value = valueAt(known.settings, path)
  const isDefault = value === valueAt(known.defaults, path)
  const trouble = refusals[path] ?? problemAt(path, known.problems)
  return (
    <Row
      label={texts.labels[path]}
      help={helpFor(path)}
      trouble={trouble}
      onUndo={isDefault && refusals[path] === undefined ? undefined : () => void set(path, null)}
      renderControl={(ids) => (
        <FieldControl {...ids} field={field} value={value} state={state} invalid={trouble !== undefined} />
      )}
    />
  )
}
