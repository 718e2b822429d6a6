import type { ArrangedWindow, Arrangement, Desktop } from '../desktop'
import { given } from '../../given'
import type { AtomName, X11Connection } from './connection'
import { createI3, type I3 } from './i3'
import { shownWorkspace, type X11Windows } from './windows'

const PROPERTY_CHANGE = 0x400000
const APPEND = 2
const [REMOVE, ADD] = [0, 1] as const
/** A pager, a person's tool: window managers do not apply focus-stealing prevention to it. */
const PAGER = 2
const ICONIC = 3
const POINTER_ROOT = 1

/** Brings windows to the front and puts them back as they were, by what window managers are asked with (EWMH, ICCCM). */
export class X11Arranging implements Pick<Desktop, 'raise' | 'arrangement' | 'arrange'> {
  readonly #x: X11Connection
  readonly #windows: X11Windows
  readonly #serverTime: () => Promise<number>
  readonly #i3: I3

  constructor(x: X11Connection, windows: X11Windows) {
    this.#x = x
    this.#windows = windows
    this.#serverTime = openServerTime(x)
    this.#i3 = createI3(x)
  }

  async raise(id: string): Promise<void> {
    const window = Number(id)
    const [time, { workspace, shaded }, shown] = await Promise.all([
      this.#serverTime(),
      this.#windows.facts(window),
      shownWorkspace(this.#x),
    ])
    // Its workspace first: asked for the window alone, some do nothing, and xfwm4 takes it to the person's workspace.
    // Without the true time others take the wish for an old one.
    if (workspace !== undefined && shown !== undefined && workspace !== shown)
      this.#showWorkspace(workspace, time)
    if (shaded) this.#setState(id, REMOVE, '_NET_WM_STATE_SHADED')
    this.#tell(window, '_NET_ACTIVE_WINDOW', [PAGER, time])
  }

  async arrangement(): Promise<Arrangement> {
    const [ids, workspace, { raw, owner }] = await Promise.all([
      this.#windows.clients(),
      shownWorkspace(this.#x),
      this.#windows.focus(),
    ])
    const all = ids.map(async (id): Promise<ArrangedWindow> => {
      const { fullscreen, minimized, shaded } = await this.#windows.facts(id)
      return { id: String(id), fullscreen, minimized, shaded }
    })
    const nobody = owner === undefined ? raw : undefined
    return {
      windows: await Promise.all(all),
      ...given({ workspace, nobody, named: await this.#i3.nameOf(workspace) }),
    }
  }

  async arrange(was: Arrangement): Promise<boolean> {
    const now = await this.arrangement()
    const isRestated = await this.#restate(was, now)
    const { workspace, named, nobody } = was
    const isElsewhere = workspace !== now.workspace || named !== now.named
    // A window that was brought up has brought up its workspace.
    if (workspace !== undefined && (isElsewhere || isRestated)) {
      if (named === undefined) this.#showWorkspace(workspace, await this.#serverTime())
      else await this.#i3.show(named)
    }
    // On an empty workspace the keys went to nobody, and not to the agent.
    const isTaken = nobody !== undefined && now.nobody === undefined
    if (isTaken) this.#x.client.SetInputFocus(nobody, POINTER_ROOT)
    return isRestated || isElsewhere || isTaken
  }

  /** Asks for the states of before; says whether any differed. */
  async #restate(was: Arrangement, now: Arrangement): Promise<boolean> {
    const before = new Map(was.windows.map((window) => [window.id, window]))
    let differs = false
    for (const window of now.windows) {
      const old = before.get(window.id)
      if (!old) continue
      const isTurned = (state: 'shaded' | 'minimized' | 'fullscreen') => old[state] && !window[state]
      if (isTurned('shaded')) this.#setState(window.id, ADD, '_NET_WM_STATE_SHADED')
      if (isTurned('minimized')) this.#tell(Number(window.id), 'WM_CHANGE_STATE', [ICONIC])
      if (isTurned('fullscreen')) this.#setState(window.id, ADD, '_NET_WM_STATE_FULLSCREEN')
      const isHidden = !old.minimized && window.minimized
      // Another tab of the same frame lies over it now.
      if (isHidden) await this.raise(window.id)
      differs ||= isHidden || isTurned('shaded') || isTurned('minimized') || isTurned('fullscreen')
    }
    return differs
  }

  #setState(id: string, change: number, state: AtomName): void {
    this.#tell(Number(id), '_NET_WM_STATE', [change, this.#x.atom(state), 0, PAGER])
  }

  #showWorkspace(workspace: number, time: number): void {
    this.#tell(this.#x.root, '_NET_CURRENT_DESKTOP', [workspace, time])
  }

  #tell(window: number, message: AtomName, data: readonly number[]): void {
    const { client, root, atom } = this.#x
    client.SendClientMessage(root, window, atom(message), 32, [...data, 0, 0, 0, 0].slice(0, 5))
  }
}

/** The server's clock: what it stamps a change with that is made now. */
function openServerTime(x: X11Connection): () => Promise<number> {
  const window = x.client.AllocID()
  x.client.CreateWindow(window, x.root, 0, 0, 1, 1, 0, 0, 0, 0, { eventMask: PROPERTY_CHANGE })
  let now = 0
  x.onEvent(({ name, wid, time }) => {
    if (name === 'PropertyNotify' && wid === window) now = time
  })
  return async () => {
    x.client.ChangeProperty(APPEND, window, x.atom('WAGGLE_NOTES'), x.atom('INTEGER'), 32, [])
    // Events come before the answers to later questions.
    await x.ask((done) => x.client.GetInputFocus(done))
    return now
  }
}
