import { version } from '../../package.json'
import { openLog } from './app-log'
import { claimHome } from './claim-home'
import { compose, type Waggle } from './compose'
import { absentDesktop } from './desktop/absent-desktop'
import { diskTrouble } from './disk-trouble'
import type { System } from './doctor/system'
import { ownHome, prepareHome } from './home'
import { absentTree } from './looking/absent-tree'
import { plainSettingsFile } from './roster/plain-settings-file'
import type { Log } from './log'

// Waggle without a face, as a plain Node runs it: docs/decisions/headless.md.

const NO_DESKTOP =
  'This Waggle runs without a desktop (--headless), so nothing goes into windows. Start the app in a desktop session, or let the agent run by "waggle wrap".'
/** As with the app: a delivery that has submitted may look for so long whether that worked. */
const LONGEST_GOODBYE_MS = 8000

const home = ownHome()
start().catch((error: unknown) => {
  const sentence = diskTrouble(error) ?? (error instanceof Error ? error.message : String(error))
  process.stderr.write(`Waggle cannot start: ${sentence}\n`)
  process.exit(1)
})

async function start(): Promise<void> {
  const umask = prepareHome(home)
  if (!claimHome(home)) {
    process.stdout.write(`Waggle runs already for ${home}.\n`)
    process.exit(0)
  }
  const log = openLog({ home, level: process.env['WAGGLE_LOG'], development: true })
  const waggle = await compose({
    home,
    umask,
    version,
    log,
    settingsFile: plainSettingsFile(home),
    desktop: absentDesktop(NO_DESKTOP),
    hasTree: false,
    tree: absentTree(NO_DESKTOP),
    say: (title, sentence) => log.warn(`${title}: ${sentence}`),
    stage: { hideOwn: () => undefined, show: () => Promise.reject(new Error(NO_DESKTOP)) },
    system: noSystem(),
  })
  log.useLevel(waggle.settings.current().logLevel)
  waggle.settings.onChange(({ logLevel }) => log.useLevel(logLevel))
  closeAtSignals(waggle, log)
  process.stdout.write(`Waggle runs without a desktop for ${home}. Ctrl+C or SIGTERM ends it.\n`)
}

/** Nobody is asked about the desktop where there is none. */
function noSystem(): System {
  return {
    headless: true,
    session: { platform: process.platform, env: process.env },
    electron: process.versions.electron,
    lookAtX11: () => Promise.reject(new Error(NO_DESKTOP)),
    lookAtClipboard: () => Promise.reject(new Error(NO_DESKTOP)),
    locked: async () => false,
    permitted: () => true,
    permit: undefined,
    elevated: async () => false,
    trayHost: async () => 'missing',
  }
}

function closeAtSignals(waggle: Waggle, log: Log): void {
  let isClosing = false
  const close = () => {
    if (isClosing) return
    isClosing = true
    setTimeout(() => {
      log.error('Waggle could not end in time; what waits is safe on disk')
      process.exit(1)
    }, LONGEST_GOODBYE_MS)
    waggle
      .close()
      .catch((error: unknown) => log.error(`Waggle did not end cleanly: ${String(error)}`))
      .finally(() => process.exit(0))
      .catch(() => undefined)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    // The command line that has loaded this would end at once.
    process.removeAllListeners(signal)
    process.on(signal, close)
  }
}
