import { expect, test } from 'vitest'
import { shortcutTrouble } from '../../src/contract/accelerator'
import { acceleratorOf, keysOf, type Keys } from '../../src/renderer/settings/accelerator'

const up: Keys = { key: '', code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false }

test.each<[Partial<Keys>, boolean, string]>([
  [{ key: 'n', code: 'KeyN', ctrlKey: true, altKey: true }, false, 'CommandOrControl+Alt+N'],
  [{ key: 'a', code: 'KeyQ', ctrlKey: true }, false, 'CommandOrControl+A'],
  [{ key: '˜', code: 'KeyN', metaKey: true, altKey: true }, true, 'CommandOrControl+Alt+N'],
  [{ key: 'k', code: 'KeyK', ctrlKey: true, metaKey: true }, true, 'Control+CommandOrControl+K'],
  [{ key: 'k', code: 'KeyK', metaKey: true }, false, 'Super+K'],
  [{ key: '!', code: 'Digit1', ctrlKey: true, shiftKey: true }, false, 'CommandOrControl+Shift+1'],
  [{ key: '>', code: 'Period', ctrlKey: true, shiftKey: true }, false, 'CommandOrControl+Shift+.'],
  [{ key: ' ', code: 'Space', altKey: true }, false, 'Alt+Space'],
  [{ key: 'F9', code: 'F9' }, false, 'F9'],
  [{ key: 'ArrowUp', code: 'ArrowUp', ctrlKey: true }, false, 'CommandOrControl+Up'],
])('what is pressed becomes a shortcut that the contract takes (%#)', (keys, isMac, accelerator) => {
  expect(acceleratorOf({ ...up, ...keys }, isMac)).toBe(accelerator)
  expect(shortcutTrouble(accelerator)).toBeUndefined()
})

test('while only modifiers are down there is no shortcut yet', () => {
  expect(acceleratorOf({ ...up, key: 'Control', code: 'ControlLeft', ctrlKey: true }, false)).toBeUndefined()
  expect(acceleratorOf({ ...up, key: 'Unidentified', code: '' }, false)).toBeUndefined()
})

test('keys are shown as they are printed on this system’s keyboards', () => {
  expect(keysOf('CommandOrControl+Alt+.', false)).toEqual(['Ctrl', 'Alt', '.'])
  expect(keysOf('CommandOrControl+Alt+.', true)).toEqual(['⌘', '⌥', '.'])
  expect(keysOf('', false)).toEqual([])
})
