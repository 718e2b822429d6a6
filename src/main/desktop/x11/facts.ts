import { connectX11, type X11Connection } from './connection'

/** What an X server and its window manager offer of that which deliveries need. */
export interface X11Facts {
  /** Input made by programs: what presses keys and moves the mouse. */
  readonly hasXtest: boolean
  /** Undefined when none runs. */
  readonly windowManager: string | undefined
  /** What that window manager does not say it can. */
  readonly missing: readonly string[]
}

const NEEDED = ['_NET_CLIENT_LIST_STACKING', '_NET_ACTIVE_WINDOW']

/** Asks the X server of that display over a connection of its own. Rejects with a sentence when there is none. */
export async function lookAtX11(display: string): Promise<X11Facts> {
  const x = await connectX11(display)
  try {
    const xtest = x.ask<{ present: number }>((done) => x.client.QueryExtension('XTEST', done))
    const [{ present }, supported, manager] = await Promise.all([
      xtest,
      rootAtoms(x, '_NET_SUPPORTED'),
      managerName(x),
    ])
    const needed = await Promise.all(NEEDED.map(async (name) => ({ name, atom: await intern(x, name) })))
    const missing = needed.filter(({ atom }) => !supported.includes(atom)).map(({ name }) => name)
    return { hasXtest: Boolean(present), windowManager: manager, missing }
  } finally {
    x.close()
  }
}

/** A window manager names a window of its own at the root, and its name there. */
async function managerName(x: X11Connection): Promise<string | undefined> {
  const [window] = await rootAtoms(x, '_NET_SUPPORTING_WM_CHECK')
  if (window === undefined) return undefined
  const { data } = await x.property(window, '_NET_WM_NAME')
  return data.length > 0 ? data.toString('utf8') : 'without a name'
}

async function rootAtoms(x: X11Connection, name: string): Promise<number[]> {
  const atom = await intern(x, name)
  const { data } = await x.ask<{ data: Buffer }>((done) =>
    x.client.GetProperty(0, x.root, atom, 0, 0, 10_000, done),
  )
  return Array.from({ length: Math.floor(data.length / 4) }, (_, index) => data.readUInt32LE(index * 4))
}

function intern(x: X11Connection, name: string): Promise<number> {
  return x.ask<number>((done) => x.client.InternAtom(false, name, done))
}
