import type { Clock } from '../../clock'
import type { Arrangement, Desktop, Point } from '../../desktop/desktop'
import type { Turn } from '../../desktop/lock/turns'
import type { Log } from '../../log'

/** The person's clipboard, pointer, focus and windows as they are arranged, kept while deliveries use the desktop. */
export interface Belongings {
  /** Remembers them, unless that has been done since they were last given back. */
  keep(): Promise<void>
  /** Tells where a delivery went: what it left behind is not the person's. */
  used(windowId: string, point: Point): void
  /** What is on the clipboard now is meant for the person: it stays there. */
  leaveClipboard(): void
  /**
   * Puts them back as they were; whatever the person has changed meanwhile stays as it is. Where the turn was lost the
   * desktop is another's, and they go back at the end of the next one. Never rejects.
   */
  giveBack(turn: Pick<Turn, 'check'>): Promise<void>
}

interface Kept {
  readonly pointer: Point
  readonly active: string | undefined
  readonly arrangement: Arrangement
  restoreClipboard: () => Promise<void>
  last?: { readonly windowId: string; readonly point: Point }
}

const FOCUS_MS = 500
/** For how long a focus is looked at where the mouse could take it away again. */
const SURELY_MS = 60
const POLL_MS = 4

export function createBelongings(desktop: Desktop, clock: Clock, log: Log): Belongings {
  let kept: Kept | undefined

  return {
    async keep() {
      if (kept) return
      const [pointer, active, arrangement, restoreClipboard] = await Promise.all([
        desktop.pointer(),
        desktop.activeWindow(),
        desktop.arrangement(),
        desktop.keepClipboard(),
      ])
      kept = { pointer, active, arrangement, restoreClipboard }
    },

    used(windowId, point) {
      if (kept) kept.last = { windowId, point }
    },

    leaveClipboard() {
      if (kept) kept.restoreClipboard = async () => undefined
    },

    async giveBack(turn) {
      const mine = kept
      if (!mine?.last) {
        kept = undefined
        return
      }
      try {
        turn.check()
        kept = undefined
        await mine.restoreClipboard()
        const [pointer, active] = await Promise.all([desktop.pointer(), desktop.activeWindow()])
        const isWhereLeft = pointer.x === mine.last.point.x && pointer.y === mine.last.point.y
        // A pointer or a focus that is not where the delivery left it is where the person put it.
        const isFocusOurs = isWhereLeft && active === mine.last.windowId
        if (isFocusOurs) await desktop.arrange(mine.arrangement)
        // The pointer first: where the focus follows the mouse it takes it along.
        if (isWhereLeft) await desktop.movePointer(mine.pointer)
        if (!isFocusOurs) return
        await giveFocus(desktop, clock, mine)
        // Some window managers end a fullscreen whenever another window gets the focus.
        if (await desktop.arrange(mine.arrangement)) await giveFocus(desktop, clock, mine)
      } catch (error) {
        log.warn(`clipboard, pointer or focus could not be given back: ${String(error)}`)
      }
    },
  }
}

/** Resolves once the window has the focus, and has kept it for a moment where another one lies under the pointer. */
async function giveFocus(desktop: Desktop, clock: Clock, { active, pointer }: Kept): Promise<void> {
  if (active === undefined) return
  const start = clock.monotonic()
  // A window manager may hand the focus to what lies under the pointer some time after it came there.
  const staysMs = (await desktop.windowAt(pointer)) === active ? 0 : SURELY_MS
  let had: boolean | undefined
  let since = start
  // A window that has closed meanwhile never takes it; there is nobody to give it to then.
  for (let now = start; now < start + FOCUS_MS; now = clock.monotonic()) {
    const has = (await desktop.activeWindow()) === active
    if (has !== had) since = now
    if (has && now - since >= staysMs) return
    // A hand on mouse or keyboard has put it elsewhere.
    if (!has && (await desktop.personIdleMs()) < now - start) return
    if (!has && had !== false) await desktop.raise(active)
    had = has
    await clock.wait(POLL_MS)
  }
}
