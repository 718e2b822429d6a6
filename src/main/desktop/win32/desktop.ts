import type { Aim, Arrangement, Chord, ClickAim, Point, Rect } from '../desktop'
import type { Call } from '../worker-talk'
import type { OfferState } from '../watched-offer'
import { screen } from './calls'
import { Clicks } from './clicks'
import { Clipboard } from './clipboard'
import { Foreground } from './foreground'
import { Keys, unsafeKeys } from './keys'
import { openMessageWindow, pump } from './message-window'
import { Person } from './person'
import { picture } from './picture'
import { lockTrouble } from './rights'
import { activeWindow, screens, windowAt, Windows } from './windows'

/** Coordinates are pixels on every screen, whatever its scale (per-monitor awareness, version 2). */
const PER_MONITOR_V2 = -4

/** What this thread can be asked; all of it at once, for it never waits for anybody's promise. */
export type Win32Calls = Readonly<Record<Call['method'], (...args: readonly never[]) => unknown>>

interface Win32Desktop {
  /** What wakes this thread when it is posted {@link WAKE}. */
  readonly window: number
  /** `id` is the call's own. */
  answer(call: Call): unknown
}

/** Sent to have calls looked for: nothing else than a message ends this thread's sleep. */
export const WAKE = 0x8001

function notMarked(): never {
  throw new Error('nothing is marked here by the mouse alone')
}

/** The desktop of Windows by its own interface, on this very thread; `tell` hears how each offer fares. */
export function openWin32Desktop(tell: (offer: number, state: OfferState) => void): Win32Desktop {
  screen.SetThreadDpiAwarenessContext(PER_MONITOR_V2)
  const hearers: ((message: number, lParam: number) => number | undefined)[] = []
  const window = openMessageWindow((message, _, lParam) => {
    if (message === WAKE) return 0
    return hearers.map((hear) => hear(message, lParam)).find((answer) => answer !== undefined)
  })
  const person = new Person(window)
  const clipboard = new Clipboard(window, tell)
  // The system takes raw input back once it has seen it, too.
  hearers.push((message, lParam) => {
    person.hear(message, lParam)
    return undefined
  })
  hearers.push((message) => clipboard.hear(message))
  const keys = new Keys(person, new Foreground())
  const clicks = new Clicks(person, keys)
  const windows = new Windows()

  const calls = (id: number): Win32Calls => ({
    trouble: () => lockTrouble(screen),
    screens,
    windows: () => windows.list(),
    overlays: () => [],
    activeWindow,
    windowAt: (point: Point) => windowAt(point),
    raise: (windowId: string) => windows.raise(windowId),
    arrangement: () => windows.arrangement(),
    arrange: (was: Arrangement) => windows.arrange(was),
    pointer: () => clicks.pointer(),
    movePointer: (to: Point) => clicks.move(to),
    inputLook: (at: Point) => clicks.inputLook(at),
    personIdleMs() {
      pump()
      return person.idleMs()
    },
    click: (aim: ClickAim) => clicks.click(aim),
    press: (aim: Aim, ...chords: readonly Chord[]) => keys.press(aim, chords),
    // This thread hears of it when its click is over: within FOCUS_MS.
    halt: () => undefined,
    unsafeKeys,
    offerText: (text: string, windowId?: string) => clipboard.offer(id, text, windowId),
    readMarked: notMarked,
    readText: () => clipboard.readText(),
    readHtml: () => clipboard.readHtml(),
    keepClipboard: () => clipboard.keep(id),
    restoreClipboard: (kept: number) => clipboard.putBack(kept),
    picture: (rect: Rect) => picture(rect),
    close: () => undefined,
  })
  const answer = ({ id, method, args }: Call): unknown => Reflect.apply(calls(id)[method], undefined, args)
  return { window, answer }
}
