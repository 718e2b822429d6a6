import { accessSync, constants, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from '../contract/doctor'
import { sessionTrouble, type Session } from '../contract/session'

export interface Surroundings extends Session {
  /** Waggle's home folder. */
  readonly home: string
}

/** What can be said while Waggle is not running, `notRunning` saying why it is not. */
export function checksWithoutWaggle(surroundings: Surroundings, notRunning: string): Check[] {
  return [
    {
      name: 'Waggle',
      ok: false,
      found: notRunning,
      remedy: 'Start it and run this again: only what can be checked without it is listed here.',
    },
    displayCheck(surroundings),
    homeCheck(surroundings),
    settingsCheck(surroundings),
  ]
}

function displayCheck(session: Session): Check {
  const trouble = sessionTrouble(session)
  if (trouble === undefined)
    return { name: 'Display', ok: true, found: 'Nothing speaks against this session.' }
  return {
    name: 'Display',
    ok: false,
    found: trouble,
    remedy: 'Run this within the desktop session in which the agents live.',
  }
}

function homeCheck({ home }: Surroundings): Check {
  const name = 'Home folder'
  const trouble = errorOf(() => accessSync(home, constants.W_OK))
  if (!trouble) return { name, ok: true, found: `${home} is writable.` }
  if (isMissing(trouble))
    return { name, ok: true, found: `${home} is not there yet; the first start makes it.` }
  const remedy = 'Give it back to your user, or set WAGGLE_HOME to another folder.'
  return { name, ok: false, found: `${home} is not writable: ${trouble.message}`, remedy }
}

function settingsCheck({ home }: Surroundings): Check {
  const name = 'Settings'
  const path = join(home, 'settings.json')
  const trouble = errorOf(() => JSON.parse(readFileSync(path, 'utf8')))
  if (!trouble) return { name, ok: true, found: 'settings.json can be read.' }
  if (isMissing(trouble))
    return { name, ok: true, found: 'There is no settings.json yet: everything is at its default.' }
  const remedy = 'Mend it, or start Waggle: it keeps the broken file aside and starts with defaults.'
  return { name, ok: false, found: `${path} cannot be read: ${trouble.message}`, remedy }
}

function errorOf(act: () => unknown): Error | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function isMissing(error: Error): boolean {
  return 'code' in error && error.code === 'ENOENT'
}
