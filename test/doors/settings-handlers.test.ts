import { describe, expect, test } from 'vitest'
import { OperationError } from '../../src/contract/failure'
import { newAgent } from '../../src/main/roster/new-agent'
import { client, openDesk } from './desk'

test('settings.get says what is set and what would hold by default', async () => {
  const desk = openDesk()
  const { settings, defaults, problems } = await desk.call('settings.get', {})
  expect(settings).toEqual(defaults)
  expect(settings).toMatchObject({
    presence: { idleMs: 2000, urgentIdleMs: 500 },
    drafts: 'put-back',
    startAtLogin: false,
    theme: 'system',
    logLevel: 'info',
  })
  expect(problems).toBeUndefined()
})

test('settings.set answers with what now holds, and subscribers are told', async () => {
  const desk = openDesk()
  const caller = client()
  await desk.call('events.subscribe', {}, caller)
  const { settings } = await desk.call('settings.set', { changes: { presence: { idleMs: 3000 } } })
  expect(settings.presence).toEqual({ idleMs: 3000, urgentIdleMs: 500 })
  expect(caller.events.at(-1)).toEqual({ type: 'settings', settings })
})

describe('settings.set refuses, and changes nothing for,', () => {
  test.each([
    ['a misspelt field', { presence: { idelMs: 1 } }, 'changes.presence.idelMs'],
    [
      'an urgent threshold of next to nothing',
      { presence: { urgentIdleMs: 99 } },
      'changes.presence.urgentIdleMs',
    ],
    ['a relative lock path', { lock: { path: 'desktop' } }, 'changes.lock.path'],
    ['a shortcut of a letter alone', { shortcuts: { stop: 'S' } }, 'changes.shortcuts.stop'],
    ['a shortcut of no key', { shortcuts: { stop: 'Control+' } }, 'changes.shortcuts.stop'],
    ['a profile named like one of ours', { profiles: { chat: {} } }, 'changes.profiles.chat'],
    ['a paste key there is not', { profiles: { mine: { paste: 'x' } } }, 'changes.profiles.mine.paste'],
    ['a right field beside a wrong one', { theme: 'dark', drafts: 'x' }, 'changes.drafts'],
  ])('%s', async (_what, changes, path) => {
    const desk = openDesk()
    const error = await desk.refused('settings.set', { changes })
    const issues = error.data?.['issues'] as { path: string[]; message: string }[]
    expect({ code: error.code, path: issues[0]?.path.join('.') }).toEqual({ code: -32602, path })
    const { settings, defaults } = await desk.call('settings.get', {})
    expect(settings).toEqual(defaults)
  })

  test('forgetting a profile that an agent uses', async () => {
    const desk = openDesk()
    await desk.call('settings.set', { changes: { profiles: { mine: { submit: 'none' } } } })
    desk.roster.put({ ...newAgent('Agent-1'), profile: 'mine' })
    const error = await desk.refused('settings.set', { changes: { profiles: { mine: null } } })
    expect(error.message).toContain('is used by Agent-1')
    desk.roster.put(newAgent('Agent-1'))
    const { settings } = await desk.call('settings.set', { changes: { profiles: { mine: null } } })
    expect(settings.profiles).toEqual({})
  })
})

test.each(['', 'F5', 'CommandOrControl+Alt+N', 'Control+Shift+Plus', 'Alt+.', 'Super+Space'])(
  'the shortcut %j is taken',
  async (stop) => {
    const { settings } = await openDesk().call('settings.set', { changes: { shortcuts: { stop } } })
    expect(settings.shortcuts.stop).toBe(stop)
  },
)

test('how inputs are read is switched before it is answered, and kept only if that could be done', async () => {
  const asked: boolean[] = []
  const done = openDesk({ chooseTree: async (on) => void asked.push(on) })
  const { settings } = await done.call('settings.set', { changes: { readBy: 'tree', theme: 'dark' } })
  expect([asked, settings.readBy, settings.theme]).toEqual([[true], 'tree', 'dark'])
  const failure = new OperationError('wrongState', 'There is no session bus.')
  const refused = openDesk({ chooseTree: async () => Promise.reject(failure) })
  expect(await refused.refused('settings.set', { changes: { readBy: 'tree', theme: 'dark' } })).toMatchObject(
    {
      code: 1004,
      message: 'There is no session bus.',
    },
  )
  expect((await refused.call('settings.get', {})).settings).toMatchObject({ theme: 'system' })
})
