import type { Property } from 'x11'
import { given } from '../../given'
import { connectX11, type X11Connection } from './connection'
import { allPrograms, windowProgram } from './programs'
import { hasManagerGone } from './window-manager'

/** What an X server and its window manager offer of that which deliveries need. */
export interface X11Facts {
  /** Input made by programs: what presses keys and moves the mouse. */
  readonly hasXtest: boolean
  /** Undefined when none runs. */
  readonly windowManager: string | undefined
  /** What that window manager neither does nor says it can. */
  readonly missing: readonly string[]
  /** False for one that is known to leave windows where they are when a program asks for them. */
  readonly raises: boolean
  readonly hasCompositor: boolean
  /** Where programs show icons the old way (XEmbed): Electron does where there is no newer one. */
  readonly hasTray: boolean
  readonly workspaces?: number
  /** As the keyboard's settings name it: `de,us`. */
  readonly layout?: string
  /** The programs that keep what was copied, or copy it across: those that say so, and those that are known to. */
  readonly clipboardManagers: readonly string[]
}

/** Each with what does instead. */
const NEEDED = [['_NET_CLIENT_LIST_STACKING', '_NET_CLIENT_LIST'], ['_NET_ACTIVE_WINDOW']] as const
/** Most never say so by the selection CLIPBOARD_MANAGER. Linux cuts the names after 15 characters. */
const CLIPBOARD_MANAGERS =
  /^(parcellite|clipit|diodon|copyq|xfce4-clipman|autocutsel|klipper|gpaste-daemon|greenclip|clipmenud|clipcatd|qlipper|xclipboard|vncconfig|vmtoolsd|VBoxClient|spice-vdagent|xrdp-chansrv|synergy-core|barrierc|barriers|input-leap.?)$/
/** It only marks the window as urgent. */
const NEVER_RAISE = new Set(['dwm'])

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
    // Some never say that they tell of their windows (bspwm), and there may be none at the moment.
    const isThere = async (name: string) =>
      supported.includes(await intern(x, name)) || (await rootProperty(x, name)).type !== 0
    const needed = NEEDED.map(async (names) => {
      const found = await Promise.all(names.map(isThere))
      return found.includes(true) ? undefined : names[0]
    })
    const missing = (await Promise.all(needed)).filter((name) => name !== undefined)
    const raises = manager === undefined || !NEVER_RAISE.has(manager)
    return { hasXtest: Boolean(present), windowManager: manager, missing, raises, ...(await deskOf(x)) }
  } finally {
    x.close()
  }
}

async function deskOf(x: X11Connection) {
  const [compositor, tray, clipboard, programs, workspaces, layout] = await Promise.all([
    ownerOf(x, '_NET_WM_CM_S0'),
    ownerOf(x, '_NET_SYSTEM_TRAY_S0'),
    ownerOf(x, 'CLIPBOARD_MANAGER'),
    allPrograms(x),
    rootAtoms(x, '_NET_NUMBER_OF_DESKTOPS'),
    layoutOf(x),
  ])
  const said = clipboard === 0 ? [] : [(await windowProgram(x, clipboard)).program || 'one without a name']
  const known = programs.filter((name) => CLIPBOARD_MANAGERS.test(name))
  return {
    hasCompositor: compositor !== 0,
    hasTray: tray !== 0,
    clipboardManagers: [...new Set([...said, ...known])],
    ...given({ workspaces: workspaces[0], layout }),
  }
}

async function ownerOf(x: X11Connection, selection: string): Promise<number> {
  const atom = await intern(x, selection)
  return x.ask<number>((done) => x.client.GetSelectionOwner(atom, done))
}

/** Of five words each ended by NUL, rules, model, layouts, variants and options, the third and fourth. */
async function layoutOf(x: X11Connection): Promise<string | undefined> {
  const { data } = await rootProperty(x, '_XKB_RULES_NAMES')
  const [, , layouts = '', variants = ''] = data.toString('latin1').split('\0')
  return variants.replaceAll(',', '') === '' ? layouts || undefined : `${layouts} (${variants})`
}

/** A window manager names a window of its own at the root, and its name there. What one that has ended said still stands there. */
async function managerName(x: X11Connection): Promise<string | undefined> {
  const [window] = await rootAtoms(x, '_NET_SUPPORTING_WM_CHECK')
  if (window === undefined || (await hasManagerGone(x))) return undefined
  const { data } = await x.property(window, '_NET_WM_NAME')
  return data.length > 0 ? data.toString('utf8') : 'without a name'
}

async function rootProperty(x: X11Connection, name: string): Promise<Property> {
  const atom = await intern(x, name)
  return x.ask<Property>((done) => x.client.GetProperty(0, x.root, atom, 0, 0, 10_000, done))
}

async function rootAtoms(x: X11Connection, name: string): Promise<number[]> {
  const { data } = await rootProperty(x, name)
  return Array.from({ length: Math.floor(data.length / 4) }, (_, index) => data.readUInt32LE(index * 4))
}

function intern(x: X11Connection, name: string): Promise<number> {
  return x.ask<number>((done) => x.client.InternAtom(false, name, done))
}
