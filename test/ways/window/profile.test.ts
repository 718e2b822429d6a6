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

async function blind(desk: DeliveryDesk, message = 'one line') {
  desk.profiles = own()
  return desk.run({ agent: { profile: 'Blind' }, message: { text: message } })
}

describe('a window that cannot be read', () => {
  test('is proven by its focus and a change on its screen', async () => {
    const desk = new DeliveryDesk()
    expect(await blind(desk)).toMatchObject({ state: 'delivered', proof: 'window' })
    expect(desk.mine.submitted).toEqual(['one line'])
  })

  test('gets what was pasted taken out again when the submit key cannot be pressed', async () => {
    const desk = new DeliveryDesk()
    let presses = 0
    desk.desktop.before = (act) => {
      if (act === 'press' && ++presses === 2) desk.desktop.person({ x: 1, y: 1 })
    }
    expect(await blind(desk)).toMatchObject({ state: 'not-submitted', failure: { code: 'user-active' } })
    expect([desk.mine.text, desk.mine.submitted]).toEqual(['', []])
  })

  test('is in doubt when lines that may have been run cannot be taken back', async () => {
    const desk = new DeliveryDesk()
    let presses = 0
    desk.desktop.before = (act) => {
      if (act === 'press' && ++presses === 2) desk.desktop.focused = desk.other
    }
    expect(await blind(desk, 'two\nlines')).toMatchObject({ state: 'in-doubt' })
    expect(desk.mine.submitted).toEqual([])
  })
})
