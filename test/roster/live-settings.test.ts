import { expect, test } from 'vitest'
import { defaultSettings } from '../../src/contract/settings'
import { FakeSettingsFile, fakeSettings } from '../fakes/fake-settings'

test('a change holds at once, is in the file, and everyone who asked is told', () => {
  const file = new FakeSettingsFile()
  const settings = fakeSettings(file)
  const heard: number[] = []
  const stop = settings.onChange(({ queue }) => heard.push(queue.limit))
  settings.change({ queue: { limit: 7 } })
  settings.change({ queue: { limit: 7 } })
  stop()
  settings.change({ queue: { limit: 8 } })
  expect(heard).toEqual([7])
  expect(settings.current().queue.limit).toBe(8)
  expect(file.content).toEqual({ queue: { limit: 8 } })
})

test('a change touches its own fields only: agents, what other versions know and what a person wrote meanwhile stay', () => {
  const file = new FakeSettingsFile({ agents: { A: { at: [1, 2] } }, later: 1, lock: { newer: true } })
  const settings = fakeSettings(file)
  file.content = { ...file.content, delivery: { attempts: 9 } }
  settings.change({ lock: { retryMs: 50 }, theme: 'dark' })
  expect(file.content).toEqual({
    agents: { A: { at: [1, 2] } },
    later: 1,
    lock: { newer: true, retryMs: 50 },
    delivery: { attempts: 9 },
    theme: 'dark',
  })
  expect(settings.current()).toMatchObject({ delivery: { attempts: 9 }, lock: { retryMs: 50 } })
})

test('null takes a field back to its default and out of the file, and a profile away', () => {
  const file = new FakeSettingsFile({
    theme: 'dark',
    lock: { retryMs: 5, timeoutMs: 6 },
    profiles: { mine: {}, other: {} },
  })
  const settings = fakeSettings(file)
  settings.change({
    theme: null,
    lock: { retryMs: null },
    profiles: { mine: null, other: { paste: 'ctrl+v' } },
  })
  expect(file.content).toEqual({ lock: { timeoutMs: 6 }, profiles: { other: { paste: 'ctrl+v' } } })
  const { theme, lock } = defaultSettings
  expect(settings.current()).toMatchObject({ theme, lock: { retryMs: lock.retryMs, timeoutMs: 6 } })
  expect(settings.current().profiles).toEqual({ other: { base: 'chat', paste: 'ctrl+v' } })
})

test('a file edited by hand counts from the next look on; one that cannot be read changes nothing and is not written over', () => {
  const file = new FakeSettingsFile()
  const settings = fakeSettings(file)
  file.content = { drafts: 'hold', theme: 'pink' }
  settings.refresh()
  expect(settings.current().drafts).toBe('hold')
  expect(settings.problems()).toEqual([expect.stringContaining('theme')])
  file.read = () => {
    throw new Error('half edited')
  }
  settings.refresh()
  expect(settings.current().drafts).toBe('hold')
  expect(settings.problems().join()).toContain('half edited')
  expect(() => settings.change({ theme: 'dark' })).toThrow('settings.json cannot be read')
  expect(file.content).toEqual({ drafts: 'hold', theme: 'pink' })
})
