import { arch, release, type } from 'node:os'
import type { Desk } from '../../contract/desktop-look'
import type { DeskFact } from '../../contract/doctor'
import type { X11Facts } from '../desktop/x11/facts'
import { startedFrom } from './start-check'
import type { System } from './system'

export interface DeskFactsDeps extends Pick<
  System,
  'session' | 'electron' | 'headless' | 'lookAtX11' | 'trayHost'
> {
  readonly version: string
  look(): Promise<Pick<Desk, 'screens' | 'agents'>>
}

/** What tells desks apart, for a report of a fault: no texts, titles, names of agents or people, and no paths. Never rejects. */
export async function deskFacts(deps: DeskFactsDeps): Promise<DeskFact[]> {
  const { session, electron, headless, version, trayHost } = deps
  const { env, platform } = session
  const x11 = platform === 'linux' && !headless ? await x11Of(deps) : undefined
  const desk = headless ? undefined : await deps.look().catch(() => undefined)
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Waggle', headless ? `${version}, without a desktop` : version],
    ['System', `${type()} ${release()} ${arch()}`],
    ['Electron', headless ? undefined : electron],
    ['Node', process.versions.node],
    ['Started', startedFrom(env)],
    ['Session', env['XDG_SESSION_TYPE']],
    ['Desktop', env['XDG_CURRENT_DESKTOP']],
    ['Window manager', x11?.windowManager],
    ['Compositor', x11 && yesOrNo(x11.hasCompositor)],
    ['Workspaces', x11?.workspaces?.toString()],
    ['Keyboard layout', x11?.layout],
    ['Clipboard managers', x11 && (x11.clipboardManagers.join(', ') || 'none')],
    ['Tray', headless ? undefined : await trayHost()],
    [
      'Screens',
      desk?.screens.map(({ rect: { x, y, width, height } }) => `${width}x${height}+${x}+${y}`).join(', '),
    ],
    [
      'Agents',
      desk &&
        `${desk.agents.length}, of them not to be reached: ${desk.agents.filter(({ failure }) => failure).length}`,
    ],
  ]
  return facts.flatMap(([what, found]) => (found === undefined || found === '' ? [] : [{ what, found }]))
}

async function x11Of({ lookAtX11, session }: DeskFactsDeps): Promise<X11Facts | undefined> {
  return lookAtX11(session.env['DISPLAY'] ?? '').catch(() => undefined)
}

function yesOrNo(is: boolean): string {
  return is ? 'yes' : 'no'
}
