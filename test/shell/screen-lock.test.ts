import { expect, test } from 'vitest'
import { watchScreenLock, type ScreenLockDeps } from '../../src/main/shell/screen-lock'
import { FakeClock, settle } from '../fakes/fake-clock'

/** A system that answers by name; a name that is not there refuses, as the bus does. */
function system(platform: NodeJS.Platform, answers: Record<string, string> = {}) {
  const clock = new FakeClock()
  const asked: string[] = []
  const listeners = new Map<string, () => void>()
  const deps: ScreenLockDeps = {
    platform,
    clock,
    powerMonitor: {
      // A blanked screen, to Chromium.
      getSystemIdleState: () => (platform === 'linux' ? 'locked' : 'active'),
      on: (event, listener) => listeners.set(event, listener),
    },
    run: async (_program, args) => {
      const name = args.find((arg) => arg.startsWith('--dest='))?.slice(7) ?? ''
      asked.push(name)
      const answer = answers[name]
      if (answer === undefined) throw new Error('no such name')
      return answer
    },
  }
  return {
    locked: watchScreenLock(deps),
    clock,
    asked,
    answers,
    emit: (event: string) => listeners.get(event)?.(),
  }
}

test.each(['win32', 'darwin'] as const)('on %s the system’s events tell', async (platform) => {
  const { locked, emit } = system(platform)
  expect(await locked()).toBe(false)
  emit('lock-screen')
  expect(await locked()).toBe(true)
  emit('unlock-screen')
  expect(await locked()).toBe(false)
})

test.each(['org.freedesktop.ScreenSaver', 'org.gnome.ScreenSaver', 'org.freedesktop.login1'])(
  'on Linux %s is believed when it says the screen is locked',
  async (name) => {
    expect(await system('linux', { [name]: '   boolean true' }).locked()).toBe(true)
    expect(await system('linux', { [name]: '   boolean false' }).locked()).toBe(false)
  },
)

test('on Linux nobody knowing means unlocked, and those who are not there are left alone for a minute', async () => {
  const { locked, clock, asked } = system('linux')
  expect(await locked()).toBe(false)
  await clock.advance(30_000)
  expect(await locked()).toBe(false)
  await settle()
  expect(asked).toHaveLength(3)
})

test('on Linux the question is asked at most once a second, and unlocking is seen at the next', async () => {
  const { locked, clock, asked, answers } = system('linux', { 'org.gnome.ScreenSaver': 'boolean true' })
  for (let time = 0; time < 5; time++) expect(await locked()).toBe(true)
  expect(asked.filter((name) => name === 'org.gnome.ScreenSaver')).toHaveLength(1)
  answers['org.gnome.ScreenSaver'] = 'boolean false'
  await clock.advance(1000)
  expect(await locked()).toBe(false)
})

test('on Linux two who ask at the very first both get the true answer', async () => {
  const { locked } = system('linux', { 'org.gnome.ScreenSaver': 'boolean true' })
  expect(await Promise.all([locked(), locked()])).toEqual([true, true])
})

test('on Linux a delivery does not wait for the answer while the screen was unlocked a moment ago', async () => {
  const { locked, clock, answers } = system('linux', { 'org.gnome.ScreenSaver': 'boolean false' })
  await locked()
  answers['org.gnome.ScreenSaver'] = 'boolean true'
  await clock.advance(1000)
  expect(await locked()).toBe(false)
  await settle()
  expect(await locked()).toBe(true)
})
