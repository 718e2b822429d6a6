import { sessionTrouble, type Session } from '../../contract/session'
import type { Failure } from '../../contract/failure'
import type { Log } from '../log'
import type { Desktop } from './desktop'

/** What stands against typing here beside the desktop's own trouble. */
interface GuardDeps {
  /** Started to run without a desktop, which says so itself. */
  readonly headless?: true
  readonly session: Session
  /** macOS: whether Waggle may use mouse and keyboard, and see windows. */
  permitted(): boolean
  /** True while the screen is locked. */
  locked(): Promise<boolean>
  readonly log: Log
}

const LOCKED =
  'The screen is locked, and what is typed then would go to the lock. Messages go once it is unlocked.'
const NOT_PERMITTED =
  'macOS does not let Waggle use mouse and keyboard yet, or see windows: allow both under System Settings, Privacy & Security, Accessibility and Screen Recording.'

/**
 * The desktop, troubled also by its session, a missing permission and a locked screen. A trouble is logged once when it
 * comes and once when it is over, however often it is asked for.
 */
export function guardDesktop(desktop: Desktop, deps: GuardDeps): Desktop {
  const { log } = deps
  let last: string | undefined
  const note = (message: string | undefined) => {
    if (message === last) return
    if (message === undefined) log.info('the desktop can be used again')
    else log.warn(`deliveries wait: ${message}`)
    last = message
  }
  return {
    ...desktop,
    async trouble() {
      const failure = (await obstacle(deps)) ?? (await desktop.trouble())
      note(failure?.message)
      return failure
    },
  }
}

async function obstacle({ headless, session, permitted, locked }: GuardDeps): Promise<Failure | undefined> {
  if (headless) return undefined
  const message =
    sessionTrouble(session) ??
    (permitted() ? undefined : NOT_PERMITTED) ??
    ((await locked()) ? LOCKED : undefined)
  return message === undefined ? undefined : { code: 'desktop-unavailable', message }
}
