import { app, Notification } from 'electron'
import { join } from 'node:path'
import { openLog } from './app-log'
import { claimHome } from './claim-home'
import { compose } from './compose'
import { lateDesktop } from './desktop/late-desktop'
import { diskTrouble } from './disk-trouble'
import { ownHome, prepareHome } from './home'
import { absentTree } from './looking/absent-tree'
import { openTree } from './looking/tree/open-tree'
import { electronSettingsFile } from './roster/electron-settings-file'
import { declareAppPage } from './shell/app-page'
import { createCalibrationOverlay } from './shell/calibration-overlay'
import { openFace } from './shell/face'
import { openSystem } from './shell/open-system'
import { openDesktop } from './shell/open-desktop'
import { closeBeforeQuitting } from './shell/quit'
import { say } from './shell/say'
import { claimSingleInstance } from './shell/single-instance'

const NO_TREE = 'Waggle cannot look at accessibility trees on this system yet.'
const HEADLESS_RUNS =
  'a Waggle without a desktop (waggle start --headless) runs for this home. End that one first: what it holds stays safe.'
const linux = process.platform === 'linux'
/** A notification is on its way for so long. */
const UNTIL_SHOWN_MS = 1000

// By default Chromium ends the whole app when the process that draws has ended six times; messages need no drawing.
app.commandLine.appendSwitch('disable-gpu-process-crash-limit')

const home = ownHome()
let showWindow: () => void = () => undefined
start().catch((error: unknown) => {
  const sentence = diskTrouble(error) ?? (error instanceof Error ? error.message : String(error))
  process.stderr.write(`Waggle cannot start: ${sentence}\n`)
  // No box: at login nobody may be there to close it, and until then the process would look as if it were running.
  if (!app.isReady() || !Notification.isSupported()) return app.exit(1)
  new Notification({ title: 'Waggle cannot start', body: sentence }).show()
  setTimeout(() => app.exit(1), UNTIL_SHOWN_MS)
})

async function start(): Promise<void> {
  const umask = prepareHome(home)
  declareAppPage()
  if (!claimSingleInstance({ home, onSecondStart: () => showWindow() })) return app.exit(0)
  const log = openLog({ home, level: process.env['WAGGLE_LOG'], development: !app.isPackaged })
  await app.whenReady()
  // Not before there is a way to tell the person.
  if (!claimHome(home)) throw new Error(HEADLESS_RUNS)
  const system = openSystem()
  const built = join(app.getAppPath(), 'out')
  // The pipe need not wait for it: what is sent meanwhile is safe, and goes once it is there.
  const desktop = lateDesktop(openDesktop(built))
  const overlay = createCalibrationOverlay(log)
  const settingsFile = electronSettingsFile(home)
  const waggle = await compose({
    home,
    umask,
    version: app.getVersion(),
    log,
    settingsFile,
    desktop,
    hasTree: linux,
    tree: linux ? openTree({ env: process.env, log }) : absentTree(NO_TREE),
    say,
    stage: overlay,
    system,
  })
  log.useLevel(waggle.settings.current().logLevel)
  waggle.settings.onChange(({ logLevel }) => log.useLevel(logLevel))
  closeBeforeQuitting(() => waggle.close(), log)
  const assets = join(app.getAppPath(), 'assets')
  try {
    const window = await openFace({ waggle, overlay, log, built, assets })
    showWindow = () => window.show()
  } catch (error) {
    await waggle.close() // nobody shall hand messages to a Waggle that is about to go
    throw error
  }
}
