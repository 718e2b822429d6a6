import { screen, type BrowserWindow, type Rectangle, type WebContents } from 'electron'
import { once } from 'node:events'
import type { Stance } from '../../contract/bridge'
import { besideWork, forWriting } from './quick-send-place'
import { createPageWindow, type PageWindow, type PageWindowDeps } from './page-window'

/** How long the window system may take to give the focus back to the window that had it. */
const FOCUS_BACK_MS = 300

export interface QuickSendWindow {
  /** Opens it, with this agent chosen; what was being written stays. */
  write(to?: string): void
  /** Opens it, or closes it when it has the focus. */
  toggle(): void
  /** Makes it, hidden, so that its first use is as quick as every other. */
  prepare(): void
  owns(contents: WebContents): boolean
  stand(stance: Stance): Promise<void>
}

/**
 * The small window for a message between two other things. It is never kept above other windows and lets the focus go
 * before a message is queued, so it is in no delivery's way: a delivery raises its agent's window over it.
 */
export function createQuickSendWindow(deps: Omit<PageWindowDeps, 'look'>): QuickSendWindow {
  let page: PageWindow | undefined
  const open = () => (page ??= createPageWindow({ ...deps, look: { ...look, ...place(forWriting) } }))
  // The page asks to be shown once it can be written in, so that no key is lost.
  const write = (to?: string) => open().wish({ show: 'write', ...(to !== undefined && { to }) })
  return {
    write,
    toggle: () => {
      if (page?.window.isFocused()) page.window.hide()
      else write()
    },
    prepare: () => void open(),
    owns: (contents) => page?.owns(contents) ?? false,
    stand: async (stance) => {
      if (page) await stances[stance](page)
    },
  }
}

const look = {
  title: 'Waggle: write',
  frame: false,
  resizable: false,
  maximizable: false,
  fullscreenable: false,
  skipTaskbar: true,
}

const stances: Readonly<Record<Stance, (page: PageWindow) => void | Promise<void>>> = {
  write({ window, show }) {
    window.setBounds(place(forWriting))
    show()
  },
  aside: async ({ window }) => letGo(window),
  follow({ window }) {
    window.setBounds(place(besideWork))
    window.showInactive()
  },
  closed: ({ window }) => window.hide(),
}

/** Hides the window and waits until it no longer has the focus: a delivery then remembers whose it really is. */
async function letGo(window: BrowserWindow): Promise<void> {
  const hadFocus = window.isFocused()
  const gone = once(window, 'blur', { signal: AbortSignal.timeout(FOCUS_BACK_MS) })
  window.hide()
  if (hadFocus) await gone.catch(() => undefined)
  else gone.catch(() => undefined)
}

/** On the display where the person is. */
function place(of: (area: Rectangle) => Rectangle): Rectangle {
  return of(screen.getDisplayNearestPoint(screen.getCursorScreenPoint()).workArea)
}
