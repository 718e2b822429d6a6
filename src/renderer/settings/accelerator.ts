/** The part of a key event that tells which keys are down. */
export interface Keys {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
}

const modifierKeys = new Set([
  'Control',
  'Alt',
  'Shift',
  'Meta',
  'AltGraph',
  'OS',
  'Super',
  'Hyper',
  'CapsLock',
])

/** Keys whose name is not their letter, by `KeyboardEvent.code`: what is printed on a key does not change with Shift or Alt. */
const byCode: Readonly<Record<string, string>> = {
  Space: 'Space',
  Tab: 'Tab',
  Enter: 'Return',
  Backspace: 'Backspace',
  Delete: 'Delete',
  Insert: 'Insert',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  PrintScreen: 'PrintScreen',
  Period: '.',
  Comma: ',',
  Slash: '/',
  Backslash: '\\',
  Minus: '-',
  Equal: '=',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  BracketLeft: '[',
  BracketRight: ']',
}

/** The pressed keys as Electron writes a shortcut; undefined while only modifiers are down, or for a key it has no name for. */
export function acceleratorOf(keys: Keys, isMac: boolean): string | undefined {
  if (modifierKeys.has(keys.key)) return undefined
  const key = keyOf(keys)
  return key === undefined ? undefined : [...modifiersOf(keys, isMac), key].join('+')
}

function modifiersOf({ ctrlKey, altKey, shiftKey, metaKey }: Keys, isMac: boolean): string[] {
  const [control, meta] = isMac ? ['Control', 'CommandOrControl'] : ['CommandOrControl', 'Super']
  return [
    ...(ctrlKey ? [control] : []),
    ...(metaKey ? [meta] : []),
    ...(altKey ? ['Alt'] : []),
    ...(shiftKey ? ['Shift'] : []),
  ]
}

function keyOf({ key, code }: Keys): string | undefined {
  // The letter by what it writes: on another layout it stands elsewhere.
  if (/^[a-z]$/i.test(key)) return key.toUpperCase()
  const letterOrDigit = /^(?:Key|Digit)(.)$/.exec(code)?.[1]
  if (letterOrDigit !== undefined) return letterOrDigit
  if (/^F\d{1,2}$/.test(code)) return code
  return byCode[code]
}

const names: Readonly<Record<string, { readonly mac: string; readonly other: string }>> = {
  CommandOrControl: { mac: '⌘', other: 'Ctrl' },
  CmdOrCtrl: { mac: '⌘', other: 'Ctrl' },
  Command: { mac: '⌘', other: 'Cmd' },
  Cmd: { mac: '⌘', other: 'Cmd' },
  Control: { mac: '⌃', other: 'Ctrl' },
  Alt: { mac: '⌥', other: 'Alt' },
  Option: { mac: '⌥', other: 'Alt' },
  Shift: { mac: '⇧', other: 'Shift' },
  Super: { mac: '⌘', other: 'Super' },
  Meta: { mac: '⌘', other: 'Super' },
}

/** The keys as people know them on this system, in order. */
export function keysOf(accelerator: string, isMac: boolean): string[] {
  if (accelerator === '') return []
  return accelerator.split('+').map((part) => names[part]?.[isMac ? 'mac' : 'other'] ?? part)
}
