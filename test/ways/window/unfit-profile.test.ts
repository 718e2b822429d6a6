import { expect, test } from 'vitest'
import { createProfiles } from '../../../src/main/ways/window/profile'
import { unfitProfile } from '../../../src/main/ways/window/unfit-profile'
import { agent } from '../../queue/courier-desk'
import { FakeTerminalWindow } from './fake-terminal-window'

// A terminal's window gets one paste and Enter, whatever a profile says; one that says otherwise holds the message.

const calibration = { at: '', windowId: 'w', title: '', rect: { x: 0, y: 0, width: 1, height: 1 } }
const own = {
  'Left unsent': { base: 'terminal', submit: 'none' },
  'In one line': { base: 'terminal', newlines: 'spaces' },
  'By another key': { base: 'terminal', paste: 'shift+insert' },
  'Selects all': { base: 'terminal', readBack: true, clear: 'select-all' },
  'The same again': { base: 'terminal', submit: 'enter' },
} as const
const withProfile = (profile: string, app = 'xfce4-terminal') => {
  const window = new FakeTerminalWindow({ profile }, app)
  window.profiles = own
  return window
}

test.each([
  'chat',
  'editor',
  'one that is gone',
  'Left unsent',
  'In one line',
  'By another key',
  'Selects all',
])(
  'the profile “%s”, chosen for an agent in a terminal, holds its messages, and is named with the cure',
  async (profile) => {
    const window = withProfile(profile)
    const failure = { code: 'profile-unfit', message: expect.stringContaining(`"${profile}"`) as unknown }
    expect(await window.trouble()).toMatchObject(failure)
    expect(await window.deliver('hello')).toMatchObject({ state: 'not-submitted', failure })
    expect((await window.trouble())?.message).toContain('waggle agents set A --profile terminal')
    expect([window.acts, window.marks]).toEqual([[], 0])
  },
)

test.each([
  ['terminal', 'xfce4-terminal'],
  ['The same again', 'xfce4-terminal'],
  ['By another key', 'XTerm'],
])('the profile “%s” says what is done in %s, and its messages go', async (profile, app) => {
  expect(await withProfile(profile, app).deliver('hello')).toMatchObject({ state: 'delivered' })
})

test('a profile that nobody chose holds nothing: as guessed for the window that stood there when the agent was set', async () => {
  const window = new FakeTerminalWindow({ profile: 'chat', calibration: { ...calibration, app: 'Slack' } })
  expect(await window.deliver('hello')).toMatchObject({ state: 'delivered' })
})

test('a profile that nobody chose holds nothing: as an agent has it that was set before its terminal stood there', () => {
  const profileOf = createProfiles({ platform: 'linux', own: () => own })
  expect(unfitProfile(agent('A', { profile: 'chat' }), 'XTerm', profileOf)).toBeUndefined()
  expect(unfitProfile(agent('A', { profile: 'editor' }), 'XTerm', profileOf)?.code).toBe('profile-unfit')
})
