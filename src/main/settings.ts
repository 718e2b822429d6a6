import type { Settings, SettingsChanges } from '../contract/settings'

/** The settings as they are now; whoever uses one asks at each use, so that a change holds at once. */
export interface LiveSettings {
  current(): Settings
  /** What in `settings.json` could not be read and is at its default, and what was reported. */
  problems(): readonly string[]
  /** What the file has that nothing here knows, by its place there: a slip, or another version's. */
  unknown(): readonly string[]
  /** What the system would not let a setting do (a shortcut that another program has); replaces what `source` said before. */
  report(source: string, problems: readonly string[]): void
  /** Looks at the file again: a person may have edited it. What cannot be read stays as it was and is a problem. */
  refresh(): void
  /** On disk when it returns; a change that cannot be written throws `OperationError` and changes nothing. */
  change(changes: SettingsChanges): void
  /** Calls back after every change; returns the way to stop. */
  onChange(listener: (settings: Settings) => void): () => void
}
