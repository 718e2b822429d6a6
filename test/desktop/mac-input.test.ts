import { expect, test } from 'vitest'
import { heldOnMac, type MacKeyState } from '../../src/main/desktop/nut/mac-input'

const state = (change: Partial<MacKeyState> = {}): MacKeyState => ({
  // As at rest: events say that they do not come from a pen.
  flags: () => 0x100,
  isKeyDown: () => false,
  isButtonDown: () => false,
  ...change,
})

test.each([
  ['Shift', { flags: () => 0x20102 }],
  ['Control', { flags: () => 0x40101 }],
  ['Option', { flags: () => 0x80120 }],
  ['Command', { flags: () => 0x100108 }],
  ['fn', { flags: () => 0x800100 }],
  ['a letter', { isKeyDown: (key: number) => key === 0 }],
  ['the last key', { isKeyDown: (key: number) => key === 127 }],
  ['a mouse button', { isButtonDown: (button: number) => button === 1 }],
])('on a Mac no key is pressed while %s is down', (_, change) => {
  expect(heldOnMac(state(change))).toBe('key-held')
})

test.each([
  ['nothing is down', {}],
  ['Caps Lock is on', { flags: () => 0x10100 }],
])('keys are pressed where %s', (_, change) => {
  expect(heldOnMac(state(change))).toBeUndefined()
})
