import { expect, test } from 'vitest'
import { absentDesktop } from '../../src/main/desktop/absent-desktop'
import type { Desktop } from '../../src/main/desktop/desktop'
import { lateDesktop } from '../../src/main/desktop/late-desktop'
import { FakeDesktop } from '../fakes/fake-desktop'
import { HastyClock } from '../fakes/hasty-clock'

test('what is asked of a desktop while it is being opened is answered once it is there, each in its turn', async () => {
  const real = new FakeDesktop(new HastyClock())
  const { id } = real.openWindow('Left', { x: 0, y: 0, width: 100, height: 100 })
  let open: ((desktop: Desktop) => void) | undefined
  const late = lateDesktop(new Promise((resolve) => (open = resolve)))
  const asked = Promise.all([
    late.windowAt({ x: 5, y: 5 }),
    late.press({ windowId: id }, ['A']),
    late.offerText('x'),
  ])
  expect(real.acts).toEqual([])
  open?.(real)
  expect(await asked).toMatchObject([id, undefined, { taken: false }])
  expect(real.acts).toEqual(['press', 'offerText'])
})

test('one that cannot be opened says why', async () => {
  const late = lateDesktop(Promise.resolve(absentDesktop('No display.')))
  expect(await late.trouble()).toEqual({ code: 'desktop-unavailable', message: 'No display.' })
  expect(Object.keys(late).toSorted()).toEqual(Object.keys(absentDesktop('')).toSorted())
})
