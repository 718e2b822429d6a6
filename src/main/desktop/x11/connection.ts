import x11, { type Client, type Display, type Extensions, type Property, type XEvent } from 'x11'

/** One connection to the X server with the package's callbacks turned into promises and atoms known by name. */
export interface X11Connection {
  readonly client: Client
  /** What goes beyond the core protocol; every X server of the last fifteen years has all of it. */
  readonly extensions: Extensions
  readonly root: number
  readonly size: { readonly width: number; readonly height: number }
  /** False once the server has gone; nothing works any more then. */
  alive(): boolean
  atom(name: AtomName): number
  /** The property's bytes; empty when the window has none or is gone. */
  property(window: number, name: AtomName, remove?: boolean): Promise<{ type: number; data: Buffer }>
  /** True if both ids were made over the same connection: the server gives each client a range of its own. */
  sameProgram(a: number, b: number): boolean
  ask<T>(request: (done: (error: Error | null, result: T) => void) => void): Promise<T>
  onEvent(listener: (event: XEvent) => void): void
  /** Calls back once the connection has ended, also by {@link X11Connection.close}. */
  onEnd(listener: () => void): void
  close(): void
}

const atomNames = [
  '_NET_SUPPORTING_WM_CHECK',
  'CLIPBOARD',
  'TARGETS',
  'UTF8_STRING',
  'text/plain;charset=utf-8',
  'text/html',
  'TEXT',
  'INCR',
  'WAGGLE_TEXT',
  'WAGGLE_NOTES',
  'WAGGLE_DOWN',
  '_NET_CLIENT_LIST_STACKING',
  '_NET_CLIENT_LIST',
  '_NET_CURRENT_DESKTOP',
  '_NET_DESKTOP_NAMES',
  'I3_SOCKET_PATH',
  '_NET_WM_DESKTOP',
  '_NET_ACTIVE_WINDOW',
  '_NET_WM_NAME',
  '_NET_WM_PID',
  '_NET_WM_STATE',
  '_NET_WM_STATE_HIDDEN',
  '_NET_WM_STATE_SHADED',
  '_NET_WM_STATE_FULLSCREEN',
  'WM_CHANGE_STATE',
] as const
const predefined = ['ATOM', 'INTEGER', 'STRING', 'WINDOW', 'WM_NAME', 'WM_CLASS', 'CUT_BUFFER0'] as const
export type AtomName = (typeof atomNames)[number] | (typeof predefined)[number]

/** How much of a property is read at once, in 4-byte units: 4 MiB. */
const MAX_PROPERTY = 1_048_576

/** Connects to the X server of `display`. Rejects with a sentence when there is none. */
export async function connectX11(display: string): Promise<X11Connection> {
  const { opened, client } = await open(display)
  let alive = true
  const waiting = new Set<(error: Error) => void>()
  // Not the client's "end", which does not come where the loss is noticed by a write that fails.
  const ended = new Promise<void>((resolve) => client.stream.once('close', resolve))
  const lost = ended.then(() => {
    alive = false
    const error = new Error('the X server has closed the connection')
    for (const reject of waiting) reject(error)
    throw error
  })
  const extensions = await Promise.race([loadExtensions(client), lost])
  const screen = opened.screen[0]
  if (!screen) throw new Error(`the X display ${display} has no screen`)
  // A window that closes between two questions makes the second one an X error; the question's own callback gets it,
  // and what has no callback (a reply to a paste, a raise) has nobody left to tell.
  client.on('error', () => undefined)
  const ask: X11Connection['ask'] = (request) =>
    new Promise((resolve, reject) => {
      if (!alive) return reject(new Error('the X server has closed the connection'))
      waiting.add(reject)
      request((error, result) => {
        waiting.delete(reject)
        if (error) reject(error)
        else resolve(result)
      })
    })
  await Promise.all(atomNames.map((name) => ask<number>((done) => client.InternAtom(false, name, done))))
  const atom = (name: AtomName): number => client.atoms[name] ?? 0
  return {
    client,
    extensions,
    root: screen.root,
    size: { width: screen.pixel_width, height: screen.pixel_height },
    alive: () => alive,
    atom,
    property: async (window, name, remove = false) =>
      wholeProperty((offset) =>
        ask<Property>((done) =>
          client.GetProperty(remove ? 1 : 0, window, atom(name), 0, offset, MAX_PROPERTY, done),
        ),
      ).catch(() => ({ type: 0, data: Buffer.alloc(0) })),
    sameProgram: (a, b) => (a & ~opened.resource_mask) === (b & ~opened.resource_mask),
    ask,
    onEvent: (listener) => client.on('event', listener),
    onEnd: (listener) => void ended.then(listener),
    close: () => client.terminate(),
  }
}

/** In as many parts as it takes; where it is to be removed, that happens with the last one. */
async function wholeProperty(
  read: (offset: number) => Promise<Property>,
): Promise<{ type: number; data: Buffer }> {
  const { type, data, bytesAfter } = await read(0)
  const parts = [data]
  for (let left = bytesAfter; left > 0;) {
    const part = await read(parts.length * MAX_PROPERTY)
    parts.push(part.data)
    left = part.bytesAfter
  }
  return { type, data: parts.length === 1 ? data : Buffer.concat(parts) }
}

async function loadExtensions(client: Client): Promise<Extensions> {
  const load = async <N extends keyof Extensions>(name: N): Promise<Extensions[N]> =>
    new Promise((resolve, reject) => {
      client.require(name, (error, extension) => {
        if (error) reject(new Error(`the X server lacks ${name}: ${error.message}`))
        else resolve(extension)
      })
    })
  const [xtest, fixes, xinput, saver, xkb] = await Promise.all([
    load('xtest'),
    load('fixes'),
    load('xinput'),
    load('screen-saver'),
    load('xkb'),
  ])
  // Both answer nothing else before a client has said which version it speaks.
  await Promise.all([
    new Promise((resolve) => fixes.QueryVersion(5, 0, resolve)),
    new Promise((resolve) => xinput.XIQueryVersion(2, 2, resolve)),
  ])
  return { xtest, fixes, xinput, 'screen-saver': saver, xkb }
}

async function open(display: string): Promise<{ opened: Display; client: Client }> {
  return new Promise((resolve, reject) => {
    // What is asked for in one go reaches the server as one write, and wakes it once: a seventh of a delivery's time on two
    // cores, where Chromium keeps one of them busy while it waits for its paste.
    const options = { display, bufferRequests: { flushOnReply: false } }
    const client = x11.createClient(options, (error, opened) => {
      if (error) return reject(new Error(`cannot reach the X display ${display}: ${error.message}`))
      resolve({ opened, client: opened.client })
    })
    client.on('error', (error) =>
      reject(new Error(`cannot reach the X display ${display}: ${error.message}`)),
    )
    // A server that ends while one connects answers nothing more.
    client.on('end', () => reject(new Error(`the X server of the display ${display} has ended`)))
  })
}
