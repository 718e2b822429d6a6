import { useState } from 'react'
import { Button } from '../components/button'
import { settingsTexts } from '../texts/settings'
import { Profile } from './profile'
import { profilePlace, type SettingsState } from './use-settings'

const texts = settingsTexts.profiles

/** The person's own profiles: add one, open one to change it, remove one. */
export function Profiles({ state }: { state: SettingsState }) {
  const [open, setOpen] = useState<string>()
  const profiles = Object.entries(state.known?.settings.profiles ?? {})
  return (
    <div className="overflow-hidden rounded-[11px] border border-line bg-panel">
      {profiles.length === 0 ? <p className="px-3.5 py-2.5 text-soft">{texts.empty}</p> : null}
      {profiles.map(([name, profile]) => (
        <Profile
          key={name}
          name={name}
          profile={profile}
          state={state}
          open={open === name}
          onToggle={() => setOpen(open === name ? undefined : name)}
        />
      ))}
      <NewProfile state={state} onAdd={setOpen} />
    </div>
  )
}

function NewProfile({ state, onAdd }: { state: SettingsState; onAdd(name: string): void }) {
  const [name, setName] = useState('')
  const [tried, setTried] = useState('')
  const refusal = state.refusals[profilePlace(tried)]
  const profiles = state.known?.settings.profiles ?? {}
  const add = async () => {
    const wanted = name.trim()
    if (wanted === '') return
    setTried(wanted)
    // An existing one is opened, not begun anew.
    if (!Object.hasOwn(profiles, wanted) && !(await state.setProfile(wanted, {}))) return
    onAdd(wanted)
    setName('')
  }
  return (
    <form
      className="flex flex-wrap items-center gap-2 border-t border-line px-3.5 py-2"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <input
        aria-label={texts.name}
        placeholder={texts.placeholder}
        value={name}
        onChange={(event) => setName(event.target.value)}
        className="selectable h-[30px] min-w-0 flex-1 rounded-[7px] border border-line bg-raise px-2.5 outline-none placeholder:text-faint focus:border-accent"
      />
      <Button onPress={() => void add()} disabled={name.trim() === ''}>
        {texts.add}
      </Button>
      {refusal === undefined || name.trim() !== tried ? null : (
        <p role="alert" className="w-full text-[12px] text-bad">
          {texts.notAdded(tried, refusal)}
        </p>
      )}
    </form>
  )
}
