import type { Failure } from '../../contract/failure'

/** Why keys pressed now would not all be what they are meant to be; none is pressed then. */
export type UnsafeKeys =
  | 'key-held'
  | 'modifier-latched'
  | 'modifier-locked'
  | 'modifier-unseen'
  | 'keyboard-grabbed'
  | 'screen-taken'
  | 'slow-keys'
  | 'bounce-keys'
  | 'sticky-keys'
  | 'mouse-keys'
  | 'no-such-key'
  | 'above-our-rights'

interface Words {
  readonly found: string
  readonly remedy: string
}

/** What a person is told of each. */
export const unsafeKeys: Readonly<Record<UnsafeKeys, Words>> = {
  'key-held': {
    found: 'A key is held down, and would change the keys that Waggle presses.',
    remedy: 'Let go of every key; if none is held, press and release Ctrl, Shift and Alt once.',
  },
  'modifier-latched': {
    found: 'A modifier key waits for the next key, and would change the one that Waggle presses.',
    remedy: 'Press that key (Shift, Ctrl, Alt or AltGr) again, or any letter.',
  },
  'modifier-locked': {
    found: 'A modifier key is locked, and would change the keys that Waggle presses.',
    remedy: 'Unlock Shift, Ctrl, Alt or AltGr: press it once more, or switch sticky keys off.',
  },
  'modifier-unseen': {
    found: 'Ctrl or Shift did not go down when Waggle pressed it: another program changes keys.',
    remedy: 'Waggle tries again. If it stays, end programs that remap or expand what is typed.',
  },
  'keyboard-grabbed': {
    found: 'Another program has taken the keyboard for itself, so keys do not reach the agent.',
    remedy: 'Close its menu, prompt, lock or remote desktop, or leave its full-screen mode.',
  },
  'screen-taken': {
    found: 'The screen is locked, or a program fills all of it and has taken the keyboard for itself.',
    remedy: 'Unlock it, or leave that program.',
  },
  'slow-keys': {
    found: 'Slow keys are on: the desktop ignores keys that are pressed only for a moment.',
    remedy: 'Switch slow keys off in the accessibility settings of the desktop.',
  },
  'bounce-keys': {
    found: 'Bounce keys are on: the desktop ignores a key that is pressed twice in a row.',
    remedy: 'Switch bounce keys off in the accessibility settings of the desktop.',
  },
  'sticky-keys': {
    found: 'Sticky keys are on: the desktop holds on to the modifier keys that Waggle presses.',
    remedy: 'Switch sticky keys off in the accessibility settings of the desktop.',
  },
  'mouse-keys': {
    found: 'Mouse keys are on: the number pad, which Waggle uses, clicks and moves the mouse.',
    remedy: 'Switch mouse keys off in the accessibility settings of the desktop.',
  },
  'no-such-key': {
    found: 'The keyboard layout has no key for A, C, V or another one that Waggle presses.',
    remedy: 'Add a layout with Latin letters, such as English (US), beside the present one.',
  },
  'above-our-rights': {
    found: 'The agent’s program runs as administrator, and Windows keeps other programs’ keys from it.',
    remedy: 'Start that program without administrator rights.',
  },
}

/** Why a message waits for it. */
export function keysFailure(unsafe: UnsafeKeys): Failure {
  const { found, remedy } = unsafeKeys[unsafe]
  const code = unsafe === 'screen-taken' ? 'desktop-unavailable' : 'keys-unsafe'
  return { code, message: `${found} ${remedy}` }
}

export function isUnsafe(miss: string): miss is UnsafeKeys {
  return Object.hasOwn(unsafeKeys, miss)
}
