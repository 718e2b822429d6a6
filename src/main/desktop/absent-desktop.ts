import type { Failure } from '../../contract/failure'
import type { Desktop } from './desktop'

/** In place of a desktop that cannot be reached: messages wait and say why, everything else works. */
export function absentDesktop(message: string): Desktop {
  const trouble: Failure = { code: 'desktop-unavailable', message }
  const refuse = () => Promise.reject(new Error(message))
  return {
    trouble: async () => trouble,
    screens: async () => [],
    windows: async () => [],
    overlays: async () => [],
    activeWindow: async () => undefined,
    windowAt: async () => undefined,
    raise: refuse,
    arrangement: refuse,
    arrange: refuse,
    pointer: refuse,
    movePointer: refuse,
    inputLook: refuse,
    personIdleMs: async () => Infinity,
    click: refuse,
    press: refuse,
    halt: async () => undefined,
    unsafeKeys: refuse,
    offerText: refuse,
    readMarked: refuse,
    readText: refuse,
    readHtml: refuse,
    keepClipboard: refuse,
    picture: refuse,
    close: () => undefined,
  }
}
