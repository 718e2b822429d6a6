import type { IdleTime } from '../idle-presence'
import type { UnsafeKeys } from '../unsafe-keys'

const FRAMEWORK = '/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices'
/** The state of the machine itself, without what programs have sent (kCGEventSourceStateHIDSystemState). */
const OF_HARDWARE = 1
/** All that has come to this session, from programs, too (kCGEventSourceStateCombinedSessionState); a remote desktop's hand is among it. */
const OF_SESSION = 0
const ANY_INPUT = 0xffffffff
/** Shift, Control, Option, Command and fn among the flags of an event; Caps Lock changes no chord. */
const MODIFIERS = 0x20000 + 0x40000 + 0x80000 + 0x100000 + 0x800000
const [KEYS, BUTTONS] = [128, 3] as const

/** What macOS tells of keys and buttons (CGEventSource.h). */
export interface MacKeyState {
  flags(): number
  isKeyDown(key: number): boolean
  isButtonDown(button: number): boolean
}

/** Says so while any modifier, key or button is down: it would change what is pressed then. */
export function heldOnMac(state: MacKeyState): UnsafeKeys | undefined {
  const isHeld =
    (state.flags() & MODIFIERS) !== 0 ||
    isAny(BUTTONS, (button) => state.isButtonDown(button)) ||
    isAny(KEYS, (key) => state.isKeyDown(key))
  return isHeld ? 'key-held' : undefined
}

const isAny = (count: number, look: (one: number) => boolean) =>
  Array.from({ length: count }, (_, one) => one).some(look)

interface MacInput {
  readonly keys: MacKeyState
  readonly idle: IdleTime
}

/** By macOS' own interface, loaded on macOS only; written by its headers and not yet run on one. */
export async function openMacInput(): Promise<MacInput> {
  const { load } = await import('koffi')
  const framework = load(FRAMEWORK)
  const flags = framework.func('uint64_t CGEventSourceFlagsState(int32_t)')
  const isKeyDown = framework.func('bool CGEventSourceKeyState(int32_t, uint16_t)')
  const isButtonDown = framework.func('bool CGEventSourceButtonState(int32_t, uint32_t)')
  const seconds = framework.func('double CGEventSourceSecondsSinceLastEventType(int32_t, uint32_t)')
  return {
    keys: {
      flags: () => Number(flags(OF_HARDWARE)),
      isKeyDown: (key) => Boolean(isKeyDown(OF_HARDWARE, key)),
      isButtonDown: (button) => Boolean(isButtonDown(OF_HARDWARE, button)),
    },
    // Electron asks the same and passes on the whole seconds of it.
    idle: { ms: () => Number(seconds(OF_SESSION, ANY_INPUT)) * 1000, stepMs: 1 },
  }
}
