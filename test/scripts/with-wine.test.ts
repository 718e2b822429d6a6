import { expect, test } from 'vitest'
import { Stop } from '../../scripts/lib/progress.mjs'
import { withWine } from '../../scripts/test/with-wine.mjs'

const steps = [
  { name: 'unit', kind: 'tests' },
  { name: 'windows', kind: 'tests' },
] as const
const noWine = () => Promise.reject(new Stop('Wine can be had on Linux x64 only.'))

test('where Wine cannot be had the other suites run, and a sentence says what did not', async () => {
  const { steps: left, left: sentence } = await withWine(steps, noWine, undefined)
  expect(left).toEqual([{ name: 'unit', kind: 'tests' }])
  expect(sentence).toBe(
    'The tests for Windows did not run, for there is no Wine here: Wine can be had on Linux x64 only.',
  )
})

test('in CI they never stay out', async () => {
  await expect(withWine(steps, noWine, 'true')).rejects.toThrow('Wine can be had on Linux x64 only.')
})

test('nobody waits for Wine who asks for other suites', async () => {
  expect(await withWine([steps[0]], noWine, 'true')).toEqual({ steps: [steps[0]], left: undefined })
})
