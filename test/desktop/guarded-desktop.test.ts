import { beforeEach, expect, test } from 'vitest'
import { absentDesktop } from '../../src/main/desktop/absent-desktop'
import { guardDesktop } from '../../src/main/desktop/guarded-desktop'
import { FakeDesktop } from '../fakes/fake-desktop'
import { HastyClock } from '../fakes/hasty-clock'
import { silentLog } from '../fakes/silent-log'

let said: string[]
const log = {
  ...silentLog,
  warn: (sentence: string) => void said.push(sentence),
  info: (sentence: string) => void said.push(sentence),
}
beforeEach(() => {
  said = []
})

const x11 = { platform: 'linux', env: { DISPLAY: ':0' } }
const free = { session: x11, permitted: () => true, locked: async () => false, log }
const desktop = () => new FakeDesktop(new HastyClock())

test.each([
  [
    'a Wayland session',
    { session: { platform: 'linux', env: { XDG_SESSION_TYPE: 'wayland' } } },
    /Wayland.*X11/,
  ],
  ['a missing permission', { permitted: () => false }, /Accessibility/],
  ['a locked screen', { locked: async () => true }, /locked/],
])('%s troubles the desktop, in words that say what to do', async (_what, over, words) => {
  expect(await guardDesktop(desktop(), { ...free, ...over }).trouble()).toMatchObject({
    code: 'desktop-unavailable',
    message: expect.stringMatching(words) as unknown,
  })
})

test('an X11 session is no trouble, even when a Wayland one left its variable behind', async () => {
  const session = {
    platform: 'linux',
    env: { DISPLAY: ':0', XDG_SESSION_TYPE: 'x11', WAYLAND_DISPLAY: 'wayland-0' },
  }
  expect(await guardDesktop(desktop(), { ...free, session }).trouble()).toBeUndefined()
  expect(
    await guardDesktop(desktop(), { ...free, session: { platform: 'win32', env: {} } }).trouble(),
  ).toBeUndefined()
})

test('a trouble is logged once when it comes and once when it is over', async () => {
  let isLocked = true
  const guarded = guardDesktop(desktop(), { ...free, locked: async () => isLocked })
  for (let time = 0; time < 3; time++) await guarded.trouble()
  isLocked = false
  for (let time = 0; time < 3; time++) await guarded.trouble()
  expect(said).toEqual([expect.stringMatching(/^deliveries wait: .*locked/), 'the desktop can be used again'])
})

test('without a desktop everything else works: messages wait and say why', async () => {
  const absent = absentDesktop('The X display cannot be reached.')
  expect(await guardDesktop(absent, free).trouble()).toMatchObject({
    message: 'The X display cannot be reached.',
  })
  expect(await absent.screens()).toEqual([])
  await expect(absent.click({ windowId: '1', point: { x: 1, y: 1 } })).rejects.toThrow('cannot be reached')
})
