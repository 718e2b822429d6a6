import { expect, test } from 'vitest'
import { settingsSchema, type Settings } from '../../src/contract/settings'
import { settingsHelp } from '../../src/contract/settings-help'
import { fieldGroups, helpFor, valueAt, withValueAt } from '../../src/renderer/settings/fields'
import { otherProblems, problemAt } from '../../src/renderer/settings/problems'

const paths = fieldGroups.flatMap(({ fields }) => fields.map(({ path }) => path))

/** `group.field` for every setting that has a line of help. */
function allPaths(): string[] {
  return Object.entries(settingsHelp).flatMap(([name, help]) =>
    typeof help === 'string' ? [name] : Object.keys(help).map((field) => `${name}.${field}`),
  )
}

test('every setting there is can be set in the view, and has its line of help', () => {
  const shown = new Set<string>([...paths, 'profiles'])
  expect(allPaths().filter((path) => !path.startsWith('profile.') && !shown.has(path))).toEqual([])
  expect(paths.filter((path) => helpFor(path).length < 10)).toEqual([])
  const groups = new Set<string>(paths.map((path) => path.split('.')[0] ?? ''))
  expect(
    Object.keys(settingsSchema.shape).filter((name) => name !== 'profiles' && !groups.has(name)),
  ).toEqual([])
})

test('a path leads to its value and back', () => {
  const settings: Pick<Settings, 'queue' | 'theme'> = { queue: { limit: 7 }, theme: 'dark' }
  expect(valueAt(settings, 'queue.limit')).toBe(7)
  expect(valueAt(settings, 'presence.idleMs')).toBeUndefined()
  expect(withValueAt('queue.limit', 7)).toEqual({ queue: { limit: 7 } })
  expect(withValueAt('theme', null)).toEqual({ theme: null })
})

test('a problem is told at its own field, and only what belongs to none above them all', () => {
  const problems = ['shortcuts.stop: another program has it', 'agent "A", at: expected a point']
  expect(problemAt('shortcuts.stop', problems)).toBe('another program has it')
  expect(problemAt('shortcuts', problems)).toBeUndefined()
  expect(otherProblems(paths, problems)).toEqual(['settings.json: agent "A", at: expected a point'])
})
