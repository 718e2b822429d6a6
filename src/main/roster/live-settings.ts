import { isDeepStrictEqual } from 'node:util'
import { OperationError } from '../../contract/failure'
import type { Settings } from '../../contract/settings'
import type { Log } from '../log'
import type { LiveSettings } from '../settings'
import { isRecord, readSettings, type Reading } from './read-settings'
import type { RawSettings, SettingsFile } from './settings-file'

export interface LiveSettingsDeps {
  readonly file: SettingsFile
  /** What {@link openSettings} read. */
  readonly opened: Pick<Reading, 'settings' | 'problems' | 'unknown'>
  readonly log: Log
}

/** The settings in `settings.json`; a change touches only its own fields there. */
export function createLiveSettings({ file, opened, log }: LiveSettingsDeps): LiveSettings {
  const listeners = new Set<(settings: Settings) => void>()
  const reported = new Map<string, readonly string[]>()
  let { settings, problems, unknown } = opened

  const use = (reading: Pick<Reading, 'settings' | 'problems' | 'unknown'>) => {
    problems = reading.problems
    unknown = reading.unknown
    if (isDeepStrictEqual(settings, reading.settings)) return
    settings = reading.settings
    for (const listener of listeners) listener(settings)
  }

  return {
    current: () => settings,
    problems: () => [...problems, ...[...reported.values()].flat()],
    unknown: () => unknown,
    report: (source, problems) => void reported.set(source, problems),

    refresh() {
      try {
        const reading = readSettings(file.read())
        // What the start has mended and told stays told until something new is wrong or the settings change.
        const isAsBefore = reading.problems.length === 0 && isDeepStrictEqual(settings, reading.settings)
        use(isAsBefore ? { ...reading, problems } : reading)
      } catch (error) {
        problems = [`it cannot be read (${words(error)}); what held before holds on`]
      }
    },

    change(changes) {
      const raw = readOrRefuse(file, log)
      const merged = merge(raw, changes)
      file.write(merged)
      use(readSettings(merged))
    },

    onChange(listener) {
      const own = (settings: Settings) => listener(settings)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}

/** Writing over a file that cannot be read would lose what a person was doing to it. */
function readOrRefuse(file: SettingsFile, log: Log): RawSettings {
  try {
    return file.read()
  } catch (error) {
    log.error(`settings.json cannot be read: ${words(error)}`)
    throw new OperationError(
      'internal',
      `The settings were not changed: settings.json cannot be read (${words(error)}). Mend it and try again.`,
    )
  }
}

/** The content with the changes in it: null takes a field out, an object changes its own fields only. */
function merge(raw: RawSettings, changes: Readonly<Record<string, unknown>>): RawSettings {
  const entries = new Map(Object.entries(raw))
  for (const [name, change] of Object.entries(changes)) {
    const before = entries.get(name)
    if (change === undefined) continue
    if (change === null) entries.delete(name)
    else entries.set(name, isRecord(change) ? merge(isRecord(before) ? before : {}, change) : change)
  }
  return Object.fromEntries(entries)
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
