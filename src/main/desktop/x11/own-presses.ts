import x11 from 'x11'
import type { PointerState } from 'x11'
import type { X11Connection } from './connection'
import { words } from './window-facts'

const [KEY_RELEASE, BUTTON_RELEASE] = [3, 5] as const
const [REPLACE, RETAIN_PERMANENT, INPUT_ONLY] = [0, 1, 2] as const
const CORE_KEYBOARD = 0x100

/** What is down, and how it is let go of: a key or button comes up, or a group of the keyboard is put back. */
export interface Down {
  readonly kind: 'key' | 'button' | 'group'
  readonly code: number
}
const kinds: readonly Down['kind'][] = ['key', 'button', 'group']

/** A note, on the server itself, of what of ours is down there. */
export interface OwnPresses {
  /** Goes out with the presses that follow it. */
  note(down: readonly Down[]): void
  /** All is let go of. Goes out with the releases before it. */
  forget(): void
}

/**
 * The server lets go of nothing when a program ends that has pressed it. So what we press is noted there before, in the very
 * stream of requests that press it, on a window that outlives us; and what somebody of ours has left there is let go of now.
 * That window is listened to by nobody: each note on the root would wake every program of the desktop.
 */
export async function openOwnPresses(x: X11Connection, display: string): Promise<OwnPresses> {
  const { client, atom } = x
  const window = (await notedWindow(x)) ?? (await makeWindow(x, display))
  const left = words((await x.property(window, 'WAGGLE_DOWN')).data)
  for (let index = left.length - 2; index >= 0; index -= 2)
    letGo(x, { kind: kinds[left[index] ?? 0] ?? 'key', code: left[index + 1] ?? 0 })
  const forget = (): void => client.DeleteProperty(window, atom('WAGGLE_DOWN'))
  forget()
  await x.ask<PointerState>((done) => client.QueryPointer(x.root, done))
  return {
    note(down) {
      const data = down.flatMap(({ kind, code }) => [kinds.indexOf(kind), code])
      client.ChangeProperty(REPLACE, window, atom('WAGGLE_DOWN'), atom('INTEGER'), 32, data)
    },
    forget,
  }
}

function letGo({ extensions, root }: X11Connection, { kind, code }: Down): void {
  const { xtest, xkb } = extensions
  if (kind === 'group') xkb.LatchLockState(CORE_KEYBOARD, 0, 0, true, code, 0, 0, false, 0)
  else xtest.FakeInput(kind === 'key' ? KEY_RELEASE : BUTTON_RELEASE, code, 0, root, 0, 0)
}

/** Another one has made it on this server. */
async function notedWindow(x: X11Connection): Promise<number | undefined> {
  const [window] = words((await x.property(x.root, 'WAGGLE_NOTES')).data)
  if (window === undefined) return undefined
  const isThere = x.ask((done) => x.client.GetGeometry(window, done))
  return isThere.then(
    () => window,
    () => undefined,
  )
}

/** It stays when the connection that made it has ended, so it gets one of its own. */
async function makeWindow(x: X11Connection, display: string): Promise<number> {
  const window = await new Promise<number>((resolve, reject) => {
    const maker = x11.createClient({ display }, (error, opened) => {
      if (error) return reject(error)
      const { client, screen } = opened
      const [root] = screen
      const id = client.AllocID()
      client.SetCloseDownMode(RETAIN_PERMANENT)
      client.CreateWindow(id, root?.root ?? x.root, -10, -10, 1, 1, 0, 0, INPUT_ONLY, 0)
      client.GetGeometry(id, (failure) => {
        client.terminate()
        if (failure) reject(failure)
        else resolve(id)
      })
    })
    maker.on('error', reject)
  })
  x.client.ChangeProperty(REPLACE, x.root, x.atom('WAGGLE_NOTES'), x.atom('WINDOW'), 32, [window])
  return window
}
