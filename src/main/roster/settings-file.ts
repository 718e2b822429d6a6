/** What `settings.json` holds, field by field; who reads a field checks it. */
export type RawSettings = Readonly<Record<string, unknown>>

/** `settings.json` as it is kept: the roster's user interface to the store. Every write is whole or not at all. */
export interface SettingsFile {
  /** Throws when the file is not a JSON object. */
  read(): RawSettings
  /** Replaces the whole content. */
  write(settings: RawSettings): void
}

/** A file by its store, opened at the first use: that reads the file at once and throws when it is broken. */
export function openedAtFirstUse(open: () => { store: Record<string, unknown> }): SettingsFile {
  let opened: ReturnType<typeof open> | undefined
  return {
    read: () => (opened ??= open()).store,
    write: (settings: RawSettings) => {
      opened ??= open()
      opened.store = settings
    },
  }
}
