import { beforeEach, expect, test } from 'vitest'
import type { WaggleEvent } from '../../src/contract/events'
import type { Message } from '../../src/contract/message'
import type { QueueStatus } from '../../src/contract/operations'
import {
  keepTrayCurrent,
  MENU_PAUSE_MS,
  TRAY_PAUSE_MS,
  type TrayFace,
  type TrayUpdates,
} from '../../src/main/shell/tray-updates'
import { FakeClock } from '../fakes/fake-clock'
import { aMessage } from '../renderer/messages'

let clock: FakeClock
let status: QueueStatus
let shown: string[]
let tell: (event: WaggleEvent) => void
let tray: TrayUpdates
let recent: Message[]

const face: TrayFace = {
  showMood: (mood) => shown.push(`mood ${mood}`),
  showSentence: (sentence) => shown.push(`sentence ${sentence}`),
  showMenu: ({ paused, agents }) => shown.push(`menu ${paused} ${agents.map(({ name }) => name).join(' ')}`),
}

beforeEach(() => {
  clock = new FakeClock()
  status = { paused: false, depth: 0, perAgent: {} }
  shown = []
  recent = []
  tray = keepTrayCurrent({
    face,
    status: () => status,
    agents: () => [{ name: 'Agent-1', profile: 'chat', enabled: true, description: '' }],
    inDoubt: () => [],
    recent: () => recent,
    startAtLogin: () => false,
    subscribe: (listener) => {
      tell = listener
      return () => void (tell = () => undefined)
    },
    later: (ms, callback) => void clock.setTimer(ms, callback),
  })
})

function change(next: Partial<QueueStatus>): void {
  status = { ...status, ...next }
  tell({ type: 'queue', status })
}

test('the tray shows the present state at once', () => {
  expect(shown).toEqual(['mood idle', 'sentence Nothing waits', 'menu false Agent-1'])
})

test('an event that changes nothing to be seen redraws nothing', () => {
  shown = []
  tell({ type: 'queue', status })
  expect(shown).toEqual([])
})

test('a burst of changes is drawn at its beginning and, in its last state, once more', async () => {
  await clock.advance(TRAY_PAUSE_MS)
  shown = []
  for (let depth = 1; depth <= 50; depth += 1) change({ depth })
  expect(shown).toEqual(['sentence 1 message waits'])
  shown = []
  await clock.advance(TRAY_PAUSE_MS)
  expect(shown).toEqual(['sentence 50 messages wait'])
})

test('the menu, which may be open, changes less often than icon and words', async () => {
  await clock.advance(MENU_PAUSE_MS)
  shown = []
  for (let depth = 1; depth <= 20; depth += 1) {
    change({ depth })
    await clock.advance(TRAY_PAUSE_MS)
  }
  expect(shown.filter((what) => what.startsWith('sentence'))).toHaveLength(20)
  expect(shown.filter((what) => what.startsWith('menu'))).toHaveLength(4)
})

test('the menu is rebuilt when a message comes or changes its state, and not for an event that tells nothing new', async () => {
  await clock.advance(MENU_PAUSE_MS)
  shown = []
  recent = [aMessage({ state: 'queued' })]
  tell({ type: 'message', message: aMessage({ state: 'queued' }) })
  await clock.advance(MENU_PAUSE_MS)
  tell({ type: 'message', message: aMessage({ state: 'queued' }) })
  await clock.advance(MENU_PAUSE_MS)
  expect(shown).toEqual(['menu false Agent-1'])
  recent = [aMessage({ state: 'delivered' })]
  tell({ type: 'queue', status })
  expect(shown).toHaveLength(2)
})

test('a failed message asks for a person until they have looked', async () => {
  tell({ type: 'message', message: aMessage({ state: 'failed' }) })
  await clock.advance(TRAY_PAUSE_MS)
  expect(shown).toContain('mood attention')
  shown = []
  tray.seen()
  await clock.advance(TRAY_PAUSE_MS)
  expect(shown).toContain('mood idle')
})

test('a change after a quiet time is drawn at once, and what can be clicked with it', async () => {
  change({ depth: 1 })
  await clock.advance(2 * TRAY_PAUSE_MS)
  shown = []
  change({ paused: true })
  expect(shown).toEqual(['mood paused', 'sentence Paused · 1 waiting', 'menu true Agent-1'])
})

test('a message asks for a person from the moment it is in doubt until it is settled', async () => {
  tell({ type: 'message', message: aMessage({ state: 'in-doubt' }) })
  await clock.advance(TRAY_PAUSE_MS)
  expect(shown).toContain('mood attention')
  shown = []
  tell({ type: 'message', message: aMessage({ state: 'delivered' }) })
  await clock.advance(TRAY_PAUSE_MS)
  expect(shown).toContain('mood idle')
})

test('after it was stopped nothing is drawn any more, not even what was due', async () => {
  change({ depth: 1 })
  change({ depth: 2 })
  shown = []
  tray.stop()
  await clock.advance(TRAY_PAUSE_MS)
  change({ depth: 3 })
  expect(shown).toEqual([])
})
