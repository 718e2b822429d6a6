import type { Check } from '../../contract/doctor'
import type { Desktop } from '../desktop/desktop'
import type { Holding } from '../desktop/x11/clipboard-facts'
import { failed, passed, words } from './checks'
import type { System } from './system'

export interface ClipboardCheckDeps extends Pick<System, 'session' | 'lookAtX11' | 'lookAtClipboard'> {
  readonly desktop: Pick<Desktop, 'readText'>
}

const NAME = 'Clipboard'

/** Whether what a person has copied and marked can be kept for them, and who else has a hand in it. */
export async function clipboardCheck(deps: ClipboardCheckDeps): Promise<Check> {
  const { platform, env } = deps.session
  const isX11 = platform === 'linux' && Boolean(env['DISPLAY'])
  const held = isX11 ? await deps.lookAtClipboard(env['DISPLAY'] ?? '').catch(() => []) : []
  const stopped = held.filter(({ isStopped }) => isStopped)
  if (stopped.length > 0) return failed(NAME, stopped.map(stoppedWords).join(' '), REMEDY)
  try {
    await deps.desktop.readText()
    const keepers = isX11 ? await keepersOf(deps) : []
    const also =
      keepers.length > 0 ? ` ${keepers.join(' and ')} keeps or copies it, too; that does no harm.` : ''
    return passed(NAME, `${['The clipboard can be read', ...held.map(heldWords)].join('; ')}.${also}`)
  } catch (error) {
    const who = held.filter(({ what }) => what === 'copied').map(heldWords)
    return failed(NAME, `The clipboard cannot be read: ${[words(error), ...who].join('; ')}.`, REMEDY)
  }
}

const REMEDY =
  'Bring that program back to work, or end it: until then messages to agents in windows wait, so that nothing copied is lost.'

async function keepersOf({ session, lookAtX11 }: ClipboardCheckDeps): Promise<readonly string[]> {
  return lookAtX11(session.env['DISPLAY'] ?? '').then(
    ({ clipboardManagers }) => clipboardManagers,
    () => [],
  )
}

function heldWords({ what, program }: Holding): string {
  return `${program || 'another program'} has what was ${what}`
}

function stoppedWords({ what, program }: Holding): string {
  return `What was ${what} cannot be kept safe: ${program || 'another program'} has it, and stands still.`
}
