import electron, { clipboard, powerMonitor } from 'electron'
import { join } from 'node:path'
import { systemClock } from '../clock'
import { absentDesktop } from '../desktop/absent-desktop'
import type { Desktop, Rect } from '../desktop/desktop'
import { openX11InWorker } from '../desktop/x11/open-in-worker'
import type { SystemClipboard } from '../desktop/marked-clipboard'
import { presentDisplays } from './present-displays'

/**
 * The desktop this app runs on; `built` is the folder of the built app. On macOS it is nut-js and Electron, whose parts
 * are loaded there alone. nut-js is loaded only where there is a display:
 * without one, its native part ends the process.
 */
export async function openDesktop(built: string): Promise<Desktop> {
  if (process.platform === 'linux') {
    const worker = join(built, 'main', 'desktop-worker.js')
    return openX11InWorker(worker, process.env['DISPLAY'] ?? '', systemClock).catch(unreached)
  }
  if (process.platform === 'win32') {
    const { openWin32InWorker } = await import('../desktop/win32/open-in-worker')
    return openWin32InWorker(join(built, 'main', 'win32-worker.js'), systemClock).catch(unreached)
  }
  const { openNutDesktop } = await import('../desktop/nut/desktop')
  const { heldOnMac, openMacInput } = await import('../desktop/nut/mac-input')
  // A macOS that does not tell this way: held keys are not known there, and a person's hand to the second.
  const mac = await openMacInput().catch(() => undefined)
  return openNutDesktop({
    unsafeKeys: () => mac && heldOnMac(mac.keys),
    clipboard: markedClipboard,
    screens: physicalScreens,
    idle: mac?.idle ?? { ms: () => powerMonitor.getSystemIdleTime() * 1000, stepMs: 1000 },
  })
}

function unreached(error: unknown): Desktop {
  const why = error instanceof Error ? error.message : String(error)
  return absentDesktop(`Nothing can be typed here, for ${why}. Start Waggle again within a desktop session.`)
}

const MARK = 'electron application/osclipboard;format="dev.waggle.offer"'

/** Electron's clipboard since version 45, which writes several formats in one go. */
const markedClipboard: SystemClipboard = {
  readText: () => clipboard.readText(),
  async readHtml() {
    const item = (await clipboard.read()).find(({ types }) => types.includes('text/html'))
    return item ? (await item.getType('text/html')).text() : ''
  },
  // Taken from the module at the call: an import of a name that an older Electron lacks would stop the app's start.
  writeMarked: (text) =>
    clipboard.write([new electron.ClipboardItem({ 'text/plain': text, [MARK]: 'waggle' })]),
  isMarked: () => clipboard.has(MARK),
  async copyAll() {
    const items = await clipboard.read()
    return () => clipboard.write(items)
  },
}

function physicalScreens(): Rect[] {
  return presentDisplays().map(({ physical }) => physical)
}
