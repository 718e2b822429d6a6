import { app } from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

export interface SingleInstanceDeps {
  /** Waggle's home folder: one instance per home. */
  readonly home: string
  /** Called in the first instance whenever another one is started. */
  onSecondStart(): void
}

/**
 * Claims the home for this process. False: another instance has it and has been asked to show its window; this one
 * should exit with 0. Call it before Electron is ready: Chromium's own files go into `browser/` in the home.
 */
export function claimSingleInstance({ home, onSecondStart }: SingleInstanceDeps): boolean {
  const folder = join(home, 'browser')
  mkdirSync(home, { recursive: true, mode: 0o700 })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  app.setPath('userData', folder)
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', onSecondStart)
  return true
}
