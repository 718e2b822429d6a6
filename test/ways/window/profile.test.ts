import { describe, expect, test } from 'vitest'
import { createProfiles, guessProfile } from '../../../src/main/ways/window/profile'
import { DeliveryDesk, text } from './delivery-desk'

const own = () =>
  ({
    Quiet: { base: 'chat', submit: 'none', newlines: 'spaces' },
    Slack: { base: 'editor', paste: 'shift+insert' },
    Blind: { base: 'chat', clear: 'none' },
  }) as const

const onLinux = createProfiles({ platform: 'linux', own })
const onMac = createProfiles({ platform: 'darwin', own })

test.each([
  ['chat', ['LeftControl', 'V'], ['Enter'], true],
  ['editor', ['LeftControl', 'V'], ['LeftControl', 'Enter'], true],
  ['terminal', ['LeftControl', 'LeftShift', 'V'], ['Enter'], false],
  ['Quiet', ['LeftControl', 'V'], undefined, true],
  ['Slack', ['LeftShift', 'Insert'], ['LeftControl', 'Enter'], true],
  ['Blind', ['LeftControl', 'V'], ['Enter'], false],
  ['a profile that was removed', ['LeftControl', 'V'], ['Enter'], true],
] as const)('%s pastes, submits and reads back as it says', (name, paste, submit, readBack) => {
  expect(onLinux(name, 'Some program')).toMatchObject({ paste, submit, readBack })
})

test('on macOS the command key is Cmd', () => {
  expect(onMac('editor', '')).toMatchObject({ paste: ['LeftSuper', 'V'], submit: ['LeftSuper', 'Enter'] })
  expect(onMac('terminal', 'Terminal').paste).toEqual(['LeftSuper', 'V'])
})

test('an xterm pastes by the one key it knows', () => {
  expect(onLinux('terminal', 'XTerm').paste).toEqual(['LeftShift', 'Insert'])
})

test.each([
  ['XTerm', 'terminal'],
  ['st-256color', 'terminal'],
  ['Gnome-terminal', 'terminal'],
  ['Xfce4-terminal', 'terminal'],
  ['kitty', 'terminal'],
  ['org.gnome.Ptyxis', 'terminal'],
  ['Guake', 'terminal'],
  ['Tilda', 'terminal'],
  ['Cursor', 'chat'],
  ['Code', 'chat'],
  ['Slack', 'chat'],
  ['', 'chat'],
])('a window of %s is taken for a %s', (app, profile) => {
  expect(guessProfile(app)).toBe(profile)
})

describe('what a profile changes', () => {
  test('without a submit key the text is left in the input', async () => {
    const desk = new DeliveryDesk()
    desk.profiles = own()
    expect(await desk.run({ agent: { profile: 'Quiet' } })).toMatchObject({ state: 'delivered' })
    expect([desk.mine.text, desk.mine.submitted]).toEqual([text.replaceAll('\n', ' '), []])
  })

  test('drafts on hold: the message waits, and the draft is not touched', async () => {
    const desk = new DeliveryDesk()
    desk.drafts = 'hold'
    desk.mine.text = 'half a thought'
    expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'draft-present' } })
    expect([desk.mine.text, desk.mine.submitted]).toEqual(['half a thought', []])
    desk.mine.text = ''
    expect(await desk.run()).toMatchObject({ state: 'delivered' })
  })
})

describe('an input that may not be copied from', () => {
  test('gets nothing where the tree does not show it either; its message waits and says what to do', async () => {
    const desk = new DeliveryDesk()
    desk.profiles = own()
    expect(await desk.run({ agent: { profile: 'Blind' } })).toMatchObject({
      state: 'not-submitted',
      failure: { code: 'unreadable', message: expect.stringContaining('Switch it on.') as unknown },
    })
    expect([desk.mine.text, desk.mine.submitted, desk.pastes.size]).toEqual(['', [], 0])
    expect(desk.desktop.acts).not.toContain('press')
  })
})
