import { expect, test } from 'vitest'
import { Stop } from '../../scripts/lib/progress.mjs'
import { withWine } from '../../scripts/test/with-wine.mjs'

const unit = { name: 'unit', kind: 'tests' } as const
const windows = { name: 'windows', kind: 'tests' } as const
const noWine = () => Promise.reject(new Stop('Wine can be had on Linux x64 only.'))

test('where Wine cannot be had the other suites run, and a sentence says what did not', async () => {
  const whyNot = withWine([unit, windows], noWine)
  expect(await whyNot(unit)).toBeUndefined()
  expect(await whyNot(windows)).toBe(
    'The tests for Windows did not run, for there is no Wine here: Wine can be had on Linux x64 only.',
  )
})

test('Wine is set up while the other suites run, and those for Windows wait for it', async () => {
  const finish: (() => void)[] = []
  const setUp = new Promise<void>((resolve) => void finish.push(resolve))
  const whyNot = withWine([unit, windows], async () => setUp)
  expect(await whyNot(unit)).toBeUndefined()
  const asked = whyNot(windows)
  expect(await Promise.race([asked, whyNot(unit).then(() => 'still waits')])).toBe('still waits')
  finish[0]?.()
  expect(await asked).toBeUndefined()
})

test('what goes wrong otherwise is no reason to leave them out', async () => {
  const whyNot = withWine([unit, windows], () => Promise.reject(new Error('a fault of ours')))
  expect(await whyNot(unit)).toBeUndefined()
  await expect(whyNot(windows)).rejects.toThrow('a fault of ours')
})

test('nobody waits for Wine who asks for other suites', async () => {
  let began = false
  const whyNot = withWine([unit], async () => void (began = true))
  expect([await whyNot(unit), began]).toEqual([undefined, false])
})
