import type { ArrangedWindow, Arrangement, Desktop } from '../desktop'
import type { AtomName, X11Connection } from './connection'
import { shownWorkspace, type X11Windows } from './windows'

const PROPERTY_CHANGE = 0x400000
const APPEND = 2
const VIEWABLE = 2
const [REMOVE, ADD] = [0, 1] as const
/** A pager, a person's tool: window managers do not apply focus-stealing prevention to it. */
const PAGER = 2
const ICONIC = 3
const POINTER_ROOT = 1

/** Brings windows to the front and puts them back as they were, by what window managers are asked with (EWMH, ICCCM). */
export function createX11Arranging(
  x: X11Connection,
  windows: X11Windows,
): Pick<Desktop, 'raise' | 'arrangement' | 'arrange'> {
  const { client, root } = x
  const serverTime = openServerTime(x)
  const tell = (window: number, message: AtomName, data: readonly number[]) =>
    client.SendClientMessage(root, window, x.atom(message), 32, [...data, 0, 0, 0, 0].slice(0, 5))
  const setState = (id: string, change: number, state: AtomName) =>
    tell(Number(id), '_NET_WM_STATE', [change, x.atom(state), 0, PAGER])
  const showWorkspace = (workspace: number, time: number) =>
    tell(root, '_NET_CURRENT_DESKTOP', [workspace, time])

  const raise = async (id: string): Promise<void> => {
    const window = Number(id)
    const [time, { workspace, shaded }, shown] = await Promise.all([
      serverTime(),
      windows.facts(window),
      shownWorkspace(x),
    ])
    // Its workspace first: asked for the window alone, some do nothing, and xfwm4 takes it to the person's workspace.
    // Without the true time others take the wish for an old one.
    if (workspace !== undefined && shown !== undefined && workspace !== shown) showWorkspace(workspace, time)
    if (shaded) setState(id, REMOVE, '_NET_WM_STATE_SHADED')
    tell(window, '_NET_ACTIVE_WINDOW', [PAGER, time])
  }

  const isShown = async (id: number) =>
    x
      .ask<{ mapState: number }>((done) => client.GetWindowAttributes(id, done))
      .then(
        ({ mapState }) => mapState === VIEWABLE,
        () => false,
      )

  const arrangement = async (): Promise<Arrangement> => {
    const [ids, workspace, { raw, owner }] = await Promise.all([
      windows.clients(),
      shownWorkspace(x),
      windows.focus(),
    ])
    const all = ids.map(async (id): Promise<ArrangedWindow> => {
      const [{ fullscreen, minimized, shaded }, shown] = await Promise.all([windows.facts(id), isShown(id)])
      return { id: String(id), fullscreen, minimized, shaded, shown }
    })
    return {
      windows: await Promise.all(all),
      ...(workspace !== undefined && { workspace }),
      ...(owner === undefined && { nobody: raw }),
    }
  }

  return {
    raise,
    arrangement,
    async arrange(was) {
      const [now, time] = await Promise.all([arrangement(), serverTime()])
      const before = new Map(was.windows.map((window) => [window.id, window]))
      const pairs = now.windows.flatMap((window) => {
        const old = before.get(window.id)
        return old ? [{ old, window }] : []
      })
      let differs = false
      const ask = (request: () => void): void => {
        differs = true
        request()
      }
      for (const { old, window } of pairs) {
        if (old.shaded && !window.shaded) ask(() => setState(window.id, ADD, '_NET_WM_STATE_SHADED'))
        if (old.minimized && !window.minimized)
          ask(() => tell(Number(window.id), 'WM_CHANGE_STATE', [ICONIC]))
      }
      const { workspace, nobody } = was
      if (workspace !== undefined && workspace !== now.workspace) ask(() => showWorkspace(workspace, time))
      for (const { old, window } of pairs) {
        // Another tab of the same frame lies over it now.
        if (old.shown && !old.minimized && window.minimized) {
          differs = true
          await raise(window.id)
        }
        if (old.fullscreen && !window.fullscreen)
          ask(() => setState(window.id, ADD, '_NET_WM_STATE_FULLSCREEN'))
      }
      // On an empty workspace the keys went to nobody, and not to the agent.
      if (nobody !== undefined && now.nobody === undefined)
        ask(() => client.SetInputFocus(nobody, POINTER_ROOT))
      return differs
    },
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
