import type { PointerState } from 'x11'
import type { X11Connection } from '../../src/main/desktop/x11/connection'

const BUTTONS = 0x1f00

/** The keys and mouse buttons that the X server says are down. */
export async function pressed({
  client,
  root,
  ask,
}: X11Connection): Promise<{ keys: number[]; buttons: boolean }> {
  const [keymap, { keyMask }] = await Promise.all([
    ask<Buffer>((done) => client.QueryKeymap(done)),
    ask<PointerState>((done) => client.QueryPointer(root, done)),
  ])
  const keys = [...keymap].flatMap((byte, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (1 << bit)).map((bit) => index * 8 + bit),
  )
  return { keys, buttons: (keyMask & BUTTONS) !== 0 }
}
