import { expect, test } from 'vitest'
import { forAll } from '../../src/renderer/state/for-all'
import { createDismissals } from '../../src/renderer/state/dismissals'

function storage(kept: string | null = null) {
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value
    },
  }
}

test('what was dismissed stays so when the window is opened again, and whoever listens is told', () => {
  const place = storage()
  const first = createDismissals(place)
  let told = 0
  first.subscribe(() => (told += 1))
  first.dismiss(['a', 'b'])
  expect(told).toBe(1)
  expect([...createDismissals(place).ids()]).toEqual(['a', 'b'])
})

test('a storage with something else in it dismisses nothing', () => {
  for (const kept of ['{', '{"a":1}', '[1,null]']) expect(createDismissals(storage(kept)).ids().size).toBe(0)
})

test('all are done even when some are refused, and the refusal says how many and why', async () => {
  const done: string[] = []
  const act = async (id: string) => {
    await Promise.resolve()
    if (id === 'b') throw new Error('it is delivered')
    done.push(id)
  }
  await expect(forAll(['a', 'b', 'c'], act)).rejects.toThrow('1 of 3 could not be changed: it is delivered')
  expect(done).toEqual(['a', 'c'])
  await expect(forAll(['b'], act)).rejects.toThrow(/^it is delivered$/)
  await forAll([], act)
})
