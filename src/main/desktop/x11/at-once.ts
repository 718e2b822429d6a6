import type { PointerState } from 'x11'
import type { Aim, Miss } from '../desktop'
import type { X11Connection } from './connection'
import type { KeysLook, X11Keyboard } from './keyboard'
import type { OwnActs } from './presence'

/** The mouse buttons. */
const BUTTONS = 0x700

interface Sight extends Omit<Aim, 'windowId'> {
  readonly isThere: () => Promise<boolean>
  /** What is amiss when it is not. */
  readonly otherwise: Miss
}

/**
 * Acts if nothing is amiss, with all other programs held still from the look to the end of the act: no other program can come
 * in between, as it can with any keyboard library that presses first and leaves the looking to others.
 */
export type AtOnce = (
  sight: Sight,
  act: (keys: KeysLook) => Promise<Miss | undefined>,
) => Promise<Miss | undefined>

interface AtOnceDeps {
  readonly acts: OwnActs
  readonly keyboard: X11Keyboard
}

export function createAtOnce(x: X11Connection, { acts, keyboard }: AtOnceDeps): AtOnce {
  const { client, root } = x
  return async ({ isThere, otherwise, point, restMs = 0 }, act) => {
    client.GrabServer()
    try {
      const [there, { rootX, rootY, keyMask }, rested, keys] = await Promise.all([
        isThere(),
        x.ask<PointerState>((done) => client.QueryPointer(root, done)),
        acts.personIdleMs(),
        keyboard.look(),
      ])
      if (rested < restMs) return 'person-active'
      if (!there) return otherwise
      if (point && (rootX !== point.x || rootY !== point.y)) return 'pointer-moved'
      return keyMask & BUTTONS ? 'person-active' : (keys.unsafe ?? (await act(keys)))
    } finally {
      client.UngrabServer()
    }
  }
}
