import type { X11Connection } from './connection'

const PROPERTY_CHANGE = 0x400000
const STRUCTURE_NOTIFY = 0x20000
/** The workspace of what is on all of them. */
const EVERYWHERE = 0xffffffff

/** What stays the same while a window is moved, raised and typed into. */
export interface WindowFacts {
  readonly title: string
  readonly app: string
  readonly minimized: boolean
  readonly shaded: boolean
  readonly fullscreen: boolean
  /** Undefined where it is on all of them, or there is but one. */
  readonly workspace: number | undefined
  readonly pid: number | undefined
}

export type WindowFactsOf = (id: number) => Promise<WindowFacts>

/**
 * Asks for a window's facts once, until the server tells of a change: five questions for every window, before and after
 * every message, kept server and courier from the window that was typed into. Events come before the answers to later
 * questions (one connection), so what is known after an answer was true when it was given.
 */
export function createWindowFacts(x: X11Connection): WindowFactsOf {
  const known = new Map<number, Promise<WindowFacts>>()
  const properties = [
    '_NET_WM_NAME',
    'WM_NAME',
    'WM_CLASS',
    '_NET_WM_STATE',
    '_NET_WM_PID',
    '_NET_WM_DESKTOP',
  ] as const
  const asked = new Set(properties.map((name) => x.atom(name)))
  x.onEvent(({ name, wid, atom }) => {
    // Ids are used again once a window has closed.
    if (name === 'DestroyNotify' || (name === 'PropertyNotify' && asked.has(atom))) known.delete(wid)
  })
  return async (id) => {
    const before = known.get(id)
    if (before) return before
    // Listening begins before asking. A window that has closed already cannot be listened to.
    x.client.ChangeWindowAttributes(id, { eventMask: PROPERTY_CHANGE | STRUCTURE_NOTIFY }, (error) => {
      if (error) known.delete(id)
    })
    const facts = ask(x, id)
    known.set(id, facts)
    return facts
  }
}

async function ask(x: X11Connection, id: number): Promise<WindowFacts> {
  const [title, app, state, pid, workspace] = await Promise.all([
    titleOf(x, id),
    x.property(id, 'WM_CLASS'),
    x.property(id, '_NET_WM_STATE'),
    x.property(id, '_NET_WM_PID'),
    x.property(id, '_NET_WM_DESKTOP'),
  ])
  const states = words(state.data)
  const shaded = states.includes(x.atom('_NET_WM_STATE_SHADED'))
  return {
    title,
    app: lastString(app.data),
    // Some window managers call what is rolled up hidden, too.
    minimized: !shaded && states.includes(x.atom('_NET_WM_STATE_HIDDEN')),
    shaded,
    fullscreen: states.includes(x.atom('_NET_WM_STATE_FULLSCREEN')),
    workspace: words(workspace.data).find((number) => number !== EVERYWHERE),
    pid: words(pid.data)[0],
  }
}

async function titleOf(x: X11Connection, id: number): Promise<string> {
  const modern = await x.property(id, '_NET_WM_NAME')
  if (modern.data.length > 0) return modern.data.toString('utf8')
  const old = await x.property(id, 'WM_NAME')
  return old.data.toString(old.type === x.atom('STRING') ? 'latin1' : 'utf8')
}

/** WM_CLASS holds two strings, each ended by NUL: the instance, then the class. */
function lastString(data: Buffer): string {
  const parts = data.toString('latin1').split('\0')
  return parts.findLast((part) => part !== '') ?? ''
}

export function words(data: Buffer): number[] {
  return Array.from({ length: Math.floor(data.length / 4) }, (_, index) => data.readUInt32LE(index * 4))
}
