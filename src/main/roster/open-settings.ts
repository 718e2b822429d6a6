import { copyFileSync, existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { KEPT_ASIDE } from '../../contract/settings-help'
import type { Log } from '../log'
import { keepAsLastGood, readLastGood } from './last-good'
import { isRecord, readSettings, type Reading } from './read-settings'
import type { SettingsFile } from './settings-file'

export interface OpenSettingsDeps {
  readonly file: SettingsFile
  readonly log: Log
  /** Says something to the person at the desk. */
  readonly say: (title: string, sentence: string) => void
  /** Milliseconds since 1970. */
  now(): number
}

/**
 * The settings of a home, defaults filled in. What is broken never stops the start and is never lost: the file is kept
 * aside as `settings.json.broken-<date>`, the log says what was wrong and the person is told, and whatever could be read
 * goes on; where nothing could be read, what was read or written last.
 */
export function openSettings(home: string, deps: OpenSettingsDeps): Reading {
  const path = join(home, 'settings.json')
  const aside = `${path}.broken-${stamp(deps.now())}`
  const complain = (problem: string) => {
    deps.log.error(`settings.json: ${problem}`)
    return problem
  }
  if (!isJsonObject(path)) {
    renameSync(path, aside)
    const last = readLastGood(home)
    const instead = last ? `what held on ${last.since} is used` : 'Waggle starts with defaults'
    const problem = complain(`it is not a JSON object; it ${KEPT_ASIDE} ${aside}, and ${instead}`)
    deps.say('The settings were damaged', `settings.json: ${problem}.`)
    if (last) deps.file.write(last.settings)
    const reading = readSettings(deps.file.read())
    return { ...reading, problems: [problem, ...reading.problems] }
  }
  const raw = deps.file.read()
  const reading = readSettings(raw)
  if (reading.problems.length === 0) {
    if (!isDeepStrictEqual(raw, readLastGood(home)?.settings)) keepAsLastGood(home, raw, deps.log)
    return reading
  }
  copyFileSync(path, aside)
  deps.file.write(reading.kept)
  const problems = [...reading.problems, `as it was, it ${KEPT_ASIDE} ${aside}`].map(complain)
  deps.say('A part of the settings was wrong', `settings.json: ${problems.join('; ')}.`)
  return { ...reading, problems }
}

function isJsonObject(path: string): boolean {
  if (!existsSync(path)) return true
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isRecord(content)
  } catch (error) {
    // Not JSON is a broken file; not readable at all is for the caller to hear of.
    if (error instanceof SyntaxError) return false
    throw error
  }
}

/** A time for a file's name: no colons, which Windows refuses. */
function stamp(now: number): string {
  return new Date(now).toISOString().replaceAll(':', '-')
}
