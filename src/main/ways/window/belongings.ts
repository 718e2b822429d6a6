import type { Clock } from '../../clock'
import type { Desktop, Point } from '../../desktop/desktop'
import type { Turn } from '../../desktop/lock/turns'
import type { Log } from '../../log'

/** The person's clipboard, pointer and focus, kept while deliveries use the desktop. */
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
  restoreClipboard: () => Promise<void>
  last?: { readonly windowId: string; readonly point: Point }
}

const FOCUS_MS = 500
const POLL_MS = 4

export function createBelongings(desktop: Desktop, clock: Clock, log: Log): Belongings {
  let kept: Kept | undefined

  return {
    async keep() {
      if (kept) return
      const [pointer, active, restoreClipboard] = await Promise.all([
        desktop.pointer(),
        desktop.activeWindow(),
        desktop.keepClipboard(),
      ])
      kept = { pointer, active, restoreClipboard }
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
        if (isWhereLeft && active === mine.last.windowId) await giveFocus(desktop, clock, mine.active)
        if (isWhereLeft) await desktop.movePointer(mine.pointer)
      } catch (error) {
        log.warn(`clipboard, pointer or focus could not be given back: ${String(error)}`)
      }
    },
  }
}

async function giveFocus(desktop: Desktop, clock: Clock, windowId: string | undefined): Promise<void> {
  if (windowId === undefined || (await desktop.activeWindow()) === windowId) return
  await desktop.raise(windowId)
  const end = clock.monotonic() + FOCUS_MS
  // A window that has closed meanwhile never takes it; there is nobody to give it to then.
  while ((await desktop.activeWindow()) !== windowId && clock.monotonic() < end) await clock.wait(POLL_MS)
}
