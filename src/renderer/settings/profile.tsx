import { ChevronDown } from 'lucide-react'
import { settingsHelp } from '../../contract/settings-help'
import type { OwnProfile } from '../../contract/settings'
import { Button } from '../components/button'
import { settingsTexts } from '../texts/settings'
import { Choice } from './choice'
import { Row } from './row'
import { profilePlace, type SettingsState } from './use-settings'

const texts = settingsTexts.profiles
const words = settingsTexts.choices
type Word = keyof typeof words

/** What each field of a profile can be; what is not set is as in the base. */
const fields = {
  base: ['chat', 'terminal', 'editor'],
  paste: ['asBase', 'ctrl+v', 'ctrl+shift+v', 'shift+insert'],
  submit: ['asBase', 'enter', 'ctrl+enter', 'none'],
  newlines: ['asBase', 'keep', 'spaces'],
  readBack: ['asBase', 'yes', 'no'],
  clear: ['asBase', 'select-all', 'none'],
} as const satisfies Readonly<Record<keyof OwnProfile, readonly Word[]>>
const fieldNames = ['base', 'paste', 'submit', 'newlines', 'readBack', 'clear'] as const

interface ProfileProps {
  readonly name: string
  readonly profile: OwnProfile
  readonly state: SettingsState
  readonly open: boolean
  onToggle(): void
}

/** One profile in a line; opened, each of its fields. */
export function Profile({ name, profile, state, open, onToggle }: ProfileProps) {
  const refusal = state.refusals[profilePlace(name)]
  return (
    <div className="border-t border-line first:border-t-0">
      <button
        type="button"
        aria-expanded={open}
        aria-label={texts.edit(name)}
        onClick={onToggle}
        className="flex h-[36px] w-full items-center gap-2.5 px-3.5 text-left transition-colors duration-150 hover:bg-text/4"
      >
        <span className="shrink-0 font-medium">{name}</span>
        <span className="min-w-0 flex-1 truncate text-soft">{texts.summary(profile)}</span>
        <ChevronDown
          size={14}
          aria-hidden="true"
          className={`shrink-0 text-faint transition-transform duration-150 ${open ? 'rotate-180' : ''}`}
        />
      </button>
      {open ? (
        <div className="border-t border-line bg-bg">
          {fieldNames.map((field) => (
            <ProfileField key={field} name={name} field={field} profile={profile} state={state} />
          ))}
          <div className="flex items-center justify-end gap-3 border-t border-line px-3.5 py-2">
            {refusal === undefined ? null : (
              <p role="alert" className="flex-1 text-[12px] text-bad">
                {refusal}
              </p>
            )}
            <Button onPress={() => void state.setProfile(name, null)}>{texts.remove}</Button>
          </div>
        </div>
      ) : null}
    </div>
  )
}

interface ProfileFieldProps extends Pick<ProfileProps, 'name' | 'profile' | 'state'> {
  readonly field: keyof OwnProfile
}

function ProfileField({ name, field, profile, state }: ProfileFieldProps) {
  const label = texts.labels[field]
  const values: readonly Word[] = fields[field]
  return (
    <Row
      label={label}
      help={settingsHelp.profile[field]}
      trouble={undefined}
      onUndo={undefined}
      renderControl={({ describedBy }) => (
        <Choice
          name={`${name} ${field}`}
          label={`${name}: ${label}`}
          describedBy={describedBy}
          values={values.map((value) => ({ value, label: words[value] }))}
          chosen={wordOf(profile[field])}
          onChoose={(word) => void state.setProfile(name, { [field]: valueOf(word) })}
        />
      )}
    />
  )
}

function wordOf(value: OwnProfile[keyof OwnProfile]): Word {
  if (value === undefined) return 'asBase'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value
}

function valueOf(word: Word): string | boolean | null {
  if (word === 'asBase') return null
  return word === 'yes' || word === 'no' ? word === 'yes' : word
}
