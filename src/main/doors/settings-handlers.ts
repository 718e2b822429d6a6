import { defaultSettings } from '../../contract/settings'
import type { ParsedParams, Result } from '../../contract/operations'
import type { Roster } from '../roster/roster'
import type { LiveSettings } from '../settings'
import { badParams } from './check-params'

export interface SettingsDeps {
  readonly settings: LiveSettings
  readonly roster: Pick<Roster, 'list'>
  /** As {@link DoctorHandlerDeps.chooseTree}. */
  chooseTree(on: boolean): Promise<void>
}

type SettingsOperation = 'settings.get' | 'settings.set'

/** The operations on the settings. */
export function settingsHandlers({ settings, roster, chooseTree }: SettingsDeps) {
  const answer = () => {
    const problems = [...settings.problems()]
    return {
      settings: settings.current(),
      defaults: defaultSettings,
      ...(problems.length > 0 && { problems }),
    }
  }
  return {
    'settings.get': () => {
      settings.refresh()
      return answer()
    },
    'settings.set': async ({ changes }) => {
      refuseForgettingUsed(changes.profiles ?? {}, roster)
      if (changes.readBy) await chooseTree(changes.readBy === 'tree')
      settings.change(changes)
      return answer()
    },
  } satisfies { [N in SettingsOperation]: (params: ParsedParams<N>) => Result<N> | Promise<Result<N>> }
}

/** A profile that agents use cannot be forgotten: nobody could say how to type into their windows then. */
function refuseForgettingUsed(
  profiles: Readonly<Record<string, unknown>>,
  roster: SettingsDeps['roster'],
): void {
  const issues = Object.keys(profiles).flatMap((name) => {
    if (profiles[name] !== null) return []
    const users = roster.list().filter(({ profile }) => profile === name)
    if (users.length === 0) return []
    const who = users.map((agent) => agent.name).join(', ')
    return [{ path: ['changes', 'profiles', name], message: `is used by ${who}; give them another first` }]
  })
  if (issues.length > 0) throw badParams('settings.set', issues)
}
