import { useCallback, useEffect, useState } from 'react'
import type { Result } from '../../contract/operations'
import type { SettingsChanges } from '../../contract/settings'
import type { Live } from '../state/live'
import { Refusal } from '../waggle'
import { withValueAt } from './fields'

type Known = Result<'settings.get'>
type ProfileChange = NonNullable<SettingsChanges['profiles']>[string]

export interface SettingsState {
  /** Undefined until they have been read. */
  readonly known: Known | undefined
  /** Why they could not be read, if so. */
  readonly trouble: string | undefined
  /** Why a change was refused, by the path of its field. */
  readonly refusals: Readonly<Record<string, string | undefined>>
  /** Counts the changes that were saved. */
  readonly saved: number
  /** Saves one field; null puts it back to its default. False when it was refused, which is told at the field. */
  set(path: string, value: unknown): Promise<boolean>
  /** Changes a profile's fields (null: as in its base), begins one, or removes it (null). */
  setProfile(name: string, fields: ProfileChange): Promise<boolean>
  /** Says at a field what is wrong with what was typed there; undefined: nothing any more. */
  refuse(path: string, why: string | undefined): void
}

/** The settings as they are now, whoever changes them. */
export function useSettings(live: Live): SettingsState {
  const [known, setKnown] = useState<Known>()
  const [trouble, setTrouble] = useState<string>()
  const [refusals, setRefusals] = useState<Readonly<Record<string, string | undefined>>>({})
  const [saved, setSaved] = useState(0)
  const refuse = useCallback((path: string, why: string | undefined) => {
    setRefusals((before) => ({ ...before, [path]: why }))
  }, [])
  useEffect(() => {
    const look = () => {
      live.call('settings.get', {}).then(setKnown, (error: unknown) => setTrouble(words(error)))
    }
    look()
    return live.onEvent((event) => {
      if (event.type === 'settings') look()
    })
  }, [live])
  const save = useCallback(
    async (place: string, changes: Record<string, unknown>) => {
      // What is wrong with a value is for the settings to say, so it goes there as it is.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const params = { changes: changes as SettingsChanges }
      try {
        setKnown(await live.call('settings.set', params))
        refuse(place, undefined)
        setSaved((count) => count + 1)
        return true
      } catch (error) {
        refuse(place, reason(error))
        return false
      }
    },
    [live, refuse],
  )
  return {
    known,
    trouble,
    refusals,
    saved,
    refuse,
    set: useCallback((path: string, value: unknown) => save(path, withValueAt(path, value)), [save]),
    setProfile: useCallback(
      (name: string, fields: ProfileChange) => save(profilePlace(name), { profiles: { [name]: fields } }),
      [save],
    ),
  }
}

/** Where what is refused of a profile is told; a profile's name may hold dots, so it is no path. */
export function profilePlace(name: string): string {
  return `profile ${name}`
}

/** The first thing that is wrong with the change, which is one field's; else the whole sentence. */
function reason(error: unknown): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract's data of invalidParams
  const issues = (error instanceof Refusal ? (error.data?.['issues'] ?? []) : []) as readonly {
    message: string
  }[]
  const [first] = issues
  if (!first) return words(error)
  const said = first.message.replace(/^is (?=too )/, '')
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
